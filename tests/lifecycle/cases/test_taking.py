"""Case files are taken in whole, once, and say what the law then judges."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import Result

from gongshi.instance import Instance, load
from gongshi.intake.batch import SourceFile
from gongshi.intake.cases.checking import check_cases
from gongshi.law.recording.judge import Judge
from gongshi.law.recording.model import Finding, Status
from gongshi.lifecycle.cases.errors import CaseFilesRefused
from gongshi.lifecycle.cases.known import known_cases
from gongshi.lifecycle.cases.receipt import CaseReceipt
from gongshi.lifecycle.cases.taking import submit_cases
from gongshi.lifecycle.errors import NotForReview, SubmitterUnknown
from gongshi.lifecycle.review import review
from gongshi.lifecycle.submissions import take_in
from gongshi.store import Store, verify
from gongshi.store.cases import CaseRow, LineRow, scan
from tests.intake.cases.files import NUMBER, TWO, as_json, as_workbook, as_yaml, sheets

ROOT = Path(__file__).parents[3]
DEPARTMENT = "11220700MB99000134"
BY = "周示礼"
TODAY = date(2026, 3, 25)
NOW = datetime.fromisoformat("2026-03-25T10:00+08:00")


@pytest.fixture(scope="module")
def instance() -> Instance:
    return load(ROOT)


def take(store: Store, instance: Instance, file: SourceFile, *, by: str = BY) -> CaseReceipt:
    department = instance.department(DEPARTMENT)
    report = check_cases([file], department, instance, today=TODAY, known=known_cases(store))
    assert [problem.code for problem in report.problems if problem.is_error] == []
    return submit_cases(store, instance, report, by=by, today=TODAY, now=NOW)


def only(store: Store) -> tuple[CaseRow, dict[str, LineRow]]:
    ((case, lines),) = scan(store)
    return case, {line.line: line for line in lines}


def judged(instance: Instance, store: Store) -> dict[str, Finding]:
    judge = Judge(instance.requirements, {rule.id: rule for rule in instance.rules}, instance.calendar)
    ((case, lines),) = scan(store)
    return {one.requirement.id: one for one in judge.judge(case, lines, NOW)}


@pytest.mark.article("R2", "R3", "R5")
@pytest.mark.parametrize("written", [as_workbook, as_json, as_yaml])
def test_a_case_file_is_taken_in_and_judged(store: Store, instance: Instance, written) -> None:
    receipt = take(store, instance, written(sheets()))
    assert (receipt.counts["cases_added"], receipt.counts["lines_added"], receipt.rows) == (1, 4, 6)
    case, lines = only(store)
    assert (case.kind, case.procedure, case.stage, case.major) == ("penalty", "general", "investigation", False)
    assert (case.started_at, case.hearing) == ("2026-03-02T09:30+08:00", "未涉及")
    assert {line: one.what for line, one in lines.items()} == {
        "1": "inspection_record",
        "2": "recording",
        "3": "approval.start",
        "4": "service.direct",
    }
    assert (lines["2"].about, lines["2"].medium, lines["3"].at) == ("1", "video", "2026-03-02T09:00+08:00")
    assert lines["1"].signed == {"officers", "party"}
    assert lines["4"].contents == {"执法决定书"}
    found = judged(instance, store)
    assert found["R13-inspection"].status is Status.MET
    assert found["R8-approval"].status is Status.MISSING
    assert found["R38-start"].lacking == ("field:handler_reason", "field:reviewer", "field:reviewer_opinion")
    assert verify(store).ok


def test_the_same_files_give_the_same_receipt_and_what_says_the_same_is_no_new_version(
    store: Store, instance: Instance
) -> None:
    first = take(store, instance, as_json(sheets()))
    again = take(store, instance, as_json(sheets()))
    assert (again.id, again.again) == (first.id, True)
    told = sheets(record={"签字或盖章": "执法人员"})
    changed = take(store, instance, as_workbook(told))
    counted = {word: count for word, count in changed.counts.items() if count}
    assert counted == {"cases_unchanged": 1, "lines_changed": 1, "lines_unchanged": 3}
    assert only(store)[1]["1"].signed == {"officers"}
    assert [case.number for case in changed.cases] == [NUMBER]
    assert store.db.execute("SELECT count(*) FROM cases").fetchone()[0] == 1


def test_lines_alone_go_to_the_case_that_is_there_and_its_parties_stay(store: Store, instance: Instance) -> None:
    take(store, instance, as_json(sheets()))
    told = sheets()
    take(store, instance, as_json({"送达": [{**told["送达"][0], "序号": "5"}]}, "后来.json"))
    take(store, instance, as_json({"案件": [{**told["案件"][0], "阶段": "送达执行"}]}, "再后.json"))
    case, lines = only(store)
    assert (case.stage, sorted(lines)) == ("execution", ["1", "2", "3", "4", "5"])
    assert known_cases(store)(case_key_of(store)).parties[0]["party_name"] == "松原示例商贸有限公司"


def case_key_of(store: Store) -> str:
    return str(store.db.execute("SELECT number_key FROM cases").fetchone()[0])


@pytest.mark.article("L3")
@pytest.mark.parametrize(
    ("said", "major", "codes"),
    [
        ({"听证情况": "已举行"}, True, {"L3-3", "L3-5"}),
        ({"听证情况": "放弃"}, False, set()),
        ({"听证情况": "已举行", "适用程序": "简易程序", "拟罚款金额（元）": "3000"}, False, set()),
        ({"听证情况": "已举行", "适用程序": "简易程序", "拟罚款金额（元）": "3001"}, True, {"L3-3", "L3-5"}),
    ],
)
def test_a_hearing_makes_a_major_decision_but_in_summary_procedure(store, instance, said, major, codes) -> None:
    take(store, instance, as_json(sheets(case=said)))
    case, _ = only(store)
    assert (case.major, case.triggers, case.review) == (major, codes, "prepared" if major else "")
    take(store, instance, as_json(sheets(case={"备注": "改"}), "改.json"))
    assert only(store)[0].triggers == codes, "editing a case is no lowering"
    assert only(store)[0].major is major


@pytest.mark.article("L4")
def test_a_case_that_needs_review_does_not_become_a_summary_one(store: Store, instance: Instance) -> None:
    take(store, instance, as_json(sheets(case={"听证情况": "已举行"})))
    summary = as_json(sheets(case={"适用程序": "简易程序"}), "改.json")
    report = check_cases([summary], instance.department(DEPARTMENT), instance, today=TODAY, known=known_cases(store))
    assert [problem.code for problem in report.problems] == ["E716"]


def test_a_judged_trigger_in_the_sheet_is_raised_once_with_its_reason(store: Store, instance: Instance) -> None:
    ticked = {"属于重大执法决定的情形": "L3-1", "认为属于重大执法决定的理由": "涉及面广"}
    receipt = take(store, instance, as_json(sheets(case=ticked)))
    assert receipt.cases[0].major == ("L3-1",)
    case, _ = only(store)
    assert (case.raised, case.major, case.major_at_start, case.review) == ({"L3-1"}, True, True, "prepared")
    take(store, instance, as_json(sheets(case={**ticked, "备注": "改"}), "改.json"))
    count = "SELECT count(*) FROM journal WHERE operation = 'major'"
    assert store.db.execute(count).fetchone()[0] == 1
    assert verify(store).ok


@pytest.mark.article("L4")
def test_a_claimed_decision_of_a_major_case_is_taken_in_and_told(store: Store, instance: Instance) -> None:
    said = {"听证情况": "已举行", "决定书文号": "松市监罚〔2026〕1号", "决定时间": "2026-03-20 09:00"}
    receipt = take(store, instance, as_json(sheets(case=said)))
    assert receipt.warnings[0].startswith("W706")
    assert only(store)[0].claimed_key == f"{DEPARTMENT}/penalty/松市监罚〔2026〕1"


def test_a_batch_with_an_error_or_by_a_stranger_leaves_nothing(store: Store, instance: Instance) -> None:
    department = instance.department(DEPARTMENT)
    wrong = check_cases([as_json(sheets(video={"所附序号": "9"}))], department, instance, today=TODAY)
    with pytest.raises(CaseFilesRefused):
        submit_cases(store, instance, wrong, by=BY, today=TODAY, now=NOW)
    right = check_cases([as_json(sheets())], department, instance, today=TODAY)
    with pytest.raises(SubmitterUnknown):
        submit_cases(store, instance, right, by="陌示生", today=TODAY, now=NOW)
    assert store.db.execute("SELECT count(*) FROM journal").fetchone()[0] == 0


def test_what_another_batch_said_meanwhile_counts(store: Store, instance: Instance) -> None:
    department = instance.department(DEPARTMENT)
    told = sheets()
    moved = check_cases(
        [as_json({"案件": told["案件"], "归档": [archive("1")]}, "旧.json")], department, instance, today=TODAY
    )
    take(store, instance, as_json(told))
    with pytest.raises(CaseFilesRefused):
        submit_cases(store, instance, moved, by=BY, today=TODAY, now=NOW)


def archive(line: str) -> dict[str, str]:
    return {"案号": NUMBER, "序号": line, "归档时间": "2026-03-24 09:00", "保管人": TWO}


def test_what_is_laid_down_in_the_folder_is_taken_in_once_and_is_not_for_review(
    store: Store, instance: Instance, tmp_path: Path
) -> None:
    folder = tmp_path / "submissions"
    place = folder / DEPARTMENT
    place.mkdir(parents=True)
    (place / "案卷.json").write_bytes(as_json(sheets()).raw)
    first = take_in(store, instance, today=TODAY, now=NOW, folder=folder)
    assert ([one.rows for one in first.cases], first.receipts, first.faults) == ([6], [], [])
    again = take_in(store, instance, today=TODAY, now=NOW, folder=folder)
    assert (again.cases, again.known) == ([], 1)
    with pytest.raises(NotForReview):
        review(store, instance, first.cases[0].id, by="郑示正", approve=True, opinion="", today=TODAY, now=NOW)
    (place / "错.json").write_bytes(as_json(sheets(video={"所附序号": "9"})).raw)
    wrong = take_in(store, instance, today=TODAY, now=NOW, folder=folder)
    assert [(one.code, [problem.code for problem in one.problems]) for one in wrong.faults] == [
        ("check_failed", ["E709"])
    ]


def test_the_commands_hand_case_files_over_from_the_template_to_the_receipt(
    city: Path, gongshi: Callable[..., Result]
) -> None:
    file = city / "案卷.xlsx"
    file.write_bytes(as_workbook(sheets()).raw)
    department = ("--department", DEPARTMENT)
    checked = gongshi("check", str(file), *department)
    assert (checked.exit_code, "案件 1 件：过程记录 2 行，内部审批 1 行，送达 1 行" in checked.output) == (0, True)
    taken = gongshi("submit", str(file), *department, "--by", BY, "--json")
    receipt = json.loads(taken.output)
    assert receipt["counts"]["lines_added"] == 4
    partial = gongshi("submit", str(file), *department, "--by", BY, "--partial")
    assert (partial.exit_code, "--partial 不用于案卷" in partial.output) == (2, True)
    shown = gongshi("review", receipt["id"], "--by", "郑示正")
    assert "案卷已经记录" in shown.output
    refused = gongshi("review", receipt["id"], "--by", "郑示正", "--approve")
    assert (refused.exit_code, "not_for_review" in refused.output) == (1, True)
    file.write_bytes(as_workbook(sheets(video={"所附序号": "9"})).raw)
    wrong = gongshi("submit", str(file), *department, "--by", BY)
    assert (wrong.exit_code, "E709" in wrong.output) == (1, True)


def test_the_template_is_a_case_file_that_nobody_filled_in(city: Path, gongshi: Callable[..., Result]) -> None:
    file = city / "模板.xlsx"
    assert gongshi("template", "case", "--out", str(file)).exit_code == 0
    checked = gongshi("check", str(file), "--department", DEPARTMENT)
    assert (checked.exit_code, [line for line in checked.output.splitlines() if "[" in line]) == (
        1,
        ["  [E107 错误] 表头下面没有数据。"],
    )
