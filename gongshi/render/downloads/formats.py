"""Rows as CSV, JSON Lines and Parquet: the same bytes for the same rows, in any process, wherever the rows come from.

The rows become columns of Arrow once, and its writers do the rest: of all that makes a download, reading the
rows is the longest.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import IO, Any

import ahocorasick_rs
from arro3.core import Array, ChunkedArray, DataType, Field, RecordBatch, Schema, Table
from arro3.io import read_parquet, write_csv, write_ndjson, write_parquet

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
_YES_NO = {False: "否", True: "是", None: None}
_FORMULAS = ahocorasick_rs.BytesAhoCorasick(
    [b'":' + json.dumps(opening, ensure_ascii=False).encode()[:-1] for opening in FORMULA]
)
"""How a text that spreadsheets would run begins in JSON, where no quote inside of a text stands without a backslash."""
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


def former(content: bytes) -> Table:
    """The rows of a Parquet file of ours."""
    return read_parquet(io.BytesIO(content)).read_all()


class Sheet:
    """The rows of one kind and month, as columns."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[list[Row] | Table]) -> None:
        """`rows` comes in pieces: lists, each row in the order of `columns`, or some of what `former` gave. Raises
        NotTyped."""
        self._columns = columns
        schema = Schema([Field(column.name, _TYPES[column.cell]) for column in columns])
        pieces = [batch for some in rows if len(some) for batch in _batches(columns, schema, some)]
        self._table = Table.from_batches(pieces, schema=schema).combine_chunks()

    def csv(self, out: IO[bytes]) -> None:
        """For spreadsheets: with their mark, headers in Chinese, and no text that they would run as a formula."""
        out.write(BOM.encode())
        runs = bool(_FORMULAS.find_matches_as_indexes(self._lines))
        cells = [
            _for_people(column, self._table.column(at), runs=runs and column.cell is Cell.TEXT)
            for at, column in enumerate(self._columns)
        ]
        headed = Schema([Field(column.label, _type_for_people(column)) for column in self._columns])
        write_csv(Table.from_arrays(cells, schema=headed), out)

    def jsonl(self, out: IO[bytes]) -> None:
        """A JSON object in each line; what is empty is left out."""
        out.write(self._lines)

    def parquet(self, out: IO[bytes]) -> None:
        """Parquet, packed with Zstandard. No clock and no version in it; ids lie there as they are, so that whoever
        takes a decision down finds the file by its bytes."""
        write_parquet(
            self._table,
            out,
            compression="zstd(1)",
            column_compression={"id": "uncompressed"},
            column_dictionary_enabled={"id": False},
            max_row_group_size=ROW_GROUP,
            created_by="gongshi",
        )

    @cached_property
    def _lines(self) -> bytes:
        out = io.BytesIO()
        write_ndjson(self._table, out)
        return out.getvalue()


def _batches(columns: Sequence[Column], schema: Schema, rows: list[Row] | Table) -> list[RecordBatch]:
    if isinstance(rows, Table):
        return rows.to_batches()
    arrays = [_array(column, values) for column, values in zip(columns, zip(*rows, strict=True), strict=True)]
    return [RecordBatch.from_arrays(arrays, schema=schema)]


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


def _for_people(column: Column, typed: ChunkedArray, *, runs: bool) -> ChunkedArray:
    """A column as people read it; with `runs` there may be a text in it that a spreadsheet would run."""
    if column.cell is Cell.FLAG:
        return _texts(_YES_NO[value] for value in typed.to_pylist())
    return _texts(map(safe, typed.to_pylist())) if runs else typed


def _texts(values: Iterable[Any]) -> ChunkedArray:
    return ChunkedArray([Array(list(values), type=DataType.string())])
