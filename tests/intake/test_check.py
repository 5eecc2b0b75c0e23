"""The whole path: a department's file in, typed decisions out, by the articles that ask for the fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongshi.intake.check import check
from gongshi.intake.collected import Change
from gongshi.intake.problems import Problem
from gongshi.law.rules import RuleSet
from gongshi.records import DECISION_KINDS

TODAY = date(2026, 11, 20)

HEAD = ["行政相对人名称", "行政相对人类别", "统一社会信用代码"]
COMPANY = ["松原示例商贸有限公司", "法人及非法人组织", "91220700MA0000001K"]
TAIL = ["执法机关", "执法机关统一社会信用代码"]
OWN = {
    "coercion": (
        ["强制决定书文号", "强制方式", "强制事由", "强制依据", "强制内容", "强制决定日期"],
        "查封场所、设施或者财物",
    ),
    "levy": (["征收决定书文号", "征收项目", "征收依据", "征收内容", "征收决定日期"], "污水处理费"),
    "charge": (["收费决定书文号", "收费项目", "收费依据", "收费内容", "收费决定日期"], "证照工本费"),
    "inspection": (["检查文书号", "检查方式", "检查内容", "检查依据", "检查结果", "检查决定日期"], "现场检查"),
    "random_inspection": (["抽查结果编号", "抽查计划名称", "抽查事项", "抽查结果", "抽查结束日期"], "双随机计划"),
}


def cell(label, second):
    if label.endswith(("文号", "文书号", "编号")):
        return "松市监罚〔2026〕15号"
    if label.endswith("日期"):
        return "2026年3月2日"
    return {"检查结果": "合格", "抽查结果": "合格"}.get(label, second)


@pytest.mark.article("D17")
def test_a_right_row_becomes_a_decision(run, sheet, penalty, department):
    report = run(sheet(penalty()))
    assert report.ok
    assert not report.problems
    (decision,) = report.decisions
    assert decision.key == f"{department.key}/penalty/松市监罚〔2026〕15"
    assert decision.values["decided_on"] == "2026-03-02"
    assert decision.values["content"] == "罚款人民币5000元"
    assert decision.parties[0]["fine"] == "5000"


@pytest.mark.article("D3")
@pytest.mark.parametrize("kind", OWN)
def test_every_other_kind_of_act_is_taken_in_by_its_own_labels(kind, run, table, department):
    labels, second = OWN[kind]
    header = [*labels, *HEAD, *TAIL]
    row = [*(cell(label, second) for label in labels), *COMPANY, department.name, department.key]
    report = run(table([header, row], name="台账.csv"))
    assert report.ok, report.problems
    assert [decision.kind for decision in report.decisions] == [kind]
    assert report.decisions[0].values[DECISION_KINDS[kind].event] == "2026-03-02"


@pytest.mark.article("D3")
def test_a_licence_is_taken_in(run, sheet, licence):
    (decision,) = run(sheet(licence({"有效期至": "2099/12/31"}), name="许可.csv")).decisions
    assert decision.kind == "licence"
    assert decision.values["valid_until"] == "2099-12-31"


GROUND = {"不予公开情形": "妨害执法", "不予公开理由": "正在调查同案人员", "不予公开复核日期": "2027-01-01"}


@pytest.mark.article("D18")
@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        (GROUND, []),
        ({**GROUND, "不予公开理由": "", "不予公开复核日期": ""}, ["E301", "E302"]),
        ({**GROUND, "不予公开情形": "上级认为不宜公开"}, ["E303"]),
        ({**GROUND, "不予公开情形": "上级认为不宜公开", "不予公开依据文号": "吉政办函〔2026〕1号"}, []),
        ({**GROUND, "不予公开情形": "领导不同意"}, ["E241"]),
    ],
)
def test_a_ground_not_to_publish_comes_with_what_the_article_asks(changes, codes, run, sheet, penalty):
    assert [problem.code for problem in run(sheet(penalty(changes))).errors] == codes


@pytest.mark.article("D18")
def test_what_a_ground_asks_for_is_its_rule_s_to_say(sheet, penalty, department, instance):
    stricter = RuleSet(
        tuple(
            replace(rule, requires=(*rule.requires, "withhold_document", "served_on"))
            if "妨害执法" in rule.scope.grounds
            else rule
            for rule in instance.rules
        )
    )
    report = check([sheet(penalty(GROUND))], department, replace(instance, rules=stricter), today=TODAY)
    assert {problem.code: problem.message for problem in report.errors} == {
        "E201": "必填，没有填写。",
        "E303": "情形为“妨害执法”的，没有填依据文号。",
    }


@pytest.mark.article("D27")
def test_a_later_day_of_forming_needs_its_reason(run, sheet, penalty):
    later = {"信息形成日期": "2026-03-20"}
    assert [problem.code for problem in run(sheet(penalty(later))).errors] == ["E307"]
    reason = {"信息形成日期晚于决定日期的理由": "听证后补正文书"}
    assert run(sheet(penalty({**later, **reason}))).ok


def test_what_follows_from_a_refused_cell_is_not_told_too(run, sheet, penalty):
    refused = {"行政相对人代码_1(统一社会信用代码)": "坏", "罚款金额（万元）": "坏", "处罚决定日期": "坏"}
    assert [problem.code for problem in run(sheet(penalty(refused))).problems] == ["E231", "E221", "E211"]


def test_all_wrong_cells_of_a_row_are_told_with_their_columns(run, sheet, penalty):
    problems = run(sheet(penalty({"处罚决定日期": "2026-13-01", "行政相对人类别": "公司"}))).problems
    assert [(p.row, p.position, p.column) for p in problems] == [(2, 3, "行政相对人类别"), (2, 14, "处罚决定日期")]
    assert all(isinstance(p, Problem) and p.file == "处罚.csv" and p.sheet == "处罚" for p in problems)


def test_a_name_of_the_time_is_right_and_a_later_one_is_warned_about(run, sheet, penalty):
    old = {"处罚决定日期": "2018-05-01", "行政处罚决定书文号": "松工商罚〔2018〕3号"}
    then = {"today": date(2018, 5, 2)}
    assert not run(sheet(penalty({**old, "处罚机关": "松原市工商行政管理局"})), **then).problems
    assert [p.code for p in run(sheet(penalty(old)), **then).problems] == ["W261"]


def test_decisions_of_long_ago_that_nobody_has_are_asked_about(run, sheet, penalty, codes):
    """A sheet of 历史数据 that was sent without --earlier would make years of decisions overdue."""
    old = [penalty({"处罚决定日期": f"2024-03-0{n}", "行政处罚决定书文号": f"松市监罚〔2024〕{n}号"}) for n in (1, 2)]
    report = run(sheet(*old, penalty()))
    (found,) = report.problems
    assert (found.code, found.row) == ("W311", 0)
    assert "有 2 个新决定" in found.message
    assert "2024-03-01" in found.message
    assert not run(sheet(*old), known=lambda some: {one.key: Change.UNCHANGED for one in some}).problems
    assert "W311" not in codes(run(sheet(*old), earlier=True, evidence="存档 7"))


@pytest.mark.parametrize(("year", "found"), [(2025, []), (2026, []), (2027, ["W252"]), (2024, ["W252"])])
def test_a_numbers_year_is_the_decisions_or_the_one_before(year, found, run, sheet, penalty):
    report = run(sheet(penalty({"行政处罚决定书文号": f"松市监罚〔{year}〕15号"})))
    assert [problem.code for problem in report.problems] == found


def test_a_check_tells_how_far_it_is(run, sheet, penalty):
    heard = []
    rows = [penalty({"行政处罚决定书文号": f"松市监罚〔2026〕{n}号"}) for n in range(1, 1201)]
    other = sheet(penalty({"行政处罚决定书文号": "松市监罚〔2026〕2000号"}))
    run(sheet(*rows), other, progress=lambda done, total: heard.append((done, total)))
    assert [done for done, _ in heard[:-1]] == sorted(done for done, _ in heard[:-1])
    assert len(heard) == 4
    assert all(0 < done <= total for done, total in heard)
    assert heard[-1][0] == heard[-1][1]
