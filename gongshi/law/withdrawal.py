"""By when what ended must have come down, and by when a 紧急下架 is confirmed.

处罚法 第48, 85条: three working days from the day on which the ending act takes effect, or from its
receipt if that is later. Other kinds: 及时, of which the shipped rules make the same three days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongshi.law.calendar import Calendar, Computed
from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import Event, Question, Rule
from gongshi.law.rules import Resolution, RuleSet
from gongshi.law.terms import Due, last_day

NO_WITHDRAWAL_TERM = Due(on=None, rule_id="", article="", text="没有施行中的撤下期限规定")
NO_CONFIRMATION_TERM = Due(on=None, rule_id="", article="", text="没有施行中的确认期限规定")


def withdrawal_due(
    facts: DecisionFacts, effective_on: date, received_on: date | None, rules: RuleSet, calendar: Calendar
) -> Due:
    """The last day to take `facts` down after an act that took effect on `effective_on`.

    `received_on` is the day on which the department received the act, None where it is its own.
    """
    start = max(effective_on, received_on or effective_on)
    return since(Question.WITHDRAWAL, facts, start, rules, calendar) or NO_WITHDRAWAL_TERM


def confirmation_due(facts: DecisionFacts, suspended_on: date, rules: RuleSet, calendar: Calendar) -> Due:
    """The last day for the second person to confirm or decline a 紧急下架 of `suspended_on`."""
    return since(Question.CONFIRMATION, facts, suspended_on, rules, calendar) or NO_CONFIRMATION_TERM


def since(  # noqa: PLR0917 - a question, its event, and what it is asked of
    question: Question,
    facts: DecisionFacts,
    start: date,
    rules: RuleSet,
    calendar: Calendar,
    event: Event | None = None,
) -> Due | None:
    """The term of `question` that begins on `start`, by the rules in force on that day; None without a rule.

    `event` is what happened on that day, where the question has terms that begin with different ones (L11).
    """
    clock = Since(start, calendar, event)
    found = clock.resolve(question, facts, rules)
    rule = found.winner
    if rule is None:
        return None
    return Due.of(found, rule, clock.computed(rule))


@dataclass(frozen=True, slots=True)
class Since:
    """Terms that all begin on one day, with one event where it is named."""

    start: date
    calendar: Calendar
    event: Event | None = None

    def resolve(self, question: Question, facts: DecisionFacts, rules: RuleSet) -> Resolution:
        """The winning term."""
        return rules.resolve(question, facts, self.start, dates=self)

    def starts(self, rule: Rule) -> date | None:
        """The one day."""
        return self.start

    def ends(self, rule: Rule) -> date | None:
        """The last day of the rule's term."""
        due = self.computed(rule)
        return due.on if due else None

    def silences(self, rule: Rule) -> str:
        """A term that another event begins."""
        return "从另一件事起算" if self.event not in (None, rule.counted_from) else ""

    def computed(self, rule: Rule) -> Computed | None:
        """The last day of the rule's term; None for one that counts neither working nor calendar days."""
        return last_day(rule, self.start, self.calendar)
