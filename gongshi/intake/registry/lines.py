"""A sheet's rows to lines: every cell parsed, what is the record's own apart from what is of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gongshi.intake.problems import Wrong, problem
from gongshi.intake.readers.model import Row
from gongshi.intake.readers.records import UNIT
from gongshi.intake.registry.record import Sheet
from gongshi.intake.sheet.columns import is_nested
from gongshi.intake.sheet.labels import plain
from gongshi.intake.sheet.rows import as_it_is, is_note
from gongshi.intake.values.parsers import Remembered


@dataclass(slots=True)
class Line:
    """One row: what it says of its record, and of one row of each table. Empty cells are left out; `failed` are the
    fields and columns whose cells were refused."""

    row: int
    own: dict[str, str] = field(default_factory=dict)
    tables: dict[str, dict[str, str]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def has(self, names: Sequence[str]) -> bool:
        """Whether it says something of any of these fields, right or wrong."""
        return any(name in self.own or name in self.failed for name in names)


class LineReader:
    """Reads the rows of one sheet; the faults of their cells are told at once."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._required = [f.name for f in sheet.kind.fields if f.required and not f.is_table]
        self._plan = [(c.index, c.field.name, is_nested(c.field), c.parsed) for c in sheet.columns.columns]

    def read(self, row: Row) -> Line | None:
        """None for blank rows, for notes and for the header again."""
        texts = list(dict.fromkeys(text for cell in row.cells if (text := as_it_is(cell))))
        if not texts:
            return None
        if self._repeats_header(row):
            self._passed_over(row, texts[0])
            return None
        told = len(self._sheet.problems)
        line = Line(row.number)
        for index, name, nested, parsed in self._plan:
            if index < len(row.cells) and row.cells[index] is not None:
                self._cell(line, name, row.cells[index], parsed, nested=nested)
        if is_note(texts) and self._may_be_note(line):
            del self._sheet.problems[told:]
            self._passed_over(row, texts[0])
            return None
        return line

    def _may_be_note(self, line: Line) -> bool:
        """Notes stand below a sheet, in the first columns: a further row of a table has none of the record's own."""
        goes_on = bool(line.tables) and not line.own and not line.failed
        filled = all(line.has((name,)) for name in self._required)
        return self._sheet.place.unit != UNIT and not goes_on and not filled

    def _cell(self, line: Line, name: str, cell: object, parsed: Remembered, *, nested: bool) -> None:
        table, _, column = name.partition(".")
        try:
            value = parsed[cell]
        except Wrong as wrong:
            self._sheet.report(line.row, name, wrong)
            line.failed.add(name)
            return
        if value is None:
            return
        if nested:
            line.tables.setdefault(table, {})[column] = value
        else:
            line.own[name] = value

    def _passed_over(self, row: Row, text: str) -> None:
        self._sheet.problems.append(problem("W104", replace(self._sheet.place, row=row.number), text))

    def _repeats_header(self, row: Row) -> bool:
        columns = self._sheet.columns.columns
        cells = (*row.cells, *[None] * (1 + columns[-1].index - len(row.cells))) if columns else ()
        return bool(columns) and all(plain(cells[column.index]) == plain(column.label) for column in columns)
