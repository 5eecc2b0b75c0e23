"""Downloads: stored formats against csv.writer, a workbook against xlsxwriter, what one changed decision costs."""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from bench.measuring import Goal, Result, Spent, timed
from gongshi.publish import opening
from gongshi.render.downloads import rows
from gongshi.render.downloads.columns import columns_of
from gongshi.render.downloads.formats import Sheet
from gongshi.render.downloads.splicing import by_day, rows_of
from gongshi.render.downloads.workbook import SheetOf, workbook
from gongshi.render.lists.entries import Entries

MOST = 100_000
"""Rows that are measured; more change nothing."""
_MONTHS = """
SELECT kind, substr(first_published_on, 1, 7) AS month, count(*) AS decisions FROM decisions
GROUP BY kind, month ORDER BY decisions DESC
"""
Table = tuple[str, list[list[rows.Row]]]
"""A kind and its rows of one month, in lists."""


def measure(folder: Path, size: int) -> list[Result]:
    """At a built city below `folder`."""
    with opening.reading(folder / "build" / "public.db") as db:
        found: list[Table] = []
        read = timed(lambda: found.extend(_tables(db)))
        count = sum(len(some) for _, lists in found for some in lists)
        lines = [*_stored(found, count, read), _workbook(found, count)]
        return [*lines, _changed(db, size)]


def _tables(db: Any) -> Iterator[Table]:
    """Kinds and months, the largest first, until there are enough."""
    count = 0
    for kind, month, decisions in db.execute(_MONTHS).fetchall():
        yield kind, list(rows.rows_at(db, kind, month, rows.places_in(db, kind, month), ""))
        count += decisions
        if count >= MOST:
            return


def _stored(tables: list[Table], count: int, read: Spent) -> Iterator[Result]:
    def ours() -> None:
        for kind, lists in tables:
            sheet = Sheet(columns_of(kind), lists)
            for write in (sheet.csv, sheet.jsonl, sheet.parquet):
                write(io.BytesIO())

    def peer() -> None:
        for _, lists in tables:
            with tempfile.TemporaryFile("w", newline="", encoding="utf-8") as out:
                for some in lists:
                    csv.writer(out).writerows(some)

    spent, floor = timed(ours), timed(peer)
    told = "csv.writer of the same rows, as CSV alone"
    yield Result("downloads: rows read from public.db", count, read, told, floor)
    yield Result("downloads: CSV, JSON Lines and Parquet of them", count, spent, told, floor, key="downloads")


def _workbook(tables: list[Table], count: int) -> Result:
    def ours() -> None:
        sheets = (
            SheetOf(str(at), columns_of(kind), sum(map(len, lists)), lists) for at, (kind, lists) in enumerate(tables)
        )
        for _ in workbook(sheets):
            pass

    def peer() -> None:
        with tempfile.TemporaryFile() as out:
            _by_xlsxwriter(out, tables)

    told = "xlsxwriter, constant_memory, the same rows"
    return Result("a month's workbook (XLSX)", count, timed(ours), told, timed(peer), Goal(ratio=0.3), "xlsx")


def _by_xlsxwriter(out: IO[bytes], tables: list[Table]) -> None:
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    for _, lists in tables:
        sheet = book.add_worksheet()
        for at, row in enumerate(row for some in lists for row in some):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write_number(at, column, value)
    book.close()


def _changed(db: Any, size: int) -> Result:
    """The files of the largest kind and month, made again for one day of it: out of the table that lay there, and from
    public.db alone."""
    kind, month, count = db.execute(_MONTHS).fetchone()
    days = by_day(Entries(db).of_kind(kind, month))

    def read(places: Sequence[int]) -> Iterator[list[rows.Row]]:
        return rows.rows_at(db, kind, month, places, "")

    def made(before: bytes) -> bytes:
        sheet, packed = Sheet(columns_of(kind), rows_of(days, read, {days[len(days) // 2].day}, before)), io.BytesIO()
        for write in (sheet.csv, sheet.jsonl):
            write(io.BytesIO())
        sheet.parquet(packed)
        return packed.getvalue()

    before = made(b"")
    told = f"one decision changed: its month's files ({count:,} rows)"
    return Result(told, size, timed(lambda: made(before)), "all rows read from public.db", timed(lambda: made(b"")))


def main() -> None:
    """Measure a built city and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, help="a built instance")
    for line in measure(options.parse_args().folder, 0):
        sys.stdout.write(f"{line.told}\n")


if __name__ == "__main__":
    main()
