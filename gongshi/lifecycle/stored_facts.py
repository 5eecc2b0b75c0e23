"""From a decision in the store to the facts that the law looks at: one way for all who ask the law."""

from __future__ import annotations

from gongshi.law.facts import DecisionFacts
from gongshi.records.department import Department
from gongshi.records.facts import decision_facts
from gongshi.store import Approved, Pending


def facts_of(one: Approved | Pending, department: Department) -> DecisionFacts:
    """The facts of the version at hand, with when it was first public and what a reviewer chose for it."""
    return decision_facts(
        one.decision,
        department,
        earlier=one.earlier,
        first_published_on=one.first_published_on,
        choice=one.choice,
    )
