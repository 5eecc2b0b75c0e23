"""Which rule prevails: the six steps of DOMAIN.md, in their order.

1. Scope, channel and date match, and the rule is on.
2. A rule that yields by its own clause gives way to what it yields to, longer or shorter.
3. Without such a clause the higher rank prevails; of one issuer the special rule before the
   general one, then the newer before the older.
4. `must_not` beats `must` and `may` of equal or lower rank; a higher one lifts it only where the
   rule was entered and reviewed by two persons.
5. Among rules that can all be obeyed, the earliest date.
6. What can not be decided: the earliest date that is known, marked undecided, for the city to settle.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from gongshi.law.contest import (
    Considered,
    Contest,
    Dates,
    Resolution,
    choose,
    does_not_apply,
    heard,
    prevailing,
    still_heard,
)
from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import (
    PLATFORM,
    Effect,
    Event,
    LeadsTo,
    Question,
    Rank,
    Rule,
    Source,
    Unit,
)
from gongshi.law.scope import Scope, laws_cited

__all__ = [
    "Considered",
    "Dates",
    "Effect",
    "Event",
    "LeadsTo",
    "Question",
    "Rank",
    "Resolution",
    "Rule",
    "RuleSet",
    "Scope",
    "Source",
    "Unit",
]


_REMEMBERED = 20_000
"""How many answers a RuleSet keeps: decisions of one kind and department mostly ask the same thing."""
_T = TypeVar("_T")
_Asked = tuple[object, Question, str, str | None, frozenset[str]]
"""A class of facts, and what is asked of it: question, channel, type of party, grounds."""


def _once(remembered: dict[Hashable, _T], key: Hashable, make: Callable[[], _T]) -> _T:
    """What `make` gives, made once for each key."""
    found = remembered.get(key)
    if found is None:
        if len(remembered) >= _REMEMBERED:
            remembered.clear()
        found = remembered[key] = make()
    return found


@dataclass(frozen=True)
class RuleSet:
    """All rules of an instance, in the order of their files."""

    rules: tuple[Rule, ...] = ()
    _by_question: Mapping[Question, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)
    _by_id: Mapping[str, Rule] = field(init=False, repr=False, compare=False)
    _cited: frozenset[str] = field(init=False, repr=False, compare=False)
    _fines: tuple[Decimal, ...] = field(init=False, repr=False, compare=False)
    _classes: dict[Hashable, object] = field(init=False, repr=False, compare=False, default_factory=dict)
    _newest: list[tuple[DecisionFacts | None, object]] = field(
        init=False, repr=False, compare=False, default_factory=lambda: [(None, None)]
    )
    _concerning: dict[Hashable, tuple[Rule, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _contests: dict[Hashable, Contest] = field(init=False, repr=False, compare=False, default_factory=dict)
    _answers: dict[Hashable, Resolution] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        grouped: dict[Question, tuple[Rule, ...]] = {}
        for rule in self.rules:
            grouped[rule.question] = (*grouped.get(rule.question, ()), rule)
        object.__setattr__(self, "_by_question", grouped)
        object.__setattr__(self, "_by_id", {rule.id: rule for rule in self.rules})
        object.__setattr__(self, "_cited", frozenset().union(*(rule.scope.cites for rule in self.rules)))
        fines = {rule.scope.fine_at_most for rule in self.rules} - {None}
        object.__setattr__(self, "_fines", tuple(sorted(fines)))

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def get(self, rule_id: str) -> Rule | None:
        """The rule of that id, on or off."""
        return self._by_id.get(rule_id)

    def waiting(self) -> tuple[Rule, ...]:
        """The rules that are off until the city decides on them."""
        return tuple(rule for rule in self.rules if rule.waits)

    def asking(self, question: Question) -> tuple[Rule, ...]:
        """All rules on a question, on or off."""
        return self._by_question.get(question, ())

    def concerning(self, question: Question, kind: str, department: str) -> tuple[Rule, ...]:
        """The rules on a question, on or off, but for those that are for other kinds or departments: a city's lists
        name hundreds of items, and a decision asks of its own department's alone."""

        def found() -> tuple[Rule, ...]:
            return tuple(
                rule
                for rule in self.asking(question)
                if kind in (rule.scope.kinds or (kind,)) and department in (rule.scope.departments or (department,))
            )

        return _once(self._concerning, (question, kind, department), found)

    def resolve(
        self,
        question: Question,
        facts: DecisionFacts,
        on: date,
        channel: str = PLATFORM,
        *,
        party_type: str | None = None,
        grounds: frozenset[str] = frozenset(),
        dates: Dates | None = None,
    ) -> Resolution:
        """The rule that answers `question` for `facts`.

        A rule must be in force on `on`, or, where `dates` knows the day of its start event, on that
        day; `dates` also gives the day a rule leads to, for step 5, and names rules that have no say.
        `party_type` looks at one party alone, `grounds` are those of D18 that apply.
        """
        key = (self._class_of(facts), question, channel, party_type, grounds)
        if dates is not None:
            return self._decide(self._applying(key, facts), on, dates)
        return _once(self._answers, (key, on), lambda: self._decide(self._applying(key, facts), on, None))

    def _applying(self, key: _Asked, facts: DecisionFacts) -> Contest:
        """The rules whose scope and channel are those of a question."""
        _, question, channel, party_type, grounds = key

        def applies() -> Contest:
            types = frozenset({party_type}) if party_type is not None else _types(facts)
            contest = Contest(self.asking(question))
            return contest.drop(1, lambda rule: does_not_apply(rule, facts, channel, types, grounds))

        return _once(self._contests, key, applies)

    def _decide(self, contest: Contest, on: date, dates: Dates | None) -> Resolution:
        """What the steps after the first make of the rules that are heard."""
        standing = still_heard(contest, on, dates)
        # By id: hashing a whole rule costs more than the steps.
        ids = tuple(rule.id for rule in standing)
        prevailed = _once(self._contests, ids, lambda: prevailing(Contest(standing)))
        winner, step = choose(prevailed, dates)
        return Resolution(winner, step, prevailed.standing, partial(_fell, contest, on, dates, prevailed))

    def _class_of(self, facts: DecisionFacts) -> object:
        """What stands for the class of `facts`: no scope of these rules tells facts of one class apart.

        A dozen questions are asked of the same facts in a row, so the newest are kept.
        """
        newest, found = self._newest[0]
        if newest is not facts:
            found = self._classes.setdefault(self._asked_of(facts), object())
            self._newest[0] = facts, found
        return found

    def _asked_of(self, facts: DecisionFacts) -> tuple[Hashable, ...]:
        """All that a scope can look at in the facts, so that equal keys have equal answers."""
        return (
            facts.kind,
            facts.department,
            facts.sector,
            facts.outcome,
            facts.procedure,
            facts.severity,
            facts.penalty_classes,
            facts.social_effect,
            _types(facts),
            laws_cited(facts.legal_basis, self._cited),
            tuple(facts.fine is not None and facts.fine <= most for most in self._fines),
        )


def _fell(contest: Contest, on: date, dates: Dates | None, prevailed: Contest) -> tuple[Considered, ...]:
    """What fell at each step."""
    return (*heard(contest, on, dates).fallen, *prevailed.fallen)


def _types(facts: DecisionFacts) -> frozenset[str]:
    return frozenset(party.type for party in facts.parties)
