"""Every fault of a case file is told by its code, where it stands; a right one in any format says nothing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from gongshi.instance import Instance, load
from gongshi.intake.batch import SourceFile
from gongshi.intake.cases.answer import render_text, to_json
from gongshi.intake.cases.checking import check_cases
from gongshi.intake.cases.model import CaseReport, KnownCase
from gongshi.intake.cases.recognise import any_case_file
from gongshi.intake.catalogue import CATALOGUE, Severity
from gongshi.intake.catalogue.cases import CASES as ENTRIES
from gongshi.records.cases.key import case_key
from gongshi.records.cases.substance import substance_of_case
from gongshi.records.decision import Decision
from tests.intake.cases.files import (
    APPROVAL,
    CASE,
    INSPECTION,
    NUMBER,
    PARTY,
    VIDEO,
    as_json,
    as_old_workbook,
    as_workbook,
    as_yaml,
    sheets,
)

ROOT = Path(__file__).parents[3]
DEPARTMENT = "11220700MB99000134"
TODAY = date(2026, 3, 25)
DECIDED = {"facts": "甲", "legal_basis": "乙", "proposed_result": "丙"}


@pytest.fixture(scope="module")
def instance() -> Instance:
    return load(ROOT)


def check(instance: Instance, *files: SourceFile, known=lambda _key: None) -> CaseReport:
    return check_cases(files, instance.department(DEPARTMENT), instance, today=TODAY, known=known)


def decided(_key: str) -> KnownCase:
    """A case whose decision was made, and of which line 3 is an archive's."""
    substance = substance_of_case(DECIDED, [])
    return KnownCase(
        values=DECIDED, parties=(), lines={"3": "archive"}, whats=frozenset({"archive"}), decided=substance
    )


OTHER = {**CASE, "案号": "松市监案〔2026〕2号"}
CASES = {
    "E701": {"审批": [{**APPROVAL, "案号": "松市监案〔2026〕9号"}]},
    "E702": {"案件": [CASE, CASE]},
    "E703": {"案件": [CASE], "审批": [APPROVAL, {**APPROVAL, "审批事项": "其他"}]},
    "E704": {"案件": [CASE], "行政处罚": [{"行政处罚决定书文号": "松市监罚〔2026〕1号"}]},
    "E705": sheets(case={"属于重大执法决定的情形": "L3-1"}),
    "E707": sheets(video={"储存时间": "2026-03-02 09:00"}),
    "E708": sheets(video={"文件校验值": "abc"}),
    "E709": sheets(video={"所附序号": "9"}),
    "E710": sheets(approval={"批准人时间": "2026-03-02 08:00"}),
    "E713": sheets(case={"是否涉密": "国家秘密"}),
    "E714": sheets(case={"不适用的项目": "R8-approval", "不适用的理由": "无"}),
    "E717": sheets(case={"不适用的项目": "R22-7"}),
    "W708": sheets(video={"保管人": "李示二"}),
    "W707": sheets(case={"身份证号": "甲"}),
    "W703": sheets(video={"储存时间": "2026-03-03"}),
    "W704": sheets(record={"执法人员": "张示一"}),
    "W705": sheets(case={"听证情况": "已举行"}),
}
ELSEWHERE = {
    "E715": "below: only of a case that the store has",
    "E716": "needs the store: tests/lifecycle/cases/test_taking.py",
    "W702": "below: only where officers are registered",
    "W706": "needs the law: tests/lifecycle/cases/test_taking.py",
}


def test_every_code_has_a_case() -> None:
    assert {entry.code for entry in ENTRIES} == set(CASES) | set(ELSEWHERE)


@pytest.mark.article("R32", "R38")
@pytest.mark.parametrize("code", CASES)
def test_the_code_is_told_with_its_place_and_its_remedy(instance: Instance, code: str) -> None:
    report = check(instance, as_json(CASES[code]))
    found = [problem for problem in report.problems if problem.code[:2] != "W1"]
    assert {problem.code for problem in found} == {code}
    first = found[0]
    assert first.severity is CATALOGUE[code].severity
    assert first.sheet
    assert not re.search(r"[{}]", first.message + first.hint)
    assert report.ok is (first.severity is Severity.WARNING)
    assert code in render_text(report)
    assert to_json(report)["ok"] is report.ok


def test_a_decision_that_was_made_is_not_edited_and_a_line_stays_in_its_sheet(instance: Instance) -> None:
    found = check(instance, as_json(sheets()), known=decided).problems
    assert {problem.code for problem in found} == {"E703", "E715"}
    assert "当事人、事实、依据" in next(problem.message for problem in found if problem.code == "E715")


def test_other_parties_of_a_decision_that_was_made_are_no_addition(instance: Instance) -> None:
    (found,) = check(
        instance, as_json({"过程记录": [VIDEO | {"所附序号": ""}], "当事人": [PARTY]}), known=decided
    ).problems
    assert (found.code, found.sheet, "当事人" in found.message) == ("E715", "当事人", True)


@pytest.mark.parametrize("written", [as_json, as_yaml, as_workbook])
def test_a_right_file_has_no_fault_in_any_format(instance: Instance, written) -> None:
    report = check(instance, written(sheets()))
    assert (report.problems, report.rows, report.ok) == ((), 6, True)
    (case,) = report.cases
    assert (case.key, case.number) == (case_key(DEPARTMENT, NUMBER), NUMBER)
    assert [line.line for line in case.lines] == ["1", "2", "3", "4"]


@pytest.mark.article("R10")
@pytest.mark.parametrize(
    ("registered", "told"),
    [
        ({}, []),
        ({"吉A示例001": "9999-12-31", "吉A示例002": "9999-12-31"}, []),
        ({"吉A示例001": "9999-12-31"}, ["不在本部门登记的执法人员里"]),
        ({"吉A示例001": "9999-12-31", "吉A示例002": "2026-03-10"}, ["在 2026-03-20 不在有效期内"]),
    ],
)
def test_who_acted_is_a_registered_officer_on_that_day(instance: Instance, registered, told: list[str]) -> None:
    def look(kind: str, department: str = "") -> list[Decision]:
        assert (kind, department) == ("officer", DEPARTMENT)
        return [
            Decision(
                kind=kind,
                key=number,
                department=department,
                values={"certificate_number": number, "valid_from": "2020-01-01", "valid_to": until},
                parties=(),
                kept={},
            )
            for number, until in registered.items()
        ]

    department = instance.department(DEPARTMENT)
    report = check_cases([as_json({**sheets(), "过程记录": []})], department, instance, today=TODAY, look=look)
    assert [problem.code for problem in report.problems] == ["W702"] * len(told)
    assert all(detail in problem.message for detail, problem in zip(told, report.problems, strict=True))


def test_a_file_of_another_sort_in_the_batch_is_named(instance: Instance) -> None:
    (found,) = check(instance, as_json(sheets()), SourceFile("处罚.csv", "甲,乙\n1,2\n".encode())).problems
    assert (found.code, found.file) == ("E704", "处罚.csv")


def test_people_may_be_listed_one_by_one(instance: Instance) -> None:
    listed = [{"姓名": "张示一", "证号": "吉A示例001"}, {"name": "李示二", "certificate": "吉A示例002"}]
    both = [{**INSPECTION, "执法人员": listed}, {**VIDEO, "执法人员": [{"姓名": "王示三"}]}]
    report = check(instance, as_json({"案件": [{**CASE, "承办人": listed}, OTHER], "过程记录": both}))
    plain = check(instance, as_json({"案件": [CASE, OTHER], "过程记录": [INSPECTION, VIDEO | {"执法人员": "王示三"}]}))
    assert (report.problems, report.rows) == ((), 4)
    assert [case.values for case in report.cases] == [case.values for case in plain.cases]
    assert [case.lines for case in report.cases] == [case.lines for case in plain.cases]


@pytest.mark.article("R35")
def test_a_secret_is_refused_and_not_repeated(instance: Instance) -> None:
    report = check(instance, as_json(CASES["E713"]))
    assert report.problems[0].value == ""


def test_a_workbook_names_row_and_column_of_a_fault(instance: Instance) -> None:
    (found,) = check(instance, as_workbook(sheets(video={"所附序号": "9"}))).problems
    assert (found.sheet, found.row, found.column) == ("过程记录", 3, "所附序号")


def test_an_old_workbook_is_one_by_its_sheets_not_by_the_words_in_them(instance: Instance) -> None:
    assert check(instance, as_old_workbook(sheets())).ok
    assert any_case_file([as_old_workbook(sheets())])
    assert not any_case_file([as_old_workbook({"处罚": [{"案件": "甲", "过程记录": "乙"}]})])


@pytest.mark.parametrize(
    ("told", "is_one"),
    [
        (sheets(), True),
        ({"过程记录": [VIDEO]}, True),
        ({"行政处罚": [{"行政处罚决定书文号": "甲〔2026〕1号", "当事人": [{"行政相对人名称": "甲"}]}]}, False),
        ({"当事人": [{"行政相对人名称": "甲"}]}, False),
    ],
)
@pytest.mark.parametrize("written", [as_json, as_yaml, as_workbook])
def test_a_case_file_is_known_by_its_sheets_or_keys(told, is_one: bool, written) -> None:
    if written is as_workbook and "行政处罚" in told:
        told = {"行政处罚": [{"行政处罚决定书文号": "甲〔2026〕1号"}]}
    assert any_case_file([written(told)]) is is_one
