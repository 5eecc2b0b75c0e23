"""A fill-in workbook carries its declaration, and what it is filled with goes in as it is."""

import io
from datetime import date

import openpyxl
import pytest

from gongshi.intake.batch import SourceFile
from gongshi.intake.readers import read
from gongshi.intake.template import NOTES_SHEET, template
from gongshi.records import DECISION_KINDS
from gongshi.records.field import FieldType

KINDS = pytest.mark.parametrize("kind", DECISION_KINDS.values(), ids=DECISION_KINDS)


def _opened(kind):
    return openpyxl.load_workbook(io.BytesIO(template(kind)))


def _header(sheet):
    return {cell.value.rstrip("*"): cell for cell in sheet[2]}


@KINDS
def test_every_field_is_a_column_and_required_ones_have_a_star(kind):
    sheet = _opened(kind).worksheets[0]
    assert [cell.value for cell in sheet[2]] == [f.label + "*" * f.required for f in kind.fields]
    assert sheet["A1"].value.startswith("表格说明")
    assert sheet.freeze_panes == "B3"


@KINDS
def test_the_second_sheet_explains_every_field(kind):
    book = _opened(kind)
    assert book.sheetnames == [kind.sheets[0], NOTES_SHEET]
    rows = list(book[NOTES_SHEET].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1]) for row in rows] == [(f.label, "必填" if f.required else "选填") for f in kind.fields]
    for row, field in zip(rows, kind.fields, strict=True):
        assert (row[5] or "") == "、".join(field.choices)
        assert (row[6] or "") == field.help


@KINDS
def test_columns_have_the_format_that_keeps_their_digits(kind):
    sheet = _opened(kind).worksheets[0]
    by_letter = {}
    for dimension in sheet.column_dimensions.values():
        for number in range(dimension.min, dimension.max + 1):
            by_letter[number] = dimension.number_format
    for number, field in enumerate(kind.fields, start=1):
        if field.type in (FieldType.CODE, FieldType.USCC, FieldType.DOCUMENT_NUMBER):
            assert by_letter[number] == "@", field.label
        if field.type is FieldType.DATE:
            assert by_letter[number] == "yyyy-mm-dd", field.label
        if field.type is FieldType.LONG_TEXT:
            assert by_letter[number] == "General", "Excel shows #### for long text in a text cell"


@KINDS
def test_choices_and_flags_have_drop_downs_and_every_header_a_comment(kind):
    sheet = _opened(kind).worksheets[0]
    lists = {
        str(v.sqref).split("3:")[0]: v.formula1.strip('"')
        for v in sheet.data_validations.dataValidation
        if v.type == "list"
    }
    header = _header(sheet)
    for field in kind.fields:
        cell = header[field.label]
        assert field.help in cell.comment.text
        if field.type is FieldType.FLAG:
            assert lists[cell.column_letter] == "是,否"
        if field.choices:
            assert lists[cell.column_letter].split(",") == list(field.choices)


@KINDS
def test_the_same_declaration_gives_the_same_bytes(kind):
    assert template(kind) == template(kind)


def _filled(kind, rows):
    book = _opened(kind)
    sheet = book.worksheets[0]
    header = _header(sheet)
    for number, row in enumerate(rows, start=3):
        for label, value in row.items():
            sheet.cell(number, header[label].column, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_what_is_filled_in_is_read_with_its_row_number(penalty):
    row = {**penalty(), "处罚决定日期": date(2026, 3, 2)}
    data = _filled(DECISION_KINDS["penalty"], [row, {}, row])
    sheet, _ = read(data, "处罚.xlsx")
    assert [r.number for r in sheet.rows] == [1, 2, 3, 5]
    header = [str(label).rstrip("*") for label in sheet.rows[1].cells]
    read_back = dict(zip(header, sheet.rows[2].cells, strict=False))
    assert read_back["处罚决定日期"] == date(2026, 3, 2)
    assert read_back["行政相对人代码_1(统一社会信用代码)"] == row["行政相对人代码_1(统一社会信用代码)"]


def test_a_filled_template_is_accepted(run, penalty):
    filled = _filled(DECISION_KINDS["penalty"], [{**penalty(), "处罚决定日期": date(2026, 3, 2)}])
    report = run(SourceFile("处罚.xlsx", filled))
    assert report.ok, report.problems
    assert [(d.kind, d.values["decided_on"]) for d in report.decisions] == [("penalty", "2026-03-02")]


def test_a_filled_licence_template_is_accepted(run, licence):
    filled = _filled(DECISION_KINDS["licence"], [licence()])
    report = run(SourceFile("许可.xlsx", filled))
    assert report.ok, report.problems


@KINDS
def test_a_template_handed_in_empty_says_so(run, kind):
    report = run(SourceFile("空.xlsx", template(kind)))
    assert [problem.code for problem in report.errors] == ["E107"]
