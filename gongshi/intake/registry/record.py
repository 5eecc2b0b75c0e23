"""One record on its way through the check: its values with the places they stand at, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from gongshi.intake.problems import Place, Problem, Wrong, problem
from gongshi.intake.readers.records import UNIT
from gongshi.intake.sheet.columns import Columns
from gongshi.records.field import COLUMN_MARK
from gongshi.records.kind import RecordKind


class TableRow(NamedTuple):
    """One row of a table: the row of the file where it stands, its place in the table from 1, its cells by column."""

    row: int
    at: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """A catalogue code, the field or column (steps.next) at fault, the table's row if it is one, and the words."""

    code: str
    field: str
    words: Mapping[str, object]
    table_row: TableRow | None = None


@dataclass(slots=True)
class Sheet:
    """What the records of one sheet share: its columns, its place, and where their faults are told."""

    columns: Columns
    place: Place
    problems: list[Problem]

    @property
    def kind(self) -> RecordKind:
        """The kind that the sheet holds."""
        return self.columns.kind

    def report(self, row: int, name: str, wrong: Wrong, table_row: TableRow | None = None) -> bool:
        """Tell a fault of `name`, a field or a column such as steps.next; whether it is an error."""
        column = self.columns.column_of(name)
        place = replace(
            self.place, row=row, column=self._label(name, table_row), position=column.index + 1 if column else 0
        )
        words = {key: value for key, value in wrong.words.items() if key != "value"}
        self.problems.append(problem(wrong.code, place, wrong.words.get("value", ""), **words))
        return self.problems[-1].is_error

    def _label(self, name: str, table_row: TableRow | None) -> str:
        """The file's own header; of JSON and YAML, whose tables have no rows of their own, which row it is."""
        column, (table, _, inner) = self.columns.column_of(name), name.partition(".")
        declared = self.kind.by_name[table]
        own = next((one.label for one in declared.columns if one.name == inner), "")
        label = column.label if column else COLUMN_MARK.join(filter(None, (declared.label, own)))
        return f"{label}（第 {table_row.at} 项）" if table_row and self.place.unit == UNIT else label


@dataclass(slots=True)
class Record:
    """One record. `rows` are the numbers of all its rows in the file; `values` has every field of the kind, those of
    tables as canonical JSON; `tables` the same taken apart. `failed` names fields whose cells were refused."""

    sheet: Sheet
    rows: tuple[int, ...]
    values: dict[str, str | None]
    tables: dict[str, list[TableRow]]
    failed: set[str] = field(default_factory=set)
    wrong: bool = False
    key: str = ""

    @property
    def kind(self) -> RecordKind:
        """What it is."""
        return self.sheet.kind

    @property
    def row(self) -> int:
        """Where it begins."""
        return self.rows[0]

    def tell(self, found: Finding) -> None:
        """Tell a fault at the record's first row, or at its table's; an error keeps the record out."""
        row = found.table_row.row if found.table_row else self.row
        if self.sheet.report(row, found.field, Wrong(found.code, **found.words), found.table_row):
            self.wrong = True
