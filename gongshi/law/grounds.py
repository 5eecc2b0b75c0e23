"""The grounds on which a decision is not public (D18): what each asks for, and minors.

A ground is a recorded choice with its reason; one that passes with time has a review date, one
that a higher authority found has that authority's document. What each asks for is in its rule.
"""

from __future__ import annotations

from datetime import date

from gongshi.law.facts import NATURAL_PERSON, SOLE_TRADER, DecisionFacts, PartyFacts
from gongshi.law.identity import age_on
from gongshi.law.rule import Question
from gongshi.law.rules import RuleSet

MINOR = "未成年人"


def required_fields(rules: RuleSet, on: date) -> dict[str, tuple[str, ...]]:
    """The fields that a decision withheld on each ground must carry, by the rules in force on `on` (D18)."""
    return {
        ground: rule.requires
        for rule in rules.asking(Question.PUBLICATION)
        if rule.enabled and rule.in_force(on)
        for ground in rule.scope.grounds
    }


def minor_when_decided(party: PartyFacts, facts: DecisionFacts, majority: int | None) -> bool | None:
    """Whether the party was a minor on the day of decision; None for a natural person of unknown age.

    `majority` is the age of majority by its rule; without one nobody's age can be judged. The
    identity number decides, otherwise the tick. Organisations have no age; a sole trader is asked
    for none, but is protected where one is known.
    """
    if party.type not in (NATURAL_PERSON, SOLE_TRADER):
        return False
    if party.born_on is not None and majority is not None:
        return age_on(party.born_on, facts.event_on) < majority
    if party.born_on is None and party.adult_when_decided is not None:
        return not party.adult_when_decided
    return None if party.type == NATURAL_PERSON or party.born_on is not None else False


def grounds_of(facts: DecisionFacts, majority: int | None) -> frozenset[str]:
    """The grounds that apply: the recorded choice, and minority where every party is a minor.

    A minor among others is the reviewer's choice (DOMAIN.md 10), so it is no ground by itself.
    """
    chosen = {facts.withhold_ground} if facts.withhold_ground else set()
    minors = [minor_when_decided(party, facts, majority) is True for party in facts.parties]
    return frozenset(chosen | ({MINOR} if minors and all(minors) else set()))
