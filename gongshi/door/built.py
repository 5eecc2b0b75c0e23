"""What the door reads of the site as it is built: whether a decision is public, and what its page says of itself.

The meta tags that every page carries for the government-site census are enough; nothing is asked of a
database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from gongshi.render.look.served import UNNAMED
from gongshi.render.look.site import Site

_ID = re.compile(r"[0-9a-z]{8,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class BuiltDecision:
    """A public decision, or the notice that it was withdrawn, as its page shows it."""

    id: str
    title: str
    department: str
    phone: str
    updated_on: str

    @property
    def href(self) -> str:
        """Its address."""
        return f"/decisions/{self.id[:2]}/{self.id}.html"


@dataclass
class _Told(HTMLParser):
    """The meta tags of a page, the first telephone number it links to, the day it says of itself, whether it is marked
    as a sample."""

    meta: dict[str, str] = field(default_factory=dict)
    phone: str = ""
    updated_on: str = ""
    sample: bool = False
    _ends: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in said:
            self.meta.setdefault(said["name"], said.get("content", ""))
        elif tag == "a" and not self.phone and said.get("href", "").startswith("tel:"):
            self.phone = said["href"].removeprefix("tel:")
        elif said.get("class") == "gs-sample":
            self.sample = True
        elif said.get("class") == "gs-updated":
            self._ends = True
        elif tag == "time" and self._ends and not self.updated_on:
            self.updated_on = said.get("datetime", "")


class BuiltSite:
    """build/site, for reading."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def settings(self) -> Site:
        """The site's name and marks, from its front page; a plain name where there is none yet."""
        told = self._read(self.folder / "index.html")
        if told is None:
            return UNNAMED
        return replace(
            UNNAMED,
            name=told.meta.get("SiteName") or UNNAMED.name,
            domain=told.meta.get("SiteDomain", ""),
            website_id=told.meta.get("SiteIDCode", ""),
            sample=told.sample,
        )

    def updated_on(self) -> str:
        """The day of the front page, which shows the newest of everything; empty where there is none yet."""
        told = self._read(self.folder / "index.html")
        return told.updated_on if told else ""

    def decision(self, decision_id: str) -> BuiltDecision | None:
        """The decision with that id, None where no page of it is public."""
        if not _ID.fullmatch(decision_id):
            return None
        told = self._read(self.folder / "decisions" / decision_id[:2] / f"{decision_id}.html")
        if told is None:
            return None
        title = told.meta.get("ArticleTitle") or "行政执法决定"
        return BuiltDecision(decision_id, title, told.meta.get("ContentSource", ""), told.phone, told.updated_on)

    def missing(self) -> bytes:
        """The site's own page for an address that is not there; empty where it has none."""
        try:
            return (self.folder / "404.html").read_bytes()
        except OSError:
            return b""

    def _read(self, path: Path) -> _Told | None:
        try:
            now = path.stat()
            return _told(path, now.st_mtime_ns, now.st_size, now.st_ino)
        except OSError:
            return None


@lru_cache(maxsize=200)
def _told(path: Path, changed: int, size: int, file: int) -> _Told:
    """What a page tells; read again once it is another."""
    told = _Told()
    told.feed(path.read_text(encoding="utf-8"))
    return told
