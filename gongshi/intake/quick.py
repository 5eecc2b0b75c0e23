"""The quick way (checks/plain.py) through the rows of a sheet: by this process, or through a large CSV file by one
beside it, while this one reads on, gathers what comes of it, and helps where the other has more than enough to do.

What comes of each portion is the same, and so is their order: no result depends on who read it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

from gongshi.intake.checks.agency import Agency
from gongshi.intake.checks.plain import PlainReader, PlainRows
from gongshi.intake.checks.row_checks import Batched
from gongshi.intake.problems import Place
from gongshi.intake.readers import Portion
from gongshi.intake.sheet.columns import read_header
from gongshi.intake.sheet.header import Header
from gongshi.intake.values.parsers import Setting
from gongshi.system.processes import beside

WORTH = 16 << 20
"""Bytes of a CSV file from which it takes less time to begin a process than the process saves."""
_AHEAD = 3
"""Portions that wait for the other process before this one helps."""
_JOINT = "\0"
"""Between the cells of a row on their way: no CSV file with a NUL is read (text.py). Cells one by one take longer."""

Looked = tuple[Portion, PlainRows | None]
Packed = tuple[Sequence[int], list[str]]
"""A portion on its way: the rows' numbers, and each row as one text."""


class Sheet(NamedTuple):
    """All that the quick way through one sheet goes by; a process beside is told it once."""

    header: Header
    place: Place
    setting: Setting
    agency: Agency
    batch: Batched

    def reader(self) -> PlainReader:
        """What reads its rows."""
        columns = read_header(self.header, self.place, self.setting, earlier=self.batch.earlier)
        return PlainReader(columns, self.place, agency=self.agency, batch=self.batch)


def alone(portions: Iterable[Portion], reader: PlainReader) -> Iterator[Looked]:
    """Each portion with what the quick way saw of it."""
    for portion in portions:
        yield portion, reader.read(portion) if portion.cells else None


def by_two(portions: Iterable[Portion], sheet: Sheet, reader: PlainReader) -> Iterator[Looked]:
    """The same of the portions of a CSV file; `reader` is this process's. Raises BrokenProcessPool where the other
    process ends too early."""
    sent: deque[Portion] = deque()

    def packed() -> Iterator[Packed]:
        for portion in portions:
            if portion.cells:
                sent.append(portion)
                yield portion.numbers, list(map(_JOINT.join, cast("Sequence[Sequence[str]]", portion.cells)))

    def here(_: Packed) -> PlainRows:
        return reader.read(sent[-1])

    for rows in beside(packed(), _read, 1, _begin, sheet, ahead=_AHEAD, here=here):
        yield sent.popleft(), rows


_readers: list[PlainReader] = []
"""The reader of this process, where it was begun for that."""


def _begin(sheet: Sheet) -> None:
    _readers.append(sheet.reader())


def _read(packed: Packed) -> PlainRows:
    numbers, lines = packed
    return _readers[0].read(Portion(numbers, [line.split(_JOINT) for line in lines]))
