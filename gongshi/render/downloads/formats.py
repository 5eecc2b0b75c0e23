"""Rows as CSV, JSON Lines and Parquet: the same bytes for the same rows, in any process.

The rows become columns of Arrow once, and its writers do the rest: of all that makes a download, reading the
rows is the longest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any

from arro3.core import Array, DataType, Field, RecordBatch, Schema, Table
from arro3.io import write_csv, write_ndjson, write_parquet

from gongshi.records.spreadsheet import BOM, FORMULA, safe
from gongshi.render.downloads.columns import Cell, Column
from gongshi.render.downloads.rows import Row

_TYPES = {
    Cell.TEXT: DataType.string(),
    Cell.DATE: DataType.date32(),
    Cell.MONEY: DataType.decimal128(20, 2),
    Cell.FLAG: DataType.bool(),
    Cell.NUMBER: DataType.int32(),
}
_WRITTEN = (Cell.DATE, Cell.MONEY)
"""Cells that public.db holds as text."""
_YES_NO = {0: "否", 1: "是", None: None}
_OPENINGS = frozenset(FORMULA)
ROW_GROUP = 10_000
"""Rows of a Parquet file that are packed together."""


class NotTyped(ValueError):
    """A column of public.db (`column`) holds a text that is not what its declaration says."""

    code = "W003"

    def __init__(self, column: str) -> None:
        super().__init__(
            f"W003 公开数据库的“{column}”一列有格式不对的值：请运行 gongshi rebuild --full，仍不行时联系维护人员。"
        )
        self.column = column


class Sheet:
    """The rows of one kind and month, as columns."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[list[Row]]) -> None:
        """`rows` comes in lists, each row in the order of `columns`. Raises NotTyped."""
        self._columns = columns
        self._schema = Schema([Field(column.name, _TYPES[column.cell]) for column in columns])
        self._headed = Schema([Field(column.label, _type_for_people(column)) for column in columns])
        made = [self._batches(some) for some in rows if some]
        self._typed = [typed for typed, _ in made]
        self._for_people = [people for _, people in made]

    def csv(self, out: IO[bytes]) -> None:
        """For spreadsheets: with their mark, headers in Chinese, and no text that they would run as a formula."""
        out.write(BOM.encode())
        write_csv(Table.from_batches(self._for_people, schema=self._headed), out)

    def jsonl(self, out: IO[bytes]) -> None:
        """A JSON object in each line; what is empty is left out."""
        write_ndjson(self._table(), out)

    def parquet(self, out: IO[bytes]) -> None:
        """Parquet, packed with Zstandard. No clock and no version in it; ids lie there as they are, so that whoever
        takes a decision down finds the file by its bytes."""
        write_parquet(
            self._table(),
            out,
            compression="zstd(1)",
            column_compression={"id": "uncompressed"},
            column_dictionary_enabled={"id": False},
            max_row_group_size=ROW_GROUP,
            created_by="gongshi",
        )

    def _table(self) -> Table:
        return Table.from_batches(self._typed, schema=self._schema)

    def _batches(self, rows: list[Row]) -> tuple[RecordBatch, RecordBatch]:
        """Some rows with types, and the same as people read them; what both have in common lies there once."""
        values = list(zip(*rows, strict=True))
        typed = [_array(column, found) for column, found in zip(self._columns, values, strict=True)]
        people = [_for_people(*cells) for cells in zip(self._columns, values, typed, strict=True)]
        return RecordBatch.from_arrays(typed, schema=self._schema), RecordBatch.from_arrays(people, schema=self._headed)


def _array(column: Column, values: Sequence[Any]) -> Array:
    kind = _TYPES[column.cell]
    if column.cell is Cell.FLAG:
        values = [None if value is None else value in (1, "1") for value in values]
    if column.cell not in _WRITTEN:
        return Array(values, type=kind)
    written = Array(values, type=DataType.string())
    made = written.cast(kind)
    if made.null_count != written.null_count:
        raise NotTyped(column.name)
    return made


def _type_for_people(column: Column) -> DataType:
    return DataType.string() if column.cell is Cell.FLAG else _TYPES[column.cell]


def _for_people(column: Column, values: Sequence[Any], typed: Array) -> Array:
    if column.cell is Cell.FLAG:
        return Array([None if value is None else _YES_NO[int(value)] for value in values], type=DataType.string())
    if column.cell is Cell.TEXT and not _OPENINGS.isdisjoint({value[:1] for value in values if value}):
        return Array([safe(value) for value in values], type=DataType.string())
    return typed
