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

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from gongshi.law.contest import (
    Considered,
    Contest,
    Dates,
    Resolution,
    does_not_apply,
    forbidden,
    less_special,
    not_in_force,
    older,
    outranked,
    yields,
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
from gongshi.law.scope import Scope

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


@dataclass(frozen=True)
class RuleSet:
    """All rules of an instance, in the order of their files."""

    rules: tuple[Rule, ...] = ()
    _by_question: Mapping[Question, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)
    _by_id: Mapping[str, Rule] = field(init=False, repr=False, compare=False)
    _citing: frozenset[Question] = field(init=False, repr=False, compare=False)
    _answers: dict[Hashable, Resolution] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        grouped: dict[Question, tuple[Rule, ...]] = {}
        for rule in self.rules:
            grouped[rule.question] = (*grouped.get(rule.question, ()), rule)
        object.__setattr__(self, "_by_question", grouped)
        object.__setattr__(self, "_by_id", {rule.id: rule for rule in self.rules})
        object.__setattr__(self, "_citing", frozenset(rule.question for rule in self.rules if rule.scope.cites))

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def get(self, rule_id: str) -> Rule | None:
        """The rule of that id, on or off."""
        return self._by_id.get(rule_id)

    def asking(self, question: Question) -> tuple[Rule, ...]:
        """All rules on a question, on or off."""
        return self._by_question.get(question, ())

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
        types = frozenset({party_type}) if party_type is not None else frozenset(p.type for p in facts.parties)
        key = (question, channel, on, types, grounds, dates, *self._asked_of(question, facts))
        answer = self._answers.get(key)
        if answer is None:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            answer = self._answers[key] = self._resolve(
                question, facts, on=on, channel=channel, types=types, grounds=grounds, dates=dates
            )
        return answer

    def _asked_of(self, question: Question, facts: DecisionFacts) -> tuple[Hashable, ...]:
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
            facts.legal_basis if question in self._citing else (),
        )

    def _resolve(
        self,
        question: Question,
        facts: DecisionFacts,
        *,
        on: date,
        channel: str,
        types: frozenset[str],
        grounds: frozenset[str],
        dates: Dates | None,
    ) -> Resolution:
        """The six steps, one line each."""
        contest = Contest(self.asking(question))
        contest.drop(1, lambda rule: does_not_apply(rule, facts, channel, types, grounds))
        contest.drop(1, lambda rule: not_in_force(rule, (dates.starts(rule) if dates else None) or on))
        contest.drop(1, lambda rule: dates.silences(rule) if dates else "")
        contest.drop_beaten(2, yields)
        for beats in (outranked, less_special, older):
            contest.drop_beaten(3, beats)
        contest.drop_beaten(4, forbidden)
        return contest.finish(dates)
