"""Style sheets under an address that changes with their content, so that a cache never serves an old one."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

STYLE = "gongshi.css"
ICON = "icon.svg"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file below /assets/: its address in the site and its bytes."""

    path: str
    content: bytes

    @property
    def url(self) -> str:
        """The address from the root of the site."""
        return f"/{self.path}"

    def read(self) -> bytes:
        """Its bytes."""
        return self.content


def fingerprint(*parts: str | bytes) -> str:
    """32 hexadecimal digits over `parts`; no two different lists of parts share them."""
    digest = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode() if isinstance(part, str) else part
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


def load(folder: Path) -> dict[str, Asset]:
    """Every file of site_src/assets by name, addressed by name and content (gongshi.1a2b3c4d.css)."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.is_file():
            content = path.read_bytes()
            mark = fingerprint(content)[:10]
            found[path.name] = Asset(f"assets/{path.stem}.{mark}{path.suffix}", content)
    return found
