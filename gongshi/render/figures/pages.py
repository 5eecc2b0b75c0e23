"""The public figures: /figures/, one page for each department and county, charts and CSV (D32, S4).

Everything is read from the tables `figures` and `figures_more` of public.db, which are counted from public rows alone:
what is held or withheld is in no number, and there is no number from which it could be worked out (DOMAIN.md 11).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongshi.records.spreadsheet import csv_bytes
from gongshi.render.database import one
from gongshi.render.figures.charts import ENGINE, Chart
from gongshi.render.figures.contexts import FigureRow, FigureSection, FiguresPage, Picture
from gongshi.render.figures.drawn import ON_PHONES, charts
from gongshi.render.figures.numbers import COLUMNS, Figures
from gongshi.render.figures.places import BASE, Place, city, county, department
from gongshi.render.figures.tables import Table, tables
from gongshi.render.labels import kind_label
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.site import Crumb, Head
from gongshi.render.notices.pages import newest
from gongshi.render.press import Page, Press
from gongshi.render.words import count

CSV = "figures/figures.csv"
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
    last = max([press.overview.all.updated_on, *(notice["withdrawn_on"] for notice in newest(press, 1))])
    figures = replace(_figures(press), reviews=press.review_figures)
    yield from _Sheet(press, figures, city(press), last).pages()
    yield _csv(press, figures)


def department_figures(press: Press, key: str) -> Iterator[Page]:
    """A department's page with its charts."""
    if key in press.channels:
        yield from _Sheet(press, _figures(press).of((key,)), department(press, key), _changed(press, (key,))).pages()


def county_figures(press: Press, code: str) -> Iterator[Page]:
    """A county's page with its charts; there is none without a department."""
    if keys := press.counties.get(code):
        yield from _Sheet(press, _figures(press).of(keys), county(press, code), _changed(press, keys)).pages()


def _changed(press: Press, keys: Iterable[str]) -> str:
    """The last day on which a decision of these departments changed, or was withdrawn with a notice."""
    withdrawn = "SELECT coalesce(max(withdrawn_on), '') AS day FROM notices WHERE department = ?"
    days = ((press.overview.departments[key].updated_on, str(one(press.db, withdrawn, key)["day"])) for key in keys)
    return max(max(both) for both in days)


def _figures(press: Press) -> Figures:
    return Figures(press.figures, press.figures_more, any(row["late"] is not None for row in press.figures))


class _Sheet:
    """One page with its charts and files."""

    def __init__(self, press: Press, figures: Figures, place: Place, updated_on: str) -> None:
        self._press, self._figures, self._place, self._updated_on = press, figures, place, updated_on
        self._tables = tuple(tables(figures, place))
        self._charts = {table.name: charts(table) for table in self._tables}
        self._mark = fingerprint(repr(self._tables), repr(figures.sums), repr(place), updated_on)

    def pages(self) -> Iterator[Page]:
        """The charts and files of the tables, then the page."""
        for table in self._tables:
            yield from (self._picture(table, suffix, chart) for suffix, chart in self._charts[table.name].items())
            path = self._path(table, ".csv")
            yield self._press.file(path, fingerprint(self._press.plain, path, repr(table)), table.csv)
        yield self._press.page(self._place.base, "figures.html", (self._mark,), self._context)

    def _picture(self, table: Table, suffix: str, chart: Chart) -> Page:
        path = self._path(table, f"{suffix}.svg")
        return self._press.file(path, fingerprint(path, ENGINE, self._press.plain, repr(chart)), chart.svg)

    def _path(self, table: Table, end: str) -> str:
        return f"{self._place.base[1:]}{table.name}{end}"

    def _context(self) -> FiguresPage:
        place = self._place
        above = (_HOME, Crumb("公示统计", BASE), Crumb(place.heading)) if place.name else (_HOME, Crumb(place.heading))
        told_of = f"{place.heading}：按月份、类别、处罚种类和检查结果的件数。"
        return FiguresPage(
            site=self._press.site,
            head=Head(place.heading, place.base, "figures", "公示统计", description=told_of),
            crumbs=above,
            updated_on=self._updated_on,
            source="",
            heading=place.heading,
            ways=place.ways,
            leading=self._leading(),
            sections=tuple(map(self._section, self._tables)),
            late=self._figures.late,
        )

    def _leading(self) -> tuple[tuple[str, str], ...]:
        sums = self._figures.sums
        return tuple((label, count(sums[column])) for column, label in _LEADING.items() if sums[column])

    def _section(self, table: Table) -> FigureSection:
        rows = (FigureRow(line.label, line.href, tuple(map(table.told, line.numbers))) for line in table.lines)
        return FigureSection(
            name=table.name,
            heading=table.heading,
            note=table.note,
            picture=self._shown(table),
            first=table.first,
            columns=table.columns,
            rows=tuple(rows),
            sums=tuple(map(table.told, table.sums)),
            csv=f"/{self._path(table, '.csv')}",
        )

    def _shown(self, table: Table) -> Picture | None:
        found = self._charts[table.name]
        if not found:
            return None
        wide, narrow = found[""], found[ON_PHONES]
        return Picture(
            alt=f"条形图：{wide.title}，数字见下表",
            src=f"/{self._path(table, '.svg')}",
            width=wide.width,
            height=wide.height,
            narrow_src=f"/{self._path(table, f'{ON_PHONES}.svg')}",
            narrow_width=narrow.width,
            narrow_height=narrow.height,
        )


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

    return press.file(CSV, fingerprint(press.plain, CSV, repr(figures.rows), repr(press.channels)), render)
