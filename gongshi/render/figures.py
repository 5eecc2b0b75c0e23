"""The public figures: /figures/, one page for each department, charts, and figures.csv (D32, S4).

Everything is read from the table `figures` of public.db, which is counted from public rows alone: what is
held or withheld is in no number, and there is no number from which it could be worked out (DOMAIN.md 11).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.records.spreadsheet import csv_bytes
from gongshi.render.assets import fingerprint
from gongshi.render.charts import ENGINE, Chart
from gongshi.render.database import named
from gongshi.render.figure_contexts import FigureRow, FigureSection, FiguresPage, Picture
from gongshi.render.labels import kind_label
from gongshi.render.press import Page, Press
from gongshi.render.site import Crumb, Head
from gongshi.render.words import count, date_zh

BASE = "/figures/"
CSV = "figures/figures.csv"
_WIDE, _NARROW = 1040, 350
_MONTHS, _MONTHS_NARROW = 24, 12
_DEPARTMENTS = 20
"""So many bars a chart holds; the table beside it has all."""

COLUMNS = {
    "published": "首次公示",
    "earlier": "其中补录",
    "in_time": "其中按期",
    "late": "其中迟公示",
    "corrected": "更正",
    "changed": "变更",
    "withdrawn": "撤下并说明",
}
"""The table's columns in order, and their headings."""

_HOME = Crumb("首页", "/")
Numbers = Counter[str]


@dataclass(frozen=True, slots=True)
class _Figures:
    """The rows of one page: of everything, or of a department. `late`: whether the city shows what was late."""

    rows: tuple[Mapping[str, Any], ...]
    late: bool

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for column in COLUMNS if self.late or column != "late")

    def by(self, key: Callable[[Mapping[str, Any]], str]) -> dict[str, Numbers]:
        """The numbers grouped by something of the rows, in its order."""
        found: dict[str, Numbers] = {}
        for row in self.rows:
            found.setdefault(key(row), Counter()).update({column: row[column] for column in self.columns})
        return dict(sorted(found.items()))

    def sums(self) -> Numbers:
        """All of them together."""
        return sum(self.by(lambda row: "").values(), Counter())

    def texts(self, numbers: Numbers) -> tuple[str, ...]:
        """A row of the page's tables; an empty cell is a zero."""
        told = [count(numbers[column]) if numbers[column] else "" for column in self.columns]
        return (*told, _share(numbers)) if self.late else tuple(told)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of such a row."""
        told = tuple(COLUMNS[column] for column in self.columns)
        return (*told, "按期率") if self.late else told


def figure_pages(press: Press, updated_on: str) -> Iterator[Page]:
    """The page of the whole site, one for each department with its charts, and the CSV of everything."""
    rows = tuple(named(row) for row in press.db.execute("SELECT * FROM figures ORDER BY month, department, kind"))
    late = any(row["late"] is not None for row in rows)
    yield from _page(press, _Figures(rows, late), "", updated_on)
    for key in press.channels:
        ours = tuple(row for row in rows if row["department"] == key)
        yield from _page(press, _Figures(ours, late), key, "")
    yield _csv(press, _Figures(rows, late))


def _page(press: Press, figures: _Figures, department: str, updated_on: str) -> Iterator[Page]:
    base = f"{BASE}{department}/" if department else BASE
    charts = dict(_charts(press, figures, department)) if figures.rows else {}
    yield from (_picture(f"{base[1:]}{name}.svg", chart) for name, chart in charts.items())
    heading = f"{press.channels[department].name}公示统计" if department else "公示统计"

    def context() -> FiguresPage:
        return FiguresPage(
            site=press.site,
            head=Head(heading, base, "figures", "公示统计", description=f"{heading}：按月份、类别和部门的件数。"),
            crumbs=(_HOME, Crumb("公示统计", BASE), Crumb(heading)) if department else (_HOME, Crumb(heading)),
            updated_on=updated_on,
            heading=heading,
            department=department,
            leading=_leading(figures),
            columns=figures.headings,
            sections=tuple(_sections(press, figures, department, charts)) if figures.rows else (),
            late=figures.late,
        )

    names = repr([(key, channel.name) for key, channel in press.channels.items()])
    yield press.page(base, "figures.html", (repr(figures), names, updated_on), context)


def _leading(figures: _Figures) -> tuple[tuple[str, str], ...]:
    sums = figures.sums()
    wanted = {
        "正在公示": sums["published"],
        "按期公示": sums["in_time"],
        "历史数据补录": sums["earlier"],
        "更正过": sums["corrected"],
        "撤下并说明理由": sums["withdrawn"],
    }
    return tuple((label, count(number)) for label, number in wanted.items() if number or label == "正在公示")


def _sections(press: Press, figures: _Figures, department: str, charts: Mapping[str, Chart]) -> Iterator[FigureSection]:
    sums = figures.texts(figures.sums())
    months = _last(figures.by(_month), _MONTHS)
    yield FigureSection(
        "months",
        f"最近 {len(months)} 个月" if len(months) == _MONTHS else "按月份",
        "",
        _shown(charts, "months", department),
        "月份",
        tuple(FigureRow(date_zh(month), "", figures.texts(numbers)) for month, numbers in reversed(months.items())),
        (),
    )
    years = figures.by(_year)
    if len(years) > 1:
        rows = (FigureRow(f"{year}年", "", figures.texts(numbers)) for year, numbers in reversed(years.items()))
        yield FigureSection("years", "按年份", "", None, "年份", tuple(rows), sums)
    kinds = figures.by(_kind)
    yield FigureSection(
        "kinds",
        "按类别",
        "",
        _shown(charts, "kinds", department),
        "类别",
        tuple(
            FigureRow(kind_label(kind), "" if department else f"/kinds/{kind}/", figures.texts(kinds[kind]))
            for kind in DECISION_KINDS
            if kind in kinds
        ),
        sums,
    )
    if not department:
        yield _departments(press, figures, charts, sums)


def _departments(press: Press, figures: _Figures, charts: Mapping[str, Chart], sums: tuple[str, ...]) -> FigureSection:
    found = figures.by(_department)
    rows = tuple(
        FigureRow(press.channels[key].name, f"{BASE}{key}/", figures.texts(found[key])) for key in _by_number(found)
    )
    note = f"图中是件数最多的 {_DEPARTMENTS} 个部门。" if len(rows) > _DEPARTMENTS else ""
    return FigureSection("departments", "按部门", note, _shown(charts, "departments", ""), "部门", rows, sums)


def _by_number(found: Mapping[str, Numbers]) -> list[str]:
    return sorted(found, key=lambda key: (-found[key]["published"], key))


def _charts(press: Press, figures: _Figures, department: str) -> Iterator[tuple[str, Chart]]:
    """Every chart of a page by the name of its file, each in two shapes."""
    months = [(month, numbers["published"]) for month, numbers in _last(figures.by(_month), _MONTHS).items()]
    title = "各月首次公示的决定（件）"
    standing = tuple((_month_label(month, first=not at), number) for at, (month, number) in enumerate(months))
    yield "months", Chart(title, standing, _WIDE)
    lying = tuple((date_zh(month), number) for month, number in reversed(months[-_MONTHS_NARROW:]))
    yield "months-narrow", Chart(title, lying, _NARROW, across=True)
    kinds = figures.by(_kind)
    bars = tuple((kind_label(kind), kinds[kind]["published"]) for kind in DECISION_KINDS if kind in kinds)
    yield from _two("kinds", "各类决定正在公示的件数", bars)
    if not department:
        found = figures.by(_department)
        bars = tuple((press.channels[key].name, found[key]["published"]) for key in _by_number(found)[:_DEPARTMENTS])
        yield from _two("departments", "各部门正在公示的件数", bars)


def _two(name: str, title: str, bars: tuple[tuple[str, int], ...]) -> Iterator[tuple[str, Chart]]:
    yield name, Chart(title, bars, _WIDE, across=True)
    yield f"{name}-narrow", Chart(title, bars, _NARROW, across=True)


def _shown(charts: Mapping[str, Chart], name: str, department: str) -> Picture:
    base = f"{BASE}{department}/" if department else BASE
    wide, narrow = charts[name], charts[f"{name}-narrow"]
    return Picture(
        alt=f"条形图：{wide.title}，数字见下表",
        src=f"{base}{name}.svg",
        width=wide.width,
        height=wide.height,
        narrow_src=f"{base}{name}-narrow.svg",
        narrow_width=narrow.width,
        narrow_height=narrow.height,
    )


def _picture(path: str, chart: Chart) -> Page:
    return Page(path, fingerprint(path, ENGINE, repr(chart)), chart.svg)


def _csv(press: Press, figures: _Figures) -> Page:
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

    return Page(CSV, fingerprint(press.version, CSV, repr(figures), repr(press.channels)), render)


def _last(months: Mapping[str, Numbers], most: int) -> dict[str, Numbers]:
    """The months up to the last that has a number, those without one included, `most` of them at most."""
    if not months:
        return {}
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(months), max(months)))
    wanted = (f"{at // 12}-{at % 12 + 1:02d}" for at in range(max(first, last - most + 1), last + 1))
    return {month: months.get(month, Counter()) for month in wanted}


def _month_label(month: str, *, first: bool) -> str:
    """11月, with the year below where it begins."""
    year, of_year = month.split("-")
    return f"{int(of_year)}月" + (f"\n{year}年" if first or of_year == "01" else "")


def _share(numbers: Numbers) -> str:
    timed = numbers["in_time"] + numbers["late"]
    return f"{numbers['in_time'] / timed:.1%}" if timed else ""


def _month(row: Mapping[str, Any]) -> str:
    return str(row["month"])


def _year(row: Mapping[str, Any]) -> str:
    return str(row["month"])[:4]


def _kind(row: Mapping[str, Any]) -> str:
    return str(row["kind"])


def _department(row: Mapping[str, Any]) -> str:
    return str(row["department"])
