"""CSV in whatever encoding and with whatever delimiter spreadsheets export it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Final

from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import Limits
from gongshi.intake.readers.model import Row, Sheet
from gongshi.intake.readers.text import encoding_of, lines

DELIMITERS: Final = (",", ";", "\t")
_HEADER_AREA = 50
"""Records that are looked at to find the delimiter."""
_RECORD = 1 << 20
"""Characters of one record: far above a real row, far below what a hostile one needs."""


def read_delimited(data: bytes, name: str, limits: Limits) -> Sheet:
    """The one sheet of a CSV file, all cells text. Row numbers count records, as Excel shows them.

    The delimiter is `,` `;` or tab, found on the first records outside of quotes. A NUL, quotes
    that do not pair, and anything above `limits` raise Unreadable.
    """
    encoding = encoding_of(data)
    delimiter = max(DELIMITERS, key=lambda candidate: _regularity(data, encoding, candidate))
    rows: list[Row] = []
    for number, record in enumerate(_records(data, encoding, delimiter), start=1):
        if number > limits.last_row:
            raise Unreadable.because(Fault.TOO_MANY_ROWS, row=number, limit=limits.last_row)
        cells = _trimmed(record)
        if not cells:
            continue
        if len(rows) >= limits.rows:
            raise Unreadable.because(Fault.TOO_MANY_ROWS, row=number, limit=limits.rows)
        _check_row(cells, number, limits)
        rows.append(Row(number, tuple([cell or None for cell in cells])))
    return Sheet(name=name, rows=rows)


def _trimmed(record: list[str]) -> list[str]:
    end = len(record)
    while end and not record[end - 1].strip():
        end -= 1
    return record[:end]


def _check_row(cells: list[str], number: int, limits: Limits) -> None:
    if len(cells) > limits.columns:
        raise Unreadable.because(Fault.TOO_MANY_COLUMNS, row=number, limit=limits.columns)
    if max(map(len, cells)) > limits.cell_length:
        raise Unreadable.because(Fault.CELL_TOO_LONG, row=number, limit=limits.cell_length)


_FIELD_LIMIT = "field larger than field limit"


class _TooLong(csv.Error):
    """One record takes more than `_RECORD` characters."""


class _Bounded:
    """Lines for csv.reader that end with an error when one record takes too many characters."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self.spent = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._source:
            self.spent += len(line)
            if self.spent > _RECORD:
                raise _TooLong
            yield line


def _records(data: bytes, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """The records, strictly: what csv.reader would guess at is an error with its row."""
    bounded = _Bounded(lines(data, encoding))
    reader = csv.reader(bounded, delimiter=delimiter, strict=True)
    number = 1
    try:
        for record in reader:
            number += 1
            bounded.spent = 0
            yield record
    except csv.Error as error:
        too_long = isinstance(error, _TooLong) or _FIELD_LIMIT in str(error)
        raise Unreadable.because(Fault.ROW_TOO_LONG if too_long else Fault.QUOTES, row=number) from error


def _regularity(data: bytes, encoding: str, delimiter: str) -> tuple[int, int]:
    """How many rows of the header area `delimiter` cuts into one and the same number of cells, and that number.

    Text full of another delimiter is cut just as evenly at times, but never the header as well.
    """
    widths: Counter[int] = Counter()
    with suppress(Unreadable):
        for record in islice(_records(data, encoding, delimiter), _HEADER_AREA):
            widths[len(record)] += 1
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
