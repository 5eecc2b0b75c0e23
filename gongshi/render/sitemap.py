"""sitemap.xml and robots.txt: what search engines should come for, and what they should leave alone.

An index names parts of at most 50,000 addresses: a part a month of first publication, one of lists, one
of notices for the days in which search engines should see that a decision is gone. `lastmod` is the
record's own day. All of it needs the city's address (`url`); robots.txt does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from gongshi.records import DECISION_KINDS
from gongshi.render import notices
from gongshi.render.assets import fingerprint
from gongshi.render.decision import address
from gongshi.render.notices import Notice
from gongshi.render.overview import Entry, Overview
from gongshi.render.press import Page, Press, path_of

INDEX = "/sitemap.xml"
ROBOTS = "/robots.txt"
MOST = 50_000
"""Addresses in a part (sitemaps.org)."""
KEPT_OUT = ("/search", "/data", "/api", "/correct")
"""What is asked of the server: each answer is one of endlessly many, and would outlive a takedown in a cache."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"

Address = tuple[str, str]
"""An address from the root, and the day on which what it shows last changed ("" where that is not known)."""


class Sitemap:
    """Gathers the parts as the pages are planned; without the city's address there are none."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self.parts: list[Address] = []
        self.months: list[Address] = []

    def month(self, month: str, entries: Sequence[Entry]) -> Iterator[Page]:
        """The decisions first published in a month."""
        self.months.append((f"/months/{month}/", _last(entry.updated_on for entry in entries)))
        yield from self._parts(month, [(address(entry.id), entry.updated_on) for entry in entries])

    def rest(self, overview: Overview, withdrawn: Sequence[Notice]) -> Iterator[Page]:
        """Lists, notices and the index: after the last month. robots.txt is there in any case."""
        fresh = [(address(one["id"]), one["withdrawn_on"]) for one in withdrawn if one["in_sitemap"]]
        yield from self._parts("lists", [*_indexes(self.press, overview, withdrawn), *self.months])
        yield from self._parts("notices", fresh)
        if self.press.site.url:
            yield self._page(INDEX, "sitemapindex", "sitemap", self.parts)
        yield self._robots()

    def _parts(self, name: str, addresses: Sequence[Address]) -> Iterator[Page]:
        if not self.press.site.url:
            return
        for start in range(0, len(addresses), MOST):
            chunk = addresses[start : start + MOST]
            where = f"/sitemap-{name}{f'-{start // MOST + 1}' if start else ''}.xml"
            self.parts.append((where, _last(day for _, day in chunk)))
            yield self._page(where, "urlset", "url", chunk)

    def _page(self, where: str, root: str, item: str, addresses: Sequence[Address]) -> Page:
        base = self.press.site.url
        mark = fingerprint(self.press.version, where, *map("".join, addresses))
        return Page(path_of(where), mark, lambda: _written(base, root, item, addresses))

    def _robots(self) -> Page:
        base = self.press.site.url
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in KEPT_OUT)]
        text = "\n".join([*lines, *(["", f"Sitemap: {base}{INDEX}"] if base else []), ""])
        return Page(path_of(ROBOTS), fingerprint(text), text.encode)


def _indexes(press: Press, overview: Overview, withdrawn: Sequence[Notice]) -> Iterator[Address]:
    whole = overview.all.updated_on
    yield from (("/", whole), ("/decisions/", whole), ("/departments/", whole))
    for kind in DECISION_KINDS:
        yield f"/kinds/{kind}/", overview.kinds[kind].updated_on
    for key in press.channels:
        yield f"/departments/{key}/", overview.departments[key].updated_on
    yield notices.BASE, withdrawn[-1]["withdrawn_on"] if withdrawn else ""
    yield from (("/figures/", whole), ("/rules/", ""), ("/dictionary/", ""))


def _last(days: Iterable[str]) -> str:
    return max(days, default="")


def _written(base: str, root: str, item: str, addresses: Iterable[Address]) -> bytes:
    """Paths are made of letters, digits and slashes: only the city's own address needs escaping."""
    begin = f"<{item}><loc>{escape(base)}"
    lines = [f"{begin}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{item}>\n" for path, day in addresses]
    return f'{_HEAD}<{root} xmlns="{_SCHEMA}">\n{"".join(lines)}</{root}>\n'.encode()
