"""What a rule that waits for the city would change today: how many public decisions go, how many go sooner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongshi.instance import Instance
from gongshi.law.facts import DecisionFacts
from gongshi.law.publishability import Standing, Verdict, judge
from gongshi.law.rule import Rule
from gongshi.law.rules import RuleSet
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.stored_facts import facts_of
from gongshi.store import Store, approved


@dataclass(frozen=True, slots=True)
class Impact:
    """Of the decisions that are public as of today: `gone` would come down at once, `sooner` earlier than now."""

    gone: int
    sooner: int


def impact(store: Store, instance: Instance, rules: Sequence[Rule], today: date) -> Mapping[str, Impact]:
    """What turning on each of `rules` by itself would do, by the rule's id; none where it asks for an amount first."""
    instance = determined(store, instance)
    public = list(_public(store, instance, today))
    return {
        rule.id: _of(_with(instance.rules, rule, today), rule, public, instance, today)
        for rule in rules
        if not (rule.asks == "fine_at_most" and rule.scope.fine_at_most is None)
    }


_Public = tuple[DecisionFacts, Verdict]


def _public(store: Store, instance: Instance, today: date) -> Iterator[_Public]:
    """The decisions that are public, with what the law says of them now."""
    for one in approved(store):
        department = instance.departments.get(one.decision.department)
        if department is None or one.stopped or one.first_published_on is None:
            continue
        facts = facts_of(one, department, store, instance.rules)
        verdict = judge(facts, instance.rules, instance.calendar, today, instance.city)
        if verdict.standing is Standing.PUBLISH:
            yield facts, verdict


def _with(rules: RuleSet, rule: Rule, today: date) -> RuleSet:
    on = replace(rule, enabled=True, decided_by="—", decided_on=today)
    return RuleSet(tuple(on if other.id == rule.id else other for other in rules))


def _of(rules: RuleSet, rule: Rule, public: Iterable[_Public], instance: Instance, today: date) -> Impact:
    gone = sooner = 0
    for facts, before in public:
        types = frozenset(party.type for party in facts.parties)
        if not rule.scope.matches(facts, types, frozenset()):
            continue
        after = judge(facts, rules, instance.calendar, today, instance.city)
        gone += after.standing is not Standing.PUBLISH
        sooner += after.standing is Standing.PUBLISH and _last(after) < _last(before)
    return Impact(gone, sooner)


def _last(verdict: Verdict) -> date:
    return (verdict.until.on if verdict.until else None) or date.max
