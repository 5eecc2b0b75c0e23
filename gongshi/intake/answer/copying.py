"""A submitter's sheet written anew, cell for cell, with marks: what they typed as text stays text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Any, Final

from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongshi.intake.problems import Problem
from gongshi.intake.readers import Area, Cell
from gongshi.intake.workbooks import AUTHOR

LONGEST: Final = 32_767
"""Characters of a cell, as Excel has it."""
_TOO_LONG = "#VALUE!"
"""Instead of a text that no cell holds: cut, it would come back shorter unseen; this is refused (E204)."""
_SHORT = 255
"""Excel shows #### for longer text in a cell of format @."""
_SAFE_INTEGER = 10**15
_TITLE = 31
_MOST_COMMENTS = 5_000
_MOST_MERGED = 200_000
"""Cells of all areas that are merged again; what goes beyond is no layout of a table."""
FILLS: Final = {"error": "#F8CBAD", "warning": "#FFF2CC"}
"""The colour of a cell by severity."""
_COLUMN_WIDTH = 18
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a marked cell shows: its colour by severity, and why."""

    severity: str
    comment: str

    def with_(self, other: Mark | None) -> Mark:
        """Both in one, the graver colour."""
        if other is None:
            return self
        return Mark(min(self.severity, other.severity), f"{self.comment}\n{other.comment}")


def marks(problems: Sequence[Problem]) -> dict[int, Mark]:
    """The marks of one row by column from 0; a problem of the whole row marks its first cell."""
    by_column: dict[int, list[Problem]] = {}
    for problem in problems:
        by_column.setdefault(max(problem.position - 1, 0), []).append(problem)
    return {
        column: Mark(
            "error" if any(problem.is_error for problem in found) else "warning",
            joined(found),
        )
        for column, found in by_column.items()
    }


def joined(problems: Sequence[Problem]) -> str:
    """All that is wrong, a line for each, with how to mend it."""
    return "\n".join(f"{_of(problem)}{problem.message}→ {problem.hint}（{problem.code}）" for problem in problems)


def _of(problem: Problem) -> str:
    return f"“{problem.column}”：" if problem.column else ""


def sheet_titles(names: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """The names as Excel takes them: 31 characters, none of []:*?/\\, each once."""
    used = {name.casefold() for name in taken}
    titles = []
    for name in names:
        plain = _FORBIDDEN.sub("_", name).strip("' ")[:_TITLE] or "工作表"
        title, number = plain, 2
        while title.casefold() in used or title.casefold() == "history":
            title = f"{plain[: _TITLE - 4]}({number})"
            number += 1
        used.add(title.casefold())
        titles.append(title)
    return titles


def mergeable(areas: Sequence[Area]) -> list[Area]:
    """The areas worth merging again, as many as are no attack."""
    left, kept = _MOST_MERGED, []
    for area in areas:
        cells = (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)
        if 1 < cells <= left:
            left -= cells
            kept.append(area)
    return kept


class Copy:
    """One worksheet being written. Rows and columns count from 0."""

    def __init__(self, book: Workbook, title: str) -> None:
        self._book = book
        self._sheet: Worksheet = book.add_worksheet(title)
        self._sheet.set_comments_author(AUTHOR)
        self._formats: dict[tuple[str, str], Format] = {}
        self._comments = 0

    def write_row(self, at: int, cells: Sequence[Cell], marked: Mapping[int, Mark]) -> None:
        """The row `at`, with marks also on empty cells and beyond its end."""
        for column in range(max(len(cells), max(marked, default=-1) + 1)):
            mark = marked.get(column)
            self._write(at, column, cells[column] if column < len(cells) else None, mark.severity if mark else "")
            if mark and self._comments < _MOST_COMMENTS:
                self._comments += 1
                self._sheet.write_comment(at, column, mark.comment[:LONGEST], {"x_scale": 2.5})

    def merge(self, area: Area, cell: Cell, severity: str) -> None:
        """Merge the area again in its old place; what overlaps another stays apart."""
        first, last = area.first_row - 1, area.last_row - 1
        with suppress(OverlappingRange):
            shape = self._format("General", severity)
            self._sheet.merge_range(first, area.first_column, last, area.last_column, "", shape)
            self._write(first, area.first_column, cell, severity)

    def finish(self, width: int) -> None:
        """Set the widths of the columns."""
        self._sheet.set_column(0, max(width - 1, 0), _COLUMN_WIDTH)

    def _write(self, row: int, column: int, cell: Cell, severity: str) -> None:
        sheet, value = self._sheet, cell
        match value:
            case None:
                sheet.write_blank(row, column, None, self._format("General", severity))
            case bool():
                sheet.write_boolean(row, column, value, self._format("General", severity))
            case datetime():
                sheet.write_datetime(row, column, value, self._format("yyyy-mm-dd hh:mm:ss", severity))
            case date():
                sheet.write_datetime(row, column, value, self._format("yyyy-mm-dd", severity))
            case float() if isfinite(value):
                # Also where digits are lost already: as text, the wrong number would pass the next check.
                sheet.write_number(row, column, value, self._format("General", severity))
            case int() if abs(value) < _SAFE_INTEGER:
                sheet.write_number(row, column, value, self._format("General", severity))
            case _:
                text = str(value)
                shape = "@" if len(text) <= _SHORT else "General"
                whole = text if len(text) <= LONGEST else _TOO_LONG
                sheet.write_string(row, column, whole, self._format(shape, severity))

    def _format(self, number: str, severity: str) -> Format:
        if (number, severity) not in self._formats:
            properties: dict[str, Any] = {"num_format": number, "valign": "top"}
            if severity:
                properties |= {"bg_color": FILLS[severity], "border": 1}
            self._formats[number, severity] = self._book.add_format(properties)
        return self._formats[number, severity]
