"""A review as people run it: from submission to the decision, and everybody who may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gongshi.instance import Instance
from gongshi.law.review.gate import Refusal
from gongshi.law.review.words import Event, State
from gongshi.lifecycle.cases.majors import answer_lower, propose_lower, raise_trigger
from gongshi.lifecycle.errors import LifecycleError
from gongshi.lifecycle.legal.acts import due_of
from gongshi.lifecycle.legal.course import course
from gongshi.lifecycle.legal.decide import decide
from gongshi.lifecycle.legal.errors import (
    DecisionRefused,
    NotYourStep,
    ReviewerUnqualified,
    ReviewStepRefused,
    TriggerFixed,
)
from gongshi.store import Store, verify
from gongshi.store.cases import case_row
from gongshi.store.operations import Operation
from tests.lifecycle.legal.casework import (
    CASE,
    HANDLER,
    HEAD,
    OTHER,
    POOL,
    PROBLEM,
    REVIEWER,
    begin,
    case_said,
    instance,
    line_said,
    take,
    write,
)

START = datetime.fromisoformat("2026-03-03T09:00+08:00")
NUMBER = "松市监罚〔2026〕1号"
AGREED = [(Event.SUBMIT, HANDLER), (Event.RECEIVE, REVIEWER), (Event.OPINE, REVIEWER)]
Go = Callable[..., None]


@pytest.fixture(scope="module")
def city() -> Instance:
    return instance()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data" / "store.db") as opened:
        yield opened


@pytest.fixture
def go(store: Store, city: Instance) -> Go:
    """Takes steps, a minute apart."""
    at = [START]

    def steps(*taken: tuple[Event, str] | tuple[Event, str, dict[str, str]]) -> None:
        for event, by, *more in taken:
            at[0] += timedelta(minutes=1)
            take(store, city, event, by, at[0], **(more[0] if more else {}))

    return steps


LATER = START + timedelta(hours=2)


@pytest.mark.article("L4", "L5", "L13", "L15")
def test_from_submission_to_decision(store: Store, city: Instance, go: Go) -> None:
    begin(store, START)
    go(*AGREED, (Event.DISCUSS, HEAD))
    made = decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER)
    row = case_row(store, CASE)
    assert row
    assert (row.review, row.decision_key) == (State.DECIDED, made.key)
    assert made.key.endswith("/penalty/松市监罚〔2026〕1")
    assert verify(store).ok
    with pytest.raises(DecisionRefused):
        decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER)


@pytest.mark.article("L4")
@pytest.mark.parametrize("steps", range(4))
def test_the_gate_is_closed_before_every_step_is_done(store: Store, city: Instance, go: Go, steps: int) -> None:
    begin(store, START)
    go(*AGREED[:steps])
    with pytest.raises(DecisionRefused, match=r"第(四|十三)条"):
        decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER)
    assert case_row(store, CASE).decided_seq == 0  # type: ignore[union-attr]


@pytest.mark.article("L3")
def test_what_needs_no_review_or_is_summary_is_decided_at_once(store: Store, city: Instance) -> None:
    begin(store, START, major=False)
    assert decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER).key


def test_a_draft_edited_after_the_meeting_is_not_what_was_reviewed(store: Store, city: Instance, go: Go) -> None:
    begin(store, START)
    go(*AGREED, (Event.DISCUSS, HEAD))
    write(store, START + timedelta(minutes=30), (Operation.CASE, case_said(fine="9000")))
    with pytest.raises(DecisionRefused, match="金额") as refused:
        decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER)
    assert [one.code for one in refused.value.refusals] == ["review_substance"]


WRONG = [
    ((Event.SUBMIT, REVIEWER), NotYourStep),
    ((Event.SUBMIT, HANDLER, {"materials": "1=有"}), ReviewStepRefused),
    ((Event.SUBMIT, HANDLER, {"statement": ""}), ReviewStepRefused),
    ((Event.RECEIVE, HANDLER), ReviewerUnqualified),
    ((Event.RECEIVE, "钱示闲"), ReviewerUnqualified),
    ((Event.RECEIVE, HEAD), ReviewerUnqualified),
    ((Event.OPINE, OTHER), ReviewStepRefused),
    ((Event.OPINE, REVIEWER, {"aspects": "1=ok"}), ReviewStepRefused),
    ((Event.OPINE, REVIEWER, {"aspects": PROBLEM}), ReviewStepRefused),
    ((Event.EXTEND, HANDLER), NotYourStep),
    ((Event.DISCUSS, HANDLER), NotYourStep),
    ((Event.DISCUSS, REVIEWER), NotYourStep),
    ((Event.REQUEST_MATERIALS, REVIEWER, {"until": "2026-03-01"}), ReviewStepRefused),
    ((Event.REQUEST_MATERIALS, REVIEWER, {"until": "明天"}), ReviewStepRefused),
]
BEFORE = {
    Event.SUBMIT: 0,
    Event.RECEIVE: 1,
    Event.OPINE: 2,
    Event.EXTEND: 2,
    Event.DISCUSS: 3,
    Event.REQUEST_MATERIALS: 2,
}


@pytest.mark.article("L2", "L6", "L7", "L8", "S3.1")
@pytest.mark.parametrize(("wrong", "error"), WRONG, ids=[f"{w[0][0]}-{w[0][1]}" for w in WRONG])
def test_who_and_what_is_refused(store: Store, go: Go, wrong: tuple[Event, str], error: type[LifecycleError]) -> None:
    begin(store, START)
    go(*AGREED[: BEFORE[wrong[0]]])
    with pytest.raises(error):
        go(wrong)


@pytest.mark.article("S3.1")
def test_whoever_stands_on_a_line_of_the_case_reviews_it_not(store: Store, go: Go) -> None:
    begin(store, START)
    write(store, START, (Operation.CASE_RECORD, line_said("8", "approval.start", approver=REVIEWER)))
    go((Event.SUBMIT, HANDLER))
    with pytest.raises(ReviewerUnqualified, match="第二条"):
        go((Event.RECEIVE, REVIEWER))
    go((Event.RECEIVE, POOL))


@pytest.mark.article("S3.1")
def test_each_refusal_names_its_article_and_whose_it_is(store: Store, go: Go) -> None:
    begin(store, START)
    go((Event.SUBMIT, HANDLER))
    with pytest.raises(ReviewerUnqualified, match=r"（责任分工方案一（三）1）"):
        go((Event.RECEIVE, "钱示闲"))
    told = str(DecisionRefused([Refusal("a", "责任分工方案一（三）1", "甲"), Refusal("b", "第四条", "乙")]))
    assert "甲（责任分工方案一（三）1）" in told
    assert "乙（重大行政执法决定法制审核办法第四条）" in told


@pytest.mark.article("L5")
def test_nothing_is_submitted_before_the_investigation_has_ended(store: Store, go: Go) -> None:
    begin(store, START, ended="")
    with pytest.raises(ReviewStepRefused, match="调查终结"):
        go((Event.SUBMIT, HANDLER))


@pytest.mark.article("L5", "L10")
def test_who_has_to_investigate_further_ends_the_investigation_anew(store: Store, go: Go) -> None:
    begin(store, START)
    found = {"opinion": "investigate", "aspects": PROBLEM}
    go(*AGREED[:2], (Event.OPINE, REVIEWER, found), (Event.ADOPT, HANDLER))
    write(store, START + timedelta(minutes=20), (Operation.CASE, case_said(fine="3000")))
    with pytest.raises(ReviewStepRefused, match="新的调查终结时间"):
        go((Event.SUBMIT, HANDLER))
    ended = "2026-03-03T09:05+08:00"
    write(store, START + timedelta(minutes=30), (Operation.CASE, case_said(fine="3000", ended=ended)))
    go((Event.SUBMIT, HANDLER))


@pytest.mark.article("L11")
def test_the_term_runs_from_submission_and_is_extended_before_it_ends(store: Store, city: Instance, go: Go) -> None:
    begin(store, START)
    go((Event.SUBMIT, HANDLER))
    row = case_row(store, CASE)
    assert row
    assert str(due_of(city, row)) == "2026-03-12"
    with pytest.raises(ReviewStepRefused, match="届满"):
        take(store, city, Event.EXTEND, HEAD, datetime.fromisoformat("2026-03-13T09:00+08:00"))
    go((Event.EXTEND, HEAD))
    row = case_row(store, CASE)
    assert row
    assert str(due_of(city, row)) == "2026-03-19"


@pytest.mark.article("L10", "L12", "S3.3")
def test_a_change_is_a_new_round_and_a_disagreement_goes_to_the_head(store: Store, city: Instance, go: Go) -> None:
    begin(store, START)
    change = {"opinion": "change", "aspects": PROBLEM}
    go(*AGREED[:2], (Event.OPINE, REVIEWER, change), (Event.OBJECT, HANDLER), (Event.CONSULT, REVIEWER))
    go((Event.REFER, HANDLER), (Event.RULE, HEAD, {"ruling": "comply"}))
    with pytest.raises(ReviewStepRefused, match="相同"):
        go((Event.SUBMIT, HANDLER))
    write(store, START + timedelta(minutes=20), (Operation.CASE, case_said(fine="3000")))
    go(*AGREED, (Event.DISCUSS, HEAD))
    assert decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER).key
    row = case_row(store, CASE)
    assert row
    assert row.round == 2
    assert [one.number for one in course(store, row).rounds] == [1, 2]


@pytest.mark.article("L3", "S3.2")
def test_what_is_judged_is_raised_and_lowered_by_two_what_is_computed_never(store: Store, city: Instance) -> None:
    begin(store, START, major=False)

    def act(function: Callable[..., object], *given: object, **said: object) -> object:
        return function(store, city, CASE, *given, reason="理由", now=LATER, **said)

    assert raise_trigger(store, city, CASE, "L3-1", by=HANDLER, reason="影响大", now=LATER).review == "prepared"
    with pytest.raises(DecisionRefused):
        decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER)
    for wrong, by in (("L3-3", REVIEWER), ("list", REVIEWER), ("L3-2", REVIEWER)):
        with pytest.raises(TriggerFixed):
            act(propose_lower, wrong, by=by)
    with pytest.raises(NotYourStep):
        act(propose_lower, "L3-1", by=HANDLER)
    act(propose_lower, "L3-1", by=REVIEWER)
    with pytest.raises(NotYourStep):
        act(answer_lower, approve=True, by=REVIEWER)
    act(answer_lower, approve=True, by=HEAD)
    row = case_row(store, CASE)
    assert row
    assert (row.major, row.lowered) == (False, frozenset({"L3-1"}))
    with pytest.raises(TriggerFixed):
        act(answer_lower, approve=True, by=HEAD)
    assert verify(store).ok
