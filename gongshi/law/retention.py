"""Until when a decision stays public (D28), party by party.

The period runs from the first publication, whatever was withdrawn and published again since
(DOMAIN.md, "What naive software gets wrong", 2). Every day named here is the last one on which the
party may be shown. D28 says `may`: that what may come down does come down is a stated setting of
the city or the department among the rules (question `retirement`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from gongshi.law.calendar import Calendar
from gongshi.law.facts import NATURAL_PERSON, SOLE_TRADER, DecisionFacts
from gongshi.law.rule import Effect, Event, Question, Rule, Unit
from gongshi.law.rules import Resolution, RuleSet

DEPARTMENT_COLUMN = "部门填报的公示截止期"


class CitySetting(Protocol):
    """What the city decides about retention."""

    @property
    def sole_trader_as_natural(self) -> bool:
        """Whether 个体工商户 have the natural person's period (DOMAIN.md 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """`parties` holds each party's last day, in the parties' order; None has no end.

    `on` is the last of them: on the day after it the whole decision may be gone. `article` and
    `rule_id` are those of the rule that set `on`.
    """

    parties: tuple[date | None, ...]
    on: date | None
    article: str
    rule_id: str

    def expired(self, today: date) -> bool:
        """Whether no party may be shown any more."""
        return self.on is not None and today > self.on

    def visible(self, today: date) -> tuple[int, ...]:
        """The indexes of the parties that may still be shown."""
        return tuple(n for n, last in enumerate(self.parties) if last is None or today <= last)


@dataclass(frozen=True, slots=True)
class _End:
    on: date | None
    rule: Rule | None
    by_department: bool = False

    @property
    def key(self) -> date:
        return self.on or date.max


def publish_until(
    facts: DecisionFacts,
    first_published_on: date,
    rules: RuleSet,
    calendar: Calendar,
    city_setting: CitySetting,
    *,
    today: date,
) -> Retention:
    """The end of publication of each party of `facts`, by the rules in force `today`.

    A natural person's period is shorter; a licence never ends before its 有效期至 (2099-12-31 is no
    end); the department's 公示截止期 can only shorten. A decision without parties is treated as an
    organisation's.
    """
    found = periods(facts, first_published_on, rules, calendar, city_setting, today=today)
    ends = {kind: period.end() for kind, period in found.items()}
    each = [ends[treated_as(party.type, city_setting)] for party in facts.parties]
    last = max(each or ends.values(), key=lambda end: end.key)
    rule = last.rule
    return Retention(
        parties=tuple(end.on for end in each),
        on=last.on,
        article=DEPARTMENT_COLUMN if last.by_department else rule.article if rule else "",
        rule_id=rule.id if rule else "",
    )


def periods(
    facts: DecisionFacts,
    first_published_on: date,
    rules: RuleSet,
    calendar: Calendar,
    city_setting: CitySetting,
    *,
    today: date,
) -> dict[str, Period]:
    """The period of each type of party of `facts`; of the type "" for a decision without parties."""
    return {
        kind: Period(facts, kind, first=first_published_on, rules=rules, calendar=calendar, today=today)
        for kind in dict.fromkeys(treated_as(party.type, city_setting) for party in facts.parties) or {"": None}
    }


def treated_as(party_type: str, city: CitySetting) -> str:
    """The type whose rules a party has: 个体工商户 may have the natural person's (DOMAIN.md 6)."""
    return NATURAL_PERSON if party_type == SOLE_TRADER and city.sole_trader_as_natural else party_type


class Period:
    """The time during which parties of one type are public, from `first`, by the rules of `today`."""

    def __init__(
        self, facts: DecisionFacts, party_type: str, *, first: date, rules: RuleSet, calendar: Calendar, today: date
    ) -> None:
        self._facts = facts
        self._first = first
        self._calendar = calendar
        self._ask = partial(rules.resolve, facts=facts, on=today, party_type=party_type)

    def end(self) -> _End:
        """The rule's end, not before its floor, not after the department's own day."""
        end = self._raised(self._by_rule())
        wanted = self._facts.publish_until
        if wanted is not None and wanted < end.key:
            return _End(wanted, end.rule, by_department=True)
        return end

    def retirement(self) -> Resolution:
        """Whether what may come down does."""
        return self._ask(Question.RETIREMENT)

    def retention(self) -> Resolution:
        """The rules that stop publication; what only may stop counts where that is the policy."""
        return self._ask(Question.RETENTION, dates=self._ends())

    def floor(self) -> Resolution:
        """Before what publication does not stop."""
        return self._ask(Question.RETENTION_FLOOR)

    def standing_ends(self) -> tuple[date | None, ...]:
        """The last day by each rule that prevails, also where another's comes first."""
        ends = self._ends()
        return tuple(ends.ends(rule) for rule in self.retention().standing)

    def _ends(self) -> _Ends:
        policy = self.retirement().winner
        retires = policy is not None and policy.effect is Effect.MUST
        return _Ends(self._first, self._facts.event_on, self._calendar, retires)

    def _by_rule(self) -> _End:
        """The earliest end of the rules that stop publication."""
        ends = self._ends()
        found = self._ask(Question.RETENTION, dates=ends).winner
        return _End(ends.ends(found) if found else None, found)

    def _raised(self, end: _End) -> _End:
        """Not before the day before which the decision must not come down (step 4: unless a higher duty says so)."""
        floor, until = self.floor().winner, self._facts.valid_until
        if floor is None or until is None or _overrides(end.rule, floor):
            return end
        return max(end, _End(None if until.isoformat() == floor.value else until, floor), key=lambda one: one.key)


@dataclass(frozen=True, slots=True)
class _Ends:
    """The end that each rule of retention gives one decision."""

    first: date
    decided: date
    calendar: Calendar
    retires: bool

    def starts(self, rule: Rule) -> date | None:
        """None: whether a decision may be public today is asked of today's rules."""
        return None

    def ends(self, rule: Rule) -> date | None:
        """The last day of publication."""
        start = self.decided if rule.counted_from is Event.DECIDED else self.first
        if rule.unit is Unit.YEARS:
            return self.calendar.add_years(start, rule.amount)
        if rule.unit is Unit.MONTHS:
            return self.calendar.add_months(start, rule.amount)
        return None

    def silences(self, rule: Rule) -> str:
        """What only may come down stays where nobody decided that it does."""
        return "只是可以撤下，本市未设定到期即撤下" if rule.effect is Effect.MAY and not self.retires else ""


def _overrides(rule: Rule | None, floor: Rule) -> bool:
    return rule is not None and rule.effect is Effect.MUST and rule.rank > floor.rank
