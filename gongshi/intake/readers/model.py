"""What a reader hands on: sheets of raw rows, exactly as the file has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from gongshi.intake.readers.faults import Fault, Unreadable

Cell = str | int | float | bool | date | datetime | None
"""A cell as the file types it: text '0012' stays text, a number stays a number, empty is None."""


C = TypeVar("C", bound=Cell)


class Row(NamedTuple):
    """One row that has something in it.

    `number` is the file's own, counted from 1 as a spreadsheet shows it; the header that is made
    of the keys of a JSON or YAML file has the number 0 and its records count from 1.
    """

    number: int
    cells: tuple[Cell, ...]


class Portion(NamedTuple):
    """Some rows of a sheet, as many as are read at a time. An empty cell is None or "", a row may be empty."""

    numbers: Sequence[int]
    cells: Sequence[Sequence[Cell]]

    def row(self, at: int) -> Row | None:
        """One row, None where nothing is in it."""
        cells = trimmed(self.cells[at])
        return Row(self.numbers[at], tuple([None if cell == "" else cell for cell in cells])) if cells else None

    def rows(self) -> Iterator[Row]:
        """The rows that have something in them."""
        return filter(None, map(self.row, range(len(self.cells))))


def trimmed(cells: Sequence[C]) -> Sequence[C]:
    """The cells without empty ones at the end."""
    end = len(cells)
    while end and _is_empty(cells[end - 1]):
        end -= 1
    return cells[:end]


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


class Area(NamedTuple):
    """A merged area, ends included. Rows are numbered as in `Row`, columns count from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet. Rows without content are left out, so numbers may jump; cells start at column A.

    Rows may be of different lengths: empty cells at a row's end are dropped. A hidden sheet has its
    name but no rows: what nobody sees is not submitted. `unit` is the word for a row in messages
    (行 in a table, 条 for the records of a JSON or YAML file).
    """

    name: str
    rows: Sequence[Row]
    hidden: bool = False
    merged: tuple[Area, ...] = ()
    unit: str = "行"

    @property
    def width(self) -> int:
        """The number of columns of the widest row. Looks at every row."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(slots=True, kw_only=True)
class Stream:
    """A sheet whose rows are read as they are asked for, once: what `Sheet` is without holding them.

    `told` says how much of the file has been read, of how much. `bytes` is the size of a CSV file, all of whose
    cells are text; 0 for any other.
    """

    name: str
    portions: Iterator[Portion]
    hidden: bool = False
    merged: tuple[Area, ...] = ()
    unit: str = "行"
    told: Callable[[], tuple[int, int]] = lambda: (1, 1)
    bytes: int = 0

    @classmethod
    def of(cls, sheet: Sheet) -> Stream:
        """The sheet as a stream."""
        return cls(name=sheet.name, portions=_portions(sheet.rows), hidden=sheet.hidden, unit=sheet.unit)

    def held(self) -> Sheet:
        """All rows at once."""
        rows = [row for portion in self.portions for row in portion.rows()]
        return Sheet(name=self.name, rows=rows, hidden=self.hidden, merged=self.merged, unit=self.unit)

    def filled(self) -> Iterator[Portion]:
        """The rows with each merged area's value in all of its cells: an area may reach over rows that come later,
        so that then all rows are held. Raises Unreadable like `unmerged`."""
        if self.merged:
            yield from _portions(unmerged(self.held()))
        else:
            yield from self.portions


_PORTION = 500


def _portions(rows: Sequence[Row]) -> Iterator[Portion]:
    for start in range(0, len(rows), _PORTION):
        some = rows[start : start + _PORTION]
        yield Portion([row.number for row in some], [row.cells for row in some])


def unmerged(sheet: Sheet) -> Sequence[Row]:
    """The sheet's rows with each merged area's value in all of the area's cells.

    Resolves two-row headers and a party or a number that is merged over several rows. Only rows
    that have content of their own are filled, and no further right than the sheet's widest row.
    Raises Unreadable where areas overlap so often that no spreadsheet program can have made them.
    """
    if not sheet.merged:
        return sheet.rows
    position = {row.number: index for index, row in enumerate(sheet.rows)}
    width = sheet.width
    filled: dict[int, list[Cell]] = {}
    for area, index in _cells_rows(sheet, position, width):
        cells = filled.setdefault(index, list(sheet.rows[index].cells))
        value = _top_left(sheet, position, area)
        end = min(area.last_column + 1, width)
        cells.extend([None] * (end - len(cells)))
        cells[area.first_column : end] = [value] * (end - area.first_column)
    return [Row(row.number, tuple(filled[index])) if index in filled else row for index, row in enumerate(sheet.rows)]


def _cells_rows(sheet: Sheet, position: dict[int, int], width: int) -> Iterator[tuple[Area, int]]:
    """Each merged area that lies in the sheet, with the index of each row it covers."""
    last = sheet.rows[-1].number if sheet.rows else 0
    left = len(sheet.rows) * width
    for area in sheet.merged:
        if area.first_column >= width or _top_left(sheet, position, area) is None:
            continue
        for number in range(area.first_row, min(area.last_row, last) + 1):
            left -= 1
            if left < 0:
                raise Unreadable.because(Fault.MERGED, sheet=sheet.name)
            if number in position:
                yield area, position[number]


def _top_left(sheet: Sheet, position: dict[int, int], area: Area) -> Cell:
    index = position.get(area.first_row)
    if index is None or area.first_column >= len(sheet.rows[index].cells):
        return None
    return sheet.rows[index].cells[area.first_column]
