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
"""The fields that are looked at here; a row without them says nothing that could be wrong."""


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
    """Everything that does not fit; nothing for a decision whose department says nothing."""
    values = decision.values
    if any(values.get(name) for name in COLUMNS):
        decided = values[DECISION_KINDS[decision.kind].event] or ""
        yield from _days(values, decided)
        yield from _reviewer(values, department, law, decided)
        yield from _denied(decision, department, law)


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


def _denied(decision: Decision, department: Department, law: Law) -> Iterator[Finding]:
    facts = decision_facts(decision, department, earlier=False, first_published_on=None)
    fired = triggers(facts, law.rules, facts.event_on) if facts.major is False else ()
    for trigger in fired[:1]:
        yield Finding("W315", "major_decision", {"title": trigger.title, "article": trigger.article})
