"""Workbooks come in as they are: types, row numbers, hidden sheets, merged areas, failed cells."""

from datetime import date, datetime

import openpyxl
import pytest
import xlwt

from gongshi.intake.readers import Area, read, unmerged

MOMENT = datetime.fromisoformat("2026-01-02T03:04:05")


def _types(book, sheet):
    sheet["A1"], sheet["B1"], sheet["C1"] = "0012", 12, 0.5
    sheet["D1"], sheet["E1"] = date(2026, 1, 2), MOMENT
    sheet["F1"], sheet["G1"] = True, 220702199001010013


def test_cells_keep_the_types_that_the_file_gives_them(saved, cells):
    ((number, row),) = cells(saved(_types), "a.xlsx")
    assert number == 1
    assert row[:6] == ("0012", 12, 0.5, date(2026, 1, 2), MOMENT, True)
    assert isinstance(row[6], float), "a number of 18 digits stays a number, for the checks to reject"


@pytest.mark.parametrize("mac", [False, True])
def test_dates_are_right_in_both_date_systems(saved, cells, mac):
    def fill(book, sheet):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904 if mac else openpyxl.utils.datetime.CALENDAR_WINDOWS_1900
        sheet["A1"] = date(2026, 3, 2)

    assert cells(saved(fill), "a.xlsx") == [(1, (date(2026, 3, 2),))]


@pytest.mark.parametrize("mac", [False, True])
def test_old_workbooks_have_both_date_systems_too(saved, cells, mac):
    def fill(book, sheet):
        book.dates_1904 = mac
        sheet.write(0, 0, date(2026, 3, 2), xlwt.easyxf(num_format_str="yyyy-mm-dd"))

    assert cells(saved(fill, old=True), "a.xls") == [(1, (date(2026, 3, 2),))]


def test_row_numbers_are_the_files_own_and_columns_start_at_a(saved, cells):
    def fill(book, sheet):
        sheet["B3"], sheet["B7"] = "标题", "数据"
        sheet["C9"].number_format = "@"
        sheet["B12"] = "  "

    assert cells(saved(fill), "a.xlsx") == [(3, (None, "标题")), (7, (None, "数据"))]


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.xlsx"])
def test_xls_and_wps_files_are_read_whatever_they_are_called(saved, name):
    def fill(book, sheet):
        sheet.write(2, 1, "0012")
        sheet.write_merge(0, 0, 1, 3, "合并")
        book.add_sheet("藏起来的").visibility = 1

    shown, hidden = read(saved(fill, old=True), name)
    assert [(r.number, r.cells) for r in shown.rows] == [(1, (None, "合并")), (3, (None, "0012"))]
    assert shown.merged == (Area(1, 1, 1, 3),)
    assert (hidden.name, hidden.hidden, list(hidden.rows)) == ("藏起来的", True, [])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_named_and_not_read(saved, state):
    def fill(book, sheet):
        sheet["A1"] = "看得见"
        other = book.create_sheet("草稿")
        other["A1"], other.sheet_state = "看不见", state

    shown, hidden = read(saved(fill), "a.xlsx")
    assert (shown.hidden, hidden.hidden, hidden.name, list(hidden.rows)) == (False, True, "草稿", [])


def test_stored_results_of_formulas_are_read_and_failed_ones_are_shown(with_cells, cells):
    row = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>IF(1,"","x")</f><v></v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1" t="e"><v>#REF!</v></c>'
        '<c r="E1" s="0" t="str"><f>A1</f></c>'
    )
    data = with_cells(f'<sheetData><row r="1">{row}</row></sheetData>')
    assert cells(data, "a.xlsx") == [(1, (2, None, "#DIV/0!", "#REF!"))]


def test_a_formula_without_a_stored_result_is_no_empty_cell(saved, cells):
    def fill(book, sheet):
        sheet["A1"], sheet["B1"] = "=A2&A3", "x"

    assert cells(saved(fill), "a.xlsx") == [(1, ("=A2&A3", "x"))]


def test_cells_with_a_namespace_prefix_are_read(with_parts, cells):
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="2">'
        '<x:c r="A2"><x:v>7</x:v></x:c><x:c r="B2" t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert cells(with_parts({"xl/worksheets/sheet1.xml": xml}), "a.xlsx") == [(2, (7, "#N/A"))]


def test_merged_areas_give_their_value_to_all_their_cells(saved):
    def fill(book, sheet):
        sheet.append(["相对人", None, "文号"])
        sheet.append(["名称", "类别", None])
        for number in range(3):
            sheet.append(["甲公司" if number == 0 else None, "法人", f"{number}号"])
        for area in ("A1:B1", "C1:C2", "A3:A5"):
            sheet.merge_cells(area)

    (sheet,) = read(saved(fill), "a.xlsx")
    assert [row.cells for row in unmerged(sheet)] == [
        ("相对人", "相对人", "文号"),
        ("名称", "类别", "文号"),
        ("甲公司", "法人", "0号"),
        ("甲公司", "法人", "1号"),
        ("甲公司", "法人", "2号"),
    ]
    assert sheet.rows[3].cells == (None, "法人", "1号"), "the rows themselves stay as they are"


def test_several_sheets_keep_their_order_and_empty_ones_are_empty(saved):
    def fill(book, sheet):
        sheet["A1"] = "x"
        book.create_sheet("空")
        book.create_sheet("许可")["A1"] = "y"

    assert [(s.name, len(s.rows)) for s in read(saved(fill), "a.xlsx")] == [("行政处罚", 1), ("空", 0), ("许可", 1)]


def test_a_value_that_lies_far_below_does_not_matter(saved, cells):
    def fill(book, sheet):
        sheet["A1"], sheet["A60000"] = "x", "y"

    assert cells(saved(fill), "a.xlsx") == [(1, ("x",)), (60000, ("y",))]
