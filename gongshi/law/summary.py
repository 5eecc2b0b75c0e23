"""What may be decided on the spot, under the summary procedure (行政处罚法 51): by rules that say up to what."""

from __future__ import annotations

from gongshi.law.facts import DecisionFacts
from gongshi.law.review.attestation import SUMMARY_PROCEDURE
from gongshi.law.rule import Effect, Question, Rule
from gongshi.law.rules import RuleSet

FINE = "罚款"


def on_the_spot_rules(rules: RuleSet) -> tuple[Rule, ...]:
    """The rules that allow it."""
    return tuple(rule for rule in rules.asking(Question.SUMMARY) if rule.enabled and rule.effect is Effect.MAY)


def beyond(facts: DecisionFacts, rules: RuleSet) -> tuple[Rule, ...]:
    """The rules in force on the day of a penalty that was decided on the spot, none of which allows that.

    Empty where one does, where there is none, under another procedure, and for a fine of which no amount is told.
    """
    untold = FINE in facts.penalty_classes and facts.fine is None
    if facts.procedure != SUMMARY_PROCEDURE or untold:
        return ()
    types = frozenset(party.type for party in facts.parties)
    asked = tuple(rule for rule in on_the_spot_rules(rules) if rule.in_force(facts.event_on))
    allowed = any(rule.scope.matches(facts, types, frozenset()) for rule in asked)
    return () if allowed else asked
