"""Working days as the State Council made them, and honesty where nobody knows them yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.law.calendar import Calendar, Computed, YearOverride

CALENDAR = Calendar()


@pytest.mark.article("D27")
@pytest.mark.parametrize(
    ("start", "days", "on"),
    [
        ("2026-09-30", 7, "2026-10-15"),  # National Day, and Saturday 10 October is worked
        ("2026-10-09", 1, "2026-10-10"),
        ("2026-03-02", 7, "2026-03-11"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),  # the event on a Saturday: day one is Monday
        ("2026-02-13", 3, "2026-02-25"),  # Spring Festival
        ("2026-03-02", 0, "2026-03-02"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, days: int, on: str) -> None:
    assert CALENDAR.add_working_days(date.fromisoformat(start), days) == Computed(date.fromisoformat(on), False)


def test_a_period_in_calendar_days_rolls_past_a_holiday() -> None:
    assert CALENDAR.add_calendar_days(date(2026, 9, 3), 30) == Computed(date(2026, 10, 8), False)
    assert CALENDAR.add_calendar_days(date(2026, 9, 1), 1) == Computed(date(2026, 9, 2), False)


@pytest.mark.parametrize(
    ("start", "years", "on"),
    [("2024-02-29", 2, "2026-02-28"), ("2024-02-29", 4, "2028-02-29"), ("2021-03-01", 5, "2026-03-01")],
)
def test_years_end_on_the_same_day(start: str, years: int, on: str) -> None:
    assert CALENDAR.add_years(date.fromisoformat(start), years) == date.fromisoformat(on)


@pytest.mark.parametrize(("start", "months", "on"), [("2026-01-31", 1, "2026-02-28"), ("2025-11-30", 3, "2026-02-28")])
def test_months_end_on_the_last_day_where_the_day_is_missing(start: str, months: int, on: str) -> None:
    assert CALENDAR.add_months(date.fromisoformat(start), months) == date.fromisoformat(on)


@pytest.mark.parametrize("start", [date(2026, 12, 28), date(2027, 3, 1), date(2003, 12, 30), date(1998, 5, 4)])
def test_beyond_both_ends_of_the_known_years_a_date_is_provisional_and_never_passes(start: date) -> None:
    due = CALENDAR.add_working_days(start, 7)
    assert due.provisional
    assert not due.passed(date(2099, 1, 1))


def test_a_known_date_passes_the_day_after() -> None:
    due = CALENDAR.add_working_days(date(2026, 3, 2), 7)
    assert not due.passed(due.on)
    assert due.passed(due.on + timedelta(days=1))


def test_the_citys_own_year_comes_before_the_library() -> None:
    override = YearOverride(
        year=2026,
        document="示例文件",
        holidays=frozenset({date(2026, 10, 8)}),
        working_days=frozenset({date(2026, 10, 11)}),
    )
    calendar = Calendar({2026: override})
    assert not calendar.is_working_day(date(2026, 10, 8))
    assert calendar.is_working_day(date(2026, 10, 1)), "the override replaces the library's whole year"
    assert calendar.is_working_day(date(2026, 10, 11))
    assert not calendar.is_working_day(date(2026, 10, 10))


def test_rolling_out_of_an_unknown_year_stays_provisional() -> None:
    calendar = Calendar({2029: YearOverride(year=2029, document="示例文件", holidays=frozenset())})
    assert calendar.roll(date(2028, 12, 31)) == Computed(date(2029, 1, 1), provisional=True)


def test_a_provisional_date_becomes_firm_when_its_calendar_arrives() -> None:
    before = CALENDAR.add_working_days(date(2026, 12, 28), 7)
    override = YearOverride(year=2027, document="示例文件", holidays=frozenset({date(2027, 1, 1), date(2027, 1, 4)}))
    after = Calendar({2027: override}).add_working_days(date(2026, 12, 28), 7)
    assert before.provisional
    assert not after.provisional
    assert after.on > before.on


_DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@given(_DAYS, st.integers(1, 60))
def test_the_last_day_is_worked_and_the_count_is_exact(start: date, days: int) -> None:
    end = CALENDAR.add_working_days(start, days).on
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert CALENDAR.is_working_day(end)
    assert sum(CALENDAR.is_working_day(day) for day in between) == days


@given(_DAYS, st.integers(0, 40), st.integers(0, 40))
def test_terms_add_up_and_never_run_backwards(start: date, one: int, other: int) -> None:
    whole = CALENDAR.add_working_days(start, one + other)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, one).on, other).on == whole.on
    assert CALENDAR.add_working_days(start + timedelta(days=1), one).on >= CALENDAR.add_working_days(start, one).on


@given(_DAYS, st.integers(0, 400))
def test_a_date_is_provisional_exactly_when_an_unknown_day_was_counted(start: date, days: int) -> None:
    due = CALENDAR.add_calendar_days(start, days)
    assert CALENDAR.is_working_day(due.on)
    nominal = start + timedelta(days=days)
    passed = [nominal + timedelta(days=n) for n in range((due.on - nominal).days + 1)]
    assert due.provisional == (not all(CALENDAR.is_known(day) for day in passed))
