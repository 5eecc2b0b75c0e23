"""Rows into files as departments send them: CSV in two encodings, JSON, YAML, old and new spreadsheets."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from gongshi.records import DECISION_KINDS
from gongshi.records.field import Field, FieldType
from gongshi.sample.catalogue.entries import words

Row = Mapping[str, str]
Sheets = Mapping[str, Sequence[Row]]
"""Rows by kind."""

_WAN = Decimal(10_000)
_ALWAYS = frozenset(
    words(
        "content facts legal_basis plan_name item_name manner outcome handled_on ended_on decided_on amount "
        "agency_name agency_uscc served_on remedies party_adult_when_decided document_number"
    )
)
"""Columns outside the standard that the departments of this city add to the sheet."""
_EARLIER = ("earlier_published_on", "earlier_address")


def _iso(day: str) -> str:
    return day


@lru_cache(4096)
def _slashes(day: str) -> str:
    on = date.fromisoformat(day)
    return f"{on.year}/{on.month}/{on.day}"


@lru_cache(4096)
def _chinese(day: str) -> str:
    on = date.fromisoformat(day)
    return f"{on.year}年{on.month}月{on.day}日"


def _compact(day: str) -> str:
    return day.replace("-", "")


@lru_cache(4096)
def _in_wan(yuan: str) -> str:
    return f"{(Decimal(yuan) / _WAN).normalize():f}"


DAYS: tuple[Callable[[str], str], ...] = (_iso, _slashes, _chinese, _compact)
"""The ways in which departments write a day."""


@dataclass(frozen=True)
class Layout:
    """The columns of one file and how its cells are written."""

    kind: str
    columns: tuple[Field, ...]
    day: Callable[[str], str] = _iso
    in_yuan: bool = False

    @property
    def header(self) -> list[str]:
        """The labels, those of money with the unit in which the cells are."""
        return [self._label(column) for column in self.columns]

    def cells(self, row: Row) -> list[str]:
        """The row's cells in the order of the columns."""
        cells = [row.get(name, "") for name in self._names]
        for at, written in self._written:
            if cells[at]:
                cells[at] = written(cells[at])
        return cells

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def _written(self) -> tuple[tuple[int, Callable[[str], str]], ...]:
        """The columns whose cells are not written as they are, and how."""
        how = {FieldType.DATE: self.day} | ({} if self.in_yuan else {FieldType.MONEY_WAN: _in_wan})
        return tuple((at, how[column.type]) for at, column in enumerate(self.columns) if column.type in how)

    def _label(self, column: Field) -> str:
        if self.in_yuan and column.type is FieldType.MONEY_WAN:
            return column.label.replace("万元", "元")
        return column.label


def layout(kind: str, *, earlier: bool, style: int = 0, extra: Iterable[str] = ()) -> Layout:
    """The standard's columns of `kind` and those that are filled besides; `extra` names further fields."""
    wanted = _ALWAYS | set(extra) | (set(_EARLIER) if earlier else set())
    columns = tuple(field for field in DECISION_KINDS[kind].fields if field.standard or field.name in wanted)
    return Layout(kind, columns, DAYS[style % len(DAYS)], in_yuan=style % 3 == 1)


def write_csv(path: Path, plan: Layout, rows: Iterable[Row], encoding: str = "utf-8-sig") -> None:
    """A CSV file, row by row: constant memory."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(plan.header)
        writer.writerows(map(plan.cells, rows))


def records(plan: Layout, rows: Iterable[Row]) -> Iterator[dict[str, str]]:
    """Each row as label to cell, without the empty ones."""
    for row in rows:
        yield {label: cell for label, cell in zip(plan.header, plan.cells(row), strict=True) if cell}


def write_json(path: Path, sheets: Sheets, *, earlier: bool) -> None:
    """A JSON file: one list of records for each kind."""
    path.write_text(json.dumps(_trees(sheets, 0, earlier), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_yaml(path: Path, sheets: Sheets, *, earlier: bool) -> None:
    """A YAML file: one list of records for each kind."""
    dump_yaml(path, _trees(sheets, 3, earlier))


def _trees(sheets: Sheets, style: int, earlier: bool) -> dict[str, list[dict[str, str]]]:
    return {
        DECISION_KINDS[kind].label: list(records(layout(kind, earlier=earlier, style=style), rows))
        for kind, rows in sheets.items()
    }


def dump_yaml(path: Path, value: object) -> None:
    """`value` as readable YAML."""
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(text, encoding="utf-8")
