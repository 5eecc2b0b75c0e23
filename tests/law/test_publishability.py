"""May a decision be public today: sealed, withheld, expired, held, public, in that order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts, PartyFacts
from gongshi.law.publishability import Standing, Verdict, judge
from gongshi.law.rule import Effect, LeadsTo, Question, Rank
from gongshi.law.rules import RuleSet
from gongshi.law.terms import publication_due

MakeFacts = Callable[..., DecisionFacts]

TODAY = date(2026, 10, 9)
COMPANY = PartyFacts(type="法人及非法人组织")
ADULT = PartyFacts(type="自然人", born_on=date(1990, 1, 1))
TICKED = PartyFacts(type="自然人", adult_when_decided=True)
CHILD = PartyFacts(type="自然人", born_on=date(2010, 1, 1))
TICKED_CHILD = PartyFacts(type="自然人", adult_when_decided=False)
UNKNOWN = PartyFacts(type="自然人")
ONCE_CHILD = PartyFacts(type="自然人", born_on=date(2008, 1, 1), adult_when_acted=False)
TRADER = PartyFacts(type="个体工商户")
BORN_AND_TICKED = PartyFacts(type="自然人", born_on=date(2010, 1, 1), adult_when_decided=True)
YOUNG_TRADER = PartyFacts(type="个体工商户", born_on=date(2010, 1, 1))

DETERMINED, UNDETERMINED = "11220700MB9900021Y", "112207000135491313"


@dataclass(frozen=True)
class City:
    sole_trader_as_natural: bool = False


def verdict(facts: DecisionFacts, rules: RuleSet, today: date = TODAY) -> Verdict:
    return judge(facts, rules, Calendar(), today, City())


CASES: list[tuple[dict[str, Any], Standing, tuple[str, ...]]] = [
    ({}, Standing.PUBLISH, ()),
    ({"kind": "licence"}, Standing.PUBLISH, ()),
    ({"kind": "inspection", "outcome": "责令改正"}, Standing.PUBLISH, ()),
    # sealed by the law that is cited, whoever decided and whenever
    ({"legal_basis": ("《中华人民共和国治安管理处罚法》第四十三条",)}, Standing.SEALED, ("PSA136-sealed",)),
    ({"legal_basis": ("《治安管理处罚条例》",), "event_on": date(2004, 5, 1)}, Standing.SEALED, ("PSA136-sealed",)),
    ({"kind": "coercion", "legal_basis": ("治安管理处罚法",)}, Standing.SEALED, ("PSA136-sealed",)),
    (
        {"legal_basis": ("治安管理处罚法",), "withhold_ground": "未成年人", "parties": (UNKNOWN,)},
        Standing.SEALED,
        ("PSA136-sealed", "D18-1"),
    ),
    # the five grounds
    ({"withhold_ground": "未成年人"}, Standing.WITHHELD, ("D18-1",)),
    ({"withhold_ground": "主要事实涉密涉私"}, Standing.WITHHELD, ("D18-2",)),
    ({"withhold_ground": "危及安全稳定"}, Standing.WITHHELD, ("D18-3",)),
    ({"withhold_ground": "妨害执法"}, Standing.WITHHELD, ("D18-4",)),
    ({"withhold_ground": "上级认为不宜公开"}, Standing.WITHHELD, ("D18-5",)),
    ({"withhold_ground": "别的情形"}, Standing.HELD, ("D18-hold-ground",)),
    # minors
    ({"parties": (CHILD,)}, Standing.WITHHELD, ("D18-1",)),
    ({"parties": (TICKED_CHILD,)}, Standing.WITHHELD, ("D18-1",)),
    ({"parties": (CHILD, TICKED_CHILD)}, Standing.WITHHELD, ("D18-1",)),
    ({"parties": (YOUNG_TRADER,)}, Standing.WITHHELD, ("D18-1",)),
    ({"parties": (CHILD,), "kind": "licence"}, Standing.WITHHELD, ("D18-1",)),
    ({"parties": (CHILD, COMPANY)}, Standing.HELD, ("D18-hold-among",)),
    ({"parties": (ADULT, TICKED_CHILD)}, Standing.HELD, ("D18-hold-among",)),
    ({"parties": (ONCE_CHILD,)}, Standing.HELD, ("D18-hold-acted",)),
    ({"parties": (UNKNOWN,)}, Standing.HELD, ("D18-hold-age",)),
    ({"parties": (COMPANY, UNKNOWN)}, Standing.HELD, ("D18-hold-age",)),
    ({"parties": (ADULT,)}, Standing.PUBLISH, ()),
    ({"parties": (TICKED,)}, Standing.PUBLISH, ()),
    ({"parties": (TRADER,)}, Standing.PUBLISH, ()),
    # market supervision: a warning and nothing else
    ({"sector": "市场监管", "penalty_classes": ("警告",)}, Standing.WITHHELD, ("R45-2-warning",)),
    ({"sector": "市场监管", "penalty_classes": ("警告", "罚款")}, Standing.PUBLISH, ()),
    (
        {"sector": "市场监管", "penalty_classes": ("警告",), "procedure": "简易程序"},
        Standing.PUBLISH,
        (),
    ),
    ({"sector": "交通运输", "penalty_classes": ("警告",)}, Standing.PUBLISH, ()),
    # what waits
    ({"secrecy_checked": False}, Standing.HELD, ("S1.4-hold-secrecy",)),
    ({"secrecy_checked": True}, Standing.PUBLISH, ()),
    ({"kind": "random_inspection", "outcome": "发现问题"}, Standing.HELD, ("D27-hold-unhandled",)),
    ({"kind": "random_inspection", "outcome": "发现问题", "handled_on": TODAY}, Standing.PUBLISH, ()),
    ({"kind": "random_inspection", "outcome": "正常"}, Standing.PUBLISH, ()),
    ({"kind": "coercion"}, Standing.HELD, ("D16-hold-undetermined",)),
    ({"kind": "levy"}, Standing.HELD, ("D16-hold-undetermined",)),
    ({"kind": "charge"}, Standing.HELD, ("D16-hold-undetermined",)),
    ({"kind": "coercion", "department": DETERMINED}, Standing.PUBLISH, ()),
    ({"kind": "charge", "department": DETERMINED}, Standing.PUBLISH, ()),
    ({"kind": "levy", "department": DETERMINED}, Standing.HELD, ("D16-hold-undetermined",)),
    ({"earlier": True}, Standing.HELD, ("D28-hold-unknown",)),
    ({"earlier": True, "first_published_on": TODAY + timedelta(days=1)}, Standing.HELD, ("D28-hold-ahead",)),
    ({"event_on": TODAY + timedelta(days=1)}, Standing.HELD, ("D26-hold-ahead",)),
    ({"kind": "something new"}, Standing.HELD, ("D16-hold-no-duty",)),
    (
        {"secrecy_checked": False, "parties": (UNKNOWN,)},
        Standing.HELD,
        ("D18-hold-age", "S1.4-hold-secrecy"),
    ),
    # past its retention
    ({"earlier": True, "first_published_on": date(2020, 5, 1)}, Standing.EXPIRED, ("D28-general",)),
    (
        {"earlier": True, "first_published_on": date(2020, 5, 1), "parties": (UNKNOWN,)},
        Standing.EXPIRED,
        ("D28-natural",),
    ),
    ({"earlier": True, "first_published_on": date(2022, 5, 1)}, Standing.PUBLISH, ()),
    ({"publish_until": date(2026, 10, 8)}, Standing.EXPIRED, ("D28-general",)),
    ({"publish_until": TODAY}, Standing.PUBLISH, ()),
]


@pytest.mark.article("D16")
@pytest.mark.article("D18")
@pytest.mark.article("D28")
@pytest.mark.parametrize(("given", "standing", "rules"), CASES)
def test_what_a_decision_is_and_which_rules_say_so(
    facts: MakeFacts, shipped: RuleSet, given: dict[str, Any], standing: Standing, rules: tuple[str, ...]
) -> None:
    found = verdict(facts(**given), shipped)
    assert found.standing is standing
    assert tuple(reason.rule_id for reason in found.reasons) == rules
    assert all(reason.text and reason.article for reason in found.reasons)


@pytest.mark.parametrize(("given", "standing", "_rules"), CASES)
def test_only_a_public_decision_shows_anybody(
    facts: MakeFacts, shipped: RuleSet, given: dict[str, Any], standing: Standing, _rules: tuple[str, ...]
) -> None:
    found = verdict(facts(**given), shipped)
    assert bool(found.visible_parties) is (standing is Standing.PUBLISH)
    assert (found.until is not None) is (standing in (Standing.PUBLISH, Standing.EXPIRED))


@pytest.mark.parametrize("rank", Rank)
def test_a_seal_comes_first_whatever_the_rank_of_the_other_prohibition(facts: MakeFacts, rule: Any, rank: Rank) -> None:
    forbidding = {"question": Question.PUBLICATION, "effect": Effect.MUST_NOT}
    sealing = rule("seal", **forbidding, rank=Rank.CITY_MEASURE, leads_to=LeadsTo.SEALED)
    other = rule("ground", **forbidding, rank=rank, leads_to=LeadsTo.WITHHELD)
    found = verdict(facts(), RuleSet((other, sealing)))
    assert found.standing is Standing.SEALED
    assert [reason.rule_id for reason in found.reasons] == ["seal", "ground"]


@pytest.mark.article("D27")
@pytest.mark.parametrize(("given", "standing", "_rules"), CASES)
def test_the_clock_runs_on_whatever_holds_the_decision(
    facts: MakeFacts, shipped: RuleSet, calendar: Calendar, given: dict[str, Any], standing: Standing, _rules: object
) -> None:
    fact = facts(**given)
    assert verdict(fact, shipped).due == publication_due(fact, shipped, calendar)


@pytest.mark.article("D28")
def test_a_natural_person_leaves_before_the_company_beside(facts: MakeFacts, shipped: RuleSet) -> None:
    both = facts(parties=(ADULT, COMPANY), first_published_on=date(2024, 3, 1), event_on=date(2024, 2, 20))
    assert verdict(both, shipped, date(2026, 3, 1)).visible_parties == (0, 1)
    later = verdict(both, shipped, date(2026, 3, 2))
    assert (later.standing, later.visible_parties) == (Standing.PUBLISH, (1,))
    assert verdict(both, shipped, date(2029, 3, 2)).standing is Standing.EXPIRED


def test_the_seal_holds_from_its_first_day_for_older_decisions_too(facts: MakeFacts, shipped: RuleSet) -> None:
    old = facts(legal_basis=("治安管理处罚法",), event_on=date(2025, 6, 2), first_published_on=date(2025, 6, 5))
    assert verdict(old, shipped, date(2025, 12, 31)).standing is Standing.PUBLISH
    assert verdict(old, shipped, date(2026, 1, 1)).standing is Standing.SEALED


def test_age_counts_on_the_day_of_decision(facts: MakeFacts, shipped: RuleSet) -> None:
    eighteen = PartyFacts(type="自然人", born_on=date(2008, 9, 30))
    day_short = PartyFacts(type="自然人", born_on=date(2008, 10, 1))
    assert verdict(facts(parties=(eighteen,)), shipped).standing is Standing.PUBLISH
    assert verdict(facts(parties=(day_short,)), shipped).standing is Standing.WITHHELD


def test_the_identity_number_counts_before_the_tick(facts: MakeFacts, shipped: RuleSet) -> None:
    child = PartyFacts(type="自然人", born_on=date(2010, 1, 1), adult_when_decided=True)
    assert verdict(facts(parties=(child,)), shipped).standing is Standing.WITHHELD


@pytest.mark.parametrize("party", [ADULT, CHILD, TICKED_CHILD, YOUNG_TRADER, BORN_AND_TICKED])
def test_without_a_rule_for_the_age_of_majority_nobody_known_by_birth_is_public(
    facts: MakeFacts, shipped: RuleSet, party: PartyFacts
) -> None:
    ageless = RuleSet(tuple(rule for rule in shipped if rule.question is not Question.MAJORITY))
    assert verdict(facts(parties=(party,)), ageless).standing is not Standing.PUBLISH


def test_without_any_rule_nothing_is_public(facts: MakeFacts) -> None:
    assert verdict(facts(), RuleSet()).standing is Standing.HELD


_PARTIES = st.builds(
    PartyFacts,
    type=st.sampled_from(["法人及非法人组织", "自然人", "个体工商户"]),
    born_on=st.none() | st.dates(date(1950, 1, 1), date(2026, 1, 1)),
    adult_when_decided=st.sampled_from([None, True, False]),
    adult_when_acted=st.sampled_from([None, True, False]),
)


@given(
    parties=st.lists(_PARTIES, min_size=1, max_size=4),
    event_on=st.dates(date(2021, 1, 1), TODAY),
    ground=st.sampled_from(["", "妨害执法", "未成年人"]),
    kind=st.sampled_from(["penalty", "licence", "levy", "random_inspection"]),
)
def test_no_combination_shows_a_minor_or_a_withheld_decision(
    shipped: RuleSet, facts: MakeFacts, *, parties: list[PartyFacts], event_on: date, ground: str, kind: str
) -> None:
    fact = facts(parties=tuple(parties), event_on=event_on, withhold_ground=ground, kind=kind)
    found = verdict(fact, shipped)
    if found.standing is Standing.PUBLISH:
        assert not ground
        assert not any(_minor(party, event_on) for party in parties if party.type != "法人及非法人组织")
        assert all(party.type != "自然人" or party.born_on or party.adult_when_decided for party in parties)


def _minor(party: PartyFacts, day: date) -> bool:
    if party.born_on is not None:
        return (day - party.born_on).days < 18 * 365
    return party.adult_when_decided is False
