"""An XLSX to fill in for one kind of record, made from the kind's declaration and nothing else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongshi.intake.sheet.header import NOTES_SHEET
from gongshi.intake.workbooks import AUTHOR, close_bytes, new_workbook
from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.records.field import Field, FieldType, Visibility
from gongshi.records.kind import RecordKind

_NOTE_ROW, _HEADER_ROW, _FIRST_ROW = 0, 1, 2
_LAST_ROW: Final = 1_048_575
_AS_TEXT = frozenset(
    {FieldType.CODE, FieldType.USCC, FieldType.DOCUMENT_NUMBER, FieldType.REGION, FieldType.PHONE, FieldType.NUMBERS}
)
_SHORT = 255
"""Excel shows #### for longer text in a cell of format @."""
_TITLE, _MESSAGE = 32, 255
"""The most that Excel takes in the title and message of a validation."""

TYPE_WORDS: Final[dict[FieldType, str]] = {
    FieldType.TEXT: "文本",
    FieldType.LONG_TEXT: "长文本",
    FieldType.CODE: "号码（按文本填写）",
    FieldType.USCC: "统一社会信用代码（18 位，按文本填写）",
    FieldType.DOCUMENT_NUMBER: "文号",
    FieldType.CHOICE: "单选",
    FieldType.CHOICES: "可多选，用顿号隔开",
    FieldType.DATE: "日期，例如 2026-03-02",
    FieldType.MONEY: "金额（元）",
    FieldType.MONEY_WAN: "金额（万元）",
    FieldType.INTEGER: "整数",
    FieldType.FLAG: "是或否",
    FieldType.REGION: "区划代码或名称",
    FieldType.PHONE: "电话",
    FieldType.NUMBERS: "号码，可填几个，用顿号隔开（按文本填写）",
    FieldType.TABLE: "子表，每条一行",
    FieldType.INSTANT: "时间，例如 2026-03-02 09:30；只知道日期的填日期",
    FieldType.PERSONS: "人员，写 姓名（证号），可填几人，用顿号隔开",
    FieldType.FILES: "附件，写 名称=文件名，可填几个，用顿号隔开",
}
_VISIBILITY_WORDS = {
    Visibility.PUBLIC: "公示",
    Visibility.MASKED: "脱敏后公示",
    Visibility.INTERNAL: "不公示",
}
_WIDTHS = {FieldType.LONG_TEXT: 40, FieldType.DATE: 13, FieldType.FLAG: 12, FieldType.CHOICE: 18, FieldType.USCC: 22}
_NUMBER_FORMATS = {
    FieldType.DATE: "yyyy-mm-dd",
    FieldType.INSTANT: "yyyy-mm-dd hh:mm",
    FieldType.MONEY: "0.00",
    FieldType.MONEY_WAN: "0.000000",
}
_NOTE_COLUMNS = (
    ("列名", 34),
    ("是否必填", 10),
    ("是否公示", 12),
    ("类型", 24),
    ("最多字数", 10),
    ("可选内容", 40),
    ("填写说明", 60),
    ("示例", 30),
    ("其他可用的列名", 40),
    ("依据", 26),
)

_LISTS_FROM = len(_NOTE_COLUMNS) + 1
"""The first column of the notes' sheet in which long lists of choices stand."""


def template(kind: RecordKind) -> bytes:
    """The workbook: a sheet to fill in, and a sheet that explains every column.

    The header is the labels of the declaration, required ones with *. The same declaration gives
    the same bytes. What it is filled with is accepted by `gongshi check` as it is.
    """
    return template_of(kind.label, [kind])


def template_of(label: str, kinds: Sequence[RecordKind]) -> bytes:
    """The same with a sheet for each kind, for what belongs together."""
    target = io.BytesIO()
    book = new_workbook(target, f"{label}报送模板")
    for kind in kinds:
        _fill_in_sheet(book, kind, _long_lists(kinds))
    _notes_sheet(book, kinds)
    return close_bytes(book, target)


def _fill_in_sheet(book: Workbook, kind: RecordKind, long: Sequence[tuple[str, ...]]) -> None:
    sheet = book.add_worksheet(kind.sheets[0] if kind.sheets else kind.label)
    sheet.set_comments_author(AUTHOR)
    sheet.write_string(_NOTE_ROW, 0, _note(kind), book.add_format({"font_color": "#7F3F00", "italic": True}))
    sheet.set_row(_HEADER_ROW, 48)
    sheet.freeze_panes(_FIRST_ROW, 1)
    required, optional = _header_formats(book)
    formats = {shape: book.add_format(dict(shape)) for shape in {_shape(field) for field in kind.cells}}
    for column, field in enumerate(kind.cells):
        sheet.set_column(column, column, _width(field), formats[_shape(field)])
        header = field.label + "*" if field.required else field.label
        sheet.write_string(_HEADER_ROW, column, header, required if field.required else optional)
        sheet.write_comment(_HEADER_ROW, column, _explanation(field), {"x_scale": 2, "y_scale": 1.5})
        sheet.data_validation(_FIRST_ROW, column, _LAST_ROW, column, _validation(field, long))


def _note(kind: RecordKind) -> str:
    if kind.name in CASE_KINDS:
        return f"表格说明：{kind.summary}带 * 的列必填；同一案件的各行填同一案号；不要改动表头。本行可以保留。"
    several = _SEVERAL_ROWS if kind.cells != kind.fields else "一条一行；"
    return (
        f"表格说明：本表用于报送{kind.label}信息。带 * 的列必填；{several if kind.registry else _SEVERAL_PARTIES}"
        f"不要改动表头；各列的含义见“{NOTES_SHEET}”。本行可以保留。"
    )


_SEVERAL_PARTIES = "一个决定有多个相对人的，每人一行，文号相同；"
_SEVERAL_ROWS = "表头带“·”的列是子表，一条有几行子表的，在下面接着写，前面的列留空或者照抄第一行；"


def _header_formats(book: Workbook) -> tuple[Format, Format]:
    common = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "num_format": "@"}
    return (
        book.add_format({**common, "bg_color": "#1F4E79", "font_color": "#FFFFFF"}),
        book.add_format({**common, "bg_color": "#DDE7F3", "font_color": "#1A1A1A"}),
    )


def _shape(field: Field) -> tuple[tuple[str, Any], ...]:
    """The format of the field's whole column."""
    as_text = field.type in _AS_TEXT or (field.type is FieldType.TEXT and 0 < field.max_length <= _SHORT)
    number = "@" if as_text else _NUMBER_FORMATS.get(field.type, "General")
    return (("num_format", number), ("text_wrap", field.type is FieldType.LONG_TEXT), ("valign", "top"))


def _width(field: Field) -> int:
    return max(_WIDTHS.get(field.type, 16), min(30, len(field.label) * 2 + 2))


def _explanation(field: Field) -> str:
    """What stands in the header's comment."""
    lines = [
        f"{'必填' if field.required else '选填'}；{TYPE_WORDS[field.type]}；{_VISIBILITY_WORDS[field.visibility]}",
        f"可选：{'、'.join(field.choices)}" if field.choices else "",
        f"最多 {field.max_length} 个字" if field.max_length else "",
        field.help,
        f"示例：{field.example}" if field.example else "",
    ]
    return "\n".join(line for line in lines if line)


def _validation(field: Field, long: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    """What Excel checks while typing, and the help it shows for the chosen cell."""
    rule = _RULES.get(field.type) or (_at_most(field.max_length) if field.max_length else {"validate": "any"})
    source: dict[str, Any] = {"source": list(field.choices)} if field.choices else {}
    if field.choices in long:
        column = xl_col_to_name(_LISTS_FROM + long.index(field.choices), True)
        source = {"source": f"='{NOTES_SHEET}'!{column}$1:{column}${len(field.choices)}"}
    shown = {"input_title": field.label[:_TITLE], "input_message": _explanation(field)[:_MESSAGE]}
    return {**rule, **source, **shown}


def _at_most(length: int) -> dict[str, Any]:
    return {"validate": "length", "criteria": "<=", "value": length, **_wrong(f"最多 {length} 个字。")}


def _wrong(message: str) -> dict[str, str]:
    """A warning that can be overruled: the check after submission has the last word."""
    return {"error_type": "warning", "error_title": "请核对", "error_message": message}


_AMOUNT = {"validate": "decimal", "criteria": ">=", "value": 0, **_wrong("请只填数字，单位见表头。")}
_DAY = {"validate": "date", "criteria": "between", "minimum": date(1949, 10, 1), "maximum": date(2099, 12, 31)}
_RULES: Final[dict[FieldType, dict[str, Any]]] = {
    FieldType.FLAG: {"validate": "list", "source": ["是", "否"], **_wrong("请选择“是”或“否”。")},
    FieldType.CHOICE: {"validate": "list", **_wrong("请从下拉列表中选择。")},
    FieldType.CHOICES: {"validate": "list", "show_error": False},
    FieldType.DATE: {**_DAY, **_wrong("请填日期，如 2026-03-02。")},
    FieldType.MONEY: _AMOUNT,
    FieldType.MONEY_WAN: _AMOUNT,
}
"""Several choices may be typed freely beside the drop-down."""


def _notes_sheet(book: Workbook, kinds: Sequence[RecordKind]) -> None:
    sheet: Worksheet = book.add_worksheet(NOTES_SHEET)
    head = book.add_format({"bold": True, "bg_color": "#DDE7F3", "border": 1, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    sheet.freeze_panes(1, 1)
    for column, (title, width) in enumerate(_NOTE_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    row = 1
    for kind in kinds:
        if len(kinds) > 1:
            sheet.write_string(row, 0, f"【{kind.sheets[0]}】{kind.summary}", head)
            row += 1
        for field in kind.cells:
            for column, text in enumerate(_notes(field)):
                sheet.write_string(row, column, text, body)
            row += 1
    for column, choices in enumerate(_long_lists(kinds), start=_LISTS_FROM):
        for row, choice in enumerate(choices):
            sheet.write_string(row, column, choice)


def _long_lists(kinds: Sequence[RecordKind]) -> tuple[tuple[str, ...], ...]:
    """The choices that are too many for a cell's own list: they stand beside the notes."""
    choices = (field.choices for kind in kinds for field in kind.cells)
    return tuple(dict.fromkeys(one for one in choices if len(",".join(one)) > _MESSAGE))


def _notes(field: Field) -> tuple[str, ...]:
    return (
        field.label,
        "必填" if field.required else "选填",
        _VISIBILITY_WORDS[field.visibility],
        TYPE_WORDS[field.type],
        str(field.max_length) if field.max_length else "不限",
        "、".join(field.choices),
        field.help,
        field.example,
        "、".join(field.aliases),
        "；".join(filter(None, (field.standard, field.article))),
    )
