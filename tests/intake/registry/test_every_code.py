"""Every code of the registers' catalogue is produced by real input, alone, and says where and how to mend it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from gongshi.intake.batch import SourceFile
from gongshi.intake.catalogue import CATALOGUE, Severity
from gongshi.intake.catalogue.registry import REGISTRY
from gongshi.records.changes import Change
from tests.intake.conftest import TRAFFIC
from tests.intake.registry.conftest import LAW, STEPS, record

NUMBER, STEP = "执法证号", "执法流程"


def one(kind, changes=None):
    """A batch of one record, changed."""
    return {kind: [record(kind, changes)]}


def stepped(*changes):
    """An item whose steps are changed, in their order."""
    steps = [{**step, **change} for step, change in zip(STEPS, [*changes, *[{}] * 4], strict=False)]
    return one("enforcement_item", {STEP: steps})


def boarded(officer=None, board=None):
    return {"officer": [record("officer", officer)], "post_board": [record("post_board", board)]}


def yearly(*rows):
    """Annual figures of penalties."""
    return one("annual_figures", {"执法数据": [{"类别": "行政处罚", **row} for row in rows]})


# code → the batch by kind
CASES = {
    "E502": {"执法人圆": [record("officer")]},
    "E503": {"recording_item": [record("recording_item"), record("recording_item", {"记录设备": "执法记录仪"})]},
    "E504": one("enforcement_item", {"依据": "《食品安全法》第三条"}),
    "E505": one("enforcement_item", {"依据": [{**LAW, "条目": "一"}]}),
    "E506": one("enforcement_item", {"依据": [{"法律名称": LAW["法律名称"], "条款": LAW["条款"]}]}),
    "E511": one("enforcement_item", {"依据": None}),
    "E512": one("enforcement_item", {"依据": [{**LAW, "法律名称": "食品安全法"}]}),
    "E513": stepped({}, {"下一步": "3"}, {"下一步": "2、4"}),
    "E514": stepped({}, {}, {"下一步": "、"}),
    "E515": stepped({}, {"下一步": "3"}),
    "E516": stepped({}, {"下一步": "3:成立、4:不成立、9:其他"}),
    "E517": stepped({}, {"下一步": "3"}, {}, {"步骤编号": "3"}),
    "E521": {"officer": [record("officer"), record("officer", {"姓名": "钱示博"})]},
    "E522": one("officer", {"所属部门": "松原市卫生健康委"}),
    "E523": one("officer", {"有效期至": "2023-12-31"}),
    "E524": boarded(board={"值岗人员执法证号": "22070100002"}),
    "E525": boarded(officer={"有效期至": "2026-11-01"}),
    "E531": one("service_guide"),
    "E541": one("subject", {"主体性质": "受委托组织", "委托机关": "松原市人民政府"}),
    "E542": one("officer", {"失效日期": "2025-12-31"}),
    "E543": one("recording_item", {"记录方式": "文字记录"}),
    "E544": one("normative_text", {"正文": None}),
    "E561": yearly({"项目": "申请", "件数": "3"}),
    "E562": yearly({"项目": "罚款", "件数": "3"}, {"项目": "合计", "件数": "4"}),
    "E563": one("annual_figures", {"统计年度": "2026"}),
    "E551": one("subject", {"职责": "联系人证件 220702199001010013"}),
    "W501": one("officer", {"身份证号码": "220702199001010013"}),
    "W502": one("officer", {"生效日期": "2027-01-01"}),
    "W503": one("officer", {"法制审核人员": "否"}),
    "W505": one("subject", {"职责": "由王建国负责，电话 13900000000"}),
    "W506": one("officer", {"有效期至": "2026-12-01"}),
    "W511": one("subject", {"失效日期": "2026-11-19"}),
    "W510": one("officer", {"有效期至": "2026-11-19"}),
}
ELSEWHERE = {
    "E501": "a batch of two files, below",
    "E507": "a table of rows, below",
    "E545": "a batch marked as historical, below",
    "E532": "a guide with attachments, test_attached.py",
    "W504": "a guide with its item, below",
    "W507": "a city whose law has changed, below",
    "W508": "a store that has records, test_crossing.py",
    "W509": "a store that has records, test_crossing.py",
}


def test_every_code_has_a_case():
    assert set(CASES) | set(ELSEWHERE) == {entry.code for entry in REGISTRY}
    assert not set(CASES) & set(ELSEWHERE)


def shown(report, code):
    """The one problem of that code, which says what it should; nothing else of the batch is an error."""
    codes = [problem.code for problem in report.problems]
    assert code in codes
    assert {other for other in codes if other.startswith("E")} <= {code}, "one mistake is one kind of error"
    found = next(problem for problem in report.problems if problem.code == code)
    assert found.severity is CATALOGUE[code].severity
    assert found.hint
    assert not re.search(r"[{}]", found.message + found.hint)
    return found


@pytest.mark.parametrize("code", CASES)
def test_the_code_is_reported_with_its_place_and_its_remedy(code, checked):
    report = checked(CASES[code])
    found = shown(report, code)
    assert report.registry
    assert found.file == "批次.yaml"
    assert found.sheet
    if CATALOGUE[code].severity is Severity.ERROR and code not in ("E502", "E504", "E505"):
        assert found.row in (1, 2)
        assert found.unit == "条"
        assert found.column
        assert report.partly_acceptable == bool(report.decisions)
    assert report.ok == (CATALOGUE[code].severity is Severity.WARNING)


@pytest.mark.parametrize("kind", ["penalty", "officer"])
def test_decisions_and_registers_are_two_batches_in_either_order(kind, checked, tree, sheet, penalty):
    files = [sheet(penalty()), tree(one("officer"))]
    report = checked(files if kind == "penalty" else files[::-1])
    assert shown(report, "E501").file == "处罚.csv"
    assert "行政处罚" in shown(report, "E501").message
    assert not report.ok


def test_the_rows_of_one_record_agree(checked, table):
    rows = [
        ["事项编码", "事项名称", "事项类别", "权限内容", "生效日期", *(f"依据·{label}" for label in LAW)],
        ["2207-CF-001", "处罚", "行政处罚", "罚款", "2026-01-01", *LAW.values()],
        ["2207-CF-001", "处罚", "行政处罚", "没收", "", *LAW.values()],
    ]
    found = shown(checked([table(rows, "items.csv")]), "E507")
    assert (found.row, found.column, found.value) == (3, "权限内容", "没收")
    assert "罚款" in found.message


def test_registers_have_no_history_to_be_caught_up_with(checked):
    report = checked(one("officer"), earlier=True)
    shown(report, "E545")
    assert not report.partly_acceptable


def test_a_material_without_a_sample_is_told(checked):
    guide = record("service_guide", {"申请材料": [{"材料名称": "申请书", "常见错误": "漏填"}]})
    found = shown(checked({"enforcement_item": [record("enforcement_item")], "service_guide": [guide]}), "W504")
    assert "“申请书”没有填示范文本" in found.message


def test_what_rests_on_a_law_that_changed_is_told(checked, instance, monkeypatch):
    law = Change(id="law", on=date(2026, 11, 2), what="修改", document="主席令", laws=frozenset((LAW["法律名称"],)))
    monkeypatch.setattr("tests.intake.registry.conftest.check", lambda *args, **words: _check(law, *args, **words))
    assert "2026-11-02 起修改（主席令）" in shown(checked(one("enforcement_item")), "W507").message
    later = checked(one("enforcement_item", {"生效日期": "2026-11-02"}))
    assert not later.problems


def _check(change, files, department, instance, **words):
    from gongshi.intake.check import check

    return check(files, department, replace(instance, changes=(change,)), **words)


def test_an_officer_of_another_department_is_told_whose(checked):
    assert "是别的部门" in shown(checked(one("officer", {"所属部门": "松原市交通运输局"})), "E522").message
    by_key = checked(one("officer", {"所属部门": "11220700MB99000134"}))
    assert by_key.decisions[0].values["department_name"] == "松原市市场监督管理局"
    assert TRAFFIC not in str(by_key.decisions[0].values)


def test_columns_that_nobody_declared_are_not_kept(checked):
    report = checked(one("officer", {"身份证号码": "220702199001010013", "手机": "13900000000"}))
    (officer,) = report.decisions
    assert officer.kept == {}
    assert "220702199001010013" not in str([officer, *report.problems])


NUMBERS = [
    ("officer", {"执法证号": "220702199001010013"}, "执法证号"),
    ("officer", {"执法区域": "松原市，电话 13900000000"}, "执法区域"),
    ("post_board", {"办公地点": "一楼（+86 139 0000 0000）"}, "办公地点"),
    (
        "subject",
        {"内设执法机构": [{"机构名称": "大队", "职责分工": "账号 6222 0000 0000 0000"}]},
        "内设执法机构·职责分工（第 1 项）",
    ),
    ("enforcement_item", {"事项编码": "2207021990010100"}, ""),
    ("post_board", {"岗位电话": "13900000000"}, ""),
    ("subject", {"上级主管部门": "电话 13900000000"}, ""),
]


@pytest.mark.article("D7", "D18")
@pytest.mark.parametrize(("kind", "changes", "column"), NUMBERS)
def test_numbers_of_persons_are_refused_where_the_gate_refuses_them(kind, changes, column, checked):
    report = checked({"officer": [record("officer")], **one(kind, changes)})
    assert [problem.column for problem in report.problems if problem.code == "E551"] == ([column] if column else [])


@pytest.mark.parametrize("content", [b"{}", b"[]", b"\x00", b"[1, 2", "执法人员: [1]".encode()])
def test_what_holds_no_records_is_an_error_and_no_crash(content, checked):
    assert not checked([SourceFile("执法人员.yaml", content)]).ok


@pytest.mark.article("D32")
@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([{"项目": "罚款", "件数": "3"}, {"项目": "合计", "件数": "3"}, {"项目": "罚没金额", "金额（元）": "1.5"}], {}),
        ([{"项目": "警告", "件数": "1"}, {"项目": "罚款", "件数": "3"}], {}),
        ([{"项目": "合计", "件数": "7"}], {}),
        ([{"项目": "警告", "件数": "1"}, {"项目": "警告", "件数": "1"}], {"E561": 1}),
        ([{"项目": "警告"}], {"E561": 1}),
        ([{"项目": "警告", "件数": "-1"}], {"E561": 1}),
        (
            [{"项目": "警告", "件数": "1"}, {"项目": "合计", "件数": "2"}, {"项目": "代履行", "件数": "1"}],
            {"E561": 1, "E562": 1},
        ),
        ([{"项目": "警告", "件数": "甲"}, {"项目": "合计", "件数": "2"}], {"E244": 1}),
    ],
)
def test_annual_figures_add_up_and_say_each_entry_once(checked, rows, codes):
    assert checked(yearly(*rows)).counts == codes
