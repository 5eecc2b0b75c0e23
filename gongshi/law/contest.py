"""The contest of rules on one question: who falls at which of the six steps, and why (see rules.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import Effect, Rule

UNDECIDABLE = 6
OUT_OF_SCOPE = "不在适用范围内"
"""Why most rules fall at the first step: they speak of other decisions."""


class Dates(Protocol):
    """The days that a question's rules speak of, for one decision."""

    def starts(self, rule: Rule) -> date | None:
        """The day of the rule's start event; None where it has not come or the rule names none."""

    def ends(self, rule: Rule) -> date | None:
        """The day the rule leads to; None where it leads to none."""

    def silences(self, rule: Rule) -> str:
        """Why the rule has no say here, in Chinese; empty where it has."""


@dataclass(frozen=True, slots=True)
class Considered:
    """One rule that was looked at: the step at which it fell and why; step 0 where it did not fall."""

    rule: Rule
    step: int
    because: str


@dataclass(frozen=True, slots=True)
class Contest:
    """The rules still standing, why the others fell, and the last step at which one did."""

    standing: tuple[Rule, ...]
    fallen: tuple[Considered, ...] = ()
    step: int = 1

    def drop(self, step: int, why: Callable[[Rule], str]) -> Contest:
        """Without those rules for which `why` gives a reason."""
        return self._without(step, {rule.id: because for rule in self.standing if (because := why(rule))})

    def drop_beaten(self, step: int, why: Callable[[Rule, Rule], str]) -> Contest:
        """Without those that another standing rule beats; rules that beat each other in a circle stay."""
        pairs = ((rule, why(rule, rival)) for rule in self.standing for rival in self.standing if rival is not rule)
        reasons = {rule.id: because for rule, because in pairs if because}
        return self._without(step, reasons) if len(reasons) < len(self.standing) else self

    def _without(self, step: int, reasons: Mapping[str, str]) -> Contest:
        if not reasons:
            return self
        fallen = tuple(Considered(rule, step, reasons[rule.id]) for rule in self.standing if rule.id in reasons)
        standing = tuple(rule for rule in self.standing if rule.id not in reasons)
        return Contest(standing, (*self.fallen, *fallen), step)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome: the rule that won, by which step, what else stands beside it, and what fell, which only who
    explains it asks for."""

    winner: Rule | None
    step: int
    standing: tuple[Rule, ...]
    fell: Callable[[], tuple[Considered, ...]] = field(compare=False, repr=False)

    @property
    def undecided(self) -> bool:
        """Whether the city has to settle it (step 6)."""
        return self.step == UNDECIDABLE

    @property
    def considered(self) -> tuple[Considered, ...]:
        """All rules that were looked at: first those that stand, then the fallen in the order of the steps."""
        return (*(Considered(rule, 0, "") for rule in self.standing), *self.fell())


def still_heard(contest: Contest, on: date, dates: Dates | None) -> tuple[Rule, ...]:
    """Those that `heard` leaves standing, without a word about the others."""
    if dates is None:
        return tuple(rule for rule in contest.standing if rule.in_force(on))
    return tuple(
        rule for rule in contest.standing if rule.in_force(dates.starts(rule) or on) and not dates.silences(rule)
    )


def heard(contest: Contest, on: date, dates: Dates | None) -> Contest:
    """The rest of step 1: what is in force on the day that counts for it, and has a say."""
    timely = contest.drop(1, lambda rule: not_in_force(rule, (dates.starts(rule) if dates else None) or on))
    return timely.drop(1, dates.silences) if dates else timely


def prevailing(contest: Contest) -> Contest:
    """Steps 2 to 4, which look at nothing but the rules themselves."""
    contest = contest.drop_beaten(2, yields)
    for beats in (outranked, less_special, older):
        contest = contest.drop_beaten(3, beats)
    return contest.drop_beaten(4, forbidden)


def choose(contest: Contest, dates: Dates | None) -> tuple[Rule | None, int]:
    """The winner among rules that can all be obeyed, and the step that decided (5 and 6)."""
    if len(contest.standing) <= 1:
        return next(iter(contest.standing), None), contest.step
    first, *others = sorted(contest.standing, key=lambda rule: (-rule.rank, rule.id))
    if all(other.value == first.value and other.unit == first.unit for other in others) and not dates:
        return first, 5
    sizes = {rule.id: _size(rule, first, dates) for rule in contest.standing}
    known = [rule for rule in contest.standing if sizes[rule.id] is not None]
    if not known:
        return first, UNDECIDABLE
    earliest = min(known, key=lambda rule: (sizes[rule.id], -rule.rank, rule.id))
    return earliest, 5 if len(known) == len(contest.standing) else UNDECIDABLE


def _size(rule: Rule, first: Rule, dates: Dates | None) -> int | None:
    """What step 5 compares: the day the rule leads to, or its length where all are of one measure."""
    if dates:
        day = dates.ends(rule)
        return day.toordinal() if day else None
    comparable = (rule.unit, rule.counted_from) == (first.unit, first.counted_from)
    return rule.value if comparable and rule.unit and isinstance(rule.value, int) else None


def does_not_apply(
    rule: Rule, facts: DecisionFacts, channel: str, types: frozenset[str], grounds: frozenset[str]
) -> str:
    """Step 1: out of scope, on another channel, or off."""
    if not rule.scope.matches(facts, types, grounds):
        return OUT_OF_SCOPE
    if not rule.on_channel(channel):
        return "只适用于其他公示渠道"
    return "" if rule.enabled else _off(rule)


def _off(rule: Rule) -> str:
    return f"本市决定不启用（{rule.decided_by}）" if rule.decided_by else f"未启用：{rule.turned_on_by}"


def not_in_force(rule: Rule, day: date) -> str:
    """Step 1: not yet or no longer in force."""
    return "" if rule.in_force(day) else f"{day.isoformat()} 不在施行期间"


def _same_way(one: Rule, other: Rule) -> bool:
    """Whether both demand the same sort of thing, so that only their extent differs."""
    return (one.effect is Effect.MUST_NOT) == (other.effect is Effect.MUST_NOT)


def _lifts(rule: Rule, ground: Rule) -> bool:
    """Whether `rule` may overcome the prohibition `ground`: entered by one person, reviewed by another."""
    return ground.effect is not Effect.MUST_NOT or bool(rule.reviewed_by)


def yields(rule: Rule, rival: Rule) -> str:
    """Step 2: the rule's own clause gives way. Two prohibitions can both be obeyed and replace nothing."""
    if not rule.yields_to or rival.rank not in rule.yields_to or not _lifts(rival, rule):
        return ""
    both_forbid = rule.effect is Effect.MUST_NOT and rival.effect is Effect.MUST_NOT
    return "" if both_forbid else f"本条规定另有规定的从其规定：{rival.id}"


def outranked(rule: Rule, rival: Rule) -> str:
    """Step 3: a higher rank, for a rule without a clause of its own."""
    loses = rule.yields_to is None and rival.rank > rule.rank and _same_way(rule, rival)
    return f"上位法优先：{rival.id}" if loses and rule.effect is not Effect.MUST_NOT else ""


def less_special(rule: Rule, rival: Rule) -> str:
    """Step 3: the general rule beside its issuer's special one."""
    loses = _one_issuer(rule, rival) and rival.special_over(rule)
    return f"特别规定优先：{rival.id}" if loses else ""


def older(rule: Rule, rival: Rule) -> str:
    """Step 3: the older rule beside its issuer's newer one; what was general has already fallen to what is special."""
    since, rival_since = rule.effective_from or date.min, rival.effective_from or date.min
    loses = _one_issuer(rule, rival) and rival_since > since
    return f"新规定优先：{rival.id}" if loses else ""


def _one_issuer(rule: Rule, rival: Rule) -> bool:
    """Whether two duties come from one issuer at one rank; prohibitions do not shorten each other."""
    duties = Effect.MUST_NOT not in (rule.effect, rival.effect)
    return duties and (rule.issuer, rule.rank) == (rival.issuer, rival.rank)


def forbidden(rule: Rule, rival: Rule) -> str:
    """Step 4, for both sides: the prohibition that is lifted, and the duty that is forbidden."""
    if _same_way(rule, rival):
        return ""
    if rule.effect is Effect.MUST_NOT:
        return f"上位规定解除：{rival.id}" if rival.rank > rule.rank and _lifts(rival, rule) else ""
    lifted = rule.rank > rival.rank and _lifts(rule, rival)
    return "" if lifted else f"禁止性规定优先：{rival.id}"
