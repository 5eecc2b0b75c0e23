"""Lines to records: which rows belong together, what must be filled, tables as canonical JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gongshi.intake.problems import Wrong
from gongshi.intake.readers.records import UNIT
from gongshi.intake.registry.lines import Line
from gongshi.intake.registry.record import Finding, Record, Sheet, TableRow
from gongshi.records.decision import nested_text
from gongshi.records.field import Field, FieldType
from gongshi.records.registry.key import identity

MOST_ROWS = 300
"""Rows of one table: more is no procedure that anybody could read, nor a flowchart that could be drawn."""


def records(lines: Iterable[Line], sheet: Sheet) -> Iterator[Record]:
    """The records of a sheet in its order, faults told.

    In a table of rows a record goes on as long as its identity is repeated or left empty; in JSON and YAML its rows
    have one number.
    """
    together: list[Line] = []
    for line in lines:
        if together and not _goes_on(together[0], line, sheet):
            yield _record(together, sheet)
            together = []
        together.append(line)
    if together:
        yield _record(together, sheet)


def _goes_on(first: Line, line: Line, sheet: Sheet) -> bool:
    if sheet.place.unit == UNIT:
        return first.row == line.row
    kind = sheet.kind
    if not any(field.is_table for field in kind.fields):
        return False
    if line.has(kind.identity):
        return _said(line, kind.identity) == _said(first, kind.identity)
    if not kind.identity:
        return True
    return bool(line.tables) and all(first.own.get(name) == value for name, value in line.own.items())


def _said(line: Line, names: Sequence[str]) -> str:
    return identity(*map(line.own.get, names))


def _record(lines: Sequence[Line], sheet: Sheet) -> Record:
    first = lines[0]
    record = Record(
        sheet=sheet,
        rows=tuple(dict.fromkeys(line.row for line in lines)),
        values=dict.fromkeys(sheet.kind.by_name),
        tables={},
        failed={name.partition(".")[0] for line in lines for name in line.failed},
    )
    record.wrong = bool(record.failed)
    record.values |= first.own
    for line in lines[1:]:
        _agree(record, first, line)
    for field in sheet.kind.fields:
        if field.is_table:
            _fill_table(record, field, lines)
        elif field.type is FieldType.FILES:
            record.tables[field.name] = _rows_of(field.name, lines)
    _ask_required(record)
    return record


def _agree(record: Record, first: Line, line: Line) -> None:
    """A later row says of the record what the first one says, or nothing (E507)."""
    for name, value in line.own.items():
        other = record.values[name]
        if other != value and not _same_identity(record, name, value):
            words = {"value": value, "first": first.row, "other": other or "空的"}
            if record.sheet.report(line.row, name, Wrong("E507", **words)):
                record.wrong = True


def _same_identity(record: Record, name: str, value: str) -> bool:
    return name in record.kind.identity and identity(record.values[name]) == identity(value)


def _rows_of(table: str, lines: Sequence[Line]) -> list[TableRow]:
    held = ((line.row, line.tables[table]) for line in lines if table in line.tables)
    return [TableRow(row, at, cells) for at, (row, cells) in enumerate(held, start=1)]


def _fill_table(record: Record, field: Field, lines: Sequence[Line]) -> None:
    rows = _rows_of(field.name, lines)
    record.tables[field.name] = rows
    record.values[field.name] = nested_text(row.cells for row in rows)
    if len(rows) > MOST_ROWS:
        detail = f"有 {len(rows)} 行，最多 {MOST_ROWS} 行"
        record.tell(Finding("E504", field.name, {"detail": detail}))
        record.failed.add(field.name)
        return
    failed = {(line.row, name) for line in lines for name in line.failed}
    for row in rows:
        for column in field.columns:
            name = f"{field.name}.{column.name}"
            if column.required and column.name not in row.cells and (row.row, name) not in failed:
                words = {"table": field.label, "at": row.at, "column": column.label, "help": column.help}
                record.tell(Finding("E506", name, words, row))


def _ask_required(record: Record) -> None:
    for field in record.kind.fields:
        if not field.required or record.values[field.name] is not None or field.name in record.failed:
            continue
        if field.name == "basis":
            record.tell(Finding("E511", field.name, {}))
        else:
            record.tell(Finding("E201", field.name, {"help": field.help}))
