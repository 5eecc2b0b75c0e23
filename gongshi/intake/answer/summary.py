"""错误汇总: the first sheet of a marked copy, which says what is wrong and leads to each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongshi.intake.answer.copying import FILLS
from gongshi.intake.answer.rendering import title
from gongshi.intake.answer.shown import MOST_PROBLEMS, MOST_ROWS, Told
from gongshi.intake.problems import Problem

SUMMARY_SHEET: Final = "错误汇总"
_COLUMNS = (
    ("级别", 8),
    ("工作表", 18),
    ("行", 8),
    ("列", 28),
    ("单元格的值", 30),
    ("问题", 50),
    ("怎样改", 60),
    ("代码", 24),
)
_WORDS = {"error": "错误", "warning": "提醒"}
_MOST_LINKS = 2_000
_COMMONEST = 10


class Checked(Protocol):
    """What a copy is made of: the report of any batch, whether fields may be tables, and what is not taken."""

    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def nested(self) -> bool: ...
    def refused(self, file: str) -> str: ...


Places = Mapping[tuple[str, int], tuple[str, int]]
"""(sheet, row number) → the worksheet's title and the row from 0 where it was copied to."""


def write_summary(book: Workbook, file: str, report: Checked, found: Told, places: Places, *, left_out: int) -> None:
    """Write the sheet: how much is wrong, what most often, then every problem with a link to its cell.

    `left_out` counts the rows with problems that are not copied.
    """
    sheet: Worksheet = book.add_worksheet(SUMMARY_SHEET)
    head = book.add_format({"bold": True, "bg_color": "#DDE7F3", "border": 1})
    body = {
        severity: book.add_format({"text_wrap": True, "valign": "top", "border": 1, "bg_color": FILLS[severity]})
        for severity in _WORDS
    }
    at = 0
    for line in _told(file, report, found, left_out):
        sheet.write_string(at, 0, line)
        at += 1
    for column, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(at, column, label, head)
    for row, problem in enumerate(found.first, start=at + 1):
        _write_problem(sheet, row, problem, body[problem.severity], places if row <= _MOST_LINKS else {})


def _told(file: str, report: Checked, found: Told, left_out: int) -> Iterator[str]:
    count = found.counts.total()
    yield f"文件：{file}"
    yield f"共 {found.errors} 处错误（红色）、{count - found.errors} 处提醒（黄色）；{report.refused(file)}。"
    for code, number in sorted(found.counts.items(), key=lambda item: (-item[1], item[0]))[:_COMMONEST]:
        yield f"{title(code)}（{code}）：{number} 处"
    if count > MOST_PROBLEMS:
        yield f"下面只列出前 {MOST_PROBLEMS} 处，其余见检查报告。"
    if left_out:
        yield f"有问题的行太多：每个工作表只复制前 {MOST_ROWS} 行，其余 {left_out} 行请在原文件中改正，再检查一次。"
    yield ""


def _write_problem(sheet: Worksheet, row: int, problem: Problem, body: Format, places: Places) -> None:
    number = str(problem.row) if problem.row else ""
    texts = (_WORDS[problem.severity], problem.sheet, number, problem.column, problem.value)
    for column, text in enumerate((*texts, problem.message, problem.hint, problem.code)):
        sheet.write_string(row, column, text, body)
    if place := places.get((problem.sheet, problem.row)):
        name, at = place
        quoted = name.replace("'", "''")
        cell = f"internal:'{quoted}'!{_letters(max(problem.position, 1))}{at + 1}"
        sheet.write_url(row, 2, cell, body, number or "表头")


def _letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
