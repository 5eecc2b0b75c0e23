"""By when a decision must be public (D27), on the clocks of DOMAIN.md.

The clock starts on the day of decision (on the day the information was formed, where that is later)
and stops only at publication or at a confirmed ground. A decision that changes after its
publication starts a new one; a correction of data starts none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongshi.law.calendar import Calendar, Computed
from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import Event, Question, Rank, Rule, Unit
from gongshi.law.rule_words import period
from gongshi.law.rules import Resolution, RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When publication is due and by which rule.

    `on` is None where no clock runs: no rule was in force at the event, or the event (the handling of
    a problem found) has not come, which `waiting` tells. `target` is an earlier day that the
    department's own policy set; overdue is only what is past `on`. `undecided` asks the city to settle.
    """

    on: date | None
    rule_id: str
    article: str
    text: str
    provisional: bool = False
    step: int = 0
    waiting: bool = False
    target: date | None = None
    undecided: bool = False

    def overdue(self, today: date) -> bool:
        """Whether `today` is past the day; never where the day is provisional."""
        return self.on is not None and Computed(self.on, self.provisional).passed(today)


NO_TERM = Due(on=None, rule_id="", article="", text="信息形成时没有施行中的公示期限规定")


def publication_due(facts: DecisionFacts, rules: RuleSet, calendar: Calendar) -> Due:
    """The day by which `facts` must be public on this platform (D27), with the rule that says so.

    A term uses the rule in force at its start event.
    """
    clock = _Clock(facts, calendar)
    found = clock.resolve(rules, policy=False)
    rule = found.winner
    if rule is None:
        return NO_TERM
    due = clock.computed(rule)
    return Due(
        on=due.on if due else None,
        rule_id=rule.id,
        article=rule.article,
        text=period(rule),
        provisional=due.provisional if due else False,
        step=found.step,
        waiting=due is None,
        target=_target(clock, rules, due),
        undecided=found.undecided,
    )


def changed_after_publication(facts: DecisionFacts) -> bool:
    """Whether the decision itself changed (变更) once it was public: then the new version has its own clock."""
    return (
        facts.changed_on is not None
        and facts.first_published_on is not None
        and facts.first_published_on <= facts.changed_on
    )


class _Clock:
    """The start and the end of each rule's term for one decision."""

    def __init__(self, facts: DecisionFacts, calendar: Calendar) -> None:
        formed = max(facts.event_on, facts.formed_on or facts.event_on)
        self._facts = facts
        self._calendar = calendar
        self._changed = changed_after_publication(facts)
        self._starts: dict[Event, date | None] = {
            Event.FORMED_OR_CHANGED: facts.changed_on if self._changed else formed,
            Event.DECIDED: facts.event_on,
            Event.INSPECTION_ENDED: facts.event_on,
            Event.HANDLED: facts.handled_on,
        }

    def resolve(self, rules: RuleSet, *, policy: bool) -> Resolution:
        """The winning term of law, or, with `policy`, of the departments' own policies."""
        return rules.resolve(
            Question.TERM,
            self._facts,
            self._facts.event_on,
            starts=self._start,
            ends=self._end,
            leave_out=lambda rule: (rule.rank is Rank.POLICY) is not policy or not self._runs(rule),
        )

    def computed(self, rule: Rule) -> Computed | None:
        """The last day of the rule's term; None where its event has not come."""
        start = self._start(rule)
        if start is None:
            return None
        if rule.unit is Unit.WORKING_DAYS:
            return self._calendar.add_working_days(start, rule.amount)
        if rule.unit is Unit.CALENDAR_DAYS:
            return self._calendar.add_calendar_days(start, rule.amount)
        return None

    def _runs(self, rule: Rule) -> bool:
        """A change starts the general clock only, not that of the inspection or of its handling."""
        return not self._changed or rule.counted_from in (Event.FORMED_OR_CHANGED, None)

    def _start(self, rule: Rule) -> date | None:
        return self._starts.get(rule.counted_from) if rule.counted_from else None

    def _end(self, rule: Rule) -> date | None:
        due = self.computed(rule)
        return due.on if due else None


def _target(clock: _Clock, rules: RuleSet, due: Computed | None) -> date | None:
    """The day a policy asks for: it can only be earlier than the law's."""
    rule = clock.resolve(rules, policy=True).winner
    wanted = clock.computed(rule) if rule else None
    return wanted.on if wanted and due and wanted.on < due.on else None
