"""A workbook's sheets through calamine: raw cells, real row numbers, merged areas, failed cells shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from typing import IO, Any

import python_calamine as calamine

from gongshi.intake.readers.archive import repack
from gongshi.intake.readers.cells import Extent
from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import Limits
from gongshi.intake.readers.parts import sheet_parts

Opened = tuple[calamine.CalamineWorkbook, dict[str, Extent]]
_NO_CELLS = ("xl/sharedstrings.xml", "xl/styles.xml", "xl/workbook.xml")
_MOST_AREAS = 100_000


def open_xls(source: IO[bytes]) -> Opened:
    """The workbook of an XLS or .et file. Its failed cells cannot be told from empty ones."""
    return _opened(source), {}


def open_xlsx(source: IO[bytes], scratch: IO[bytes], limits: Limits) -> Opened:
    """The workbook of an XLSX file, repacked into `scratch`, and what was seen of each sheet by name.

    Raises Unreadable where a visible sheet spans more than `limits`.
    """
    extents: dict[str, Extent] = {}

    def watch(name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        if name.lower() in _NO_CELLS:
            return pieces
        return extents.setdefault(name, Extent()).watch(pieces)

    repack(source, scratch, limits, watch)
    scratch.flush()
    seen = {name: extents.get(part, Extent()) for name, part in sheet_parts(scratch).items()}
    workbook = _opened(scratch)
    for sheet in workbook.sheets_metadata:
        if _is_visible(sheet):
            _check_extent(sheet.name, seen.get(sheet.name, Extent()), limits)
    return workbook, seen


def _opened(source: IO[bytes]) -> calamine.CalamineWorkbook:
    """By path, so that calamine need not hold the file in memory."""
    return calamine.CalamineWorkbook.from_path(f"/dev/fd/{source.fileno()}")


def _is_visible(sheet: calamine.SheetMetadata) -> bool:
    return sheet.visible == calamine.SheetVisibleEnum.Visible


def _check_extent(name: str, extent: Extent, limits: Limits) -> None:
    if extent.columns > limits.columns:
        raise Unreadable.because(Fault.TOO_MANY_COLUMNS, sheet=name, limit=limits.columns)
    if extent.rows * extent.columns > limits.cells:
        if extent.rows > limits.rows:
            raise Unreadable.because(Fault.TOO_MANY_ROWS, sheet=name, row=extent.rows, limit=limits.rows)
        raise Unreadable.because(Fault.TOO_MANY_CELLS, sheet=name, limit=limits.cells)


def messages(opened: Opened, limits: Limits) -> Iterator[dict[str, Any]]:
    """What the reading process says: {"sheet", "hidden", "merged"} and after it {"row": [number, cells]}.

    Raises Unreadable for more rows with content than `limits.rows`, columns and cells likewise.
    """
    workbook, seen = opened
    left = limits.rows
    for index, meta in enumerate(workbook.sheets_metadata):
        hidden = not _is_visible(meta)
        if hidden or meta.typ != calamine.SheetTypeEnum.WorkSheet:
            yield {"sheet": meta.name, "hidden": hidden, "merged": []}
            continue
        sheet = workbook.get_sheet_by_index(index)
        areas = (sheet.merged_cell_ranges or [])[:_MOST_AREAS]
        yield {"sheet": meta.name, "hidden": False, "merged": [_area(*area) for area in areas]}
        for row in _rows(sheet, seen.get(meta.name, Extent()).failed, limits):
            left -= 1
            if left < 0:
                raise Unreadable.because(Fault.TOO_MANY_ROWS, sheet=meta.name, row=row[0], limit=limits.rows)
            yield {"row": row}


def _area(first: tuple[int, int], last: tuple[int, int]) -> list[int]:
    return [first[0] + 1, first[1], last[0] + 1, last[1]]


def _rows(
    sheet: calamine.CalamineSheet, failed: dict[int, dict[int, str]], limits: Limits
) -> Iterator[tuple[int, list[Any]]]:
    """The rows with content: number and cells from column A, without empty cells at the end."""
    if sheet.start is None or sheet.end is None:
        return
    if sheet.end[1] >= limits.columns:
        raise Unreadable.because(Fault.TOO_MANY_COLUMNS, sheet=sheet.name, limit=limits.columns)
    before: list[Any] = [None] * sheet.start[1]
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = before + [_cell(value) for value in values]
        if number in failed:
            _show_failed(cells, failed[number])
        while cells and (cells[-1] is None or (isinstance(cells[-1], str) and not cells[-1].strip())):
            cells.pop()
        if cells:
            _check_length(cells, sheet.name, number, limits)
            yield number, cells


def _cell(value: Any) -> Any:
    """The value as it is; an empty cell as None, a time or a duration as text."""
    if value == "":
        return None
    return str(value) if isinstance(value, time | timedelta) else value


def _show_failed(cells: list[Any], failed: dict[int, str]) -> None:
    for column, text in failed.items():
        cells.extend([None] * (column + 1 - len(cells)))
        if cells[column] is None:
            cells[column] = text


def _check_length(cells: list[Any], sheet: str, number: int, limits: Limits) -> None:
    if any(isinstance(cell, str) and len(cell) > limits.cell_length for cell in cells):
        raise Unreadable.because(Fault.CELL_TOO_LONG, sheet=sheet, row=number, limit=limits.cell_length)
