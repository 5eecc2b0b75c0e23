"""Lists of decisions by day, by kind and month, by department and month (DESIGN.md, "Addresses").

Pages are numbered from the oldest and begin with days where days allow it, so that a decision more or less changes
one page of a list, or those of its day, and moves none of the others.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from gongshi.records import DECISION_KINDS
from gongshi.render.addresses import bulletin_address
from gongshi.render.contexts import Counted, Link, ListPage, MonthPage, Pager
from gongshi.render.labels import kind_label
from gongshi.render.lists.entries import Entry
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.words import date_zh

PER_PAGE = 50
_DAYS = range(1, 33)
"""The days of a month, and one more: so many can be halved down to each by itself."""
_BY_DAY = """
SELECT first_published_on AS day, kind, count(*) AS decisions FROM decisions
WHERE first_published_on BETWEEN ? || '-01' AND ? || '-31' GROUP BY first_published_on, kind
"""
_HOME = Crumb("首页", "/")
_ALL = Crumb("六类决定", "/decisions/")


@dataclass(frozen=True, slots=True)
class Series:
    """One list with its pages: where it is, what it is called, which columns it needs."""

    base: str
    heading: str
    intro: str
    section: str
    crumbs: tuple[Crumb, ...]
    show_kind: bool
    show_department: bool
    accent: str = ""
    source: str = ""
    more: tuple[Link, ...] = ()


def day_list(press: Press, day: str) -> Iterator[Page]:
    """The decisions first published on a day."""
    yield from _pages(press, _day(day), press.entries.of_day(day))


def kind_list(press: Press, kind: str, month: str) -> Iterator[Page]:
    """The decisions of a kind that were first published in a month."""
    yield from _pages(press, _kind(kind, month), press.entries.of_kind(kind, month))


def department_list(press: Press, key: str, month: str) -> Iterator[Page]:
    """The decisions of a department that were first published in a month."""
    if key in press.channels:
        yield from _pages(press, _department(press, key, month), press.entries.of_department(key, month))


def _pages(press: Press, series: Series, entries: Sequence[Entry]) -> Iterator[Page]:
    """Only the first page counts all: one decision more changes it and the last, and none between."""
    chunks = [*chunked(entries)]
    for number, chunk in enumerate(chunks, start=1):
        total = len(entries) if number == 1 else 0
        yield _page(press, series, chunk, Pager(number, len(chunks), series.base), total)


def chunked(entries: Sequence[Entry], most: int = PER_PAGE, days: Sequence[int] = _DAYS) -> Iterator[Sequence[Entry]]:
    """The decisions of each page of a list of a month, `most` at most: the month is halved until what was published in
    so many days fits a page; a day that does not is cut by number. Where each page begins hardly depends on what the
    others hold."""
    if len(entries) <= most or len(days) == 1:
        yield from (entries[start : start + most] for start in range(0, len(entries), most))
        return
    half = len(days) // 2
    at = bisect_left(entries, days[half], key=lambda entry: int(entry.day[8:]))
    yield from chunked(entries[:at], most, days[:half])
    yield from chunked(entries[at:], most, days[half:])


def _page(press: Press, series: Series, chunk: Sequence[Entry], pager: Pager, total: int) -> Page:
    path = pager.href(pager.number)
    shows = (repr(series), f"{pager.last}/{total}", *(entry.mark for entry in chunk))

    def context() -> ListPage:
        suffix = f"（第 {pager.number} 页）" if pager.number > 1 else ""
        return ListPage(
            site=press.site,
            head=Head(series.heading + suffix, path, series.section, series.heading, accent=series.accent),
            crumbs=series.crumbs,
            updated_on=max(entry.updated_on for entry in chunk),
            source=series.source,
            heading=series.heading,
            intro=series.intro,
            total=total,
            rows=press.listings.of(chunk, kind=series.show_kind, department=series.show_department),
            more=series.more,
            pager=pager,
            show_kind=series.show_kind,
            show_department=series.show_department,
        )

    return press.page(path, "list.html", shows, context)


def _day(day: str) -> Series:
    return Series(
        base=f"/days/{day}/",
        heading=f"{date_zh(day)}首次公示的决定",
        intro="",
        section="decisions",
        crumbs=(_HOME, _ALL, Crumb(date_zh(day[:7]), f"/months/{day[:7]}/"), Crumb(date_zh(day))),
        show_kind=True,
        show_department=True,
        more=(_search(day, day),),
    )


def _kind(kind: str, month: str) -> Series:
    return Series(
        base=f"/kinds/{kind}/{month}/",
        heading=f"{date_zh(month)}首次公示的{kind_label(kind)}",
        intro="",
        section="decisions",
        crumbs=(_HOME, _ALL, Crumb(kind_label(kind), f"/kinds/{kind}/"), Crumb(date_zh(month))),
        show_kind=False,
        show_department=True,
        accent=kind,
        more=(
            _search(*_bounds(month), kind=kind),
            Link("下载表格（CSV）", f"/downloads/{month}-{kind}.csv"),
        ),
    )


def _department(press: Press, key: str, month: str) -> Series:
    name = press.channels[key].name
    return Series(
        base=f"/departments/{key}/{month}/",
        heading=f"{name}：{date_zh(month)}首次公示的决定",
        intro="",
        section="departments",
        crumbs=(_HOME, Crumb("部门", "/departments/"), Crumb(name, f"/departments/{key}/"), Crumb(date_zh(month))),
        show_kind=True,
        show_department=False,
        source=name,
        more=(
            _search(*_bounds(month), department=key),
            Link("公报样式，可打印", bulletin_address(key, month)),
            Link("监督渠道", f"/departments/{key}/#channel"),
        ),
    )


def _bounds(month: str) -> tuple[str, str]:
    """The first and the last day of a month."""
    year, number = int(month[:4]), int(month[5:])
    return f"{month}-01", f"{month}-{monthrange(year, number)[1]:02}"


def _search(first: str, last: str, **only: str) -> Link:
    """The same list in the search, where it can be narrowed, subscribed to and taken as a file."""
    return Link("在这些决定中查找", f"/search?{urlencode(only | {'from': first, 'to': last})}")


def month_page(press: Press, month: str) -> Iterator[Page]:
    """The index of one month, its days, with the way to the neighbouring months that have a page."""
    tally = press.overview.months.get(month)
    if tally is None:
        return
    before, after = press.overview.around(month)
    kinds = tuple(kind for kind in DECISION_KINDS if tally.kinds[kind])
    rows = _days(press, month, kinds)
    shows = (repr(rows), ",".join(kinds), before, after, tally.updated_on)

    def context() -> MonthPage:
        return MonthPage(
            site=press.site,
            head=Head(f"{date_zh(month)}首次公示的决定", f"/months/{month}/", "decisions", "六类决定"),
            crumbs=(_HOME, _ALL, Crumb(date_zh(month))),
            updated_on=tally.updated_on,
            month=month,
            kinds=kinds,
            days=rows,
            total=tally.total,
            more=_of_month(month),
            before=before,
            after=after,
        )

    yield press.page(f"/months/{month}/", "month.html", shows, context)


def _of_month(month: str) -> tuple[Link, ...]:
    others = (("本月公报", f"/bulletins/{month}/"), ("整月下载", "/downloads/"), ("其他月份", "/decisions/#months"))
    return (_search(*_bounds(month)), *(Link(*other) for other in others))


def _days(press: Press, month: str, kinds: Sequence[str]) -> tuple[tuple[Counted, tuple[int, ...]], ...]:
    """Each day of a month with its numbers, in all and of each of `kinds`."""
    found: dict[str, Counter[str]] = {}
    for row in press.db.execute(_BY_DAY, (month, month)):
        found.setdefault(row["day"], Counter())[row["kind"]] = row["decisions"]
    return tuple(
        (Counted(date_zh(day), f"/days/{day}/", counts.total()), tuple(counts[kind] for kind in kinds))
        for day, counts in found.items()
    )
