"""To which decisions a rule applies, and which of two scopes is the narrower."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import lru_cache

from gongshi.law.facts import DecisionFacts

_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What must hold of a decision for a rule to apply; an empty set asks nothing.

    `penalty_classes` asks for one of them among others, `only_penalty_classes` that there is no
    other, `penalty_classes_except` that none of them is there. `cites` are words of laws in the legal
    basis, `grounds` those of D18 that were chosen or found. `outcomes_except` and `procedures_except`
    leave decisions out. `social_effect` asks for a decision that its department marked so,
    `fine_at_most` for one whose fine is known and not above so many yuan. `items` (codes), `fine_at_least`,
    `confiscated_at_least` and `heard` are asked by rules on major decisions alone (OF_MAJOR).
    """

    kinds: frozenset[str] = _NONE
    departments: frozenset[str] = _NONE
    sectors: frozenset[str] = _NONE
    party_types: frozenset[str] = _NONE
    penalty_classes: frozenset[str] = _NONE
    only_penalty_classes: frozenset[str] = _NONE
    penalty_classes_except: frozenset[str] = _NONE
    outcomes: frozenset[str] = _NONE
    outcomes_except: frozenset[str] = _NONE
    procedures: frozenset[str] = _NONE
    procedures_except: frozenset[str] = _NONE
    severities: frozenset[str] = _NONE
    cites: frozenset[str] = _NONE
    grounds: frozenset[str] = _NONE
    social_effect: bool | None = None
    fine_at_most: Decimal | None = None
    items: frozenset[str] = _NONE
    fine_at_least: Decimal | None = None
    confiscated_at_least: Decimal | None = None
    heard: bool | None = None

    def matches(self, facts: DecisionFacts, party_types: frozenset[str], grounds: frozenset[str]) -> bool:
        """Whether the rule applies to `facts`, looked at for parties of `party_types` and under `grounds`."""
        classes = frozenset(facts.penalty_classes)
        return (
            _within(facts.kind, self.kinds)
            and _within(facts.department, self.departments)
            and _within(facts.sector, self.sectors)
            and _within(facts.outcome, self.outcomes)
            and _within(facts.procedure, self.procedures)
            and _within(facts.severity, self.severities)
            and _meets(grounds, self.grounds)
            and _meets(party_types, self.party_types)
            and _meets(classes, self.penalty_classes)
            and (not self.only_penalty_classes or (bool(classes) and classes <= self.only_penalty_classes))
            and classes.isdisjoint(self.penalty_classes_except)
            and facts.outcome not in self.outcomes_except
            and facts.procedure not in self.procedures_except
            and (self.social_effect is None or facts.social_effect is self.social_effect)
            and (self.fine_at_most is None or (facts.fine is not None and facts.fine <= self.fine_at_most))
            and (not self.cites or bool(laws_cited(facts.legal_basis, self.cites)))
            and _within(facts.item, self.items)
            and _at_least(facts.fine, self.fine_at_least)
            and _at_least(facts.confiscated, self.confiscated_at_least)
            and (self.heard is None or facts.heard is self.heard)
        )

    def narrower_than(self, other: Scope) -> bool:
        """Whether every decision in this scope lies in `other`, and not the other way round."""
        return self._implies(other) and not other._implies(self)

    def meets(self, other: Scope) -> bool:
        """Whether a decision could lie in both scopes."""
        apart = any(_apart(getattr(self, name), getattr(other, name)) for name in _ONE_OF_A_KIND)
        return not (apart or _excludes(self, other) or _excludes(other, self) or _opposed(self, other))

    def _implies(self, other: Scope) -> bool:
        return all(_implied(item.name, getattr(self, item.name), getattr(other, item.name)) for item in fields(Scope))


OF_MAJOR = ("items", "fine_at_least", "confiscated_at_least", "heard")
"""What only a rule on major decisions may ask: answers to other questions are remembered by what those can ask."""
_ONE_OF_A_KIND = (
    "kinds",
    "departments",
    "sectors",
    "party_types",
    "only_penalty_classes",
    "outcomes",
    "procedures",
    "severities",
    "items",
)
"""Dimensions of which a decision, looked at for one party, has one value."""
_EXCLUSIONS = (
    ("outcomes", "outcomes_except"),
    ("procedures", "procedures_except"),
    ("penalty_classes", "penalty_classes_except"),
    ("only_penalty_classes", "penalty_classes_except"),
)


def _apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _excludes(one: Scope, other: Scope) -> bool:
    """Whether all that the one asks for is what the other leaves out."""
    pairs = ((getattr(one, asked), getattr(other, left_out)) for asked, left_out in _EXCLUSIONS)
    return any(asked and asked <= left_out for asked, left_out in pairs)


def _opposed(one: Scope, other: Scope) -> bool:
    return None not in (one.social_effect, other.social_effect) and one.social_effect is not other.social_effect


def _within(value: str, allowed: frozenset[str]) -> bool:
    return not allowed or value in allowed


def _at_least(amount: Decimal | None, least: Decimal | None) -> bool:
    return least is None or (amount is not None and amount >= least)


def _meets(values: frozenset[str], allowed: frozenset[str]) -> bool:
    return not allowed or not allowed.isdisjoint(values)


@lru_cache(maxsize=4096)
def laws_cited(legal_basis: tuple[str, ...], laws: frozenset[str]) -> frozenset[str]:
    """Those of `laws` that the legal basis names, however it is spaced or written in width."""
    if not laws:
        return laws
    texts = [_BLANK.sub("", unicodedata.normalize("NFKC", text)) for text in legal_basis]
    return frozenset(law for law in laws if any(law in text for text in texts))


def _implied(name: str, mine: object, theirs: object) -> bool:
    """Whether one dimension of a scope asks at least as much as another's."""
    if isinstance(theirs, Decimal):
        if name.endswith("_at_least"):
            return isinstance(mine, Decimal) and mine >= theirs
        return isinstance(mine, Decimal) and mine <= theirs
    if not isinstance(theirs, frozenset) or not isinstance(mine, frozenset):
        return theirs is None or mine is theirs
    if name.endswith("_except"):
        return mine >= theirs
    return not theirs or (bool(mine) and mine <= theirs)
