"""The public figures: /figures/, one page for each department, charts, and figures.csv (D32, S4).

Everything is read from the table `figures` of public.db, which is counted from public rows alone: what is
held or withheld is in no number, and there is no number from which it could be worked out (DOMAIN.md 11).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from gongshi.records import DECISION_KINDS
from gongshi.records.spreadsheet import csv_bytes
from gongshi.render.figures.charts import ENGINE, Chart
from gongshi.render.figures.contexts import FigureRow, FigureSection, FiguresPage, Picture
from gongshi.render.figures.numbers import (
    COLUMNS,
    Figures,
    Numbers,
    by_number,
    department_of,
    kind_of,
    last,
    month_label,
    month_of,
    year_of,
)
from gongshi.render.labels import kind_label
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.site import Crumb, Head
from gongshi.render.notices.pages import newest
from gongshi.render.press import Page, Press
from gongshi.render.words import count, date_zh

BASE = "/figures/"
CSV = "figures/figures.csv"
_WIDE, _NARROW, _ON_PHONES = 1040, 350, "-narrow"
_MONTHS, _MONTHS_ON_PHONES = 24, 12
_BARS = 20
"""So many departments a chart holds; the table beside it has all."""

_HOME = Crumb("首页", "/")
_LEADING = {
    "published": "正在公示",
    "in_time": "按期公示",
    "earlier": "历史数据补录",
    "corrected": "更正",
    "changed": "变更",
    "withdrawn": "撤下并说明理由",
}
"""The few numbers that come first, and what each is called there."""


def figure_pages(press: Press) -> Iterator[Page]:
    """The page of the whole site with its charts, and the CSV of everything."""
    last = max([press.overview.all.updated_on, *(one["withdrawn_on"] for one in newest(press, 1))])
    figures = Figures(press.figures, _late(press))
    yield from _Sheet(press, figures, "", last).pages()
    yield _csv(press, figures)


def department_figures(press: Press, key: str) -> Iterator[Page]:
    """A department's page with its charts."""
    if key in press.channels:
        ours = tuple(row for row in press.figures if row["department"] == key)
        yield from _Sheet(press, Figures(ours, _late(press)), key, "").pages()


def _late(press: Press) -> bool:
    return any(row["late"] is not None for row in press.figures)


class _Sheet:
    """One page with its charts: of the whole site, or of a department."""

    def __init__(self, press: Press, figures: Figures, department: str, updated_on: str) -> None:
        self._press, self._figures, self._department, self._updated_on = press, figures, department, updated_on
        self._base = f"{BASE}{department}/" if department else BASE
        self._names = {key: channel.name for key, channel in press.channels.items()}
        self._mark = fingerprint(repr(figures), repr(self._names), updated_on)

    def pages(self) -> Iterator[Page]:
        """The charts, where there is something to draw, then the page."""
        if self._figures.rows:
            for name in ("months", "kinds") if self._department else ("months", "kinds", "departments"):
                yield from (self._picture(name, suffix) for suffix in ("", _ON_PHONES))
        yield self._press.page(self._base, "figures.html", (self._mark,), self._context)

    def _picture(self, name: str, suffix: str) -> Page:
        path = f"{self._base[1:]}{name}{suffix}.svg"
        chart = self._charts[name + suffix]
        return self._press.file(path, fingerprint(path, ENGINE, self._press.plain, repr(chart)), chart.svg)

    def _context(self) -> FiguresPage:
        department = self._department
        heading = f"{self._names[department]}公示统计" if department else "公示统计"
        return FiguresPage(
            site=self._press.site,
            head=Head(heading, self._base, "figures", "公示统计", description=f"{heading}：按月份、类别和部门的件数。"),
            crumbs=(_HOME, Crumb("公示统计", BASE), Crumb(heading)) if department else (_HOME, Crumb(heading)),
            updated_on=self._updated_on,
            heading=heading,
            department=department,
            leading=self._leading(),
            columns=self._figures.headings,
            sections=tuple(self._sections()) if self._figures.rows else (),
            late=self._figures.late,
        )

    def _leading(self) -> tuple[tuple[str, str], ...]:
        sums = self._figures.sums
        return tuple((label, count(sums[column])) for column, label in _LEADING.items() if sums[column])

    def _sections(self) -> Iterator[FigureSection]:
        figures, sums = self._figures, self._figures.texts(self._figures.sums)
        months = last(figures.by(month_of), _MONTHS)
        heading = f"最近 {len(months)} 个月" if len(months) == _MONTHS else "按月份"
        rows = ((date_zh(month), "", numbers) for month, numbers in reversed(months.items()))
        yield self._section("months", heading, "月份", rows, ())
        years = figures.by(year_of)
        if len(years) > 1:
            rows = ((f"{year}年", "", numbers) for year, numbers in reversed(years.items()))
            yield self._section("years", "按年份", "年份", rows, sums)
        kinds = figures.by(kind_of)
        rows = (
            (kind_label(kind), "" if self._department else f"/kinds/{kind}/", kinds[kind])
            for kind in DECISION_KINDS
            if kind in kinds
        )
        yield self._section("kinds", "按类别", "类别", rows, sums)
        if not self._department:
            found = figures.by(department_of)
            rows = ((self._names[key], f"{BASE}{key}/", found[key]) for key in by_number(found))
            yield self._section("departments", "按部门", "部门", rows, sums)

    def _section(
        self, name: str, heading: str, first: str, rows: Iterable[tuple[str, str, Numbers]], sums: tuple[str, ...]
    ) -> FigureSection:
        made = tuple(FigureRow(label, href, self._figures.texts(numbers)) for label, href, numbers in rows)
        return FigureSection(
            name=name,
            heading=heading,
            note=f"图中是件数最多的 {_BARS} 个部门。" if name == "departments" and len(made) > _BARS else "",
            picture=self._shown(name) if name in self._charts else None,
            first=first,
            rows=made,
            sums=sums,
        )

    def _shown(self, name: str) -> Picture:
        wide, narrow = self._charts[name], self._charts[name + _ON_PHONES]
        return Picture(
            alt=f"条形图：{wide.title}，数字见下表",
            src=f"{self._base}{name}.svg",
            width=wide.width,
            height=wide.height,
            narrow_src=f"{self._base}{name}{_ON_PHONES}.svg",
            narrow_width=narrow.width,
            narrow_height=narrow.height,
        )

    @cached_property
    def _charts(self) -> dict[str, Chart]:
        """Every chart of the page by the name of its file, each in two shapes."""
        months = [(month, n["published"]) for month, n in last(self._figures.by(month_of), _MONTHS).items()]
        title = "各月首次公示的决定（件）"
        standing = tuple((month_label(month, first=not at), number) for at, (month, number) in enumerate(months))
        lying = tuple((date_zh(month), number) for month, number in reversed(months[-_MONTHS_ON_PHONES:]))
        charts = {
            "months": Chart(title, standing, _WIDE),
            f"months{_ON_PHONES}": Chart(title, lying, _NARROW, across=True),
        }
        kinds = self._figures.by(kind_of)
        bars = tuple((kind_label(kind), kinds[kind]["published"]) for kind in DECISION_KINDS if kind in kinds)
        charts |= _lying("kinds", "各类决定正在公示的件数", bars)
        found = self._figures.by(department_of)
        bars = tuple((self._names[key], found[key]["published"]) for key in by_number(found)[:_BARS])
        return charts if self._department else charts | _lying("departments", "各部门正在公示的件数", bars)


def _lying(name: str, title: str, bars: tuple[tuple[str, int], ...]) -> dict[str, Chart]:
    shapes = (("", _WIDE), (_ON_PHONES, _NARROW))
    return {name + suffix: Chart(title, bars, width, across=True) for suffix, width in shapes}


def _csv(press: Press, figures: Figures) -> Page:
    """Every number by month, department and kind."""
    head = ("月份", "部门代码", "部门", "类别", *(COLUMNS[column] for column in figures.columns))

    def render() -> bytes:
        rows = (
            (
                *(row["month"], row["department"], press.channels[row["department"]].name, kind_label(row["kind"])),
                *(row[column] for column in figures.columns),
            )
            for row in figures.rows
        )
        return csv_bytes([head, *rows])

    return press.file(CSV, fingerprint(press.plain, CSV, repr(figures), repr(press.channels)), render)
