"""sitemap.xml and robots.txt: what search engines should come for, and what they should leave alone.

An index names parts of at most 50,000 addresses: a part a day of first publication, so that a change makes again a
small file and a search engine fetches no more than that; one of lists; one of notices for the days in which search
engines should see that a decision is gone. `lastmod` is the record's own day. All of it needs the city's address
(`url`); robots.txt does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from gongshi.records import DECISION_KINDS, REGISTRY_KINDS
from gongshi.render.addresses import address, record_address
from gongshi.render.figures.places import declared
from gongshi.render.look.assets import fingerprint
from gongshi.render.notices import pages as notices
from gongshi.render.press import Page, Press, path_of
from gongshi.render.registry.record import year_address

INDEX = "/sitemap.xml"
ROBOTS = "/robots.txt"
MOST = 50_000
"""Addresses in a part (sitemaps.org)."""
KEPT_OUT = ("/search", "/suggest", "/parties", "/data", "/api", "/correct")
"""What is asked of the server: each answer is one of endlessly many, and would outlive a takedown in a cache."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DAYS = """
WITH RECURSIVE days (day) AS (
  SELECT min(first_published_on) FROM decisions
  UNION ALL
  SELECT (SELECT min(first_published_on) FROM decisions WHERE first_published_on > day) FROM days WHERE day IS NOT NULL
)
SELECT day, (
  SELECT max((SELECT max(updated_on) FROM decisions WHERE first_published_on = day AND kind = kinds.name)) FROM kinds
) AS updated_on
FROM days WHERE day IS NOT NULL
"""
_COUNT = "SELECT count(*) FROM decisions WHERE first_published_on = ?"
_FRESH = "SELECT id, withdrawn_on FROM notices WHERE in_sitemap = 1 ORDER BY withdrawn_on, sort"

_RECORDS = "SELECT kind, id, updated_on FROM records ORDER BY sort"
_INDEXES = (
    "/registers/",
    "/officers/",
    "/items/",
    "/guides/",
    "/boards/",
    "/inspections/",
    "/texts/",
    "/determinations/",
)
"""What is public before and during enforcement; any record may change the first, so their day is that of none."""
_INDEXED = frozenset(kind.name for kind in REGISTRY_KINDS.values() if kind.folder and kind.indexed)
"""Kinds whose pages search engines may keep: no officers, no boards (D7)."""

Address = tuple[str, str]
"""An address from the root, and the day on which what it shows last changed ("" where that is not known)."""


def day_sitemap(press: Press, day: str) -> Iterator[Page]:
    """The decisions first published on a day."""
    if press.site.url:
        addresses = [(address(entry.id), entry.updated_on) for entry in press.entries.of_day(day)]
        for where, chunk in _parts(day, addresses):
            yield _page(press, where, "urlset", "url", chunk)


def sitemap_pages(press: Press) -> Iterator[Page]:
    """Lists, notices, the index of all parts, and robots.txt, which is there in any case."""
    if press.site.url:
        index = list(_days(press))
        fresh = [(address(row["id"]), row["withdrawn_on"]) for row in press.db.execute(_FRESH)]
        for name, addresses in (("lists", list(_lists(press))), ("notices", fresh)):
            for where, chunk in _parts(name, addresses):
                index.append((where, max(day for _, day in chunk)))
                yield _page(press, where, "urlset", "url", chunk)
        yield _page(press, INDEX, "sitemapindex", "sitemap", index)
    yield _robots(press)


def _parts(name: str, addresses: Sequence[Address]) -> Iterator[tuple[str, Sequence[Address]]]:
    """The addresses by file, as many as a file may hold."""
    for number, start in enumerate(range(0, len(addresses), MOST), start=1):
        yield _where(name, number), addresses[start : start + MOST]


def _where(name: str, number: int) -> str:
    return f"/sitemap-{name}{f'-{number}' if number > 1 else ''}.xml"


def _days(press: Press) -> Iterator[Address]:
    """Every file of every day, with the day's last change."""
    for row in press.db.execute(_DAYS):
        day, files = row["day"], 1
        if press.overview.months[day[:7]].total > MOST:
            files = -(-next(iter(press.db.execute(_COUNT, (day,))))[0] // MOST)
        yield from ((_where(day, number), row["updated_on"]) for number in range(1, files + 1))


def _lists(press: Press) -> Iterator[Address]:
    overview = press.overview
    whole = overview.all.updated_on
    yield from (("/", whole), ("/decisions/", whole), ("/departments/", whole))
    for kind in DECISION_KINDS:
        yield f"/kinds/{kind}/", overview.kinds[kind].updated_on
    for key in press.channels:
        yield f"/departments/{key}/", overview.departments[key].updated_on
    yield notices.BASE, next((one["withdrawn_on"] for one in notices.newest(press, 1)), "")
    yield from ((index, whole) for index in ("/bulletins/", "/figures/", "/downloads/"))
    yield from _annual(press)
    yield from ((index, "") for index in ("/counties/", "/laws/", "/absent/", "/rules/", "/dictionary/"))
    yield from ((f"/counties/{code}/", "") for code in press.counties)
    yield from ((f"/laws/{row['id']}/", "") for row in press.db.execute("SELECT id FROM laws ORDER BY id"))
    for month, tally in sorted(overview.months.items()):
        yield from ((f"/months/{month}/", tally.updated_on), (f"/bulletins/{month}/", tally.updated_on))
    yield from ((index, "") for index in _INDEXES)
    for row in press.db.execute(_RECORDS):
        if row["kind"] in _INDEXED:
            yield record_address(row["kind"], row["id"]), row["updated_on"]


def _annual(press: Press) -> Iterator[Address]:
    """The figures of a year, of each department and of all."""
    years: dict[str, str] = {}
    for one in declared(press):
        yield one.href, one.updated_on
        years[one.number] = max(years.get(one.number, ""), one.updated_on)
    yield from ((year_address(year), day) for year, day in years.items())


def _page(press: Press, where: str, root: str, item: str, addresses: Sequence[Address]) -> Page:
    base = press.site.url
    mark = fingerprint(press.plain, where, *map("".join, addresses))
    return press.file(path_of(where), mark, lambda: _written(base, root, item, addresses))


def _robots(press: Press) -> Page:
    base = press.site.url
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in KEPT_OUT)]
    text = "\n".join([*lines, *(["", f"Sitemap: {base}{INDEX}"] if base else []), ""])
    return press.file(path_of(ROBOTS), fingerprint(text), text.encode)


def _written(base: str, root: str, item: str, addresses: Iterable[Address]) -> bytes:
    """Paths are made of letters, digits and slashes: only the city's own address needs escaping."""
    begin = f"<{item}><loc>{escape(base)}"
    lines = [f"{begin}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{item}>\n" for path, day in addresses]
    return f'{_HEAD}<{root} xmlns="{_SCHEMA}">\n{"".join(lines)}</{root}>\n'.encode()
