"""By when a legal review is done (L11): seven working days from the day the materials came, five more if extended."""

from __future__ import annotations

from datetime import date

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import Event, Question
from gongshi.law.rules import RuleSet
from gongshi.law.terms import Due
from gongshi.law.withdrawal import since

NO_REVIEW_TERM = Due(on=None, rule_id="", article="", text="没有施行中的法制审核期限规定")


def review_due(facts: DecisionFacts, received_on: date, extended: bool, rules: RuleSet, calendar: Calendar) -> Due:
    """The last day of a review whose materials came on `received_on`.

    An extension counts from the last of the first days, not from its approval: twelve working days in all. Missing
    materials do not stop the clock (L6, L11: no pause is written there).
    """
    first = since(Question.LEGAL_REVIEW, facts, received_on, rules, calendar, event=Event.MATERIALS_RECEIVED)
    if first is None or first.on is None or not extended:
        return first or NO_REVIEW_TERM
    more = since(Question.LEGAL_REVIEW, facts, first.on, rules, calendar, event=Event.EXTENSION_APPROVED)
    return more if more and more.on else first
