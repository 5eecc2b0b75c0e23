"""The workbooks that go back to the submitter: their file with the wrong cells marked, or the wrong rows alone."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from gongshi.intake.answer.copying import Copy, Mark, joined, marks, mergeable, sheet_titles
from gongshi.intake.answer.report import Report, RowRef
from gongshi.intake.answer.shown import MOST_ROWS, Part, part, told
from gongshi.intake.answer.summary import SUMMARY_SHEET, Checked, write_summary
from gongshi.intake.batch import SourceFile
from gongshi.intake.catalogue import RETURNED_TOGETHER
from gongshi.intake.problems import Problem
from gongshi.intake.readers import Area, Cell, Limits, Row, Sheet, streams
from gongshi.intake.readers.records import UNIT
from gongshi.intake.registry.kinds import header_of
from gongshi.intake.sheet.columns import REASON_COLUMN
from gongshi.intake.sheet.header import Header, Tie, find_header
from gongshi.intake.workbooks import close_bytes, new_workbook

_MORE = "其余的行"
"""The sheet that says how many rows are not listed."""


def _as_read(one: Part) -> Part:
    return one


def marked_copy(
    file: SourceFile, report: Checked, limits: Limits | None = None, *, laid_out: Callable[[Part], Part] = _as_read
) -> bytes:
    """The file's rows with every wrong cell coloured and commented, after a sheet that sums up.

    Errors are red, warnings yellow; a problem of a whole row marks its first cell. Rows keep their
    numbers, text that looks like a formula stays text. The copy can be corrected and handed in
    again as it is. `file` is one of the report's, whose check saw its sheets `laid_out`; the same report gives the
    same bytes.
    """
    found = told(report.problems, file.name)
    read = streams(file.content, file.name, limits, nested=report.nested)
    shown = (stream for stream in read if not stream.hidden)
    parts = [laid_out(part(stream, found.of(stream.name).__contains__)) for stream in shown]
    titles = sheet_titles([one.sheet.name for one in parts], [SUMMARY_SHEET])
    target = io.BytesIO()
    book = new_workbook(target, SUMMARY_SHEET)
    places = {(p.sheet.name, r): (t, at) for p, t in zip(parts, titles, strict=True) for r, at in _places(p).items()}
    left_out = found.left_out + sum(one.left_out for one in parts)
    write_summary(book, file.name, report, found, places, left_out=left_out)
    for one, title in zip(parts, titles, strict=True):
        _write_marked(one, Copy(book, title), found.of(one.sheet.name))
    return close_bytes(book, target)


def rejected_rows(file: SourceFile, report: Report, limits: Limits | None = None) -> bytes:
    """A workbook of the rows that `--partial` leaves out, under the same headers, to be corrected and sent again.

    A last column 错误 says what is wrong with each row; when the file comes back, it is not read.
    Sheets without rejected rows are left out, merged cells have their value in every row.
    """

    def is_rejected(sheet: str, row: int) -> bool:
        return RowRef(file.name, sheet, row) in report.wrong_rows

    found = told(report.problems, file.name, is_rejected)
    parts = [
        part(stream, partial(is_rejected, stream.name))
        for stream in streams(file.content, file.name, limits, nested=report.registry)
        if not stream.hidden
    ]
    parts = [one for one in parts if any(is_rejected(one.sheet.name, row.number) for row in one.sheet.rows)]
    target = io.BytesIO()
    book = new_workbook(target, "未接收的行")
    for one, title in zip(parts, sheet_titles([one.sheet.name for one in parts], [_MORE]), strict=True):
        header = _header(one, file, report)
        head = header.data_from if isinstance(header, Header) else 0
        wrong = [row for row in one.filled[head:] if is_rejected(one.sheet.name, row.number)]
        problems = found.of(one.sheet.name)
        _write_rejected(Copy(book, title), one.sheet, head, [(row, problems.get(row.number, ())) for row in wrong])
    if not parts:
        book.add_worksheet("没有未接收的行")
    if left_out := sum(one.left_out for one in parts):
        said = f"未接收的行太多，每个工作表只列出前 {MOST_ROWS} 行，其余 {left_out} 行请在原文件中改正后再提交。"
        book.add_worksheet(_MORE).write_string(0, 0, said)
    return close_bytes(book, target)


def _header(one: Part, file: SourceFile, report: Report) -> Header | Tie | None:
    if report.registry:
        return header_of(one.filled, one.sheet.name, file.name, one.sheet.unit)
    return find_header(one.filled, one.sheet.name + file.name)


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


def _places(shown: Part) -> dict[int, int]:
    """Row number → where its (first) row is written, from 0: tables keep their numbers."""
    rows = shown.sheet.rows
    if shown.sheet.unit != UNIT:
        return {row.number: row.number - 1 for row in rows}
    places: dict[int, int] = {}
    for place, row in zip(shown.places, rows, strict=True):
        places.setdefault(row.number, place)
    return places


def _write_marked(shown: Part, copy: Copy, problems: Mapping[int, Sequence[Problem]]) -> None:
    sheet = shown.sheet
    marked = _marked(sheet, problems)
    records = sheet.unit == UNIT
    for place, row in zip(shown.places, sheet.rows, strict=True):
        copy.write_row(place if records else row.number - 1, row.cells, marked.get(row.number, {}))
    numbered = {row.number: row for row in sheet.rows}
    for area in mergeable(sheet.merged):
        if area.first_row in numbered:
            cells, column = numbered[area.first_row].cells, area.first_column
            mark = marked.get(area.first_row, {}).get(column)
            cell = cells[column] if column < len(cells) else None
            copy.merge(area, cell, mark.severity if mark else "")
    copy.finish(sheet.width)


def _marked(sheet: Sheet, problems: Mapping[int, Sequence[Problem]]) -> dict[int, dict[int, Mark]]:
    """Row number → column → mark; marks inside a merged area stand at its first cell."""
    marked = {row: marks(found) for row, found in problems.items()}
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
