"""The header and footer that every page wears, cut once out of what MkDocs made of the theme.

Only the theme's 404.html has absolute addresses, no canonical link and no active item (MEASURED.md),
so it is the one page that header and footer can be cut from. Pages of data are joined to them as
bytes: a `str` join of Chinese text would widen the whole page.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gongshi.render.look.assets import content_mark

HEADER = "<!--shell:header-->"
FOOTER = "<!--shell:footer-->"
END = "<!--shell:end-->"
_HEADER, _FOOTER = HEADER.encode(), FOOTER.encode()
LIMIT = 6 * 1024
"""Bytes of HTML that a data page may carry before its own content."""


class ShellNotFound(ValueError):
    """The theme's 404.html does not mark a header and a footer."""

    code = "W001"


class NotShelled(ValueError):
    """A template does not say where header and footer go."""

    code = "W002"


@dataclass(frozen=True, slots=True)
class Shell:
    """Header and footer as bytes; `version` changes when they do."""

    header: bytes
    footer: bytes

    @property
    def version(self) -> str:
        """A fingerprint of both, for the fingerprints of the pages that wear them."""
        return content_mark(self.header, self.footer)

    def wear(self, page: str) -> bytes:
        """The bytes of `page` with header and footer in their places.

        `page` is what a template that extends page.html rendered: it holds each mark once (no value
        can hold one, since values are escaped). Raises NotShelled.
        """
        head, found, rest = page.encode().partition(_HEADER)
        main, also, tail = rest.partition(_FOOTER)
        if not (found and also):
            raise NotShelled("W002 页面模板没有标出页眉和页脚的位置：请让它继承 page.html。")
        return b"".join((head, self.header, main, self.footer, tail))

    def save(self, folder: Path) -> None:
        """Write header.html and footer.html for the search page, which a server renders."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "header.html").write_bytes(self.header)
        (folder / "footer.html").write_bytes(self.footer)

    @classmethod
    def load(cls, folder: Path) -> Shell:
        """The shell that `save` wrote."""
        return cls((folder / "header.html").read_bytes(), (folder / "footer.html").read_bytes())


def cut(page: bytes) -> Shell:
    """Header and footer out of MkDocs' 404.html. Raises ShellNotFound."""
    return Shell(_between(page, HEADER), _between(page, FOOTER))


def _between(page: bytes, mark: str) -> bytes:
    start, end = page.find(mark.encode()), -1
    if start >= 0:
        start += len(mark)
        end = page.find(END.encode(), start)
    if end < 0:
        raise ShellNotFound(f"W001 主题的 404.html 里没有 {mark} 标记：请检查 site_src/theme/main.html。")
    lines = (line.strip() for line in page[start:end].splitlines())
    return b"\n".join(line for line in lines if line)
