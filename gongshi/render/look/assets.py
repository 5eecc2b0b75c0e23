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


def fingerprint(*parts: str) -> str:
    """32 hexadecimal digits over `parts`; no two different lists of parts share them."""
    whole = "".join([f"{len(part)}:{part}" for part in parts])
    return blake2b(whole.encode(), digest_size=16).hexdigest()


def content_mark(*contents: bytes) -> str:
    """32 hexadecimal digits over files."""
    return fingerprint(*(blake2b(content, digest_size=16).hexdigest() for content in contents))


def load(folder: Path) -> dict[str, Asset]:
    """Every file of site_src/assets by name, addressed by name and content (gongshi.1a2b3c4d.css). Raises
    FileNotFoundError where one is missing that every page names."""
    found = {}
    for path in sorted({*folder.iterdir(), folder / STYLE, folder / ICON}):
        if not path.is_dir():
            content = path.read_bytes()
            mark = content_mark(content)[:10]
            found[path.name] = Asset(f"assets/{path.stem}.{mark}{path.suffix}", content)
    return found
