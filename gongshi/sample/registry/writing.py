"""Registry records into files as departments send them: YAML, and sheets in which a table takes rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from gongshi.records import REGISTRY_KINDS
from gongshi.records.field import Field, FieldType
from gongshi.sample.files import dump_yaml
from gongshi.sample.registry.values import Record, Value
from gongshi.sample.workbook import new_book

Batch = Mapping[str, Sequence[Record]]
"""Records by kind."""

_FILE_LABELS = {"label": "名称", "name": "文件"}


def write_yaml(path: Path, batch: Batch) -> None:
    """A list of records for each kind, by labels at every level."""
    dump_yaml(path, {REGISTRY_KINDS[kind].label: [_tree(kind, one) for one in found] for kind, found in batch.items()})


def write_xlsx(path: Path, batch: Batch) -> None:
    """A sheet for each kind, every cell as text."""
    with new_book(path) as book:
        for kind, records in batch.items():
            sheet = book.add_worksheet(REGISTRY_KINDS[kind].label)
            for at, cells in enumerate(sheet_rows(kind, records)):
                sheet.write_row(at, 0, [cell or None for cell in cells])


def write_csv(path: Path, batch: Batch) -> None:
    """One kind in a CSV file."""
    ((kind, records),) = batch.items()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(sheet_rows(kind, records))


def sheet_rows(kind: str, records: Sequence[Record]) -> Iterator[list[str]]:
    """The header, then the records; of a record with tables the second row and those after it hold tables alone."""
    cells = [cell for cell in REGISTRY_KINDS[kind].cells if any(_column(record, cell) for record in records)]
    yield [cell.label for cell in cells]
    for record in records:
        yield from map(list, zip_longest(*(_column(record, cell) or [""] for cell in cells), fillvalue=""))


def _column(record: Record, cell: Field) -> list[str]:
    """What stands in a column of one record, from its first row down."""
    name, _, column = cell.name.partition(".")
    value = record.get(name, "")
    if isinstance(value, str):
        return [value] if value else []
    if column:
        return [row.get(column, "") for row in value]
    return ["、".join(f"{row['label']}={row['name']}" for row in value)]


def _tree(kind: str, record: Record) -> dict[str, object]:
    fields = REGISTRY_KINDS[kind].by_name
    return {fields[name].label: _labelled(fields[name], value) for name, value in record.items()}


def _labelled(field: Field, value: Value) -> object:
    if isinstance(value, str):
        return value
    labels = _FILE_LABELS if field.type is FieldType.FILES else {one.name: one.label for one in field.columns}
    return [{labels[name]: cell for name, cell in row.items()} for row in value]
