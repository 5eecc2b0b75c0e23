"""A major decision that was made outside the system is taken in, waits, and is public by its attestation, its case or
the supervisor's instruction (S3, L4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongshi.lifecycle import State, state_of
from gongshi.lifecycle.acts.instructing import asked_of, instruct
from gongshi.lifecycle.due import due
from gongshi.lifecycle.errors import InstructNotAsked, ReasonNeeded, SamePerson, SupervisorUnknown
from gongshi.lifecycle.released import held_for_review
from gongshi.lifecycle.report.counting import report
from gongshi.lifecycle.report.text import render_text
from gongshi.records.cases.key import case_key
from gongshi.records.cases.substance import substance_of_decision
from gongshi.store import latest, verify
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation
from tests.lifecycle.legal.casework import case_said

MAJOR = {"major_decision": "1"}
WHOLE = {
    **MAJOR,
    "legal_reviewed_on": "2026-02-24",
    "legal_reviewer": "郑示法",
    "legal_opinion": "同意",
    "discussed_on": "2026-02-26",
}
UNVERIFIED, MISSING = ("legal_review_unverified",), ("legal_review_missing",)


@pytest.fixture
def sent(send, judge_batch, decision, rebuild):
    """A decision that was submitted, approved and looked at by a rebuild; its id."""

    def do(**values: str | None) -> str:
        receipt = send(decision(1, **values))
        judge_batch(receipt)
        rebuild()
        return receipt.entries[0].id

    return do


@pytest.fixture
def instructs(store, instance, clock):
    def do(*records: str, **how: str):
        how = {"instruction": "publish", "reason": "已补充审核", "document": "松府督〔2026〕8号", "by": "督示察", **how}
        return instruct(store, instance, records, **how, **clock)

    return do


def standing(store) -> tuple[State, tuple[str, ...]]:
    (pending,) = latest(store)
    return state_of(pending), pending.reasons


@pytest.mark.article("S3", "L4")
@pytest.mark.parametrize(
    ("values", "reasons"),
    [
        ({}, ()),
        (MAJOR, UNVERIFIED),
        ({**MAJOR, "procedure": "简易程序"}, ()),
        (WHOLE, ()),
        ({**WHOLE, "legal_reviewer": None}, UNVERIFIED),
        ({**WHOLE, "legal_opinion": "未经审核"}, MISSING),
    ],
)
def test_it_waits_until_it_is_attested(sent, store, values, reasons) -> None:
    sent(**values)
    assert standing(store) == ((State.HELD, reasons) if reasons else (State.PUBLIC, ()))


@pytest.mark.article("S3", "D27")
def test_its_clock_runs_and_it_is_no_ground_of_d18(sent, store, instance) -> None:
    sent(**MAJOR)
    day = date(2026, 4, 1)
    (row,) = due(store, instance, day)
    assert row.overdue
    assert "待核实法制审核" in row.reasons[0].text
    found = next(one for one in report(store, instance, day).departments if one.findings)
    assert not found.total.withheld
    assert [(why.code, count) for why, count in found.total.held.items()] == [(UNVERIFIED[0], 1)]


@pytest.mark.article("S3", "S6")
@pytest.mark.parametrize(
    ("first", "then", "standing", "held"),
    [
        (MAJOR, None, "unverified", UNVERIFIED),
        ({**WHOLE, "legal_opinion": "变更"}, None, "missing", MISSING),
        ({}, MAJOR, "public_already", ()),
        (WHOLE, None, "", ()),
    ],
)
def test_the_supervisor_is_told_of_each(  # noqa: PLR0917
    sent, send, judge_batch, decision, rebuild, instructs, store, instance, first, then, standing, held
) -> None:
    record = sent(**first)
    if then:
        judge_batch(send(decision(1, **then)))
        rebuild()
    assert [(one, code) for _, one, code in held_for_review(store)] == [(record, code) for code in held]
    whole = report(store, instance, date(2026, 3, 3))
    told = [one for each in whole.departments for one in each.findings.unreviewed]
    assert [dict(one.answered) for one in whole.cases] == [{standing or "attested": 1}]
    assert [(one.standing, one.revoke) for one in told] == ([(standing, False)] if standing else [])
    if standing:
        instructs(record, instruction="revoke")
        found = report(store, instance, date(2026, 3, 3))
        assert "已指示撤销" in render_text(found)


@pytest.mark.article("S3")
def test_the_supervisor_has_it_published_or_leaves_it_to_be_revoked(sent, instructs, rebuild, store) -> None:
    record = sent(**{**WHOLE, "legal_opinion": "未经审核"})
    (done,) = instructs(record, instruction="revoke")
    assert (done.changed, "gongshi withdraw" in done.render_text()) == (True, True)
    rebuild()
    assert standing(store) == (State.HELD, MISSING)
    assert not instructs(record, instruction="revoke")[0].changed
    assert instructs(record)[0].changed
    assert rebuild().published == (record,)
    assert verify(store).ok


@pytest.mark.article("S3")
def test_what_is_to_be_revoked_is_ended_by_its_department_and_told_of_no_more(  # noqa: PLR0917
    sent, instructs, acts, rebuild, store, instance
) -> None:
    record = sent(**MAJOR)
    instructs(record, instruction="revoke")
    acts.confirm(acts.withdraw(record).number)
    rebuild()
    assert standing(store)[0] is State.WITHDRAWN
    assert list(due(store, instance, date(2026, 4, 1))) == []
    assert not any(one.findings.unreviewed for one in report(store, instance, date(2026, 4, 1)).departments)


@pytest.mark.article("S3")
def test_an_instruction_holds_for_what_decides_the_same(  # noqa: PLR0917
    sent, send, judge_batch, decision, instructs, rebuild, store
) -> None:
    instructs(sent(**MAJOR))
    judge_batch(send(decision(1, **MAJOR, remarks="补充备注")))
    rebuild()
    assert standing(store) == (State.PUBLIC, ())
    judge_batch(send(decision(1, **MAJOR, content="罚款人民币9000元")))
    rebuild()
    assert standing(store) == (State.HELD, UNVERIFIED)
    judge_batch(send(decision(1, **WHOLE, content="罚款人民币9000元")))
    rebuild()
    assert standing(store) == (State.RESTORED, ())


@pytest.mark.article("S3")
def test_what_is_public_stays_where_its_substance_stays(sent, send, judge_batch, decision, rebuild, store) -> None:  # noqa: PLR0917
    sent()
    judge_batch(send(decision(1, **MAJOR)))
    rebuild()
    assert standing(store) == (State.PUBLIC, ())
    judge_batch(send(decision(1, **MAJOR, facts="另一事实")))
    rebuild()
    assert standing(store) == (State.HELD, UNVERIFIED)


@pytest.mark.article("S3")
@pytest.mark.parametrize(
    ("error", "values", "how"),
    [
        (SupervisorUnknown, MAJOR, {"by": "赵提交"}),
        (SupervisorUnknown, MAJOR, {"by": ""}),
        (ReasonNeeded, MAJOR, {"reason": " "}),
        (ReasonNeeded, MAJOR, {"document": ""}),
        (InstructNotAsked, {}, {}),
        (InstructNotAsked, WHOLE, {}),
    ],
)
def test_what_is_refused(sent, instructs, error, values, how) -> None:
    record = sent(**values)
    with pytest.raises(error):
        instructs(record, **how)


def test_who_submitted_it_may_not_instruct(store, send, decision, instance, instructs, monkeypatch) -> None:  # noqa: PLR0917
    monkeypatch.setattr(type(instance.roles.supervisors[0]), "name", "赵提交", raising=False)
    record = send(decision(1, **MAJOR)).entries[0].id
    with pytest.raises(SamePerson):
        instructs(record, by="赵提交")


def test_a_receipt_stands_for_those_of_it_that_nobody_verified(send, decision, store, instance, instructs) -> None:
    values = (MAJOR, {}, {**WHOLE, "legal_opinion": "变更"}, MAJOR)
    receipt = send(*(decision(number, **one) for number, one in enumerate(values, start=1)))
    ids = [entry.id for entry in receipt.entries]
    assert sorted(asked_of(store, instance, receipt.id)) == sorted([ids[0], ids[3]])
    assert [one.changed for one in instructs(*asked_of(store, instance, receipt.id))] == [True, True]
    assert asked_of(store, instance, ids[0]) == ()


@pytest.mark.article("L4", "L5")
@pytest.mark.parametrize("procedure", ["general", "summary"])
@pytest.mark.parametrize("by_number", [True, False], ids=["by the case's number", "by the decision's"])
def test_a_case_in_the_system_answers_for_its_decision(  # noqa: PLR0917
    sent, send, decision, store, clock, rebuild, by_number: bool, procedure: str
) -> None:
    made = decision(1)
    claimed: dict[str, Any] = {} if by_number else {"claimed_key": made.key, "claimed_at": "2026-02-27T09:00+08:00"}
    said = case_said(procedure=procedure)
    said |= {"key": case_key(made.department, "松试案〔2026〕1号"), "shown": {**said["shown"], **claimed}}
    write(store, clock, made.department, Operation.CASE, said)
    sent(**({"case_number": "松试案〔2026〕1号"} if by_number else {}), **{**WHOLE, "major_decision": None})
    assert standing(store) == (State.HELD, MISSING), "the sheet can not answer for a case in the system"
    discussed = {"event": "discuss", "at": "2026-02-26T09:00+08:00", "state": "discussed", "round": 1, "fields": {}}
    write(store, clock, made.department, Operation.LEGAL, discussed)
    given = {"round": 1, "number": "松试罚〔2026〕1号", "key": made.key, "decided_at": "2026-02-27T09:00+08:00"}
    given |= {"substance": substance_of_decision(made), "state": "decided"}
    write(store, clock, made.department, Operation.DECIDE, given)
    rebuild()
    assert standing(store) == (State.PUBLIC, ())


@pytest.mark.article("L4", "L13")
def test_a_review_after_the_decision_is_none(sent, decision, store, clock) -> None:
    """Decided as a small case, called a major one and reviewed on the same day: no review came before the decision."""
    made = decision(1)
    said = {**case_said(major=False), "key": case_key(made.department, "松试案〔2026〕1号")}
    given = {"round": 0, "number": "松试罚〔2026〕1号", "key": made.key, "decided_at": "2026-02-27T09:00+08:00"}
    given |= {"substance": substance_of_decision(made), "state": None}
    raised = {"act": "raise", "triggers": ["L4"], "reason": "x", "raised": ["L4"], "lowered": [], "major": True}
    discussed = {"event": "discuss", "at": "2026-02-27T10:00+08:00", "state": "discussed", "round": 1, "fields": {}}
    for operation, payload in (
        (Operation.CASE, said),
        (Operation.DECIDE, given),
        (Operation.MAJOR, raised),
        (Operation.LEGAL, discussed),
    ):
        write(store, clock, made.department, operation, payload)
    sent(case_number="松试案〔2026〕1号")
    assert standing(store) == (State.HELD, MISSING)


def write(store, clock, department: str, operation: Operation, payload: dict[str, Any]) -> None:
    with store.write():
        store.append([Draft("赵提交", department, "", "case", "c" * 16, operation, payload)], clock["now"])
