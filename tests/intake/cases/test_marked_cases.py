"""A case file comes back as a workbook with each fault in its cell, whatever it came as; JSON and YAML get a path."""

from __future__ import annotations

import io

import openpyxl
import pytest

from gongshi.instance import Instance, load
from gongshi.intake.answer.copying import FILLS
from gongshi.intake.answer.summary import SUMMARY_SHEET
from gongshi.intake.batch import SourceFile
from gongshi.intake.cases.answer import marked, next_step, to_json
from tests.intake.cases.files import CASE, as_json, as_old_workbook, as_workbook, as_yaml, sheets
from tests.intake.cases.test_every_code import ROOT, check

WRONG = sheets(case={"听证情况": "也许"}, video={"储存时间": "2026-03-02 09:00"})
LISTED = [{"姓名": "张示一", "证号": "吉A示例001"}, {"姓名": "李示二", "证号": "吉A示例002"}]
IN_LISTS = {**WRONG, "案件": [{**WRONG["案件"][0], "承办人": LISTED}]}
PLACES = [("E241", "案件", 2, "听证情况"), ("E707", "过程记录", 3, "储存时间")]


@pytest.fixture(scope="module")
def instance() -> Instance:
    return load(ROOT)


@pytest.mark.parametrize(
    "file", [as_workbook(WRONG), as_old_workbook(WRONG), as_json(WRONG), as_yaml(WRONG), as_json(IN_LISTS)]
)
def test_each_fault_stands_in_its_cell_and_the_copy_can_be_handed_in_again(
    instance: Instance, file: SourceFile
) -> None:
    report = check(instance, file)
    assert len(report.problems) == len(PLACES)
    copy = marked(report.files[0], report)
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert book.sheetnames == [SUMMARY_SHEET, "案件", "当事人", "过程记录", "审批", "送达"]
    for code, title, row, label in PLACES:
        sheet = book[title]
        cell = next(column for column in sheet.iter_cols() if column[0].value == label)[row - 1]
        assert (code in cell.comment.text, cell.fill.fgColor.rgb[-6:]) == (True, FILLS["error"][1:])
        marks = [one.coordinate for line in sheet.iter_rows() for one in line if one.comment]
        assert marks == [cell.coordinate]
    assert "整批不接收" in str(book[SUMMARY_SHEET]["A2"].value)
    again = check(instance, SourceFile("标注.xlsx", copy))
    found = [(one.code, one.sheet, one.row, one.column) for one in again.problems if one.is_error]
    assert (found, again.cases) == (PLACES, report.cases)
    assert "--marked" in next_step(report, submitting=False)


@pytest.mark.parametrize(
    ("file", "paths"),
    [
        (as_json(WRONG), ["/案件/0/听证情况", "/过程记录/1/储存时间"]),
        (as_yaml(WRONG), ["/案件/0/听证情况", "/过程记录/1/储存时间"]),
        (as_json({"案件": [CASE], "a/b~c": [{"d": "e"}]}), ["/a~1b~0c"]),
        (as_workbook(WRONG), ["", ""]),
    ],
)
def test_a_fault_of_json_or_yaml_has_the_path_of_its_value(
    instance: Instance, file: SourceFile, paths: list[str]
) -> None:
    told = to_json(check(instance, file))["problems"]
    assert isinstance(told, list)
    assert [problem["path"] for problem in told] == paths
