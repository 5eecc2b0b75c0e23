"""Which decisions are major ones and need legal review (L3, 处罚法 58): computed by rules, or judged by persons.

What is concrete (a hearing, another law's word, the department's list) is computed and never lowered. What asks for
judgement (social effect, major interests, several legal relations, public interest, the department's own view) is
raised by hand, and lowered only by the legal body with a reason and approval.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import Question
from gongshi.law.rules import RuleSet

CONCRETE = frozenset({"L3-3", "L3-5", "list"})
JUDGED: Mapping[str, str] = {
    "L3-1": "可能造成重大社会影响或者引发社会风险",
    "L3-2": "直接关系行政相对人或者他人重大权益",
    "L3-4": "案情疑难复杂，涉及多个法律关系",
    "S3.2": "涉及重大公共利益",
    "L4": "本部门认为需要审核的其他决定",
}
"""What a person has to judge, by the titles of its rules (data/reference/rules/major.yml), where its words stand."""
JUDGED_TOLD = "；".join(f"{code} {words}" for code, words in JUDGED.items())


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
    return bool(CONCRETE & set(fired)) or bool(set(raised) - (set(lowered) & JUDGED.keys()))
