"""The style sheet and what lies beside it, under addresses that change with their content, so that a cache never serves
an old one.

Every page wears one sheet: the colours of the palette, gongshi.css, and the files of sheet/, sent without comments and
line ends. The sheets for whoever wants larger letters or other colours (sheets.py) are the only
files whose address stays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from gongshi.render.look import palette, sheets, turning

STYLE = "gongshi.css"
ICON = "icon.svg"
KIOSK = "kiosk.css"
"""The sheet of screens in a hall, a page of their own: no other page carries it."""
SCRIPT = "suggest.js"
"""The only script there is: suggestions while one types. Every page can be read and used without it."""
SHEET = "sheet"
"""The folder of what the style sheet has beside STYLE, joined by name."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_END = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file below /assets/: its address in the site and its bytes."""

    path: str
    content: bytes

    @property
    def url(self) -> str:
        """The address from the root of the site."""
        return f"/{self.path}"

    @property
    def mark(self) -> str:
        """Changes when the file does."""
        return content_mark(self.content)

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
    """Every file that pages name, by name: the style sheet (STYLE), the look's sheets (`look.css`, `look/<value>.css`),
    and the other files of site_src/assets, addressed by name and content (icon.1a2b3c4d5e.svg). Raises
    FileNotFoundError where one is missing that every page names."""
    sheet = _sheet(folder)
    names = {path.name for path in folder.iterdir() if path.is_file()} | {ICON, KIOSK}
    files = {name: (folder / name).read_bytes() for name in sorted(names)} | {STYLE: sheet.encode()}
    files[KIOSK] = (squeezed(files[KIOSK].decode()) + turning.css()).encode()
    found = {name: _named(name, content) for name, content in files.items()}
    return found | {path: Asset(path, content) for path, content in sheets.files(sheet).items()}


def _named(name: str, content: bytes) -> Asset:
    path = Path(name)
    return Asset(f"assets/{path.stem}.{content_mark(content)[:10]}{path.suffix}", content)


def _sheet(folder: Path) -> str:
    files = (folder / STYLE, *sorted((folder / SHEET).glob("*.css")))
    written = "".join(squeezed(file.read_text(encoding="utf-8")) for file in files)
    return f"{palette.css()}{written}@media screen and (prefers-contrast:more){{{palette.FIRM}}}"


def squeezed(css: str) -> str:
    """A style sheet without comments and line ends; every line ends after a brace, a semicolon or a comma."""
    return _LINE_END.sub("", _COMMENT.sub("", css)).strip()
