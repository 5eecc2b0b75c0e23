"""Records that are mappings (from JSON or YAML), laid out as the rows that a sheet would have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import Limits
from gongshi.intake.readers.model import Cell, Row, Sheet
from gongshi.records.field import COLUMN_MARK

PARTIES = ("parties", "相对人", "行政相对人", "当事人")
"""Keys under which a record may hold a list of its parties."""
RECORDS = ("records", "data", "decisions", "记录", "数据")
"""Keys of a list of records that say nothing about their kind."""

UNIT = "条"
"""What a row of these sheets is called: a record."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, as \\ud83d alone writes it: no file and no database can hold it."""


def sheets_of(value: Any, name: str, limits: Limits, *, nested: bool = False) -> list[Sheet]:
    """One sheet for a list of records or a single record, one for each key of lists by kind.

    A record's list of parties becomes one row for each party, with the record's number and its
    other fields repeated. Lists of plain values are joined by 、. Raises Unreadable for other shapes.

    With `nested` any field may hold a list of mappings instead: its keys become columns such as 依据·法律名称, and
    the record takes as many rows of one number as its longest table; the first alone has its other fields.
    """
    left = limits.rows
    laid_out = _with_tables if nested else _with_parties
    limits = replace(limits, cell_length=limits.text_length) if nested else limits
    sheets = []
    for title, records in _groups(value, name, nested=nested):
        sheet = _sheet(title, records, limits, left, laid_out)
        left -= len(sheet.rows) - 1
        sheets.append(sheet)
    return sheets


def _groups(value: Any, name: str, *, nested: bool) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(value, list):
        yield name, value
    elif isinstance(value, Mapping) and value and all(_is_group(*held, nested=nested) for held in value.items()):
        for key, records in value.items():
            yield (name if key in RECORDS else str(key)), records if isinstance(records, list) else [records]
    elif isinstance(value, Mapping):
        yield name, [value]
    else:
        raise Unreadable.because(Fault.SHAPE, detail="最外层不是一组记录")


def _is_group(key: object, held: Any, *, nested: bool) -> bool:
    if nested:  # a kind of which a department has one may be that one record
        return isinstance(held, Mapping) or (isinstance(held, list) and _holds_records(held))
    return key not in PARTIES and isinstance(held, list) and _holds_records(held)


def _holds_records(items: list[Any]) -> bool:
    """Whether the items are records: one that is none is told by its number."""
    return not items or any(isinstance(item, Mapping) for item in items)


_LaidOut = Callable[[Any, str, int], Iterator[dict[str, Any]]]


def _sheet(title: str, records: list[Any], limits: Limits, left: int, laid_out: _LaidOut) -> Sheet:
    columns: dict[str, int] = {}
    rows: list[Row] = []
    for number, record in enumerate(records, start=1):
        for fields in laid_out(record, title, number):
            if len(rows) >= left:
                raise Unreadable.because(Fault.TOO_MANY_ROWS, sheet=title, row=number, unit=UNIT, limit=limits.rows)
            row = _row(fields, columns, title, number, limits)
            if row.cells:
                rows.append(row)
    return Sheet(name=title, rows=[Row(0, tuple(columns)), *rows], unit=UNIT)


def _with_parties(record: Any, sheet: str, number: int) -> Iterator[dict[str, Any]]:
    """The record itself, or once for each of its parties."""
    _check_mapping(record, sheet, number)
    key = next((key for key in PARTIES if isinstance(record.get(key), list)), None)
    own = {str(name): value for name, value in record.items() if name != key}
    parties = record[key] if key else [{}]
    for party in parties or [{}]:
        if not isinstance(party, Mapping):
            detail = f"{key} 里不是“字段：值”"
            raise Unreadable.because(Fault.SHAPE, sheet=sheet, row=number, unit=UNIT, detail=detail)
        yield own | {str(name): value for name, value in party.items()}


def _check_mapping(record: Any, sheet: str, number: int) -> None:
    if not isinstance(record, Mapping):
        raise Unreadable.because(Fault.SHAPE, sheet=sheet, row=number, unit=UNIT, detail="这一条不是“字段：值”的记录")


def _with_tables(record: Any, sheet: str, number: int) -> Iterator[dict[str, Any]]:
    """The record's own fields with the first row of each of its tables, then their other rows."""
    _check_mapping(record, sheet, number)
    tables = {str(name): rows for name, value in record.items() if (rows := _table(value))}
    own = {str(name): value for name, value in record.items() if str(name) not in tables and value not in ([], {})}
    for some in zip_longest(*tables.values(), fillvalue={}):
        cells = {
            f"{table}{COLUMN_MARK}{key}": cell
            for table, row in zip(tables, some, strict=True)
            for key, cell in row.items()
        }
        yield own | cells
        own = {}
    if own:
        yield own


def _table(value: Any) -> list[Mapping[str, Any]]:
    """The rows of a table: a list of mappings, or a single one; empty for anything else."""
    rows = [value] if isinstance(value, Mapping) else value
    return rows if isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows) else []


def _row(fields: dict[str, Any], columns: dict[str, int], sheet: str, number: int, limits: Limits) -> Row:
    for name in fields:
        columns.setdefault(name, len(columns))
    if len(columns) > limits.columns:
        raise Unreadable.because(Fault.TOO_MANY_COLUMNS, sheet=sheet, row=number, unit=UNIT, limit=limits.columns)
    cells: list[Cell] = [None] * len(columns)
    for name, value in fields.items():
        cell = _cell(value, name, sheet, number)
        if isinstance(cell, str) and len(cell) > limits.cell_length:
            raise Unreadable.because(Fault.CELL_TOO_LONG, sheet=sheet, row=number, unit=UNIT, limit=limits.cell_length)
        if _HALF.search(name) or (isinstance(cell, str) and _HALF.search(cell)):
            raise Unreadable.because(Fault.HALF_CHARACTER, sheet=sheet, row=number, unit=UNIT)
        cells[columns[name]] = cell
    while cells and cells[-1] is None:
        cells.pop()
    return Row(number, tuple(cells))


def shown(key: str) -> str:
    """A key as a message may show it: short, and nothing in it that hides or reorders."""
    return "".join(c for c in key if c.isprintable())[:50]


def _cell(value: Any, name: str, sheet: str, number: int) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, str | int | float | date):
        return value
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return "、".join(str(item) for item in value) or None
    detail = f"“{shown(name)}”不是单个的值"
    raise Unreadable.because(Fault.SHAPE, sheet=sheet, row=number, unit=UNIT, detail=detail)
