"""What a department filed as its catalogue of major decisions is a rule of law (L3, S3.2): its `list`, beside the lists
that stand in data/reference/rules/review_lists.yml.

An entry is one where it says by what a decision is told: a class of penalty, a code of an item, an amount. What only a
person can judge (案情疑难复杂) is raised by hand. A version is law from its first day in force to the day before the
next takes effect; what was suspended, ended or erased is none. It is asked of decisions by their own day, so that no
day wakes a decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongshi.law.review.attestation import SUMMARY_PROCEDURE
from gongshi.law.rule import Effect, Question, Rank, Rule, Source
from gongshi.law.scope import Scope
from gongshi.records.decision import Values
from gongshi.records.registry.review import CRITERIA, KINDS_OF_ACT, REVIEW_CATALOGUE
from gongshi.store import Store
from gongshi.store.in_force import Stretch, stretches

SIGN = "review_catalogue:"
"""What the ids of these rules begin with; no rule in a file has a colon in its id."""


def list_rules(store: Store) -> Iterator[Rule]:
    """A rule for each version of each entry that says by what a decision is told."""
    for stretch in stretches(store, REVIEW_CATALOGUE.name):
        values = stretch.version.decision.values
        if values.get("act") in KINDS_OF_ACT and any(values.get(name) for name in CRITERIA):
            yield _rule(stretch, values)


def _rule(stretch: Stretch, values: Values) -> Rule:
    name = values.get("name") or ""
    return Rule(
        id=f"{SIGN}{stretch.record.id}:{stretch.version.effective_from}",
        question=Question.MAJOR,
        effect=Effect.MUST,
        rank=Rank.POLICY,
        issuer=stretch.record.department,
        article=f"本部门《{REVIEW_CATALOGUE.label}》“{name}”",
        basis=values.get("matter") or "",
        source=Source.VERIFIED,
        title=name,
        scope=_scope(stretch.record.department, values),
        value="list",
        effective_from=stretch.version.effective_from,
        effective_to=stretch.until,
    )


def _scope(department: str, values: Values) -> Scope:
    return Scope(
        kinds=frozenset({KINDS_OF_ACT[values.get("act") or ""]}),
        departments=frozenset({department}),
        party_types=_words(values, "party_types"),
        penalty_classes=_words(values, "penalty_classes"),
        items=_words(values, "items"),
        fine_at_least=_amount(values, "fine_at_least"),
        confiscated_at_least=_amount(values, "confiscated_at_least"),
        procedures_except=frozenset({SUMMARY_PROCEDURE}),
    )


def _words(values: Values, name: str) -> frozenset[str]:
    return frozenset(filter(None, (values.get(name) or "").split("、")))


def _amount(values: Values, name: str) -> Decimal | None:
    text = values.get(name)
    return Decimal(text) if text else None
