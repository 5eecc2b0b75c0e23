"""What departments determined and published of their coercion, levies and charges is a rule of law (D16): with it
their decisions of that kind come out, without it they wait.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from gongshi.instance import Instance
from gongshi.law.rule import Effect, Question, Rank, Rule, Source
from gongshi.law.rules import RuleSet
from gongshi.law.scope import Scope
from gongshi.records.registry.determination import DETERMINATION, KINDS_OF_ACT
from gongshi.store import Store
from gongshi.store.registered import Registered, StoredVersion, registered, registered_ids

_SIGN = "determination:"
"""What the ids of these rules begin with; no rule in a file has a colon in its id."""
_ARTICLE = "《松原市行政执法公示办法》第十六条第二款"
_NOT_CHECKED = "0"
"""Nobody has looked for secrets in it, so it is not published, and what is not published determines nothing."""
_DAY = timedelta(days=1)


def determined(store: Store, instance: Instance) -> Instance:
    """The instance with a rule for each determination that stands in the store; the same where there is none."""
    rules = tuple(_rules(store))
    had = tuple(rule for rule in instance.rules.rules if is_determined(rule))
    if rules == had:
        return instance
    others = (rule for rule in instance.rules.rules if not is_determined(rule))
    return replace(instance, rules=RuleSet((*others, *rules)))


def is_determined(rule: Rule) -> bool:
    """Whether a rule is one of these, and stands in no file of rules."""
    return rule.id.startswith(_SIGN)


def mark(store: Store) -> str:
    """A fingerprint of these rules, empty without one: when it changes, decisions are to be judged again."""
    rules = tuple(_rules(store))
    return hashlib.sha256(repr(rules).encode()).hexdigest() if rules else ""


def _rules(store: Store) -> Iterator[Rule]:
    for one in registered(store, registered_ids(store, DETERMINATION.name)):
        if not (one.suspended or one.ended or one.stays_down):
            yield from _of(one)


def _of(one: Registered) -> Iterator[Rule]:
    """One rule for each version that is in force at a time, up to the day before the next takes effect."""
    by_day = {version.effective_from: version for version in one.versions}
    in_order = [by_day[day] for day in sorted(by_day)]
    for place, version in enumerate(in_order):
        if version.decision.values.get("secrecy_checked") != _NOT_CHECKED:
            yield _rule(one, version, _last_day(version, in_order[place + 1 :]))


def _last_day(version: StoredVersion, later: Sequence[StoredVersion]) -> date | None:
    days = (version.effective_to, later[0].effective_from - _DAY if later else None)
    return min((day for day in days if day is not None), default=None)


def _rule(one: Registered, version: StoredVersion, until: date | None) -> Rule:
    values = version.decision.values
    document = values.get("document") or ""
    return Rule(
        id=f"{_SIGN}{one.id}:{version.effective_from}",
        question=Question.DETERMINATION,
        effect=Effect.MUST,
        rank=Rank.POLICY,
        issuer=one.department,
        article=_ARTICLE,
        basis=values.get("basis") or f"本部门研究确定并公布（{document}）。",
        source=Source.VERIFIED,
        title=f"{values.get('act')}公开的内容",
        scope=Scope(kinds=frozenset({KINDS_OF_ACT[values.get("act") or ""]}), departments=frozenset({one.department})),
        value=values.get("content") or "",
        effective_from=version.effective_from,
        effective_to=until,
        decided_by=document,
    )
