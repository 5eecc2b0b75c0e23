"""Penalties that were decided on the spot though no rule allows that (行政处罚法 51): only told, another law may."""

from __future__ import annotations

from collections.abc import Iterator

from gongshi.intake.checks.row_checks import Finding
from gongshi.law.review.attestation import SUMMARY_PROCEDURE
from gongshi.law.rules import RuleSet
from gongshi.law.summary import beyond
from gongshi.records.decision import Decision
from gongshi.records.department import Department
from gongshi.records.facts import decision_facts


def on_the_spot(decision: Decision, department: Department, rules: RuleSet) -> Iterator[Finding]:
    """What goes beyond the summary procedure."""
    if decision.values.get("procedure") == SUMMARY_PROCEDURE:
        facts = decision_facts(decision, department, earlier=False, first_published_on=None)
        if asked := beyond(facts, rules):
            yield Finding("W316", "procedure", {"article": asked[0].article})
