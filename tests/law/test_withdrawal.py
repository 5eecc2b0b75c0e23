"""By when what ended has come down: three working days from effect or receipt; the second person's next working day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import Event, Question, Rank, Unit
from gongshi.law.rules import RuleSet
from gongshi.law.withdrawal import confirmation_due, withdrawal_due

MakeFacts = Callable[..., DecisionFacts]


@pytest.mark.article("D28", "S1.3")
@pytest.mark.parametrize(
    ("kind", "effective", "received", "due", "rule_id"),
    [
        ("penalty", date(2026, 11, 17), None, date(2026, 11, 20), "P48-withdraw"),
        ("penalty", date(2026, 11, 17), date(2026, 11, 19), date(2026, 11, 24), "P48-withdraw"),
        ("penalty", date(2026, 11, 19), date(2026, 11, 17), date(2026, 11, 24), "P48-withdraw"),
        ("penalty", date(2026, 9, 30), None, date(2026, 10, 10), "P48-withdraw"),
        ("penalty", date(2021, 7, 14), None, date(2021, 7, 19), "D28-withdraw"),
        ("levy", date(2026, 11, 17), None, date(2026, 11, 20), "S1.3-withdraw"),
        ("licence", date(2026, 9, 30), None, date(2026, 10, 10), "S1.3-withdraw"),
    ],
)
def test_three_working_days_from_effect_or_later_receipt(  # noqa: PLR0917 - a table
    shipped: RuleSet,
    calendar: Calendar,
    facts: MakeFacts,
    kind: str,
    effective: date,
    received: date | None,
    due: date,
    rule_id: str,
) -> None:
    found = withdrawal_due(facts(kind=kind), effective, received, shipped, calendar)
    assert (found.on, found.rule_id) == (due, rule_id)
    assert found.overdue(due) is False
    assert found.overdue(date(2026, 12, 31)) is True


def test_on_the_national_system_the_rule_of_market_supervision_speaks(shipped: RuleSet, facts: MakeFacts) -> None:
    case = facts(sector="市场监管")
    found = shipped.resolve(Question.WITHDRAWAL, case, date(2026, 11, 17), "national_publicity_system")
    assert found.winner is not None
    assert found.winner.id == "R45-11"


@pytest.mark.article("D30")
def test_a_suspension_waits_for_the_second_person_until_the_next_working_day(
    shipped: RuleSet, calendar: Calendar, facts: MakeFacts
) -> None:
    assert confirmation_due(facts(), date(2026, 9, 30), shipped, calendar).on == date(2026, 10, 8)


def test_a_term_in_a_year_without_holidays_is_provisional_and_never_overdue(shipped: RuleSet, facts: MakeFacts) -> None:
    found = withdrawal_due(facts(), date(2026, 12, 30), None, shipped, Calendar())
    assert (found.on, found.provisional) == (date(2027, 1, 4), True)
    assert not found.overdue(date(2027, 6, 1))


def test_without_a_rule_there_is_no_term(rule: Callable[..., object], facts: MakeFacts, calendar: Calendar) -> None:
    assert withdrawal_due(facts(), date(2026, 11, 17), None, RuleSet(), calendar).on is None
    assert confirmation_due(facts(), date(2026, 11, 17), RuleSet(), calendar).on is None


def test_calendar_days_roll_to_a_working_day(rule: Callable[..., object], facts: MakeFacts, calendar: Calendar) -> None:
    days = rule(
        "x",
        question=Question.WITHDRAWAL,
        rank=Rank.LAW,
        value=3,
        unit=Unit.CALENDAR_DAYS,
        counted_from=Event.ACT_EFFECTIVE_OR_RECEIVED,
    )
    assert withdrawal_due(facts(), date(2026, 11, 18), None, RuleSet((days,)), calendar).on == date(2026, 11, 23)
