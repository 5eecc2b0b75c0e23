"""What answers for the legal review of a major decision from outside, as a table (L3, L4, L10, L13, S3)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gongshi.instance import load
from gongshi.law.facts import DecisionFacts
from gongshi.law.review.attestation import (
    HOLDING,
    PUBLISH,
    REVOKE,
    Attested,
    CaseLink,
    ReviewStanding,
    needed,
    standing,
)

ROOT = Path(__file__).parents[3]
MARKET = "11220700MB99000134"
DECIDED = date(2026, 12, 10)
CLOSURE = DecisionFacts(
    kind="penalty", department=MARKET, event_on=DECIDED, procedure="普通程序", penalty_classes=("罚款", "责令停产停业")
)
FINE = replace(CLOSURE, penalty_classes=("罚款",))
WHOLE = Attested(reviewed_on=date(2026, 12, 3), reviewer=True, opinion="同意", discussed_on=date(2026, 12, 8))
MADE = CaseLink(needs=True, decided=True, meeting_on=date(2026, 12, 8))


@pytest.fixture(scope="module")
def rules():
    return load(ROOT).rules


@pytest.mark.article("L3")
@pytest.mark.parametrize(
    ("facts", "case", "needs"),
    [
        (FINE, None, False),
        (CLOSURE, None, True),
        (replace(CLOSURE, major=False), None, True),
        (replace(FINE, major=True), None, True),
        (replace(FINE, major=False), None, False),
        (replace(FINE, kind="licence", heard=True), None, True),
        (replace(CLOSURE, department="11220700MB99000142"), None, False),
        (replace(CLOSURE, procedure="简易程序"), None, False),
        (replace(CLOSURE, procedure="简易程序", major=True), None, False),
        (replace(FINE, major=True, event_on=date(2019, 12, 31)), None, False),
        (replace(FINE, major=True, event_on=date(2020, 1, 1)), None, True),
        (replace(CLOSURE, event_on=date(2026, 11, 30)), None, False),
        (FINE, CaseLink(needs=True), True),
        (FINE, CaseLink(needs=False), False),
        (CLOSURE, CaseLink(needs=False), True),
    ],
    ids=[
        "a fine",
        "on the department's list",
        "a tick of 否 lowers nothing",
        "the department says so",
        "the department says no",
        "heard",
        "on another department's list",
        "summary procedure",
        "summary procedure, whatever is ticked",
        "the day before the measures came into force",
        "the day on which they did",
        "before the list came into force",
        "its case was raised by hand",
        "its case needs none",
        "its case needs none and the decision is on the list",
    ],
)
def test_what_needs_a_review(rules, facts: DecisionFacts, case: CaseLink | None, needs: bool) -> None:
    assert needed(facts, rules, case) is needs


@pytest.mark.article("L4", "L10", "L13", "S3")
@pytest.mark.parametrize(
    ("expected", "given"),
    [
        ("unverified", {}),
        ("attested", {"attested": WHOLE}),
        ("attested", {"attested": replace(WHOLE, reviewed_on=DECIDED, discussed_on=DECIDED)}),
        ("unverified", {"attested": replace(WHOLE, reviewer=False)}),
        ("unverified", {"attested": replace(WHOLE, reviewed_on=None)}),
        ("unverified", {"attested": replace(WHOLE, discussed_on=None)}),
        ("unverified", {"attested": replace(WHOLE, opinion="")}),
        ("missing", {"attested": replace(WHOLE, opinion="变更")}),
        ("missing", {"attested": Attested(opinion="未经审核")}),
        ("missing", {"attested": replace(WHOLE, discussed_on=date(2026, 12, 2))}),
        ("missing", {"attested": replace(WHOLE, discussed_on=date(2026, 12, 11))}),
        ("missing", {"attested": Attested(reviewed_on=date(2026, 12, 11))}),
        ("passed", {"case": MADE}),
        ("missing", {"case": replace(MADE, decided=False)}),
        ("missing", {"case": replace(MADE, differs=("金额",))}),
        ("missing", {"case": replace(MADE, meeting_on=date(2026, 12, 11))}),
        ("missing", {"case": replace(MADE, decided=False), "attested": WHOLE}),
        ("attested", {"case": CaseLink(needs=False), "attested": WHOLE}),
        ("instructed", {"instruction": PUBLISH}),
        ("instructed", {"instruction": PUBLISH, "attested": Attested(opinion="未经审核")}),
        ("instructed", {"instruction": PUBLISH, "case": replace(MADE, decided=False)}),
        ("missing", {"instruction": REVOKE, "attested": WHOLE}),
        ("public_already", {"public_already": True}),
        ("attested", {"public_already": True, "attested": WHOLE}),
        ("passed", {"public_already": True, "case": MADE}),
        ("instructed", {"public_already": True, "instruction": PUBLISH}),
        ("public_already", {"public_already": True, "case": replace(MADE, differs=("事实",))}),
        ("public_already", {"public_already": True, "attested": Attested(opinion="未经审核"), "instruction": REVOKE}),
    ],
)
def test_what_answers_for_it(expected: str, given: dict) -> None:
    assert standing(CLOSURE, **given) == expected


def test_every_standing_has_words_and_two_hold() -> None:
    assert all(found.label for found in ReviewStanding)
    assert {found.value for found in HOLDING} == {"unverified", "missing"}
