"""Records against each other, and against what the store has."""

from __future__ import annotations

import pytest

from tests.intake.conftest import TRAFFIC
from tests.intake.registry.conftest import record

OFFICER, ITEM, BOARD, GUIDE = "officer", "enforcement_item", "post_board", "service_guide"


def codes(report):
    return [problem.code for problem in report.problems]


def officers(*numbers, **changes):
    return {
        OFFICER: [record(OFFICER, {"执法证号": number, "姓名": f"赵示{number[-1]}", **changes}) for number in numbers]
    }


def test_the_same_record_twice_counts_once(checked):
    report = checked({OFFICER: [record(OFFICER), record(OFFICER, {"执法证号": " 22070100001"})]})
    assert codes(report) == ["W401"]
    assert len(report.decisions) == 1
    assert report.ok


def test_the_other_one_is_told_with_its_file(checked, tree):
    other = tree(officers("22070100001"), "甲.yaml")
    report = checked([other, tree({OFFICER: [record(OFFICER, {"姓名": "钱示博"})]}, "乙.yaml")])
    (found,) = report.problems
    assert (found.code, found.file) == ("E521", "乙.yaml")
    assert "与甲.yaml 第 1 条的相同" in found.message
    assert not report.decisions


@pytest.mark.article("D7")
def test_a_certificate_number_belongs_to_one_person_of_the_whole_city(checked, stored, instance):
    traffic = instance.departments[TRAFFIC]
    held = checked(officers("22070100001", 所属部门="松原市交通运输局"), department=traffic)
    look = stored(held)
    report = checked(officers("22070100001"), look=look)
    assert codes(report) == ["E521"]
    assert "已由松原市交通运输局登记" in report.problems[0].message
    assert checked(officers("22070100001", 所属部门="松原市交通运输局"), department=traffic, look=look).ok


@pytest.mark.parametrize("gone", [{"证件状态": "注销"}, {"失效日期": "2026-11-01"}])
def test_who_has_left_one_department_may_come_to_another(gone, checked, stored, instance):
    held = checked(
        officers("22070100001", 所属部门="松原市交通运输局", **gone), department=instance.departments[TRAFFIC]
    )
    assert held.ok
    assert checked(officers("22070100001"), look=stored(held)).ok


@pytest.mark.parametrize(
    ("until", "since", "at_once"),
    [("2026-12-31", "2027-01-01", False), ("2026-12-31", "2026-12-31", True), ("2026-11-01", "2026-01-01", False)],
)
def test_who_moves_is_in_both_sheets_whichever_is_sent_first(until, since, at_once, checked, *, stored, instance):
    """The day on which one department lets somebody go may lie ahead; and it may be told late."""
    traffic = instance.departments[TRAFFIC]
    old = officers("22070100001", 所属部门="松原市交通运输局", 失效日期=until)
    new = officers("22070100001", 生效日期=since)
    expected = ["E521"] if at_once else []
    came_first = checked(new, look=stored(checked(old, department=traffic)))
    left_last = checked(old, department=traffic, look=stored(checked(new)))
    for report in (came_first, left_last):
        assert [code for code in codes(report) if code not in ("W502", "W511")] == expected


def test_a_board_names_officers_of_the_store_and_of_the_batch(checked, stored):
    look = stored(checked(officers("22070100001")))
    board = {BOARD: [record(BOARD, {"值岗人员执法证号": "22070100001、22070100002"})]}
    assert codes(checked(board, look=look)) == ["E524"]
    assert checked({**officers("22070100002"), **board}, look=look).ok


STATES = [
    ({"有效期至": "2026-11-19"}, "已过有效期"),
    ({"有效期自": "2026-12-01"}, "还没有生效"),
    ({"证件状态": "暂扣"}, "处于暂扣状态"),
    ({"证件状态": "吊销"}, "已经注销或者吊销"),
]


@pytest.mark.article("D15")
@pytest.mark.parametrize(("changes", "words"), STATES)
def test_a_board_names_nobody_whose_certificate_does_not_hold(changes, words, checked):
    report = checked({**officers("22070100001", **changes), BOARD: [record(BOARD)]})
    (found,) = [problem for problem in report.problems if problem.is_error]
    assert found.code == "E525"
    assert words in found.message


def test_what_rests_on_a_refused_record_falls_with_it_and_says_so(checked):
    item = record(ITEM, {"依据": None})
    report = checked({ITEM: [item], GUIDE: [record(GUIDE)]})
    assert codes(report) == ["E511", "E531"]
    assert "有错误，没有接收" in report.problems[1].hint
    assert not report.decisions


CITING = {
    "random_inspection_item": {"关联事项编码": "2207-CF-001"},
    "service_guide": {},
    "post_board": {"办理事项编码": "2207-CF-001"},
}


@pytest.mark.parametrize("kind", CITING)
def test_what_is_cited_is_in_the_departments_list_however_it_is_typed(kind, checked, stored):
    batch = {kind: [record(kind, CITING[kind])], **officers("22070100001")}
    assert codes(checked(batch)) == ["E531"]
    look = stored(checked({ITEM: [record(ITEM, {"事项编码": "２２０７-cf-001 "})]}))
    assert checked(batch, look=look).ok
    ended = stored(checked({ITEM: [record(ITEM, {"失效日期": "2026-11-01"})]}))
    assert codes(checked(batch, look=ended)) == ["E531"]


def test_a_slip_is_told_with_what_was_meant_but_not_for_thousands(checked):
    numbers = [f"220701{number:05d}" for number in range(100)]
    wrong = "、".join(f"{number}X" for number in numbers)
    report = checked({**officers(*numbers), BOARD: [record(BOARD, {"值岗人员执法证号": wrong})]})
    hints = [problem.hint for problem in report.problems if problem.code == "E524"]
    assert len(hints) == 100
    assert "最接近的是“22070100000”" in hints[0]
    assert sum("最接近" in hint for hint in hints) == 50


@pytest.mark.article("D11")
def test_the_tasks_of_a_plan_are_in_the_list_of_what_is_inspected(checked):
    plan = {"inspection_plan": [record("inspection_plan")]}
    assert codes(checked(plan)) == ["E531"]
    assert checked({**plan, "random_inspection_item": [record("random_inspection_item")]}).ok


@pytest.mark.article("S3.1")
@pytest.mark.parametrize(("count", "told"), [(20, []), (21, ["W503"])])
def test_the_share_of_legal_reviewers_is_of_the_batch_and_the_store_together(count, told, checked, stored):
    numbers = [f"220701{number:05d}" for number in range(count)]
    expired = officers("22070190001", 有效期至="2025-12-31")[OFFICER]
    held = checked({OFFICER: [*officers(*numbers[1:], 法制审核人员="否")[OFFICER], *expired]})
    report = checked(officers(numbers[0]), look=stored(held))
    assert [code for code in codes(report) if code != "W508"] == told


@pytest.mark.article("D5")
@pytest.mark.parametrize(("since", "told"), [("2025-12-31", ["W509"]), ("2026-01-01", []), ("2026-02-01", [])])
def test_an_earlier_version_corrects_and_ends_nothing_and_that_is_said(since, told, checked, stored):
    look = stored(checked(officers("22070100001")))
    report = checked(officers("22070100001", 生效日期=since, 失效日期="2026-11-01"), look=look)
    assert codes(report) == told
    assert all("2026-01-01" in problem.hint and problem.row for problem in report.problems)


def test_what_a_list_no_longer_names_stays_in_force_and_that_is_said(checked, stored):
    held = stored(checked(officers("22070100001", "22070100002", "22070100003")))
    report = checked(officers("22070100001", "22070100002"), look=held)
    (found,) = report.problems
    assert found.code == "W508"
    assert "1 条（赵示3）" in found.message
    one = checked(officers("22070100001"), look=held)
    assert codes(one) == [], "who sends one of many sends no list"
