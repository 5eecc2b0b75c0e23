"""CSV in whatever encoding and with whatever delimiter spreadsheets export it, read some rows at a time."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import IO, Final

from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import Limits
from gongshi.intake.readers.model import Portion, trimmed
from gongshi.intake.readers.text import encoding_of, lines

DELIMITERS: Final = (",", ";", "\t")
_HEADER_AREA = 50
"""Records that are looked at to find the delimiter."""
_RECORD = 1 << 20
"""Characters of one record: far above a real row, far below what a hostile one needs."""
_PORTION = 500
_FIELD_LIMIT = "field larger than field limit"


def delimited(source: IO[bytes], limits: Limits) -> Iterator[Portion]:
    """The rows of a CSV file, all cells text. Row numbers count records, as Excel shows them.

    The delimiter is `,` `;` or tab, found on the first records outside of quotes. A NUL, quotes
    that do not pair, and anything above `limits` raise Unreadable, as soon as they are met.
    """
    encoding = encoding_of(source, longest_line=_RECORD)
    delimiter = max(DELIMITERS, key=lambda candidate: _regularity(source, encoding, candidate))
    first = 1
    for records in _records(source, encoding, delimiter):
        _check(records, first, limits)
        yield Portion(range(first, first + len(records)), records)
        first += len(records)


def _check(records: list[list[str]], first: int, limits: Limits) -> None:
    """What lies beyond a limit counts only where there is something in it: empty rows and cells may follow."""
    if (
        first + len(records) - 1 <= limits.last_row
        and max(map(len, records)) <= limits.columns
        and max(map(len, map("".join, records))) <= limits.cell_length
    ):
        return
    for number, record in enumerate(records, start=first):
        if number > limits.last_row:
            raise Unreadable.because(Fault.TOO_MANY_ROWS, row=number, limit=limits.last_row)
        cells = trimmed(record)
        if len(cells) > limits.columns:
            raise Unreadable.because(Fault.TOO_MANY_COLUMNS, row=number, limit=limits.columns)
        if max(map(len, cells), default=0) > limits.cell_length:
            raise Unreadable.because(Fault.CELL_TOO_LONG, row=number, limit=limits.cell_length)


class _TooLong(csv.Error):
    """One record takes more than `_RECORD` characters."""


def _records(source: IO[bytes], encoding: str, delimiter: str) -> Iterator[list[list[str]]]:
    """The records, strictly: what csv.reader would guess at is an error with its row.

    `extend` leaves in the list what it got before an error, and lets us see meanwhile how far it came.
    """
    records: list[list[str]] = []

    def bounded() -> Iterator[list[str]]:
        """The lines; an error where no record has come of the last `_RECORD` characters."""
        spent, had = 0, (0, 0)
        for some in lines(source, encoding):
            yield some
            reached = (count, len(records))
            spent = spent + sum(map(len, some)) if reached == had else 0
            had = reached
            if spent > _RECORD:
                raise _TooLong

    reader = csv.reader(chain.from_iterable(bounded()), delimiter=delimiter, strict=True)
    count = 0
    try:
        while True:
            records.extend(islice(reader, _PORTION))
            if not records:
                return
            yield records
            count += len(records)
            records = []
    except csv.Error as error:
        if records:
            yield records
        too_long = isinstance(error, _TooLong) or _FIELD_LIMIT in str(error)
        row = count + len(records) + 1
        raise Unreadable.because(Fault.ROW_TOO_LONG if too_long else Fault.QUOTES, row=row) from error


def _regularity(source: IO[bytes], encoding: str, delimiter: str) -> tuple[int, int]:
    """How many rows of the header area `delimiter` cuts into one and the same number of cells, and that number.

    Text full of another delimiter is cut just as evenly at times, but never the header as well.
    """
    widths: Counter[int] = Counter()
    with suppress(Unreadable):
        for record in islice(chain.from_iterable(_records(source, encoding, delimiter)), _HEADER_AREA):
            widths[len(record)] += 1
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
