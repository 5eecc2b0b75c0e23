"""Which decisions are major ones and need legal review (L3, 处罚法 58): computed by rules, or judged by persons.

What is concrete (a hearing, another law's word, the department's list) is computed and never lowered. What asks for
judgement (social effect, major interests, several legal relations, public interest, the department's own view) is
raised by hand, and lowered only by the legal body with a reason and approval.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import Question
from gongshi.law.rules import RuleSet

CONCRETE = frozenset({"L3-3", "L3-5", "list"})
JUDGED = frozenset({"L3-1", "L3-2", "L3-4", "S3.2", "L4"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """Why a decision is a major one: the code, and the rule that says so."""

    code: str
    rule_id: str
    article: str
    title: str


def triggers(facts: DecisionFacts, rules: RuleSet, on: date) -> tuple[Trigger, ...]:
    """The concrete triggers that fire for `facts` under the rules in force on `on`, in the order of the rules.

    Empty for summary procedure (处罚法 51 to 53) and before the measures were in force (L16): both by the rules' own
    scopes and dates.
    """
    types = frozenset(party.type for party in facts.parties)
    return tuple(
        Trigger(str(rule.value), rule.id, rule.article, rule.title)
        for rule in rules.concerning(Question.MAJOR, facts.kind, facts.department)
        if rule.value in CONCRETE
        and rule.enabled
        and rule.in_force(on)
        and rule.scope.matches(facts, types, frozenset())
    )


def needs_review(fired: Collection[str], raised: Collection[str], lowered: Collection[str]) -> bool:
    """Whether a case needs legal review: what ever fired stays; of what was raised, what was not lowered since."""
    return bool(CONCRETE & set(fired)) or bool(set(raised) - (set(lowered) & JUDGED))
