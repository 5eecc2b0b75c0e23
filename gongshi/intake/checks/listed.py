"""By what a row is known that may stand on its department's list of major decisions (L3): told from its columns alone,
so that the law is asked of no other row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from gongshi.law.review.major import CONCRETE
from gongshi.law.rule import Question, Rule
from gongshi.law.rules import RuleSet
from gongshi.law.scope import Scope
from gongshi.records import DECISION_KINDS

Column = Sequence[str | None]
_WORDS = {"penalty_class": "penalty_classes", "item_code": "items"}
_AMOUNTS = {"fine": "fine_at_least", "confiscated": "confiscated_at_least"}
"""The columns that a list can ask for, and what its scope calls them."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One rule: the first and the last day of decisions that it is about (ISO), and what it asks of columns."""

    since: str
    until: str
    words: tuple[tuple[str, frozenset[str]], ...]
    amounts: tuple[tuple[str, Decimal], ...]

    def rows(self, days: Column, column: Callable[[str], Column]) -> Iterator[int]:
        """The places of the rows that it may be about."""
        found = {at for at, day in enumerate(days) if day and self.since <= day <= self.until}
        for name, asked in self.words:
            found = _with(found, column(name), partial(_names, asked))
        for name, least in self.amounts:
            found = _with(found, column(name), partial(_reaches, least))
        return iter(found)


def _names(asked: frozenset[str], text: str) -> bool:
    return not asked.isdisjoint(text.split("、"))


def _reaches(least: Decimal, text: str) -> bool:
    return Decimal(text) >= least


def _with(found: set[int], column: Column, fits: Callable[[str], bool]) -> set[int]:
    """Those of which the column fits; asked once of each text."""
    if not found:
        return found
    fitting = {text for text in set(column) if text and fits(text)}
    return {at for at in found if column[at] in fitting} if fitting else set()


def signs(rules: RuleSet, department: str) -> dict[str, tuple[Sign, ...]]:
    """Those of a department by kind of decision; a hearing is not told by any column."""
    return {
        kind: tuple(
            _sign(rule)
            for rule in rules.concerning(Question.MAJOR, kind, department)
            if rule.value in CONCRETE and rule.enabled and not rule.scope.heard
        )
        for kind in DECISION_KINDS
    }


def _sign(rule: Rule) -> Sign:
    return Sign(
        since=rule.effective_from.isoformat() if rule.effective_from else "",
        until=rule.effective_to.isoformat() if rule.effective_to else "9999",
        words=tuple((name, asked) for name, of in _WORDS.items() if (asked := _asked(rule.scope, of))),
        amounts=tuple((name, least) for name, of in _AMOUNTS.items() if (least := getattr(rule.scope, of)) is not None),
    )


def _asked(scope: Scope, name: str) -> frozenset[str]:
    found: frozenset[str] = getattr(scope, name)
    return found
