"""The workbooks that go back to the submitter: their file with the wrong cells marked, or the wrong rows alone."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence

from gongshi.intake.answer.copying import Copy, Mark, joined, marks, mergeable, sheet_titles
from gongshi.intake.answer.report import Report
from gongshi.intake.answer.summary import SUMMARY_SHEET, write_summary
from gongshi.intake.batch import SourceFile
from gongshi.intake.catalogue import RETURNED_TOGETHER
from gongshi.intake.problems import Problem
from gongshi.intake.readers import Area, Cell, Limits, Row, Sheet, read, unmerged
from gongshi.intake.readers.records import UNIT
from gongshi.intake.sheet.columns import REASON_COLUMN
from gongshi.intake.sheet.header import LOOKED_AT, Header, find_header
from gongshi.intake.workbooks import close_bytes, new_workbook

_MOST_ROWS = 20_000
"""In larger sheets only the rows with problems are copied: nobody looks for ten of them among 200,000."""


def marked_copy(file: SourceFile, report: Report, limits: Limits | None = None) -> bytes:
    """The file's rows with every wrong cell coloured and commented, after a sheet that sums up.

    Errors are red, warnings yellow; a problem of a whole row marks its first cell. Rows keep their
    numbers, text that looks like a formula stays text. The copy can be corrected and handed in
    again as it is. `file` is one of the report's; the same report gives the same bytes.
    """
    sheets = [sheet for sheet in read(file.content, file.name, limits) if not sheet.hidden]
    problems = [problem for problem in report.problems if problem.file == file.name]
    titles = sheet_titles([sheet.name for sheet in sheets], [SUMMARY_SHEET])
    target = io.BytesIO()
    book = new_workbook(target, SUMMARY_SHEET)
    places = {(s.name, r): (t, at) for s, t in zip(sheets, titles, strict=True) for r, at in _places(s).items()}
    write_summary(book, file.name, report, problems, places)
    for sheet, title in zip(sheets, titles, strict=True):
        _write_marked(sheet, Copy(book, title), [problem for problem in problems if problem.sheet == sheet.name])
    return close_bytes(book, target)


def rejected_rows(file: SourceFile, report: Report, limits: Limits | None = None) -> bytes:
    """A workbook of the rows that `--partial` leaves out, under the same headers, to be corrected and sent again.

    A last column 错误 says what is wrong with each row; when the file comes back, it is not read.
    Sheets without rejected rows are left out, merged cells have their value in every row.
    """
    rejected = {(ref.sheet, ref.row) for ref in report.wrong_rows if ref.file == file.name}
    problems: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in report.problems:
        if problem.file == file.name:
            problems[problem.sheet, problem.row].append(problem)
    sheets = [
        s for s in read(file.content, file.name, limits) if any((s.name, row.number) in rejected for row in s.rows)
    ]
    target = io.BytesIO()
    book = new_workbook(target, "未接收的行")
    for sheet, title in zip(sheets, sheet_titles([sheet.name for sheet in sheets]), strict=True):
        rows = unmerged(sheet)
        header = find_header(rows, sheet.name + file.name)
        head = header.data_from if isinstance(header, Header) else 0
        wrong = [row for row in rows[head:] if (sheet.name, row.number) in rejected]
        _write_rejected(Copy(book, title), sheet, head, [(row, problems[sheet.name, row.number]) for row in wrong])
    if not sheets:
        book.add_worksheet("没有未接收的行")
    return close_bytes(book, target)


def _write_rejected(copy: Copy, sheet: Sheet, head: int, wrong: Sequence[tuple[Row, Sequence[Problem]]]) -> None:
    width = sheet.width
    for at, row in enumerate(sheet.rows[:head]):
        copy.write_row(at, _with_reason(row.cells, width, REASON_COLUMN if at == head - 1 else None), {})
    for at, (row, found) in enumerate(wrong, start=head):
        copy.write_row(at, _with_reason(row.cells, width, _reason(row, sheet.unit, found)), marks(found))
    copy.finish(width + 1)


def _reason(row: Row, unit: str, found: Sequence[Problem]) -> str:
    """Why the row comes back, with its number in the file that was sent."""
    return f"原第 {row.number} {unit}　" + (joined(found) or RETURNED_TOGETHER)


def _with_reason(cells: Sequence[Cell], width: int, reason: str | None) -> list[Cell]:
    return [*cells, *[None] * (width - len(cells)), reason]


def _places(sheet: Sheet) -> dict[int, int]:
    """Row number → where its (first) row is written, from 0: tables keep their numbers."""
    if sheet.unit != UNIT:
        return {row.number: row.number - 1 for row in sheet.rows}
    places: dict[int, int] = {}
    for index, row in enumerate(sheet.rows):
        places.setdefault(row.number, index)
    return places


def _write_marked(sheet: Sheet, copy: Copy, problems: Iterable[Problem]) -> None:
    marked = _marked(sheet, problems)
    records = sheet.unit == UNIT
    for index, row in _copied(sheet, marked):
        copy.write_row(index if records else row.number - 1, row.cells, marked.get(row.number, {}))
    numbered = {row.number: row for row in sheet.rows}
    for area in mergeable(sheet.merged):
        if area.first_row in numbered:
            cells, column = numbered[area.first_row].cells, area.first_column
            mark = marked.get(area.first_row, {}).get(column)
            cell = cells[column] if column < len(cells) else None
            copy.merge(area, cell, mark.severity if mark else "")
    copy.finish(sheet.width)


def _copied(sheet: Sheet, marked: dict[int, dict[int, Mark]]) -> list[tuple[int, Row]]:
    rows = list(enumerate(sheet.rows))
    if len(rows) <= _MOST_ROWS:
        return rows
    return rows[:LOOKED_AT] + [(index, row) for index, row in rows[LOOKED_AT:] if row.number in marked][:_MOST_ROWS]


def _marked(sheet: Sheet, problems: Iterable[Problem]) -> dict[int, dict[int, Mark]]:
    """Row number → column → mark; marks inside a merged area stand at its first cell."""
    by_row: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.row].append(problem)
    marked = {row: marks(found) for row, found in by_row.items()}
    for area in mergeable(sheet.merged):
        _gather(marked, area)
    return marked


def _gather(marked: dict[int, dict[int, Mark]], area: Area) -> None:
    gathered: Mark | None = None
    for row in range(area.first_row, area.last_row + 1):
        for column in range(area.first_column, area.last_column + 1):
            mark = marked.get(row, {}).pop(column, None)
            gathered = mark if gathered is None else gathered.with_(mark)
    if gathered:
        marked.setdefault(area.first_row, {})[area.first_column] = gathered
