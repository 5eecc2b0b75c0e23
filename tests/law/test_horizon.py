"""The law's answer stands until the day that is named: nobody has to ask before, and from then on somebody must."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts, PartyFacts
from gongshi.law.horizon import next_change, next_era
from gongshi.law.publishability import Standing, Verdict, judge
from gongshi.law.rule import Effect, Event, LeadsTo, Question, Rank, Rule, Source, Unit
from gongshi.law.rules import RuleSet

DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)
COMPANY = PartyFacts(type="法人及非法人组织")
PERSON = PartyFacts(type="自然人", born_on=date(1990, 1, 1))
CHILD = PartyFacts(type="自然人", born_on=date(2012, 1, 1))
GROWN = PartyFacts(type="自然人", born_on=date(1990, 1, 1), adult_when_acted=False)


@dataclass(frozen=True)
class City:
    sole_trader_as_natural: bool = False


Asked = tuple[DecisionFacts, RuleSet, City]


def answer(asked: Asked, on: date) -> Verdict:
    facts, rules, city = asked
    return judge(facts, rules, Calendar(), on, city)


def change(asked: Asked, on: date) -> date | None:
    facts, rules, city = asked
    return next_change(facts, answer(asked, on), rules, Calendar(), on, city)


@pytest.mark.parametrize(
    ("given_facts", "standing", "wanted"),
    [
        ({"first_published_on": date(2026, 10, 9)}, Standing.PUBLISH, date(2031, 10, 10)),
        ({"first_published_on": date(2026, 10, 9), "parties": (PERSON, COMPANY)}, "publish", date(2028, 10, 10)),
        ({"first_published_on": date(2024, 2, 29), "parties": (PERSON, COMPANY)}, "publish", date(2029, 3, 1)),
        (
            {"first_published_on": date(2026, 10, 9), "publish_until": date(2026, 12, 31)},
            Standing.PUBLISH,
            date(2027, 1, 1),
        ),
        (
            {"kind": "licence", "first_published_on": date(2021, 11, 22), "valid_until": date(2030, 1, 31)},
            Standing.PUBLISH,
            date(2030, 2, 1),
        ),
        (
            {"kind": "licence", "first_published_on": date(2021, 11, 22), "valid_until": date(2099, 12, 31)},
            Standing.PUBLISH,
            None,
        ),
        ({"event_on": date(2026, 12, 1)}, Standing.HELD, date(2026, 12, 1)),
        ({"earlier": True, "first_published_on": date(2026, 12, 5)}, Standing.HELD, date(2026, 12, 5)),
        ({"first_published_on": date(2020, 11, 21)}, Standing.EXPIRED, None),
        ({"withhold_ground": "主要事实涉密涉私", "event_on": date(2027, 1, 1)}, Standing.WITHHELD, None),
        ({"legal_basis": ("《治安管理处罚法》",)}, Standing.SEALED, None),
        ({"parties": (GROWN,), "choice": "withhold", "event_on": date(2027, 1, 1)}, Standing.WITHHELD, None),
        ({"parties": (GROWN,), "first_published_on": date(2026, 10, 9)}, Standing.HELD, date(2028, 10, 10)),
        ({}, Standing.PUBLISH, TODAY + DAY),
    ],
)
def test_the_day_is_the_law_s_own(
    facts: Callable[..., DecisionFacts],
    shipped: RuleSet,
    *,
    given_facts: dict[str, Any],
    standing: Standing,
    wanted: date | None,
) -> None:
    asked = (facts(**given_facts), shipped, City())
    assert answer(asked, TODAY).standing == standing
    assert change(asked, TODAY) == wanted
    if wanted is not None:
        assert answer(asked, wanted) != answer(asked, wanted - DAY)


def test_what_becomes_public_today_is_looked_at_when_its_time_is_over(
    facts: Callable[..., DecisionFacts], shipped: RuleSet
) -> None:
    unpublished = facts()
    published = replace(unpublished, first_published_on=TODAY)
    assert answer((unpublished, shipped, City()), TODAY) == answer((published, shipped, City()), TODAY)
    assert change((published, shipped, City()), TODAY) == date(2031, 11, 23)


def test_while_it_waits_an_end_from_the_decision_may_overtake_one_from_publication(
    facts: Callable[..., DecisionFacts], shipped: RuleSet, rule: Callable[..., Rule]
) -> None:
    """Today the five years of D28 would come first, and the licence's validity prolongs them; once the six years from
    the decision come first, which a law demands, nothing prolongs those."""
    by_law = rule(
        "law",
        question=Question.RETENTION,
        effect=Effect.MUST,
        rank=Rank.LAW,
        value=6,
        unit=Unit.YEARS,
        counted_from=Event.DECIDED,
    )
    waiting = facts(kind="licence", event_on=date(2026, 3, 1), valid_until=date(2040, 1, 1), secrecy_checked=False)
    asked = (waiting, RuleSet((*shipped, by_law)), City())
    over = date(2032, 3, 2)
    assert answer(asked, over - DAY).standing is Standing.HELD
    assert answer(asked, over).standing is Standing.EXPIRED
    day = TODAY
    while (following := change(asked, day)) is not None and following < over:
        assert answer(asked, following - DAY) == answer(asked, day)
        day = following
    assert following == over


def test_what_is_over_before_it_was_public_is_asked_again_where_its_days_move(
    facts: Callable[..., DecisionFacts], shipped: RuleSet, rule: Callable[..., Rule]
) -> None:
    """The adult's time is over, counted from the decision; the minor's, whom nobody sees, would begin today."""
    adults = rule(
        "adults",
        question=Question.RETENTION,
        rank=Rank.LAW,
        value=1,
        unit=Unit.MONTHS,
        counted_from=Event.DECIDED,
        party_types=["自然人"],
    )
    child = replace(CHILD, type="个体工商户")
    asked = (facts(parties=(PERSON, child), choice="publish"), RuleSet((*shipped, adults)), City())
    assert answer(asked, TODAY).standing is Standing.EXPIRED
    assert answer(asked, TODAY) != answer(asked, TODAY + DAY)
    assert change(asked, TODAY) == TODAY + DAY


def test_another_rule_may_come_to_set_an_end_that_the_department_set_earlier_still(
    facts: Callable[..., DecisionFacts], shipped: RuleSet, rule: Callable[..., Rule]
) -> None:
    """The answer names the rule: of two that end after the department's own day the one whose end is earlier."""
    by_law = {"question": Question.RETENTION, "rank": Rank.LAW, "unit": Unit.YEARS, "value": 3, "yields_to": ()}
    rules = (
        rule("from-decision", counted_from=Event.DECIDED, **by_law),
        rule("from-publication", counted_from=Event.FIRST_PUBLISHED, **by_law),
    )
    never_public = facts(event_on=date(2027, 1, 1), publish_until=date(2024, 9, 13))
    asked = (never_public, RuleSet((*shipped, *rules)), City())
    assert {answer(asked, TODAY + DAY * n).reasons[0].rule_id for n in (0, 1)} == {"from-publication"}
    assert answer(asked, date(2027, 2, 1)).reasons[0].rule_id == "from-decision"
    assert change(asked, TODAY) == TODAY + DAY
    assert change(asked, date(2027, 2, 1)) is None


def test_an_era_ends_where_a_rule_begins_or_ends(rule: Callable[..., Rule]) -> None:
    rules = RuleSet(
        (
            rule("past", effective_from=date(2020, 1, 1), effective_to=date(2021, 12, 31)),
            rule("begins", effective_from=date(2027, 7, 15)),
            rule("ends", effective_from=date(2020, 1, 1), effective_to=date(2027, 3, 31)),
            rule("decided", effective_from=date(2020, 1, 1), decided_on=date(2027, 1, 5)),
            rule("off", effective_from=date(2026, 12, 1), enabled=False),
            rule("for ever", effective_to=date.max),
        )
    )
    days = [TODAY, date(2027, 1, 5), date(2027, 4, 1), date(2027, 7, 15)]
    assert [next_era(rules, day) for day in days] == [*days[1:], None]
    for day, following in pairwise(days):
        assert _in_force(rules, day) == _in_force(rules, following - DAY) != _in_force(rules, following)


def _in_force(rules: RuleSet, day: date) -> set[str]:
    return {rule.id for rule in rules if rule.enabled and rule.in_force(day)}


NEAR = st.dates(TODAY - timedelta(days=800), TODAY + timedelta(days=800))
PARTIES = st.builds(
    PartyFacts,
    type=st.sampled_from(["法人及非法人组织", "自然人", "个体工商户"]),
    born_on=st.sampled_from([None, date(1990, 1, 1), date(2012, 1, 1)]),
    adult_when_decided=st.sampled_from([None, True, False]),
    adult_when_acted=st.sampled_from([None, True, False]),
)
FACTS = st.builds(
    DecisionFacts,
    kind=st.sampled_from(["penalty", "licence", "inspection", "coercion"]),
    department=st.sampled_from(["112207000135491313", "11220700MB9900021Y"]),
    event_on=NEAR,
    sector=st.sampled_from(["", "市场监管"]),
    formed_on=st.none() | NEAR,
    changed_on=st.none() | NEAR,
    handled_on=st.none() | NEAR,
    outcome=st.sampled_from(["", "未发现问题", "发现问题"]),
    legal_basis=st.sampled_from([(), ("《食品安全法》第一条",), ("治安管理处罚法",)]),
    penalty_classes=st.sampled_from([(), ("罚款",), ("通报批评",), ("罚款", "限制从业")]),
    severity=st.sampled_from(["", "轻微", "严重"]),
    valid_until=st.none() | NEAR | st.just(date(2099, 12, 31)),
    publish_until=st.none() | NEAR | st.just(date.max),
    withhold_ground=st.sampled_from(["", "", "", "主要事实涉密涉私", "没有这一种"]),
    secrecy_checked=st.sampled_from([None, True, False]),
    first_published_on=st.none() | NEAR,
    earlier=st.booleans(),
    choice=st.sampled_from(["", "publish", "withhold"]),
    parties=st.lists(PARTIES, max_size=3).map(tuple),
)
"""Facts whose days lie close to today, so that a few hundred days hold many changes."""


@st.composite
def laws(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Up to four more rules of the questions that a day may change: short periods from either event, floors, and
    policies, of any rank, with days on which they come into and go out of force."""
    ranks, maybe_day = st.sampled_from(Rank), st.none() | NEAR
    made = []
    for number in range(draw(st.integers(0, 4))):
        question = draw(
            st.sampled_from([Question.RETENTION, Question.RETENTION_FLOOR, Question.RETIREMENT, Question.PUBLICATION])
        )
        floor = question is Question.RETENTION_FLOOR
        made.append(
            Rule(
                id=f"made-{number}",
                question=question,
                effect=draw(st.sampled_from(Effect)),
                rank=draw(ranks),
                issuer=draw(st.sampled_from(["甲", "乙"])),
                article="",
                basis="",
                source=Source.VERIFIED,
                value="2099-12-31" if floor else draw(st.integers(0, 14)),
                unit=Unit.UNTIL if floor else draw(st.sampled_from([Unit.MONTHS, Unit.YEARS])),
                counted_from=draw(st.sampled_from([Event.DECIDED, Event.FIRST_PUBLISHED])),
                effective_from=draw(maybe_day),
                effective_to=draw(maybe_day),
                yields_to=draw(st.sampled_from([None, frozenset(), frozenset({Rank.LAW})])),
                leads_to=draw(st.sampled_from([LeadsTo.WITHHELD, LeadsTo.SEALED])),
                reviewed_by=draw(st.sampled_from(["", "乙"])),
            )
        )
    return tuple(made)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=FACTS, made=laws(), city=st.builds(City, st.booleans()), data=st.data())
def test_the_same_answer_on_every_day_until_then(
    facts: DecisionFacts, made: tuple[Rule, ...], city: City, data: st.DataObject, shipped: RuleSet
) -> None:
    switched = tuple(replace(rule, enabled=rule.enabled ^ (rule.question is Question.RETENTION)) for rule in shipped)
    rules = RuleSet((*(switched if data.draw(st.booleans()) else tuple(shipped)), *made))
    asked = (facts, rules, city)
    now = answer(asked, TODAY)
    ends = (day for day in (change(asked, TODAY), next_era(rules, TODAY)) if day is not None)
    end = min(ends, default=TODAY + timedelta(days=4000))
    for day in {*_sample(TODAY, end, data), end - DAY}:
        assert answer(asked, day) == now, day


def _sample(first: date, end: date, data: st.DataObject) -> set[date]:
    """Every day of some weeks, and days beyond."""
    near = {first + DAY * n for n in range(min((end - first).days, 45))}
    far = data.draw(st.lists(st.dates(first, end - DAY), min_size=5, max_size=25))
    return near | set(far)
