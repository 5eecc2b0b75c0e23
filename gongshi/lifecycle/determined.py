"""Records that steer the law: what departments determined to be public of their coercion, levies and charges (D16), and
what they filed as their catalogues of major decisions (catalogued.py), are rules beside those of the files.

With a determination the decisions of that kind come out, without it they wait.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from gongshi.instance import Instance
from gongshi.law.rule import Effect, Question, Rank, Rule, Source
from gongshi.law.rules import RuleSet
from gongshi.law.scope import Scope
from gongshi.lifecycle import catalogued
from gongshi.records.registry.determination import DETERMINATION, KINDS_OF_ACT
from gongshi.store import Store
from gongshi.store.in_force import Stretch, stretches

_SIGN = "determination:"
"""What the ids of these rules begin with; no rule in a file has a colon in its id."""
_ARTICLE = "《松原市行政执法公示办法》第十六条第二款"
_NOT_CHECKED = "0"
"""Nobody has looked for secrets in it, so it is not published, and what is not published determines nothing."""


def determined(store: Store, instance: Instance) -> Instance:
    """The instance with the rules that stand in the store as records; the same where there is none."""
    rules = (*_rules(store), *catalogued.list_rules(store))
    had = tuple(rule for rule in instance.rules.rules if rule.id.startswith((_SIGN, catalogued.SIGN)))
    if rules == had:
        return instance
    others = (rule for rule in instance.rules.rules if rule not in had)
    return replace(instance, rules=RuleSet((*others, *rules)))


def is_determined(rule: Rule) -> bool:
    """Whether a rule is a determination, and stands in no file of rules."""
    return rule.id.startswith(_SIGN)


def mark(store: Store) -> str:
    """A fingerprint of the determinations, empty without one: when it changes, decisions are to be judged again.
    Catalogues wake their department's decisions themselves (gongshi/store/changes.py)."""
    rules = tuple(_rules(store))
    return hashlib.sha256(repr(rules).encode()).hexdigest() if rules else ""


def _rules(store: Store) -> Iterator[Rule]:
    for stretch in stretches(store, DETERMINATION.name):
        if stretch.version.decision.values.get("secrecy_checked") != _NOT_CHECKED:
            yield _rule(stretch)


def _rule(stretch: Stretch) -> Rule:
    department, values = stretch.record.department, stretch.version.decision.values
    document = values.get("document") or ""
    return Rule(
        id=f"{_SIGN}{stretch.record.id}:{stretch.version.effective_from}",
        question=Question.DETERMINATION,
        effect=Effect.MUST,
        rank=Rank.POLICY,
        issuer=department,
        article=_ARTICLE,
        basis=values.get("basis") or f"本部门研究确定并公布（{document}）。",
        source=Source.VERIFIED,
        title=f"{values.get('act')}公开的内容",
        scope=Scope(kinds=frozenset({KINDS_OF_ACT[values.get("act") or ""]}), departments=frozenset({department})),
        value=values.get("content") or "",
        effective_from=stretch.version.effective_from,
        effective_to=stretch.until,
        decided_by=document,
    )
