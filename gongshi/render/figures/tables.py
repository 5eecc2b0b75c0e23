"""The tables of figures as they are computed: the page prints them, charts are drawn from them, their CSV has the same
cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gongshi.records import DECISION_KINDS
from gongshi.records.counted import HEADINGS
from gongshi.records.penalty import PENALTY
from gongshi.records.review_figures import COLUMNS as REVIEWS
from gongshi.records.review_figures import LEAST
from gongshi.records.spreadsheet import csv_bytes
from gongshi.render.figures.numbers import (
    Figures,
    Number,
    Numbers,
    by_number,
    department_of,
    kind_of,
    last,
    month_of,
    share,
    together,
    year_of,
)
from gongshi.render.figures.places import BASE, COUNTIES, Place
from gongshi.render.labels import kind_label
from gongshi.render.words import count, date_zh

MONTHS = 24
BARS = 20
"""So many departments a chart holds; the table beside it has all."""
_COUNT, _SHARE, _SUM = "件数", "比例", "合计"
_SMALL = "不公布"


class Line(NamedTuple):
    """One row: what it is of (month, kind, key …), its label, where that leads (empty where nowhere), its numbers."""

    of: str
    label: str
    href: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`first` is the heading of the first column, `sums` the last row, empty where a sum says nothing; `charted` says
    how it is drawn: a stack of its columns but the last, the share in the last column, the first column; empty where
    it is not drawn. `nothing` stands where there is no number."""

    name: str
    heading: str
    first: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    sums: tuple[Number, ...] = ()
    note: str = ""
    charted: str = ""
    nothing: str = ""

    def csv(self) -> bytes:
        """The table as a file."""
        head = (self.first, *self.columns)
        lines = [(line.label, *map(self._cell, line.numbers)) for line in self.lines]
        sums = [(_SUM, *map(self._cell, self.sums))] if self.sums else []
        return csv_bytes([head, *lines, *sums])

    def told(self, number: Number) -> str:
        """A number as a page shows it; an empty cell is a zero, or nothing."""
        if number is None:
            return self.nothing
        return f"{number:.1%}" if isinstance(number, float) else count(number) if number else ""

    def _cell(self, number: Number) -> str | int:
        return self.nothing if number is None else f"{number:.1%}" if isinstance(number, float) else number


def tables(figures: Figures, place: Place) -> Iterator[Table]:
    """Every table of a page, in its order; none for whoever has published nothing."""
    if figures.rows:
        for made in _TABLES:
            table = made(figures, place)
            if table.lines:
                yield table


def _months(figures: Figures, place: Place) -> Table:
    """How many of each kind were first published in the newest months."""
    found = last(figures.published_by_month(), MONTHS)
    kinds = [kind for kind in DECISION_KINDS if any(numbers[kind] for numbers in found.values())]
    lines = (
        Line(month, date_zh(month), "", (*(numbers[kind] for kind in kinds), numbers.total()))
        for month, numbers in reversed(found.items())
    )
    return Table(
        name="months",
        heading=f"最近 {len(found)} 个月首次公示的决定" if len(found) == MONTHS else "各月首次公示的决定",
        first="月份",
        columns=(*map(kind_label, kinds), _SUM),
        lines=tuple(lines) if kinds else (),
        charted="stack",
    )


def _classes(figures: Figures, place: Place) -> Table:
    """Penalties by class."""
    found = figures.headings_of(PENALTY.name)
    return Table(
        name="classes",
        heading="行政处罚的种类",
        first="处罚种类",
        columns=(_COUNT, _SHARE),
        lines=tuple(_of_whole(found, HEADINGS[PENALTY.name])),
        sums=(found.total(), None),
        note="一件处罚决定有几种处罚的，只按其中最重的一种计一次。",
        charted="first",
    )


def _outcomes(figures: Figures, place: Place) -> Table:
    """Inspections by what they found; ordinary ones and those by lot apart, each of its own hundred."""
    kinds = [kind for kind in HEADINGS if kind != PENALTY.name]
    lines = [
        line._replace(label=f"{kind_label(kind).removesuffix('结果')}：{line.label}")
        for kind in kinds
        for line in _of_whole(figures.headings_of(kind), HEADINGS[kind])
    ]
    return Table(
        name="outcomes",
        heading="检查的结果",
        first="结果",
        columns=(_COUNT, _SHARE),
        lines=tuple(lines),
        note="比例按行政检查、双随机抽查各自的件数计算。",
        charted="first",
    )


def _timing(figures: Figures, place: Place) -> Table:
    """In time, corrected, changed, withdrawn, by month."""
    found = last(figures.by(month_of), MONTHS)
    return Table(
        name="timing",
        heading="按期公示和更正、变更、撤下",
        first="月份",
        columns=figures.headings,
        lines=tuple(_lines(figures, ((month, date_zh(month), "", n) for month, n in reversed(found.items())))),
        charted="share" if any(share(numbers) is not None for numbers in found.values()) and figures.late else "",
    )


def _years(figures: Figures, place: Place) -> Table:
    found = figures.by(year_of)
    several = found if len(found) > 1 else {}
    lines = _lines(figures, ((year, f"{year}年", "", n) for year, n in reversed(several.items())))
    return _summed(figures, "years", "按年份", "年份", lines, charted="")


def _kinds(figures: Figures, place: Place) -> Table:
    found = figures.by(kind_of)
    there = [kind for kind in DECISION_KINDS if kind in found]
    lines = ((kind, kind_label(kind), "" if place.name else f"/kinds/{kind}/", found[kind]) for kind in there)
    return _summed(figures, "kinds", "按类别", "类别", _lines(figures, lines))


def _departments(figures: Figures, place: Place) -> Table:
    found = figures.by(department_of) if len(place.departments) > 1 else {}
    lines = ((key, place.departments[key], f"{BASE}{key}/", found[key]) for key in by_number(found))
    note = f"图中是件数最多的 {BARS} 个部门。" if len(found) > BARS else ""
    return _summed(figures, "departments", "按部门", "部门", _lines(figures, lines), note=note)


def _counties(figures: Figures, place: Place) -> Table:
    found = figures.by(department_of)
    regions = {code: together(found, place.within[code]) for code in place.counties}
    lines = ((code, name, f"{COUNTIES}{code}/", regions[code]) for code, name in place.counties.items())
    return _summed(figures, "counties", "按地区", "地区", _lines(figures, lines))


def _reviews(figures: Figures, place: Place) -> Table:
    """Legal reviews by year, where the city publishes them."""
    lines = (Line(row["year"], f"{row['year']}年", "", tuple(row[name] for name in REVIEWS)) for row in figures.reviews)
    return Table(
        name="reviews",
        heading="重大执法决定的法制审核（次）",
        first="年份",
        columns=tuple(REVIEWS.values()),
        lines=tuple(lines),
        nothing=_SMALL,
        note=f"只列已经结束的年度，按出具意见的年份计；不足{LEAST}次的和能由此推算的，写作“{_SMALL}”。",
    )


_TABLES: tuple[Callable[[Figures, Place], Table], ...] = (
    *(_months, _classes, _outcomes, _timing),
    *(_years, _kinds, _counties, _departments, _reviews),
)


def _lines(figures: Figures, found: Iterable[tuple[str, str, str, Numbers]]) -> Iterator[Line]:
    return (Line(of, label, href, figures.numbers(numbers)) for of, label, href, numbers in found)


def _of_whole(found: Mapping[str, int], headings: Iterable[str]) -> Iterator[Line]:
    """The headings of which there are some, each with its share of all."""
    whole = Counter(found).total()
    return (Line(one, one, "", (found[one], found[one] / whole)) for one in headings if found[one])


def _summed(
    figures: Figures,
    name: str,
    heading: str,
    first: str,
    lines: Iterable[Line],
    *,
    note: str = "",
    charted: str = "first",
) -> Table:
    return Table(
        name=name,
        heading=heading,
        first=first,
        columns=figures.headings,
        lines=tuple(lines),
        sums=figures.numbers(figures.sums),
        note=note,
        charted=charted,
    )
