"""The workbooks that go back to the submitter: their rows with the wrong cells marked, and the rejected rows."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongshi.intake.problems import Problem
from gongshi.intake.readers import Area, Cell, Row, Sheet
from gongshi.intake.workbooks import AUTHOR, close_bytes, new_workbook

SUMMARY_SHEET: Final = "错误汇总"
REASON_COLUMN: Final = "错误"
_ERROR, _WARNING = "#F8CBAD", "#FFF2CC"
_MOST_ROWS = 20_000
"""Above it only the rows with problems are copied: nobody looks for ten of them among 200,000."""
_MOST_COMMENTS = 5_000
_MOST_LINKS = 2_000
_MOST_PROBLEMS = 20_000
_LONGEST = 32_767
_SHORT = 255
_SAFE_DIGITS = 15
_MOST_MERGED = 10_000
"""Cells of a merged area that are merged again; larger ones are no layout of a table."""


def marked_copy(sheets: Sequence[Sheet], problems: Sequence[Problem]) -> bytes:
    """The submitter's rows with every wrong cell coloured and commented, after a sheet that sums up.

    Errors are red, warnings yellow; a problem of a whole row marks its first cell. Text that looks
    like a formula stays text. Can be corrected and handed in again as it is.
    """
    target = io.BytesIO()
    book = new_workbook(target, SUMMARY_SHEET)
    titles = _titles(sheets)
    _write_summary(book, sheets, problems, titles)
    by_sheet: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_sheet[problem.sheet].append(problem)
    for sheet, title in zip(sheets, titles, strict=True):
        if not sheet.hidden:
            _MarkedSheet(book, title, by_sheet[sheet.name]).write(sheet)
    return close_bytes(book, target)
