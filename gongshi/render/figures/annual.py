"""Annual figures as departments declare them: a page for each year, one for each department and year, CSV (D32, S6).

What no department has declared stands as 尚未公布: nothing is computed in its place, and nothing is added up over
departments of which some have not declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gongshi.records.registry.annual import (
    ANNUAL_FIGURES,
    CHARGE,
    COERCION,
    ENTRIES,
    FORFEITED,
    GRANTED,
    INSPECTION,
    LEVY,
    LICENCE,
    PENALTY,
    TOTAL,
)
from gongshi.records.spreadsheet import csv_bytes
from gongshi.render.figures.contexts import AnnualAct, AnnualPage, AnnualRow, YearPage
from gongshi.render.figures.places import BASE, declared
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press, path_of
from gongshi.render.registry.record import Record, Row, mark_of, year_address
from gongshi.render.registry.telling import past
from gongshi.render.words import count, money

CSV = "annual.csv"
_HOME, _ABOVE = Crumb("首页", "/"), Crumb("公示统计", BASE)
_COMPARED = {
    "许可": (LICENCE, GRANTED, "count"),
    "处罚": (PENALTY, TOTAL, "count"),
    "罚没金额（元）": (PENALTY, FORFEITED, "amount"),
    "强制": (COERCION, TOTAL, "count"),
    "征收": (LEVY, TOTAL, "count"),
    "收费": (CHARGE, TOTAL, "count"),
    "检查": (INSPECTION, TOTAL, "count"),
}
"""The columns of a year's page: which act, which entry, which of its numbers."""
_COLUMNS = ("年度", "部门代码", "部门", "类别", "项目", "件数", "金额（元）", "公示编号", "网址")


def years_pages(press: Press) -> Iterator[Page]:
    """The page of each year that some department has declared, all departments compared."""
    found: dict[str, list[Record]] = {}
    for record in press.registry.of_kind(ANNUAL_FIGURES.name):
        if not record.is_over:
            found.setdefault(record.number, []).append(record)
    for year, records in sorted(found.items()):
        yield from _year(press, year, sorted(records, key=lambda one: list(press.channels).index(one.department)))


def department_years(press: Press, key: str) -> Iterator[Page]:
    """A department's pages, one for each year that it has declared."""
    if key not in press.channels:
        return
    for line in declared(press, key):
        if record := press.registry.one(line.id):
            yield from _of_department(press, record)


def _year(press: Press, year: str, records: Sequence[Record]) -> Iterator[Page]:
    base, heading = year_address(year), f"{year}年度行政执法数据"
    names = {key: channel.name for key, channel in press.channels.items()}
    shows = (mark_of(records), repr(names))

    def context() -> YearPage:
        by_key = {one.department: one for one in records}
        told = f"各部门公布的{year}年度许可、处罚、强制、征收、收费、检查的件数和金额。"
        return YearPage(
            site=press.site,
            head=Head(heading, base, "figures", "公示统计", description=told),
            crumbs=(_HOME, _ABOVE, Crumb(heading)),
            updated_on=max(one.updated_on for one in records),
            heading=heading,
            columns=tuple(_COMPARED),
            rows=tuple(_compared(key, name, by_key.get(key)) for key, name in names.items()),
            csv=f"{base}{CSV}",
        )

    yield press.page(base, "figures-year.html", shows, context)
    yield _csv(press, f"{base}{CSV}", records, shows)


def _compared(key: str, name: str, record: Record | None) -> AnnualRow:
    """A department's line in the page of a year."""
    if record is None:
        return AnnualRow("", name, f"/departments/{key}/", ())
    said = {(row["act"], row["entry"]): row for row in record.rows("numbers")}
    numbers = (_told(said.get((act, entry), {}).get(which), which) for act, entry, which in _COMPARED.values())
    return AnnualRow(record.id, name, record.href, tuple(numbers))


def _of_department(press: Press, record: Record) -> Iterator[Page]:
    base, name = record.href, press.channels[record.department].name
    shows = (record.mark, press.channel_marks[record.department])

    def context() -> AnnualPage:
        below = Crumb(f"{record.department_name}公示统计", f"{BASE}{record.department}/")
        return AnnualPage(
            site=press.site,
            head=Head(
                record.title,
                base,
                "figures",
                "公示统计",
                description=f"{name}公布的{record.number}年度行政执法数据。",
                published=record.first_published_on,
                source=record.department_name,
            ),
            crumbs=(_HOME, _ABOVE, below, Crumb(f"{record.number}年度")),
            updated_on=record.updated_on,
            source=record.department_name,
            record=record,
            acts=tuple(_acts(record)),
            note=record.text("note"),
            others=year_address(record.number),
            csv=f"{base}{CSV}",
            past=past(record),
        )

    yield press.page(base, "figures-annual.html", shows, context)
    yield _csv(press, f"{base}{CSV}", [record], shows)


def _acts(record: Record) -> Iterator[AnnualAct]:
    """What is declared, by act in their order."""
    said = {(row["act"], row["entry"]): row for row in record.rows("numbers")}
    for act, entries in ENTRIES.items():
        there = [(entry, said[act, entry]) for entry in entries if (act, entry) in said]
        if there:
            rows = ((one, _told(row.get("count"), "count"), _told(row.get("amount"), "amount")) for one, row in there)
            yield AnnualAct(act, tuple(rows), amounts=any("amount" in row for _, row in there))


def _told(number: str | None, which: str) -> str:
    """A number as a page shows it; what was not declared is a dash."""
    if not number:
        return "—"
    return money(number) if which == "amount" else count(int(number))


def _csv(press: Press, href: str, records: Iterable[Record], shows: Iterable[str]) -> Page:
    """Every entry in a row of its own. The ids tell whose file it is, so that a takedown takes it at once."""
    path, all = path_of(href), tuple(records)

    def render() -> bytes:
        rows = (
            (one.number, one.department, one.department_name, row["act"], row["entry"], *_cells(row), one.id, one.href)
            for one in all
            for row in one.rows("numbers")
        )
        return csv_bytes([_COLUMNS, *rows])

    return press.file(path, fingerprint(press.plain, path, *shows), render)


def _cells(row: Row) -> tuple[str, str]:
    return row.get("count", ""), row.get("amount", "")
