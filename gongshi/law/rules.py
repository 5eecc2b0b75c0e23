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

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

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

_DateOf = Callable[[Rule], date | None]


@dataclass(frozen=True, slots=True)
class Considered:
    """One rule that was looked at: the step at which it fell and why; step 0 where it did not fall."""

    rule: Rule
    step: int
    because: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome: the rule that won, by which step, what else stands beside it, and all that was looked at."""

    winner: Rule | None
    step: int
    standing: tuple[Rule, ...]
    considered: tuple[Considered, ...]

    @property
    def undecided(self) -> bool:
        """Whether the city has to settle it (step 6)."""
        return self.step == _UNDECIDABLE


_UNDECIDABLE = 6


@dataclass(frozen=True)
class RuleSet:
    """All rules of an instance, in the order of their files."""

    rules: tuple[Rule, ...] = ()
    _by_question: Mapping[Question, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)
    _by_id: Mapping[str, Rule] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        grouped: dict[Question, tuple[Rule, ...]] = {}
        for rule in self.rules:
            grouped[rule.question] = (*grouped.get(rule.question, ()), rule)
        object.__setattr__(self, "_by_question", grouped)
        object.__setattr__(self, "_by_id", {rule.id: rule for rule in self.rules})

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
        starts: _DateOf | None = None,
        ends: _DateOf | None = None,
        leave_out: Callable[[Rule], bool] | None = None,
    ) -> Resolution:
        """The rule that answers `question` for `facts`.

        A rule must be in force on `on`, or, where `starts` gives its start event a day, on that
        day. `ends` gives the day that a rule leads to, for step 5. `party_type` looks at one party
        alone, `grounds` are those of D18 that apply. `leave_out` names rules that have no say here.
        """
        types = frozenset({party_type}) if party_type is not None else frozenset(p.type for p in facts.parties)
        contest = _Contest(self.asking(question))
        contest.drop(1, lambda rule: _does_not_apply(rule, facts, channel, types, grounds))
        contest.drop(1, lambda rule: _not_in_force(rule, (starts(rule) if starts else None) or on))
        contest.drop(1, lambda rule: "不适用于这一环节" if leave_out and leave_out(rule) else "")
        contest.drop_beaten(2, _yields)
        for beats in (_outranked, _less_special, _older):
            contest.drop_beaten(3, beats)
        contest.drop_beaten(4, _forbidden)
        return contest.finish(ends)


class _Contest:
    """The rules still standing, and why the others fell."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._standing = list(self._rules)
        self._fallen: dict[str, Considered] = {}
        self._step = 1

    def drop(self, step: int, why: Callable[[Rule], str]) -> None:
        """Let those rules fall for which `why` gives a reason."""
        reasons = {rule.id: because for rule in self._standing if (because := why(rule))}
        self._fall(step, reasons)

    def drop_beaten(self, step: int, why: Callable[[Rule, Rule], str]) -> None:
        """Let those rules fall that another standing rule beats; rules that beat each other in a circle stay."""
        if len(self._standing) < 2:  # noqa: PLR2004 - it takes two
            return
        pairs = ((rule, why(rule, rival)) for rule in self._standing for rival in self._standing if rival is not rule)
        reasons = {rule.id: because for rule, because in pairs if because}
        if len(reasons) < len(self._standing):
            self._fall(step, reasons)

    def _fall(self, step: int, reasons: Mapping[str, str]) -> None:
        if reasons:
            fallen = (Considered(rule, step, reasons[rule.id]) for rule in self._standing if rule.id in reasons)
            self._fallen.update((considered.rule.id, considered) for considered in fallen)
            self._standing = [rule for rule in self._standing if rule.id not in reasons]
            self._step = step

    def finish(self, ends: _DateOf | None) -> Resolution:
        """Choose among the rules that can all be obeyed (steps 5 and 6)."""
        winner, step = self._choose(ends)
        considered = (self._fallen.get(rule.id) or Considered(rule, 0, "") for rule in self._rules)
        return Resolution(winner, step, tuple(self._standing), tuple(considered))

    def _choose(self, ends: _DateOf | None) -> tuple[Rule | None, int]:
        if len(self._standing) <= 1:
            return next(iter(self._standing), None), self._step
        first, *others = sorted(self._standing, key=lambda rule: -rule.rank)
        if all(other.value == first.value and other.unit == first.unit for other in others) and not ends:
            return first, 5
        sizes = {rule.id: _size(rule, first, ends) for rule in self._standing}
        known = [rule for rule in self._standing if sizes[rule.id] is not None]
        if not known:
            return first, _UNDECIDABLE
        earliest = min(known, key=lambda rule: (sizes[rule.id], -rule.rank))
        return earliest, 5 if len(known) == len(self._standing) else _UNDECIDABLE


def _size(rule: Rule, first: Rule, ends: _DateOf | None) -> int | None:
    """What step 5 compares: the day the rule leads to, or its length where all are of one measure."""
    if ends:
        day = ends(rule)
        return day.toordinal() if day else None
    comparable = (rule.unit, rule.counted_from) == (first.unit, first.counted_from)
    return rule.value if comparable and rule.unit and isinstance(rule.value, int) else None


def _does_not_apply(
    rule: Rule, facts: DecisionFacts, channel: str, types: frozenset[str], grounds: frozenset[str]
) -> str:
    if not rule.enabled:
        return f"未启用：{rule.turned_on_by}"
    if not rule.on_channel(channel):
        return "只适用于其他公示渠道"
    return "" if rule.scope.matches(facts, types, grounds) else "不在适用范围内"


def _not_in_force(rule: Rule, day: date) -> str:
    return "" if rule.in_force(day) else f"{day.isoformat()} 不在施行期间"


def _same_way(one: Rule, other: Rule) -> bool:
    """Whether both demand the same sort of thing, so that only their extent differs."""
    return (one.effect is Effect.MUST_NOT) == (other.effect is Effect.MUST_NOT)


def _lifts(rule: Rule, ground: Rule) -> bool:
    """Whether `rule` may overcome the prohibition `ground`: entered by one person, reviewed by another."""
    return ground.effect is not Effect.MUST_NOT or bool(rule.reviewed_by)


def _yields(rule: Rule, rival: Rule) -> str:
    if not rule.yields_to or rival.rank not in rule.yields_to or not _lifts(rival, rule):
        return ""
    both_forbid = rule.effect is Effect.MUST_NOT and rival.effect is Effect.MUST_NOT
    return "" if both_forbid else f"本条规定另有规定的从其规定：{rival.id}"


def _outranked(rule: Rule, rival: Rule) -> str:
    loses = rule.yields_to is None and rival.rank > rule.rank and _same_way(rule, rival)
    return f"上位法优先：{rival.id}" if loses and rule.effect is not Effect.MUST_NOT else ""


def _less_special(rule: Rule, rival: Rule) -> str:
    loses = _one_issuer(rule, rival) and rival.special_over(rule)
    return f"特别规定优先：{rival.id}" if loses else ""


def _older(rule: Rule, rival: Rule) -> str:
    since, rival_since = rule.effective_from or date.min, rival.effective_from or date.min
    loses = _one_issuer(rule, rival) and rival_since > since and not rule.special_over(rival)
    return f"新规定优先：{rival.id}" if loses else ""


def _one_issuer(rule: Rule, rival: Rule) -> bool:
    return (rule.issuer, rule.rank, rule.effect) == (rival.issuer, rival.rank, rival.effect) and (
        rule.effect is not Effect.MUST_NOT
    )


def _forbidden(rule: Rule, rival: Rule) -> str:
    """Step 4, for both sides: the prohibition that is lifted, and the duty that is forbidden."""
    if _same_way(rule, rival):
        return ""
    if rule.effect is Effect.MUST_NOT:
        return f"上位规定解除：{rival.id}" if rival.rank > rule.rank and _lifts(rival, rule) else ""
    lifted = rule.rank > rival.rank and _lifts(rule, rival)
    return "" if lifted else f"禁止性规定优先：{rival.id}"
