"""Spreadsheets as departments fill them: the new 双公示 template, the old one, and .xls.

Same rows, same bytes: the creation date is fixed. `.xls` needs xlwt, which only development has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongshi.records import DECISION_KINDS
from gongshi.records.field import Field, FieldType
from gongshi.sample.files import Layout, Row, Sheets, layout

_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed stamp in the file's properties
_NOTE = (
    "表格说明：带*号为必填项；代码、证件号码按文本填写；金额单位为万元；多个相对人请每人一行，"
    "文号相同。（示例数据，全部虚构）"
)
_CODES = "行政相对人代码"
_HEADER_ROW = 2

OLD_TEMPLATE = (
    ("行政处罚决定书文号", "document_number"),
    ("处罚名称", "violation_type"),
    ("处罚类别1", "penalty_class"),
    ("处罚类别2", ""),
    ("处罚事由", "facts"),
    ("处罚依据", "legal_basis"),
    ("行政相对人名称", "party_name"),
    ("行政相对人代码_1 (统一社会信用代码)", "party_uscc"),
    ("行政相对人代码_2 (组织机构代码)", ""),
    ("行政相对人代码_3 (工商登记码)", ""),
    ("行政相对人代码_4 (税务登记号)", ""),
    ("行政相对人代码_5 (居民身份证号)", "party_document_number"),
    ("法定代表人姓名", "legal_representative"),
    ("处罚结果", "content"),
    ("处罚生效期", "decided_on"),
    ("处罚截止期", ""),
    ("处罚机关", "agency_name"),
    ("当前状态", "=0"),
    ("地方编码", "=220700"),
    ("数据更新时间戳", "=2024/12/31 10:00:00"),
    ("备注", ""),
    ("首次公示日期", "earlier_published_on"),
    ("原公示地址", "earlier_address"),
)
"""The old template's columns (代码_2, _3 and _5 mean other things than today) and what fills them."""


def write_xlsx(path: Path, sheets: Sheets, *, earlier: bool, extra: Iterable[str] = ()) -> None:
    """A workbook with one sheet for each kind: a title, a note, a header of two rows, days as dates."""
    with new_book(path) as book:
        styles = (book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy/m/d"}))
        for kind, rows in sheets.items():
            plan = layout(kind, earlier=earlier, extra=extra)
            sheet = book.add_worksheet(DECISION_KINDS[kind].label)
            last = len(plan.columns) - 1
            sheet.merge_range(0, 0, 0, last, f"{DECISION_KINDS[kind].label}信息（示例）")
            sheet.merge_range(1, 0, 1, last, _NOTE)
            _two_row_header(sheet, plan)
            for at, row in enumerate(rows, _HEADER_ROW + 2):
                _write_row(sheet, at, plan, row, styles)
        hidden = book.add_worksheet("字典")
        hidden.write_column(0, 0, ["法人及非法人组织", "自然人", "个体工商户"])
        hidden.hide()


def write_old_xlsx(path: Path, rows: Sequence[Row]) -> None:
    """Penalties in the old template, every cell as text."""
    with new_book(path) as book:
        sheet = book.add_worksheet("行政处罚")
        for at, cells in enumerate(old_rows(rows)):
            sheet.write_row(at, 0, cells)


def old_rows(rows: Sequence[Row]) -> Iterable[list[str]]:
    """The old template's header and rows."""
    yield [label for label, _ in OLD_TEMPLATE]
    for row in rows:
        yield [name[1:] if name.startswith("=") else row.get(name, "") for _, name in OLD_TEMPLATE]


def write_xls(path: Path, sheets: Sheets, *, earlier: bool) -> None:
    """A .xls workbook of text cells, one sheet for each kind."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for kind, rows in sheets.items():
        plan = layout(kind, earlier=earlier, style=1)
        sheet = book.add_sheet(DECISION_KINDS[kind].label)
        for at, cells in enumerate([plan.header, *map(plan.cells, rows)]):
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write(at, column, cell)
    book.save(str(path))


def new_book(path: Path) -> Workbook:
    """A workbook to be written to `path`, whose properties say nothing of the day or the machine."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "示例数据", "created": _MADE})
    return book


def _two_row_header(sheet: Worksheet, plan: Layout) -> None:
    """Codes under one merged heading, every other label merged over both rows."""
    codes = [at for at, label in enumerate(plan.header) if label.startswith(_CODES)]
    if len(codes) > 1:
        sheet.merge_range(_HEADER_ROW, codes[0], _HEADER_ROW, codes[-1], _CODES)
    for at, (label, column) in enumerate(zip(plan.header, plan.columns, strict=True)):
        if at in codes:
            sheet.write_string(_HEADER_ROW + 1, at, label.partition("(")[2].rstrip(")"))
        else:
            star = "*" if column.required else ""
            sheet.merge_range(_HEADER_ROW, at, _HEADER_ROW + 1, at, label + star)


def _write_row(sheet: Worksheet, at: int, plan: Layout, row: Row, styles: tuple[Format, Format]) -> None:
    text, day = styles
    for column, (declared, cell) in enumerate(zip(plan.columns, plan.cells(row), strict=True)):
        if not cell:
            continue
        if declared.type is FieldType.DATE:
            sheet.write_datetime(at, column, date.fromisoformat(cell), day)
        elif _is_money(declared):
            sheet.write_number(at, column, float(cell))
        else:
            sheet.write_string(at, column, cell, text)


def _is_money(declared: Field) -> bool:
    return declared.type in (FieldType.MONEY, FieldType.MONEY_WAN)


def write_sheets(path: Path, sheets: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """A workbook with these sheets, each with a header of the labels that its rows have, every cell as text."""
    with new_book(path) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            labels = list(dict.fromkeys(label for row in rows for label in row))
            sheet.write_row(0, 0, labels)
            for at, row in enumerate(rows, start=1):
                sheet.write_row(at, 0, [row.get(label, "") for label in labels])
