"""From a decision in the store to the facts that the law looks at: one way for all who ask the law."""

from __future__ import annotations

from dataclasses import replace

from gongshi.law.facts import DecisionFacts
from gongshi.law.rules import RuleSet
from gongshi.lifecycle.released import review_of
from gongshi.records import DECISION_KINDS
from gongshi.records.department import Department
from gongshi.records.facts import decision_facts
from gongshi.store import Approved, Pending, Store


def facts_of(one: Approved | Pending, department: Department, store: Store, rules: RuleSet) -> DecisionFacts:
    """The facts of the version at hand, with when it was first public, what a reviewer chose for it, and what answers
    for its legal review where `rules` or its case ask for one."""
    facts = decision_facts(
        one.decision,
        department,
        earlier=one.earlier,
        first_published_on=one.first_published_on,
        choice=one.choice,
    )
    if one.decision.kind in DECISION_KINDS and (review := review_of(store, one, facts, rules)):
        return replace(facts, review=review)
    return facts
