"""A reviewer's recorded choice for a minor (DOMAIN.md 10): it releases, hides the minor, or withholds; nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts, PartyFacts
from gongshi.law.publishability import CHOSEN, Choice, Standing, judge
from gongshi.law.rules import RuleSet

TODAY = date(2026, 10, 9)
COMPANY = PartyFacts(type="法人及非法人组织")
ADULT = PartyFacts(type="自然人", born_on=date(1990, 1, 1))
CHILD = PartyFacts(type="自然人", born_on=date(2010, 1, 1))
ONCE_CHILD = PartyFacts(type="自然人", born_on=date(2008, 1, 1), adult_when_acted=False)
UNKNOWN = PartyFacts(type="自然人")
PUBLISH, WITHHOLD = Choice.PUBLISH, Choice.WITHHOLD


@dataclass(frozen=True)
class City:
    sole_trader_as_natural: bool = False


@pytest.mark.article("D18")
@pytest.mark.parametrize(
    ("given", "standing", "shown"),
    [
        ({"parties": (ONCE_CHILD,)}, Standing.HELD, ()),
        ({"parties": (ONCE_CHILD,), "choice": PUBLISH}, Standing.PUBLISH, (0,)),
        ({"parties": (ONCE_CHILD,), "choice": WITHHOLD}, Standing.WITHHELD, ()),
        ({"parties": (COMPANY, CHILD)}, Standing.HELD, ()),
        ({"parties": (COMPANY, CHILD), "choice": PUBLISH}, Standing.PUBLISH, (0,)),
        ({"parties": (CHILD, ADULT, CHILD, COMPANY), "choice": PUBLISH}, Standing.PUBLISH, (1, 3)),
        ({"parties": (COMPANY, CHILD), "choice": WITHHOLD}, Standing.WITHHELD, ()),
        # what a choice does not reach: a party who is a minor alone, other grounds, other holds, nobody's minority
        ({"parties": (CHILD,), "choice": PUBLISH}, Standing.WITHHELD, ()),
        ({"parties": (CHILD, CHILD), "choice": PUBLISH}, Standing.WITHHELD, ()),
        ({"parties": (COMPANY, CHILD), "choice": PUBLISH, "withhold_ground": "妨害执法"}, Standing.WITHHELD, ()),
        ({"parties": (COMPANY, CHILD), "choice": PUBLISH, "secrecy_checked": False}, Standing.HELD, ()),
        ({"parties": (UNKNOWN, CHILD), "choice": PUBLISH}, Standing.HELD, ()),
        ({"parties": (UNKNOWN,), "choice": PUBLISH}, Standing.HELD, ()),
        ({"parties": (COMPANY,), "choice": WITHHOLD}, Standing.PUBLISH, (0,)),
        ({"parties": (UNKNOWN,), "choice": WITHHOLD}, Standing.HELD, ()),
        # the minor stays hidden while the adult's two years run, and nobody is left after them
        (
            {"parties": (ADULT, CHILD), "choice": PUBLISH, "first_published_on": date(2024, 10, 8)},
            Standing.EXPIRED,
            (),
        ),
        (
            {"parties": (COMPANY, ADULT, CHILD), "choice": PUBLISH, "first_published_on": date(2024, 10, 8)},
            Standing.PUBLISH,
            (0,),
        ),
    ],
)
def test_a_choice_releases_or_withholds_and_the_minor_never_shows(
    shipped: RuleSet,
    facts: Callable[..., DecisionFacts],
    given: dict[str, Any],
    standing: Standing,
    shown: tuple[int, ...],
) -> None:
    found = judge(facts(**given), shipped, Calendar(), TODAY, City())
    assert (found.standing, found.visible_parties) == (standing, shown)


def test_a_choice_not_to_publish_is_told_with_its_rule(shipped: RuleSet, facts: Callable[..., DecisionFacts]) -> None:
    found = judge(facts(parties=(COMPANY, CHILD), choice=WITHHOLD), shipped, Calendar(), TODAY, City())
    assert [(reason.code, reason.rule_id) for reason in found.reasons] == [(CHOSEN, "D18-hold-among")]


def test_the_minor_stays_hidden_where_the_ground_was_lifted(
    shipped: RuleSet, facts: Callable[..., DecisionFacts]
) -> None:
    without = RuleSet(tuple(replace(rule, enabled=rule.id != "D18-1") for rule in shipped))
    found = judge(facts(parties=(CHILD,), choice=PUBLISH), without, Calendar(), TODAY, City())
    assert found.standing is Standing.HELD
