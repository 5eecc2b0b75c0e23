"""By when a decision must be public, on the clocks that DOMAIN.md sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import Event, Rank, Rule, Unit
from gongshi.law.rules import RuleSet
from gongshi.law.terms import publication_due

MakeFacts = Callable[..., DecisionFacts]
MakeRule = Callable[..., Rule]

SEVEN_FROM_30_SEPTEMBER = date(2026, 10, 15)


@pytest.mark.article("D27")
@pytest.mark.parametrize("kind", ["licence", "penalty", "coercion", "levy", "charge", "inspection"])
def test_all_six_kinds_are_due_within_seven_working_days(
    facts: MakeFacts, shipped: RuleSet, calendar: Calendar, kind: str
) -> None:
    due = publication_due(facts(kind=kind), shipped, calendar)
    assert (due.on, due.rule_id, due.provisional) == (SEVEN_FROM_30_SEPTEMBER, "D27-all", False)
    assert due.article == "《松原市行政执法公示办法》第二十七条第一款"
    assert due.text == "自信息形成或者变更之日起7个工作日内"


@pytest.mark.article("D27")
@pytest.mark.article("S1.3b")
@pytest.mark.parametrize(
    ("given", "on", "rule_id"),
    [
        ({"outcome": "正常"}, date(2026, 11, 3), "D27-random-normal"),
        ({"outcome": "发现问题", "handled_on": date(2026, 10, 20)}, date(2026, 10, 29), "D27-random-problem"),
        ({"outcome": "无法联系", "handled_on": date(2026, 10, 20)}, date(2026, 10, 29), "D27-random-problem"),
        ({"outcome": "发现问题"}, None, "D27-random-problem"),
    ],
)
def test_random_inspections_have_their_own_clocks(
    facts: MakeFacts, shipped: RuleSet, calendar: Calendar, *, given: dict[str, Any], on: date | None, rule_id: str
) -> None:
    due = publication_due(facts(kind="random_inspection", **given), shipped, calendar)
    assert (due.on, due.rule_id) == (on, rule_id)
    assert due.waiting is (on is None)
    assert not (on is None and due.overdue(date(2030, 1, 1)))


@pytest.mark.article("S1.3")
def test_market_supervision_stays_at_seven_days_here_whatever_the_national_system_allows(
    facts: MakeFacts, shipped: RuleSet, calendar: Calendar
) -> None:
    due = publication_due(facts(sector="市场监管"), shipped, calendar)
    assert (due.on, due.rule_id) == (SEVEN_FROM_30_SEPTEMBER, "D27-all")


@pytest.mark.article("S1.3")
@pytest.mark.parametrize(
    ("kind", "rank", "on", "rule_id"),
    [
        ("penalty", Rank.RULE, SEVEN_FROM_30_SEPTEMBER, "S1.3-licence-penalty"),
        ("licence", Rank.LOCAL_REGULATION, SEVEN_FROM_30_SEPTEMBER, "S1.3-licence-penalty"),
        ("penalty", Rank.LAW, date(2026, 11, 17), "other"),
        ("levy", Rank.RULE, date(2026, 11, 3), "S1.3-general"),
        ("levy", Rank.ADMINISTRATIVE_REGULATION, date(2026, 11, 17), "other"),
    ],
)
def test_only_law_and_administrative_regulations_lengthen_what_the_scheme_sets(
    facts: MakeFacts,
    rule: MakeRule,
    shipped: RuleSet,
    calendar: Calendar,
    *,
    kind: str,
    rank: Rank,
    on: date,
    rule_id: str,
) -> None:
    other = rule(
        "other",
        rank=rank,
        issuer="别的机关",
        value=30,
        unit=Unit.WORKING_DAYS,
        counted_from=Event.FORMED_OR_CHANGED,
        kinds=[kind],
    )
    due = publication_due(facts(kind=kind), RuleSet((*shipped, other)), calendar)
    assert (due.on, due.rule_id) == (on, rule_id)


@pytest.mark.parametrize(
    ("given", "start"),
    [
        ({}, date(2026, 9, 30)),
        ({"formed_on": date(2026, 10, 12)}, date(2026, 10, 12)),
        ({"formed_on": date(2026, 9, 1)}, date(2026, 9, 30)),  # never earlier than the decision
        ({"changed_on": date(2026, 10, 20), "first_published_on": date(2026, 10, 9)}, date(2026, 10, 20)),
        ({"changed_on": date(2026, 10, 20)}, date(2026, 9, 30)),  # not yet public: the first clock runs on
        ({"changed_on": date(2026, 10, 20), "first_published_on": date(2026, 10, 21)}, date(2026, 9, 30)),
    ],
)
def test_the_clock_starts_at_the_decision_and_a_change_after_publication_starts_a_new_one(
    facts: MakeFacts, shipped: RuleSet, calendar: Calendar, given: dict[str, Any], start: date
) -> None:
    assert publication_due(facts(**given), shipped, calendar).on == calendar.add_working_days(start, 7).on


def test_a_changed_random_inspection_is_on_the_general_clock(
    facts: MakeFacts, shipped: RuleSet, calendar: Calendar
) -> None:
    changed = facts(
        kind="random_inspection",
        outcome="正常",
        first_published_on=date(2026, 10, 9),
        changed_on=date(2026, 10, 20),
    )
    due = publication_due(changed, shipped, calendar)
    assert (due.on, due.rule_id) == (date(2026, 10, 29), "D27-all")


@pytest.mark.parametrize("held", [{"withhold_ground": "妨害执法"}, {"secrecy_checked": False}, {"parties": ()}])
def test_nothing_that_holds_a_decision_stops_its_clock(
    facts: MakeFacts, shipped: RuleSet, calendar: Calendar, held: dict[str, Any]
) -> None:
    assert publication_due(facts(**held), shipped, calendar).on == SEVEN_FROM_30_SEPTEMBER


@pytest.mark.parametrize(
    ("event", "rule_id"),
    [(date(2019, 12, 30), ""), (date(2019, 12, 31), "S1.3-licence-penalty"), (date(2020, 1, 1), "D27-all")],
)
def test_a_term_is_that_of_the_day_of_its_event(
    facts: MakeFacts, shipped: RuleSet, calendar: Calendar, event: date, rule_id: str
) -> None:
    due = publication_due(facts(event_on=event), shipped, calendar)
    assert due.rule_id == rule_id
    assert (due.on is None) is (rule_id == "")


def test_overdue_begins_the_day_after_and_never_on_a_provisional_date(
    facts: MakeFacts, shipped: RuleSet, calendar: Calendar
) -> None:
    due = publication_due(facts(), shipped, calendar)
    assert due.on is not None
    assert not due.overdue(due.on)
    assert due.overdue(due.on + timedelta(days=1))
    unknown = publication_due(facts(event_on=date(2026, 12, 28)), shipped, calendar)
    assert unknown.provisional
    assert not unknown.overdue(date(2027, 6, 1))


@pytest.mark.parametrize(("days", "target"), [(3, date(2026, 10, 10)), (10, None)])
def test_a_departments_policy_can_only_shorten_and_is_only_a_target(
    facts: MakeFacts, rule: MakeRule, shipped: RuleSet, calendar: Calendar, *, days: int, target: date | None
) -> None:
    policy = rule(
        "ours",
        rank=Rank.POLICY,
        issuer="本部门",
        value=days,
        unit=Unit.WORKING_DAYS,
        counted_from=Event.FORMED_OR_CHANGED,
        departments=["112207000135491313"],
    )
    due = publication_due(facts(), RuleSet((*shipped, policy)), calendar)
    assert (due.on, due.rule_id, due.target) == (SEVEN_FROM_30_SEPTEMBER, "D27-all", target)
