"""Until when a decision stays public, party by party."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts, PartyFacts
from gongshi.law.retention import DEPARTMENT_COLUMN, Retention, publish_until
from gongshi.law.rule import Effect, Rank, Rule
from gongshi.law.rules import RuleSet

MakeFacts = Callable[..., DecisionFacts]

TODAY = date(2026, 10, 9)
FIRST = date(2024, 3, 1)
COMPANY, PERSON, TRADER = (PartyFacts(type=name) for name in ("法人及非法人组织", "自然人", "个体工商户"))
TWO, FIVE = date(2026, 3, 1), date(2029, 3, 1)


@dataclass(frozen=True)
class City:
    sole_trader_as_natural: bool = False


def until(facts: DecisionFacts, rules: RuleSet, *, city: City | None = None, first: date = FIRST) -> Retention:
    return publish_until(facts, first, rules, Calendar(), city or City(), today=TODAY)


@pytest.mark.article("D28")
@pytest.mark.parametrize(
    ("parties", "as_natural", "ends", "last"),
    [
        ((COMPANY,), False, (FIVE,), FIVE),
        ((PERSON,), False, (TWO,), TWO),
        ((TRADER,), False, (FIVE,), FIVE),
        ((TRADER,), True, (TWO,), TWO),
        ((PERSON, COMPANY, TRADER), False, (TWO, FIVE, FIVE), FIVE),
        ((PERSON, TRADER), True, (TWO, TWO), TWO),
        ((), False, (), FIVE),
    ],
)
def test_each_party_has_its_own_period(
    facts: MakeFacts,
    shipped: RuleSet,
    *,
    parties: tuple[PartyFacts, ...],
    as_natural: bool,
    ends: tuple[date, ...],
    last: date,
) -> None:
    found = until(facts(parties=parties), shipped, city=City(as_natural))
    assert (found.parties, found.on) == (ends, last)
    assert found.article == "《松原市行政执法公示办法》第二十八条"


@pytest.mark.article("D28")
@pytest.mark.parametrize(
    ("kind", "valid_until", "party", "last"),
    [
        ("licence", None, COMPANY, FIVE),
        ("licence", date(2027, 1, 1), COMPANY, FIVE),
        ("licence", date(2034, 1, 1), COMPANY, date(2034, 1, 1)),
        ("licence", date(2034, 1, 1), PERSON, date(2034, 1, 1)),
        ("licence", date(2099, 12, 31), COMPANY, None),
        ("penalty", date(2034, 1, 1), COMPANY, FIVE),
    ],
)
def test_a_licence_never_comes_down_before_its_end(
    facts: MakeFacts, shipped: RuleSet, *, kind: str, valid_until: date | None, party: PartyFacts, last: date | None
) -> None:
    found = until(facts(kind=kind, valid_until=valid_until, parties=(party,)), shipped)
    assert found.on == last
    assert not found.expired(last or date(2098, 1, 1))


@pytest.mark.parametrize(
    ("column", "last", "article"),
    [
        (date(2025, 1, 1), date(2025, 1, 1), DEPARTMENT_COLUMN),
        (date(2035, 1, 1), FIVE, "《松原市行政执法公示办法》第二十八条"),
    ],
)
def test_the_departments_own_day_can_only_shorten(
    facts: MakeFacts, shipped: RuleSet, column: date, last: date, article: str
) -> None:
    found = until(facts(publish_until=column), shipped)
    assert (found.on, found.article) == (last, article)


def test_the_last_day_is_still_public(facts: MakeFacts, shipped: RuleSet) -> None:
    found = until(facts(parties=(PERSON, COMPANY)), shipped)
    assert found.visible(TWO) == (0, 1)
    assert found.visible(TWO + timedelta(days=1)) == (1,)
    assert not found.expired(FIVE)
    assert found.expired(FIVE + timedelta(days=1))


def test_a_backfilled_decision_counts_from_the_old_publication(facts: MakeFacts, shipped: RuleSet) -> None:
    assert until(facts(earlier=True), shipped, first=date(2018, 6, 1)).on == date(2023, 6, 1)


def switched(rules: RuleSet, **changes: dict[str, Any]) -> RuleSet:
    """The rules with some of them changed, by id (- written as _)."""
    return RuleSet(tuple(replace(rule, **changes.get(rule.id.replace("-", "_"), {})) for rule in rules))


ON = {"enabled": True, "decided_by": "示例〔2026〕1号"}


@pytest.mark.parametrize(
    ("given", "last"),
    [
        ({"penalty_classes": ("罚款",)}, date(2027, 3, 1)),
        ({"penalty_classes": ("通报批评",)}, date(2024, 6, 1)),
        ({"penalty_classes": ("通报批评", "罚款")}, date(2027, 3, 1)),
        ({"penalty_classes": ("罚款",), "parties": (PERSON,)}, TWO),
        ({"penalty_classes": ("限制从业",), "valid_until": date(2031, 5, 1)}, date(2031, 5, 1)),
        ({"penalty_classes": ("限制从业",), "valid_until": date(2025, 5, 1)}, date(2027, 3, 1)),
        ({"sector": "交通运输"}, FIVE),
    ],
)
def test_the_national_rules_of_market_supervision_apply_where_the_city_turned_them_on(
    facts: MakeFacts, shipped: RuleSet, given: dict[str, Any], last: date
) -> None:
    fact = facts(**{"sector": "市场监管", **given})
    on = switched(shipped, R45_13_short=ON, R45_13_general=ON, R45_13_restriction=ON)
    assert until(fact, on).on == last
    assert until(fact, shipped).on in (FIVE, TWO), "off until the city decides"


def test_credit_repair_counts_from_the_decision(facts: MakeFacts, shipped: RuleSet) -> None:
    fact = facts(event_on=date(2024, 2, 1), severity="轻微")
    assert until(fact, switched(shipped, CR36_minor=ON)).on == date(2024, 5, 1)
    assert until(fact, shipped).on == FIVE


def test_where_nothing_retires_only_duties_to_stop_end_a_publication(facts: MakeFacts, shipped: RuleSet) -> None:
    off = {"enabled": False, "turned_on_by": "市级决定"}
    kept = switched(shipped, D28_retire=off)
    assert until(facts(parties=(PERSON,)), kept).on is None
    both = switched(shipped, D28_retire=off, R45_13_general=ON)
    assert until(facts(sector="市场监管", parties=(PERSON,)), both).on == date(2027, 3, 1)


def test_a_department_can_keep_what_the_city_lets_retire(
    facts: MakeFacts, rule: Callable[..., Rule], shipped: RuleSet
) -> None:
    retire = shipped.get("D28-retire")
    assert retire is not None
    keeps = rule(
        "ours",
        question=retire.question,
        effect=Effect.MAY,
        rank=Rank.POLICY,
        issuer=retire.issuer,
        departments=["112207000135491313"],
    )
    rules = RuleSet((*shipped, keeps))
    assert until(facts(), rules).on is None
    assert until(facts(department="11220700MB99000134"), rules).on == FIVE


@given(st.dates(date(2005, 1, 1), date(2026, 10, 9)), st.lists(st.sampled_from([COMPANY, PERSON, TRADER]), max_size=4))
def test_a_decision_is_gone_exactly_when_its_last_party_is(
    shipped: RuleSet, facts: MakeFacts, first: date, parties: list[PartyFacts]
) -> None:
    found = until(facts(parties=tuple(parties)), shipped, first=first)
    assert found.on is not None
    assert found.on == max((end for end in found.parties if end), default=found.on)
    for day in (found.on, found.on + timedelta(days=1)):
        assert found.expired(day) is (day > found.on)
        assert not parties or found.expired(day) is not bool(found.visible(day))


@pytest.mark.parametrize(
    ("classes", "fine", "amount", "last"),
    [
        (("罚款",), "100", None, date(2027, 3, 1)),  # no amount was set: every fine stays three years
        (("罚款",), "3000", "3000", date(2024, 6, 1)),
        (("罚款",), "3000.01", "3000", date(2027, 3, 1)),
        (("罚款",), None, "3000", date(2027, 3, 1)),  # a fine that nobody gave is no lower one
        (("罚款", "没收违法所得"), "100", "3000", date(2027, 3, 1)),
        (("罚款", "通报批评"), "100", "3000", date(2024, 6, 1)),
        (("通报批评",), None, None, date(2024, 6, 1)),
    ],
)
def test_market_supervisions_lower_fine_is_what_the_city_set_and_unset_is_three_years(
    facts: MakeFacts,
    shipped: RuleSet,
    *,
    classes: tuple[str, ...],
    fine: str | None,
    amount: str | None,
    last: date,
) -> None:
    decided = {"R45-13-general", "R45-13-short", *(["R45-13-fine"] if amount else [])}
    on = [
        replace(
            rule,
            enabled=rule.enabled or rule.id in decided,
            scope=replace(rule.scope, fine_at_most=Decimal(amount))
            if rule.id == "R45-13-fine" and amount
            else rule.scope,
        )
        for rule in shipped
    ]
    case = facts(sector="市场监管", penalty_classes=classes, fine=Decimal(fine) if fine else None)
    assert until(case, RuleSet(tuple(on))).on == last
