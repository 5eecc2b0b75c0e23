"""By what columns a row plainly lies within the summary procedure (行政处罚法 51): the law is asked of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongshi.law.review.attestation import SUMMARY_PROCEDURE
from gongshi.law.rule import Rule
from gongshi.law.rules import RuleSet
from gongshi.law.scope import Scope
from gongshi.law.summary import on_the_spot_rules

PENALTY = "penalty"
Column = Sequence[str | None]
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Spot:
    """A rule that asks for type, classes and fine alone."""

    since: str
    until: str
    scope: Scope

    def allows(self, day: str, of_type: str, classes: frozenset[str], fine: str) -> bool:
        """Whether a row of one party is allowed by it."""
        scope, most = self.scope, self.scope.fine_at_most
        return (
            self.since <= day <= self.until
            and (not scope.party_types or of_type in scope.party_types)
            and (not scope.only_penalty_classes or _NONE < classes <= scope.only_penalty_classes)
            and (most is None or (bool(fine) and Decimal(fine) <= most))
        )


def spots(rules: RuleSet) -> tuple[Spot, ...]:
    """The rules by which a row is plainly allowed."""
    asked = (rule for rule in on_the_spot_rules(rules) if _is_plain(rule.scope))
    return tuple(map(_spot, asked))


def doubtful(given: Sequence[Spot], columns: tuple[Column, ...]) -> Iterator[int]:
    """The places of the rows that were decided on the spot and are not plainly allowed; `columns` are procedure, day,
    type, classes and fine."""
    known: dict[tuple[str, ...], bool] = {}
    for at, (procedure, *rest) in enumerate(zip(*columns, strict=True)):
        if procedure == SUMMARY_PROCEDURE:
            told = tuple(cell or "" for cell in rest)
            if told not in known:
                day, of_type, classes, fine = told
                known[told] = any(one.allows(day, of_type, frozenset(classes.split("、")), fine) for one in given)
            if not known[told]:
                yield at


def _is_plain(scope: Scope) -> bool:
    others = replace(scope, party_types=_NONE, only_penalty_classes=_NONE, fine_at_most=None)
    return others == Scope(kinds=frozenset({PENALTY}), procedures=frozenset({SUMMARY_PROCEDURE}))


def _spot(rule: Rule) -> Spot:
    since = rule.effective_from.isoformat() if rule.effective_from else ""
    return Spot(since, rule.effective_to.isoformat() if rule.effective_to else "9999", rule.scope)
