"""The gate: a case that may be decided, then each of its conditions broken alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gongshi.instance import load
from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts
from gongshi.law.review.checklists import unanswered
from gongshi.law.review.flow import Review, Round
from gongshi.law.review.gate import DecideFacts, refusals
from gongshi.law.review.reviewers import Fault, Person, Reviewer, faults
from gongshi.law.review.term import review_due
from gongshi.law.review.words import Opinion, Outcome, State

ROOT = Path(__file__).parents[3]
DAY = "2026-03-0{}T{}+08:00".format
ROUND = Round(
    number=1,
    submitted_at=DAY(3, "09:00"),
    handler="张示一",
    substance="甲",
    reviewer="郑示法",
    opinion=Opinion.AGREE,
    opinion_at=DAY(4, "10:00"),
    outcome=Outcome.PASS,
    discussed_at=DAY(4, "10:00"),
)
RIGHT = DecideFacts(
    needs=True,
    review=Review(state=State.DISCUSSED, rounds=(ROUND,), at=DAY(4, "10:00"), substance="甲"),
    investigation_ended_at=DAY(2, "17:00"),
    decided_at=DAY(4, "10:00"),
    now=DAY(5, "09:00"),
)


def with_round(**changes: object) -> DecideFacts:
    changed = replace(ROUND, **changes)  # type: ignore[arg-type]
    return replace(RIGHT, review=replace(RIGHT.review, rounds=(changed,)))


@pytest.mark.article("L4", "L13")
def test_a_case_with_everything_in_order_may_be_decided_on_the_day_of_the_meeting() -> None:
    assert refusals(RIGHT) == ()


BROKEN = [
    (replace(RIGHT, review=Review(state=State.PREPARED)), "review_missing", "第四条"),
    (with_round(opinion=Opinion.CHANGE), "review_not_passed", "第四条"),
    (with_round(opinion=None, opinion_at=""), "review_not_passed", "第四条"),
    (replace(RIGHT, review=replace(RIGHT.review, state=State.PREPARED)), "review_open", "第四条"),
    (replace(RIGHT, review=replace(RIGHT.review, state=State.REFERRED)), "review_open", "第四条"),
    (replace(RIGHT, investigation_ended_at=""), "review_before_end", "第五条"),
    (replace(RIGHT, investigation_ended_at=DAY(3, "09:01")), "review_before_end", "第五条"),
    (with_round(outcome=None, discussed_at=""), "meeting_missing", "第十三条"),
    (with_round(outcome=Outcome.CHANGE), "meeting_not_passed", "第十三条"),
    (with_round(discussed_at=DAY(4, "09:59")), "meeting_too_early", "第十三条"),
    (replace(RIGHT, decided_at=DAY(4, "09:59")), "decided_too_early", "第十三条"),
    (replace(RIGHT, decided_at=DAY(6, "09:00")), "decided_in_future", "第十三条"),
    (replace(RIGHT, differs=("当事人", "金额")), "review_substance", "第五条"),
    (replace(RIGHT, already=True), "already_decided", "第十三条"),
    (replace(RIGHT, in_order=False), "review_order", "第五条"),
    (replace(RIGHT, reviewer_faults=(Fault("took_part", "第二条", "x"),)), "took_part", "第二条"),
]


@pytest.mark.article("L2", "L4", "L5", "L13", "S3")
@pytest.mark.parametrize(("facts", "code", "article"), BROKEN, ids=lambda v: v if isinstance(v, str) else "")
def test_each_condition_alone_refuses_with_its_article(facts: DecideFacts, code: str, article: str) -> None:
    found = refusals(facts)
    assert [(one.code, one.article) for one in found] == [(code, article)]
    assert found[0].message


def test_everything_that_is_wrong_is_said_at_once() -> None:
    facts = replace(with_round(opinion=None, outcome=None, discussed_at=""), investigation_ended_at="")
    codes = {one.code for one in refusals(facts)}
    assert codes == {"review_not_passed", "review_before_end", "meeting_missing"}


def test_what_needs_no_review_passes() -> None:
    facts = replace(RIGHT, review=Review(), needs=False)
    assert refusals(facts) == ()
    assert [one.code for one in refusals(replace(facts, decided_at=DAY(6, "09:00")))] == ["decided_in_future"]


D, OTHER = "11220700MB99000134", "11220700MB99000999"
REVIEWER = Reviewer(
    name="郑示法",
    certificate="吉A示例001",
    departments=frozenset({D}),
    since=date(2024, 1, 1),
    until=date(2026, 12, 31),
    confirmed_by="松原市司法局（示例）",
    filed_on=date(2024, 1, 15),
)
ON = date(2026, 3, 4)


@pytest.mark.article("S3.1", "L2")
@pytest.mark.parametrize(
    ("reviewer", "who", "participants", "codes"),
    [
        (REVIEWER, Person("郑示法"), (), []),
        (REVIEWER, Person("郑示法"), (Person("张示一"),), []),
        (REVIEWER, Person("郑 示法"), (Person("郑示法"),), ["took_part"]),
        (REVIEWER, Person("郑示法", "吉A示例001"), (Person("张示一", "吉Ａ示例００１"),), ["took_part"]),
        (REVIEWER, Person("何示他"), (), ["reviewer_unqualified"]),
        (replace(REVIEWER, departments=frozenset({OTHER})), Person("郑示法"), (), ["reviewer_unqualified"]),
        (replace(REVIEWER, until=date(2026, 3, 3)), Person("郑示法"), (), ["reviewer_unqualified"]),
        (replace(REVIEWER, since=date(2026, 3, 5)), Person("郑示法"), (), ["reviewer_unqualified"]),
        (replace(REVIEWER, confirmed_by=""), Person("郑示法"), (), ["reviewer_unqualified"]),
        (replace(REVIEWER, filed_on=None), Person("郑示法"), (), ["reviewer_unqualified"]),
        (replace(REVIEWER, filed_on=date(2026, 3, 5)), Person("郑示法"), (), ["reviewer_unqualified"]),
        (REVIEWER, Person("何示他"), (Person("何示他"),), ["reviewer_unqualified", "took_part"]),
    ],
)
def test_who_may_review(reviewer: Reviewer, who: Person, participants: tuple[Person, ...], codes: list[str]) -> None:
    assert [fault.code for fault in faults([reviewer], who, D, participants, ON)] == codes


@pytest.mark.article("L11")
@pytest.mark.parametrize(
    ("received", "extended", "due"),
    [
        (date(2026, 3, 2), False, date(2026, 3, 11)),
        (date(2026, 3, 2), True, date(2026, 3, 18)),
        (date(2026, 9, 25), False, date(2026, 10, 12)),
    ],
    ids=["seven working days", "twelve in all", "over the National Day holiday, with a Saturday that is worked"],
)
def test_the_term_of_a_review(received: date, extended: bool, due: date) -> None:
    facts = DecisionFacts(kind="penalty", department=D, event_on=received)
    found = review_due(facts, received, extended, load(ROOT).rules, Calendar())
    assert found.on == due
    assert found.rule_id == ("L11-extension" if extended else "L11-review")


WHOLE = {str(n): "有" for n in range(1, 7)}
LINES = {"investigation_report", "proposal", "draft", "hearing_record"}


@pytest.mark.article("L6", "L7", "L8")
@pytest.mark.parametrize(
    ("id", "answers", "happened", "lines", "faults_"),
    [
        ("materials", WHOLE, set(), LINES, 0),
        ("materials", WHOLE | {"5": "na:没有听证", "6": "na:没有"}, set(), LINES, 0),
        ("materials", WHOLE | {"5": "na:没有听证"}, {"heard"}, LINES, 1),
        ("materials", WHOLE | {"5": "na:没有鉴定"}, {"appraised"}, LINES, 1),
        ("materials", WHOLE, {"heard", "assessed"}, LINES, 1),
        ("materials", WHOLE, {"heard", "assessed"}, LINES | {"assessment"}, 0),
        ("materials", WHOLE | {"1": "na:没有"}, set(), LINES, 1),
        ("materials", WHOLE, {"heard"}, LINES - {"draft"}, 1),
        ("materials", {}, set(), LINES, 6),
        ("statement", WHOLE | {"5": "na:无"}, set(), None, 0),
        ("statement", WHOLE | {"3": " "}, set(), None, 1),
        ("aspects", WHOLE | {"7": "无问题", "8": "na:无"}, set(), None, 0),
        ("aspects", WHOLE, set(), None, 2),
    ],
)
def test_the_checklists(
    id: str, answers: dict[str, str], happened: set[str], lines: set[str] | None, faults_: int
) -> None:
    found = unanswered(load(ROOT).checklists[id], answers, happened, lines)
    assert len(found) == faults_
