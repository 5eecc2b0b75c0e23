"""The bulletin's pages: all months, the cover of a month, a department's part of it.

A part is made of whole days, as few as give about MOST decisions: one decision more or less changes one file of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from gongshi.records import DECISION_KINDS
from gongshi.render.addresses import bulletin_address
from gongshi.render.bulletins.contexts import BulletinPage, BulletinsPage, Contribution, CoverPage
from gongshi.render.contexts import Pager
from gongshi.render.lists.entries import Entry
from gongshi.render.lists.pages import chunked
from gongshi.render.lists.years import years
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.words import date_zh

BASE = "/bulletins/"
MOST = 100
"""Decisions of one file."""
NAME = "行政执法公报"
_HOME = Crumb("首页", "/")
_KINDS = tuple(DECISION_KINDS)
_SUMMARY = "各月首次公示的行政执法决定，按部门和类别编排，可以打印。"


def bulletins_index(press: Press) -> Iterator[Page]:
    """Every month, newest first."""
    tally = press.overview.all

    def context() -> BulletinsPage:
        return BulletinsPage(
            site=press.site,
            head=Head(NAME, BASE, "decisions", NAME, description=_SUMMARY),
            crumbs=(_HOME, Crumb("六类决定", "/decisions/"), Crumb(NAME)),
            updated_on=tally.updated_on,
            years=years(tally.months, BASE),
        )

    yield press.page(BASE, "bulletins.html", tuple(tally.marks()), context)


def cover_page(press: Press, month: str) -> Iterator[Page]:
    """The cover of a month that has a decision."""
    tally = press.overview.months.get(month)
    if tally is None:
        return
    kinds = tuple(kind for kind in _KINDS if tally.kinds[kind])
    departments = tuple(_contributions(press, month, kinds))

    def context() -> CoverPage:
        return CoverPage(
            site=press.site,
            head=Head(_title(month), f"{BASE}{month}/", "decisions", NAME),
            crumbs=(_HOME, Crumb(NAME, BASE), Crumb(date_zh(month))),
            updated_on=tally.updated_on,
            month=month,
            publisher=press.site.organiser or press.site.name,
            kinds=kinds,
            departments=departments,
            sums=tuple(tally.kinds[kind] for kind in kinds),
            total=tally.total,
        )

    yield press.page(f"{BASE}{month}/", "bulletin-cover.html", (repr(departments), tally.updated_on), context)


def department_bulletin(press: Press, key: str, month: str) -> Iterator[Page]:
    """A department's part of a month."""
    if key not in press.channels:
        return
    chunks = [*chunked(press.entries.of_department(key, month), MOST)]
    for number, chunk in enumerate(chunks, start=1):
        yield _part(press, key, chunk, _Pager(number, len(chunks), bulletin_address(key, month)))


class _Pager(Pager):
    """The files of a part lie beside one another: <key>.html, <key>-2.html."""

    __slots__ = ()

    def href(self, number: int) -> str:
        """The address of file `number`."""
        return self.base if number == 1 else f"{self.base.removesuffix('.html')}-{number}.html"


def _part(press: Press, key: str, chunk: Sequence[Entry], pager: Pager) -> Page:
    name, month, path = press.channels[key].name, chunk[0].month, pager.href(pager.number)

    def context() -> BulletinPage:
        title = f"{name}：{_title(month)}" + (f"（第 {pager.number} 册）" if pager.number > 1 else "")
        return BulletinPage(
            site=press.site,
            head=Head(title, path, "decisions", NAME),
            crumbs=(_HOME, Crumb(NAME, BASE), Crumb(date_zh(month), f"{BASE}{month}/"), Crumb(name)),
            updated_on=max(entry.updated_on for entry in chunk),
            source=name,
            month=month,
            publisher=name,
            first=chunk[0].day,
            last=chunk[-1].day,
            kinds=tuple(
                (kind, press.listings.gazette(tuple(entries)))
                for kind, entries in groupby(_by_kind(chunk), key=lambda entry: entry.kind)
            ),
            pager=pager,
        )

    return press.page(path, "bulletin.html", (name, str(pager.last), *(entry.mark for entry in chunk)), context)


def _by_kind(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: _KINDS.index(entry.kind))


def _contributions(press: Press, month: str, kinds: Sequence[str]) -> Iterator[Contribution]:
    """The departments that have a decision, in the order of the site."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in press.figures:
        if row["month"] == month and row["published"]:
            found[row["department"]][row["kind"]] += row["published"]
    for key, channel in press.channels.items():
        if counts := found.get(key):
            href = bulletin_address(key, month)
            yield Contribution(channel.name, href, tuple(counts[kind] for kind in kinds), counts.total())


def _title(month: str) -> str:
    return f"{date_zh(month)}{NAME}"
