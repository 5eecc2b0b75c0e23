"""Until when the law's answer for a decision stands: the next day on which the calendar alone may change it.

So that a rebuild asks again about a decision when its day has come, and not every day about every decision.
What rules, facts or a reviewer change is another matter: then it is asked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts
from gongshi.law.publishability import Standing, Verdict
from gongshi.law.retention import CitySetting, Retention, periods, publish_until
from gongshi.law.rule import Question, Rule
from gongshi.law.rules import RuleSet

_DAY = timedelta(days=1)
_FAR = date(5000, 1, 1)
"""Later than any day that runs from a decision."""


def next_change(  # noqa: PLR0917 - what the law was asked with, and what it said
    facts: DecisionFacts, verdict: Verdict, rules: RuleSet, calendar: Calendar, today: date, city: CitySetting
) -> date | None:
    """The first day after `today` on which `judge` may say something else of `facts` than `verdict`, its answer of
    today, while the same rules are in force (see `next_era`); None where it never will.

    Where nothing was published yet, a period of publication would begin with the day on which it is asked and
    moves along with it. So give the facts of a decision that becomes public today its first publication.
    """
    match verdict.standing:
        case Standing.PUBLISH | Standing.HELD:
            begins = (facts.event_on, facts.first_published_on or today)
            found = (*begins, *_ends(facts, verdict, rules, calendar, today, city))
        case Standing.EXPIRED:
            found = tuple(_moving(facts, verdict.until, rules, calendar, today, city))
        case _:  # a seal, a ground, a reviewer's choice: no day lifts them
            found = ()
    return _first_after(today, found)


def next_era(rules: RuleSet, today: date) -> date | None:
    """The first day after `today` on which a rule comes into force or is no longer in force: then every decision
    is judged again. None where no rule that is on names such a day. What makes a decision a major one is asked of its
    own day, whatever today is."""
    asked = (rule for rule in rules if rule.enabled and rule.question is not Question.MAJOR)
    return _first_after(today, (day for rule in asked for day in _turns(rule)))


def _turns(rule: Rule) -> Iterator[date]:
    starts = [day for day in (rule.effective_from, rule.decided_on) if day is not None]
    yield from starts
    if rule.effective_to is not None:
        yield from _after(rule.effective_to)


def _ends(  # noqa: PLR0917 - as next_change
    facts: DecisionFacts, verdict: Verdict, rules: RuleSet, calendar: Calendar, today: date, city: CitySetting
) -> Iterator[date]:
    """The days on which a party, or the whole decision, is no longer shown (D28)."""
    first = facts.first_published_on
    until = verdict.until or publish_until(facts, first or today, rules, calendar, city, today=today)
    for last in (until.on, *until.parties):
        yield from _after(last)
    if first is None:
        yield from _moving(facts, verdict.until, rules, calendar, today, city)
        yield from _fixed(facts, rules, calendar, today, city)


def _moving(  # noqa: PLR0917 - as next_change
    facts: DecisionFacts, until: Retention | None, rules: RuleSet, calendar: Calendar, today: date, city: CitySetting
) -> Iterator[date]:
    """Tomorrow, where the period that today's answer names moves along with the day on which it is asked, or another
    rule sets its end once that day is later."""
    if facts.first_published_on or until is None:
        return
    if publish_until(facts, _FAR, rules, calendar, city, today=today) != until:
        yield today + _DAY


def _fixed(facts: DecisionFacts, rules: RuleSet, calendar: Calendar, today: date, city: CitySetting) -> Iterator[date]:
    """The ends that do not run from the first publication: another of them may come first once that is later."""
    for period in periods(facts, today, rules, calendar, city, today=today).values():
        for last in period.standing_ends():
            yield from _after(last)


def _after(last: date | None) -> Iterator[date]:
    """The day after a last day, if there is one."""
    if last is not None and last < date.max:
        yield last + _DAY


def _first_after(today: date, days: Iterable[date]) -> date | None:
    return min((day for day in days if day > today), default=None)
