"""Cases as they happen: what is asked of them, when, and what excuses."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gongshi.instance import load
from gongshi.law.recording.judge import Judge, what_lacks
from gongshi.law.recording.model import Finding, Status
from gongshi.records.cases.lacking import in_words
from tests.law.recording.files import OneCase, OneLine

ROOT = Path(__file__).parents[3]
NOW = datetime.fromisoformat("2026-03-05T10:00+08:00")
ALL_SIGNED = frozenset({"officers", "party", "head", "host", "server", "recipient", "witness"})
INSPECTION = OneLine(
    line="3",
    what="inspection_record",
    filled=frozenset({"officers", "certificates", "certificate_shown"}),
    signed=frozenset({"officers", "party"}),
)
VIDEO = OneLine(line="4", what="recording", medium="video", about="3")


@pytest.fixture(scope="module")
def judge() -> Judge:
    instance = load(ROOT)
    return Judge(instance.requirements, {rule.id: rule for rule in instance.rules}, instance.calendar)


def by_id(found: tuple[Finding, ...]) -> dict[str, Finding]:
    return {one.requirement.id: one for one in found}


def test_while_a_stage_goes_on_what_is_missing_is_not_yet_missing(judge: Judge) -> None:
    case = OneCase(stage="start", ended_on="")
    now = by_id(judge.judge(case, [], NOW))
    assert now["R8-approval"].status is Status.NOT_YET
    later = by_id(judge.judge(replace(case, stage="investigation"), [], NOW))
    assert later["R8-approval"].status is Status.MISSING
    assert later["R8-approval"].lacking == ("line:start_approval",)
    assert later["R16-draft"].status is Status.NOT_YET


@pytest.mark.article("R8")
def test_an_urgent_start_is_filed_within_a_day_whatever_the_stage(judge: Judge) -> None:
    case = OneCase(stage="start", ended_on="", circumstances=frozenset({"urgent"}), started_at="2026-03-04T11:00+08:00")
    finding = by_id(judge.judge(case, [], NOW))["R8-urgent"]
    assert (finding.status, finding.due) == (Status.WAITING, "2026-03-05T11:00+08:00")
    late = by_id(judge.judge(case, [], NOW + timedelta(hours=3)))["R8-urgent"]
    assert (late.status, late.late) == (Status.INCOMPLETE, timedelta(hours=2))
    filed = replace(case, filed_at="2026-03-05T12:30+08:00", filled=frozenset({"filed_at"}))
    done = by_id(judge.judge(filed, [], NOW))["R8-urgent"]
    assert (done.status, done.late) == (Status.LATE, timedelta(minutes=90))
    assert what_lacks((done,)) == (done,)


@pytest.mark.article("R13")
def test_an_inspection_is_recorded_by_sound_and_picture_or_with_a_reason(judge: Judge) -> None:
    case = OneCase(stage="decision", ended_on="")
    bare = by_id(judge.judge(case, [INSPECTION], NOW))["R13-inspection"]
    assert (bare.status, bare.lacking, bare.lines) == (Status.INCOMPLETE, ("medium:video",), ("3",))
    assert by_id(judge.judge(case, [INSPECTION, VIDEO], NOW))["R13-inspection"].status is Status.MET
    photo = replace(VIDEO, medium="photo")
    assert by_id(judge.judge(case, [INSPECTION, photo], NOW))["R13-inspection"].status is Status.INCOMPLETE
    both = [INSPECTION, photo, replace(VIDEO, line="5", medium="audio")]
    assert by_id(judge.judge(case, both, NOW))["R13-inspection"].status is Status.MET
    reason = replace(INSPECTION, filled=INSPECTION.filled | {"no_recording_reason"})
    assert by_id(judge.judge(case, [reason], NOW))["R13-inspection"].status is Status.EXCUSED
    of_another = replace(VIDEO, about="9")
    assert by_id(judge.judge(case, [INSPECTION, of_another], NOW))["R13-inspection"].status is Status.INCOMPLETE


@pytest.mark.article("R15")
def test_sealing_and_seizure_are_always_recorded(judge: Judge) -> None:
    line = OneLine(line="1", what="coercion_seizure", filled=frozenset({"no_recording_reason"}), signed=ALL_SIGNED)
    finding = by_id(judge.judge(OneCase(), [line], NOW))["R15-recording"]
    assert finding.status is Status.INCOMPLETE, "no reason excuses here"


@pytest.mark.article("R12")
def test_a_recorded_refusal_stands_for_the_signature_of_the_party(judge: Judge) -> None:
    case = OneCase()
    refused = replace(INSPECTION, signed=frozenset({"officers"}), filled=INSPECTION.filled | {"refusal"})
    found = by_id(judge.judge(case, [refused, VIDEO], NOW))
    assert found["R12-3"].status is Status.MET
    assert "R12-refused" not in found, "who will not sign has not refused to be investigated"
    ticked = replace(case, circumstances=frozenset({"party_refused"}))
    assert by_id(judge.judge(ticked, [refused], NOW))["R12-refused"].status is Status.MET
    assert by_id(judge.judge(ticked, [INSPECTION], NOW))["R12-refused"].status is Status.INCOMPLETE
    nobody = replace(refused, signed=frozenset())
    assert by_id(judge.judge(case, [nobody], NOW))["R12-3"].lacking == ("signed:officers", "signed:party")


@pytest.mark.article("R32")
def test_a_recording_is_stored_within_a_day_and_the_file_archived_within_thirty(judge: Judge) -> None:
    kept = replace(
        VIDEO, at="2026-03-02T09:00+08:00", stored_at="2026-03-03T10:00+08:00", filled=frozenset({"stored_at"})
    )
    finding = by_id(judge.judge(OneCase(ended_on=""), [kept], NOW))["R32-storage"]
    assert (finding.status, finding.late) == (Status.LATE, timedelta(hours=1))
    open_case = OneCase(stage="execution", ended_on="")
    assert by_id(judge.judge(open_case, [], NOW))["R32-archive"].status is Status.NOT_YET
    ended = OneCase(ended_on="2026-03-02")
    waiting = by_id(judge.judge(ended, [], NOW))["R32-archive"]
    assert (waiting.status, waiting.due) == (Status.WAITING, "2026-04-01T23:59+08:00")
    missed = by_id(judge.judge(ended, [], datetime.fromisoformat("2026-04-03T23:59+08:00")))["R32-archive"]
    assert (missed.status, missed.late) == (Status.MISSING, timedelta(days=2))
    special = OneLine(line="9", what="archive", at="2026-03-20T09:00+08:00", days=10)
    assert by_id(judge.judge(ended, [special], NOW))["R32-archive"].late == timedelta(days=7, hours=9, minutes=1)


@pytest.mark.article("R22")
def test_a_summary_case_is_asked_for_its_seven_contents_and_no_more(judge: Judge) -> None:
    case = OneCase(procedure="summary", not_applicable=frozenset({"R22-7"}))
    found = by_id(judge.judge(case, [], NOW))
    assert {id for id in found if id.startswith("R22")} == {f"R22-{n}" for n in range(1, 8)}
    assert found["R22-6"].status is Status.NOT_APPLICABLE, "nothing was collected on the spot"
    assert found["R22-7"].status is Status.NOT_APPLICABLE, "the file says so"
    assert not {"R16-draft", "R20-head", "R23-served", "R38-decision"} & found.keys()
    spread = [
        OneLine(line="1", what="summary_decision", contents=frozenset({"陈述申辩内容"}), signed=ALL_SIGNED),
        OneLine(line="2", what="statement_review", contents=frozenset({"复核及采纳理由"})),
    ]
    told = by_id(judge.judge(case, spread, NOW))
    assert (told["R22-3"].status, told["R22-4"].status) == (Status.MET, Status.MET)


@pytest.mark.article("R12", "R22")
def test_what_happened_can_not_be_called_not_applicable(judge: Judge) -> None:
    ticks, waved = frozenset({"fined_on_spot", "other_inquiry"}), frozenset({"R22-6", "R12-8"})
    found = by_id(judge.judge(OneCase(procedure="summary", circumstances=ticks, not_applicable=waved), [], NOW))
    assert (found["R22-6"].status, found["R12-8"].status) == (Status.MISSING, Status.MISSING)


DECIDED = {"R11-rights", "R16-draft", "R21-decision", "R23-served", "R28-performance"}
APPROVED = {"R20-head", "R38-decision"}
STARTED = {"R8-approval", "R38-start"}


@pytest.mark.article("R7", "R9", "R21", "R38")
@pytest.mark.parametrize(
    ("changes", "asked", "spared"),
    [
        ({}, DECIDED | APPROVED | STARTED, set()),
        ({"circumstances": {"undecided"}}, APPROVED | STARTED, DECIDED),
        ({"review": "transferred"}, APPROVED | STARTED, DECIDED),
        ({"circumstances": {"undecided"}, "decided": True}, DECIDED | APPROVED | STARTED, set()),
        ({"circumstances": {"complaint", "complaint_not_started"}}, set(), DECIDED | APPROVED | STARTED),
        ({"circumstances": {"complaint_not_started"}}, DECIDED | APPROVED | STARTED, set()),
        ({"circumstances": {"refused_application"}, "procedure": "application"}, set(), DECIDED | APPROVED),
        ({"circumstances": {"inspection_only"}}, DECIDED | APPROVED | STARTED, set()),
        ({"circumstances": {"application"}}, {"R7-register", "R7-answer"}, STARTED),
    ],
    ids=lambda v: "、".join(sorted(map(str, v))) if isinstance(v, dict) else "",
)
def test_only_a_case_without_a_decision_is_spared_what_belongs_to_one(
    judge: Judge, changes: dict[str, Any], asked: set[str], spared: set[str]
) -> None:
    told = {name: frozenset(value) if name == "circumstances" else value for name, value in changes.items()}
    found = by_id(judge.judge(OneCase(**told), [], NOW)).keys()
    assert asked <= found
    assert not spared & found


def test_a_case_that_was_decided_is_past_its_investigation_whatever_its_sheet_says(judge: Judge) -> None:
    case = OneCase(stage="start", ended_on="")
    assert by_id(judge.judge(case, [], NOW))["R16-draft"].status is Status.NOT_YET
    assert by_id(judge.judge(replace(case, decided=True), [], NOW))["R16-draft"].status is Status.MISSING


@pytest.mark.article("R23")
def test_the_service_of_another_document_is_not_that_of_the_decision(judge: Judge) -> None:
    told = OneLine(line="1", what="service.direct", filled=frozenset({"served_at"}), contents=frozenset({"权利告知书"}))
    assert by_id(judge.judge(OneCase(), [told], NOW))["R23-served"].lacking == ("served:执法决定书",)
    decision = replace(told, contents=frozenset({"执法决定书"}))
    assert by_id(judge.judge(OneCase(), [told, decision], NOW))["R23-served"].status is Status.MET


@pytest.mark.article("R12", "R14")
def test_a_list_of_what_is_preserved_asks_for_no_notice_of_evidence(judge: Judge) -> None:
    listed = OneLine(line="1", what="evidence_list", signed=ALL_SIGNED)
    assert by_id(judge.judge(OneCase(), [listed], NOW))["R12-2"].lacking == ("line:evidence_notice",)
    kept = OneLine(line="2", what="preservation")
    assert "R12-2" not in by_id(judge.judge(OneCase(), [listed, kept], NOW))
    both = OneCase(circumstances=frozenset({"obtained"}))
    assert "R12-2" in by_id(judge.judge(both, [listed, kept], NOW))


@pytest.mark.article("R12")
def test_a_party_who_will_not_sign_does_not_excuse_the_host_of_the_hearing(judge: Judge) -> None:
    record = OneLine(line="1", what="hearing_record", signed=frozenset({"officers"}), filled=frozenset({"refusal"}))
    assert by_id(judge.judge(OneCase(), [record], NOW))["R12-6-host"].lacking == ("signed:host",)


def test_nothing_else_can_be_waved_away(judge: Judge) -> None:
    case = OneCase(not_applicable=frozenset({"R8-approval", "R20-head"}))
    found = by_id(judge.judge(case, [], NOW))
    assert found["R8-approval"].status is Status.MISSING
    assert found["R20-head"].status is Status.MISSING


def test_an_inspection_without_a_measure_needs_no_decision(judge: Judge) -> None:
    case = OneCase(kind="inspection")
    assert not {"R16-draft", "R21-decision", "R23-served"} & by_id(judge.judge(case, [INSPECTION], NOW)).keys()
    seizure = OneLine(line="8", what="coercion_seizure")
    assert "R21-decision" in by_id(judge.judge(case, [INSPECTION, seizure], NOW))


def test_before_2020_the_measures_ask_for_nothing(judge: Judge) -> None:
    assert judge.judge(OneCase(started_at="2019-12-31T09:00+08:00", kind="penalty"), [], NOW) == ()


@pytest.mark.article("R17", "R19")
def test_a_major_case_has_its_opinion_and_its_meeting(judge: Judge) -> None:
    ids = {"R17-opinion", "R19-discussion"}
    assert ids <= by_id(judge.judge(OneCase(major=True), [], NOW)).keys()
    assert not ids & by_id(judge.judge(OneCase(), [], NOW)).keys()
    assert "R17-opinion" not in by_id(judge.judge(OneCase(major=True, review="agreed"), [], NOW)), "the system has it"


@pytest.mark.article("R29")
@pytest.mark.parametrize(
    ("demanded", "applied", "status"),
    [
        ("2026-03-02T09:00+08:00", "2026-03-20", Status.MET),
        ("2026-03-20", "2026-03-20T08:00+08:00", Status.MET),
        ("2026-03-21", "2026-03-20T08:00+08:00", Status.INCOMPLETE),
        ("2026-03-21", "", Status.MET),
    ],
)
def test_a_demand_comes_before_enforcement(judge: Judge, demanded: str, applied: str, status: Status) -> None:
    case = OneCase(circumstances=frozenset({"court"}))
    demand = OneLine(line="1", what="demand", at=demanded)
    served = OneLine(line="2", what="service.direct", contents=frozenset({"催告书"}))
    court = OneLine(line="3", what="court_application", at=applied)
    found = by_id(judge.judge(case, [demand, served, court], NOW))["R29-demand"]
    assert found.status is status
    assert found.lacking == (("before:court_application",) if status is Status.INCOMPLETE else ())
    assert not found.lacking or in_words(found) == ("晚于申请法院强制执行文书（催告书并送达应当在先）",)
