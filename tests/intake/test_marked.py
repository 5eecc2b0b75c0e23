"""What goes back to the submitter shows what is wrong in its place, and can be corrected and sent again."""

import io
from datetime import date

import openpyxl
import pytest

from gongshi.intake.answer.copying import sheet_titles
from gongshi.intake.answer.marked import marked_copy, rejected_rows
from gongshi.intake.answer.summary import SUMMARY_SHEET
from gongshi.intake.batch import SourceFile
from gongshi.intake.catalogue import RETURNED_TOGETHER
from gongshi.intake.readers import read
from gongshi.intake.sheet.columns import REASON_COLUMN

RED, YELLOW = "FFF8CBAD", "FFFFF2CC"
NUMBER, NAME, FINE = "行政处罚决定书文号", "行政相对人名称", "罚款金额（万元）"


def _open(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def _fill(cell):
    return cell.fill.start_color.rgb if cell.fill.fill_type else ""


@pytest.fixture
def batch(workbook, penalty):
    """Three decisions, the second with a wrong date and a wrong amount, under a note row."""
    rows = [
        penalty({NUMBER: "松市监罚〔2026〕1号"}),
        penalty({NUMBER: "松市监罚〔2026〕2号", "处罚决定日期": "2026-02-30", FINE: "五千"}),
        penalty({NUMBER: "松市监罚〔2026〕3号", "违法事实": "=HYPERLINK(1)"}),
    ]
    labels = list(rows[0])
    table = [["表格说明：示例"], labels, *([row[label] for label in labels] for row in rows)]
    return workbook({"行政处罚": table}), labels


def test_wrong_cells_are_coloured_and_explained_in_their_place(run, batch):
    file, labels = batch
    sheet = _open(marked_copy(file, run(file)))["行政处罚"]
    wrong = {(cell.row, labels[cell.column - 1]) for row in sheet for cell in row if _fill(cell) == RED}
    assert wrong == {(4, "处罚决定日期"), (4, FINE)}
    comment = sheet.cell(4, labels.index("处罚决定日期") + 1).comment.text
    assert "这一天不存在" in comment
    assert "请核对" in comment


def test_the_copy_is_the_submitters_own_rows(run, batch):
    file, _ = batch
    (before,) = read(file.raw, file.name)
    _, after = read(marked_copy(file, run(file)), file.name)
    assert [tuple(row) for row in after.rows] == [tuple(row) for row in before.rows]


def test_text_that_looks_like_a_formula_stays_text(run, batch):
    file, labels = batch
    for data in (marked_copy(file, run(file)), rejected_rows(file, run(file))):
        cells = [cell for sheet in _open(data) for row in sheet for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
    shown = _open(marked_copy(file, run(file)))["行政处罚"].cell(5, labels.index("违法事实") + 1)
    assert (shown.value, shown.data_type) == ("=HYPERLINK(1)", "s")


def test_the_summary_counts_and_leads_to_each_place(run, batch):
    file, labels = batch
    report = run(file)
    summary = _open(marked_copy(file, report))[SUMMARY_SHEET]
    texts = [[cell.value for cell in row] for row in summary]
    assert f"共 {len(report.errors)} 处错误" in texts[1][0]
    listed = [row for row in texts if row[0] in ("错误", "提醒")]
    assert [(row[-1], row[3]) for row in listed] == [(p.code, p.column) for p in report.problems]
    links = [cell.hyperlink.location for row in summary for cell in row if cell.hyperlink]
    letter = openpyxl.utils.get_column_letter(labels.index(FINE) + 1)
    assert f"'行政处罚'!{letter}4" in links


def test_a_corrected_copy_is_accepted(run, batch):
    file, labels = batch
    book = _open(marked_copy(file, run(file)))
    sheet = book["行政处罚"]
    sheet.cell(4, labels.index("处罚决定日期") + 1, "2026-02-27")
    sheet.cell(4, labels.index(FINE) + 1, "0.5")
    target = io.BytesIO()
    book.save(target)
    report = run(SourceFile("改正.xlsx", target.getvalue()))
    assert report.ok, report.errors
    assert len(report.decisions) == 3


def test_digits_that_were_lost_do_not_come_back_as_text(run, workbook, person):
    """As text, the wrong identity number would pass the next check."""
    rows = [person({"证件号码": 220702199001010013})]
    labels = list(rows[0])
    file = workbook({"行政处罚": [labels, [rows[0][label] for label in labels]]})
    report = run(file)
    assert "E234" in {p.code for p in report.errors}
    for back in (marked_copy(file, report), rejected_rows(file, report)):
        again = run(SourceFile("再报.xlsx", back))
        assert "E234" in {p.code for p in again.errors}


def test_the_rejected_rows_come_back_alone_with_their_reasons(run, batch):
    file, labels = batch
    (sheet,) = _open(rejected_rows(file, run(file)))
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1] == (*labels, REASON_COLUMN)
    assert len(rows) == 3
    assert rows[2][0] == "松市监罚〔2026〕2号"
    assert rows[2][-1].startswith("原第 4 行　“罚款金额（万元）”：")
    assert "这一天不存在" in rows[2][-1]


def test_a_right_row_that_comes_back_with_its_decision_says_why(run, sheet, penalty):
    parties = penalty({FINE: "-1"}), penalty({NAME: "松原样本有限公司"})
    file = sheet(*parties)
    (page,) = _open(rejected_rows(file, run(file)))
    first, second = (row[-1] for row in list(page.iter_rows(values_only=True))[1:])
    assert "E222" in first
    assert second == f"原第 3 行　{RETURNED_TOGETHER}"


def test_rejected_rows_that_are_corrected_are_accepted(run, batch):
    file, labels = batch
    book = _open(rejected_rows(file, run(file)))
    sheet = book["行政处罚"]
    sheet.cell(3, labels.index("处罚决定日期") + 1, date(2026, 2, 27))
    sheet.cell(3, labels.index(FINE) + 1, 0.5)
    target = io.BytesIO()
    book.save(target)
    report = run(SourceFile("改正.xlsx", target.getvalue()))
    assert (report.ok, len(report.decisions)) == (True, 1), report.problems
    assert not [p for p in report.problems if p.column == REASON_COLUMN]


def test_merged_cells_stay_merged_in_the_copy_and_are_filled_in_the_rejected_rows(run, workbook, penalty):
    rows = [
        penalty({NUMBER: "松市监罚〔2026〕2号", "处罚决定日期": "2026-02-30", NAME: f"示例{n}公司"}) for n in "甲乙"
    ]
    labels = list(rows[0])
    table = [labels, *([row[label] for label in labels] for row in rows)]
    table[2][0] = ""
    file = workbook({"行政处罚": table}, merged=[("A2:A3", "松市监罚〔2026〕2号")])
    report = run(file)
    marked = _open(marked_copy(file, report))["行政处罚"]
    assert [str(area) for area in marked.merged_cells.ranges] == ["A2:A3"]
    assert marked["A2"].value == "松市监罚〔2026〕2号"
    rejected = _open(rejected_rows(file, report))["行政处罚"]
    assert [row[0] for row in rejected.iter_rows(min_row=2, values_only=True)] == ["松市监罚〔2026〕2号"] * 2


def test_records_of_json_go_back_as_a_sheet(run, typed, penalty):
    file = typed(penalty(), penalty({NUMBER: "松市监罚〔2026〕2号", "处罚决定日期": "2026-02-30"}))
    report = run(file)
    marked = _open(marked_copy(file, report)).worksheets[1]
    assert [cell.value for cell in marked[1]] == list(penalty())
    column = list(penalty()).index("处罚决定日期") + 1
    assert _fill(marked.cell(3, column)) == RED
    assert not _fill(marked.cell(2, column))
    (rejected,) = _open(rejected_rows(file, report))
    assert rejected.max_row == 2


def test_hidden_sheets_and_sheets_without_faults(run, batch):
    file, _ = batch
    book = _open(file.raw)
    book.create_sheet("草稿")["A1"] = "不给人看"
    book["草稿"].sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    hidden = SourceFile("有隐藏.xlsx", target.getvalue())
    report = run(hidden)
    assert _open(marked_copy(hidden, report)).sheetnames == [SUMMARY_SHEET, "行政处罚"]
    assert _open(rejected_rows(hidden, report)).sheetnames == ["行政处罚"]


def test_nothing_rejected_gives_a_workbook_that_says_so(run, sheet, penalty):
    file = sheet(penalty())
    assert _open(rejected_rows(file, run(file))).sheetnames == ["没有未接收的行"]


def test_of_a_large_sheet_the_wrong_rows_are_shown_up_to_a_bound_and_the_rest_is_told(run, sheet, penalty, monkeypatch):
    """The header with the rows about it, and 40 of the 60 wrong rows behind: no workbook holds a million."""
    monkeypatch.setattr("gongshi.intake.answer.shown.MOST_ROWS", 40)
    days = {n: "2026-02-30" if n > 60 else "2026-02-27" for n in range(1, 121)}
    file = sheet(*(penalty({NUMBER: f"松市监罚〔2026〕{n}号", "处罚决定日期": day}) for n, day in days.items()))
    report = run(file)
    assert report.error_count == 60
    book = _open(marked_copy(file, report))
    assert [cell.row for cell in book.worksheets[1]["A"] if cell.value] == [*range(1, 31), *range(62, 102)]
    assert any("其余 20 行请在原文件中改正" in str(row[0].value) for row in book[SUMMARY_SHEET])
    rows, more = _open(rejected_rows(file, report)).worksheets
    assert rows.max_row == 41
    assert all("这一天不存在" in row[-1] for row in rows.iter_rows(min_row=2, values_only=True))
    assert "其余 20 行" in more["A1"].value


def test_every_wrong_row_says_why_also_where_more_come_than_are_shown(run, sheet, penalty, monkeypatch):
    monkeypatch.setattr("gongshi.intake.answer.shown.MOST_ROWS", 40)
    days = {"处罚决定日期": "2026-02-30"}
    file = sheet(*(penalty({**days, NUMBER: f"松市监罚〔2026〕{n}号"}) for n in range(1, 121)))
    report = run(file)
    rows, more = _open(rejected_rows(file, report)).worksheets
    assert all("这一天不存在" in row[-1] for row in rows.iter_rows(min_row=2, values_only=True))
    assert (rows.max_row, "其余 51 行" in more["A1"].value) == (70, True)
    summary = _open(marked_copy(file, report))[SUMMARY_SHEET]
    assert any("其余 51 行请" in str(row[0].value) for row in summary)


def test_warnings_are_yellow(run, workbook, penalty):
    row = penalty({"不认识的列": "x"})
    file = workbook({"行政处罚": [list(row), list(row.values())]})
    marked = _open(marked_copy(file, run(file)))["行政处罚"]
    assert _fill(marked.cell(1, len(row))) == YELLOW


def test_the_same_report_gives_the_same_bytes(run, batch):
    file, _ = batch
    report = run(file)
    assert marked_copy(file, report) == marked_copy(file, report)
    assert rejected_rows(file, report) == rejected_rows(file, report)


def test_sheet_names_that_excel_refuses_are_changed():
    names = ["a/b", "x" * 40, "x" * 40, "", "History", "'引号'", "错误汇总"]
    titles = sheet_titles(names, [SUMMARY_SHEET])
    assert titles[0] == "a_b"
    assert len({title.casefold() for title in titles}) == len(names)
    assert all(0 < len(title) <= 31 for title in titles)
    assert SUMMARY_SHEET not in titles
