"""A workbook's sheets through calamine: raw cells, real row numbers, merged areas, failed cells shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

import python_calamine as calamine

from gongshi.intake.readers.archive import repack
from gongshi.intake.readers.cells import Failed, watch
from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import Limits
from gongshi.intake.readers.parts import sheet_parts

Opened = tuple[calamine.CalamineWorkbook, dict[str, Failed]]
_NO_CELLS = ("xl/sharedstrings.xml", "xl/styles.xml", "xl/workbook.xml")
_MOST_AREAS = 100_000
_PORTION = 200


def open_xls(source: IO[bytes]) -> Opened:
    """The workbook of an XLS or .et file. Its failed cells cannot be told from empty ones."""
    return _opened(source), {}


def open_xlsx(source: IO[bytes], scratch: IO[bytes], limits: Limits) -> Opened:
    """The workbook of an XLSX file, repacked into `scratch`, and the failed cells by sheet name."""
    failed: dict[str, Failed] = {}

    def watched(name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        return pieces if name.lower() in _NO_CELLS else watch(pieces, failed.setdefault(name, {}))

    repack(source, scratch, limits, watched)
    scratch.flush()
    return _opened(scratch), {name: failed.get(part, {}) for name, part in sheet_parts(scratch).items()}


def _opened(source: IO[bytes]) -> calamine.CalamineWorkbook:
    """By path, so that calamine need not hold the file in memory."""
    return calamine.CalamineWorkbook.from_path(f"/dev/fd/{source.fileno()}")


def messages(opened: Opened, limits: Limits) -> Iterator[dict[str, Any]]:
    """What the reading process says: {"sheet", "hidden", "merged"}, then {"rows": [[number, cells], …]}.

    Raises Unreadable for more rows with content than `limits.rows`, columns and lengths likewise.
    """
    workbook, failed = opened
    left = limits.rows
    for index, meta in enumerate(workbook.sheets_metadata):
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        if hidden or meta.typ != calamine.SheetTypeEnum.WorkSheet:
            yield {"sheet": meta.name, "hidden": hidden, "merged": []}
            continue
        sheet = workbook.get_sheet_by_index(index)
        areas = (sheet.merged_cell_ranges or [])[:_MOST_AREAS]
        yield {"sheet": meta.name, "hidden": False, "merged": [_area(*area) for area in areas]}
        rows = _rows(sheet, failed.get(meta.name, {}), limits)
        while portion := list(islice(rows, _PORTION)):
            left -= len(portion)
            if left < 0:
                row = portion[left][0]
                raise Unreadable.because(Fault.TOO_MANY_ROWS, sheet=meta.name, row=row, limit=limits.rows)
            yield {"rows": portion}


def _area(first: tuple[int, int], last: tuple[int, int]) -> list[int]:
    return [first[0] + 1, first[1], last[0] + 1, last[1]]


def _rows(sheet: calamine.CalamineSheet, failed: Failed, limits: Limits) -> Iterator[tuple[int, list[Any]]]:
    """The rows with content: number and cells from column A, without empty cells at the end."""
    if sheet.start is None or sheet.end is None:
        return
    if sheet.end[1] >= limits.columns:
        raise Unreadable.because(Fault.TOO_MANY_COLUMNS, sheet=sheet.name, limit=limits.columns)
    if sheet.end[0] >= limits.last_row:
        raise Unreadable.because(Fault.TOO_MANY_ROWS, sheet=sheet.name, row=sheet.end[0] + 1, limit=limits.last_row)
    before: list[Any] = [None] * sheet.start[1]
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = before + [None if value == "" else value for value in values]
        if number in failed:
            _show_failed(cells, failed[number])
        while cells and (cells[-1] is None or (isinstance(cells[-1], str) and not cells[-1].strip())):
            cells.pop()
        if cells:
            _check_length(cells, sheet.name, number, limits)
            yield number, cells


def _show_failed(cells: list[Any], failed: dict[int, str]) -> None:
    for column, text in failed.items():
        cells.extend([None] * (column + 1 - len(cells)))
        if cells[column] is None:
            cells[column] = text


def _check_length(cells: list[Any], sheet: str, number: int, limits: Limits) -> None:
    for cell in cells:
        if type(cell) is str and len(cell) > limits.cell_length:
            raise Unreadable.because(Fault.CELL_TOO_LONG, sheet=sheet, row=number, limit=limits.cell_length)
