"""By when a decision must be public (D27), on the clocks of DOMAIN.md.

The clock starts on the day of decision (on the day the information was formed, where that is later)
and stops only at publication or at a confirmed ground. A decision that changes after its
publication starts a new one; a correction of data starts none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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

    @classmethod
    def of(
        cls,
        found: Resolution,
        rule: Rule,
        due: Computed | None,
        *,
        waiting: bool = False,
        target: date | None = None,
    ) -> Due:
        """The day that `rule`, which won as `found`, sets; `due` is None where its clock does not run."""
        return cls(
            on=due.on if due else None,
            rule_id=rule.id,
            article=rule.article,
            text=period(rule),
            provisional=due.provisional if due else False,
            step=found.step,
            undecided=found.undecided,
            waiting=waiting,
            target=target,
        )

    def overdue(self, today: date) -> bool:
        """Whether `today` is past the day; never where the day is provisional."""
        return self.on is not None and Computed(self.on, self.provisional).passed(today)


NO_TERM = Due(on=None, rule_id="", article="", text="信息形成时没有施行中的公示期限规定")


def publication_due(facts: DecisionFacts, rules: RuleSet, calendar: Calendar) -> Due:
    """The day by which `facts` must be public on this platform (D27), with the rule that says so.

    A term uses the rule in force at its start event.
    """
    clock = Clock.of(facts, calendar)
    found = clock.resolve(rules, facts)
    rule = found.winner
    if rule is None:
        return NO_TERM
    due = clock.computed(rule)
    return Due.of(found, rule, due, waiting=clock.starts(rule) is None, target=_target(clock, facts, rules, due))


def last_day(rule: Rule, start: date, calendar: Calendar) -> Computed | None:
    """The last day of a term that begins on `start`; None for one that counts neither working nor calendar days."""
    if rule.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(start, rule.amount)
    if rule.unit is Unit.CALENDAR_DAYS:
        return calendar.add_calendar_days(start, rule.amount)
    return None


def changed_after_publication(facts: DecisionFacts) -> bool:
    """Whether the decision itself changed (变更) once it was public: then the new version has its own clock."""
    return (
        facts.changed_on is not None
        and facts.first_published_on is not None
        and facts.first_published_on <= facts.changed_on
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """The start and the end of each rule's term for one decision; `policy` looks at the departments' own."""

    formed: date
    decided: date
    handled: date | None
    changed: date | None
    calendar: Calendar
    policy: bool = False

    @classmethod
    def of(cls, facts: DecisionFacts, calendar: Calendar) -> Clock:
        return cls(
            formed=max(facts.event_on, facts.formed_on or facts.event_on),
            decided=facts.event_on,
            handled=facts.handled_on,
            changed=facts.changed_on if changed_after_publication(facts) else None,
            calendar=calendar,
        )

    def resolve(self, rules: RuleSet, facts: DecisionFacts) -> Resolution:
        """The winning term."""
        return rules.resolve(Question.TERM, facts, self.decided, dates=self)

    def starts(self, rule: Rule) -> date | None:
        """The day from which the rule's term runs."""
        if rule.counted_from is Event.FORMED_OR_CHANGED:
            return self.changed or self.formed
        return self.handled if rule.counted_from is Event.HANDLED else self.decided

    def ends(self, rule: Rule) -> date | None:
        """The last day of the rule's term."""
        due = self.computed(rule)
        return due.on if due else None

    def silences(self, rule: Rule) -> str:
        """A policy is no law; a change starts the general clock only, not that of an inspection."""
        if (rule.rank is Rank.POLICY) is not self.policy:
            return "内部规定只作内部目标" if rule.rank is Rank.POLICY else "不是内部规定"
        if self.changed and rule.counted_from is not Event.FORMED_OR_CHANGED:
            return "决定变更后自变更之日起算"
        return ""

    def computed(self, rule: Rule) -> Computed | None:
        """The last day of the rule's term; None where its event has not come."""
        start = self.starts(rule)
        return last_day(rule, start, self.calendar) if start else None


def _target(clock: Clock, facts: DecisionFacts, rules: RuleSet, due: Computed | None) -> date | None:
    """The day a policy asks for: it can only be earlier than the law's."""
    if not any(rule.rank is Rank.POLICY for rule in rules.asking(Question.TERM)):
        return None
    rule = replace(clock, policy=True).resolve(rules, facts).winner
    wanted = clock.computed(rule) if rule else None
    return wanted.on if wanted and due and wanted.on < due.on else None
