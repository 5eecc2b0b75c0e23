"""What a department says of the legal review of a major decision, against its days, its list and the register (L3, L10,
L13, S3.1). Only told: a decision that was made without review is taken in, and waits (attestation.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from gongshi.intake.checks.row_checks import Finding
from gongshi.law.review.major import triggers
from gongshi.law.review.reviewers import Person, faults
from gongshi.law.rules import RuleSet
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision, Values
from gongshi.records.department import Department
from gongshi.records.facts import decision_facts
from gongshi.records.roles import Roles

COLUMNS = ("major_decision", "legal_reviewed_on", "legal_reviewer", "discussed_on")
"""The fields of which what is said is looked at."""
_NO = "0"
_ATTESTING = ("legal_reviewed_on", "legal_reviewer", "legal_opinion", "discussed_on", "case_number")
"""One of these says something of a legal review, or where one is found."""


class Law(Protocol):
    """What it is held against, of an instance."""

    @property
    def rules(self) -> RuleSet:
        """The rules in force."""
        ...

    @property
    def roles(self) -> Roles:
        """Who is registered to review."""
        ...


def legal_review(decision: Decision, department: Department, law: Law) -> Iterator[Finding]:
    """Everything that does not fit, and what the list asks for and nobody speaks of."""
    values = decision.values
    if any(values.get(name) for name in COLUMNS):
        decided = values[DECISION_KINDS[decision.kind].event] or ""
        yield from _days(values, decided)
        yield from _reviewer(values, department, law, decided)
    yield from _listed(decision, department, law)


def _days(values: Values, decided: str) -> Iterator[Finding]:
    reviewed, discussed = values.get("legal_reviewed_on"), values.get("discussed_on")
    if reviewed and reviewed > decided:
        yield Finding("W312", "legal_reviewed_on", {"value": reviewed, "decided": decided})
    if discussed and not (reviewed or "") <= discussed <= decided:
        yield Finding("W313", "discussed_on", {"value": discussed})


def _reviewer(values: Values, department: Department, law: Law, decided: str) -> Iterator[Finding]:
    """Registered on the day of the opinion, or of the decision where that is not said."""
    name, on = values.get("legal_reviewer"), values.get("legal_reviewed_on") or decided
    if name and faults(law.roles.reviewers, Person(name), department.key, (), date.fromisoformat(on)):
        yield Finding("W314", "legal_reviewer", {"value": name, "on": on})


def _listed(decision: Decision, department: Department, law: Law) -> Iterator[Finding]:
    """A major decision that its department calls none, or of whose review it says nothing: so it will wait (L4)."""
    values = decision.values
    denied = values.get("major_decision") == _NO
    if not denied and any(values.get(name) for name in _ATTESTING):
        return
    facts = decision_facts(decision, department, earlier=False, first_published_on=None)
    for trigger in triggers(facts, law.rules, facts.event_on)[:1]:
        code = "W315" if denied else "W317"
        yield Finding(code, "major_decision", {"title": trigger.title, "article": trigger.article})
