"""What a file of results holds: the decisions in the order of the search, a row a party, as in the month's downloads.

Of one kind it has all the columns of that kind's table; of several those that every kind has, and the amounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import orjson

from gongshi.query.tables import TABLES
from gongshi.records import DECISION_KINDS
from gongshi.records.spreadsheet import csv_lines
from gongshi.render.addresses import address
from gongshi.render.database import Rows
from gongshi.render.downloads.columns import Cell, Column, columns_of
from gongshi.render.downloads.rows import Row

AT_ONCE = 500
"""Decisions that are read at once."""
_AMOUNTS = ("fine", "confiscated", "amount")
_BEHIND = "party_uscc"
"""Behind it stand the amounts where kinds are mixed."""


def columns_for(kind: str) -> tuple[Column, ...]:
    """The columns of a table of one kind, or (empty) of any."""
    return columns_of(kind) if kind else _mixed(next(iter(DECISION_KINDS)))


@cache
def _mixed(kind: str) -> tuple[Column, ...]:
    """What every kind has, with the expressions of this one."""
    own = {column.name: column for column in columns_of(kind)}
    found: list[Column] = []
    for name in _shared():
        found.append(_named_for_all(own[name]))
        if name == _BEHIND:
            found += (Column(amount, _label("parties", amount), Cell.MONEY, f"p.{amount}") for amount in _AMOUNTS)
    return tuple(found)


@cache
def _shared() -> tuple[str, ...]:
    """The names of the columns that every kind has, in their order."""
    first, *others = ([column.name for column in columns_of(kind)] for kind in DECISION_KINDS)
    return tuple(name for name in first if all(name in other for other in others))


def _named_for_all(column: Column) -> Column:
    """A column under a header that fits any kind: 决定内容, not 处罚内容."""
    labels = {one.label for kind in DECISION_KINDS for one in columns_of(kind) if one.name == column.name}
    return column if len(labels) == 1 else replace(column, label=_label("decisions", column.name))


def _label(table: str, column: str) -> str:
    return TABLES[table].columns[column]


def chunks(places: Sequence[int]) -> Iterator[Sequence[int]]:
    """The places, so many at once, in their order."""
    return (places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE))


def rows_at(db: Rows, kind: str, places: Sequence[int], url: str) -> list[Row]:
    """The rows of the decisions at these places and in this order, of one kind or (empty) of any, each in the order of
    `columns_for`; `url` is the site's own, without a slash at its end. What was taken down meanwhile has none."""
    asked = (orjson.dumps(places).decode(),)
    found: list[tuple[int, Row]] = []
    for one in (kind,) if kind else DECISION_KINDS:
        lines = db.execute(_asking(one, bool(kind)), asked)
        found += [(at, (record, url + address(record), *cells)) for at, record, *cells in lines]
    found.sort(key=lambda line: line[0])
    return [row for _, row in found]


@cache
def _asking(kind: str, alone: bool) -> str:
    columns = columns_of(kind) if alone else _mixed(kind)
    listed = ", ".join(column.sql for column in columns if column.sql)
    return (
        f"SELECT wanted.key, {listed} FROM json_each(?) AS wanted "  # noqa: S608 - declared columns
        f"CROSS JOIN {DECISION_KINDS[kind].name} k ON k.sort = wanted.value CROSS JOIN decisions d ON d.sort = k.sort "
        "LEFT JOIN parties p ON p.sort = k.sort ORDER BY wanted.key, p.position"
    )


def csv_of(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """Rows as CSV for people: days and amounts as they are, 是 and 否, no text that a spreadsheet would run."""
    return csv_lines([[_cell(column, value) for column, value in zip(columns, row, strict=True)] for row in rows])


def _cell(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.cell is Cell.MONEY:
        return f"{Decimal(value):.2f}"
    return ("是" if int(value) else "否") if column.cell is Cell.FLAG else value
