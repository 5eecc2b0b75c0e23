"""Running hours, days that roll, and days of which the hour is not known."""

from datetime import date, datetime, timedelta

import pytest

from gongshi.law.calendar import Calendar
from gongshi.law.recording.hours import Instant, timing
from gongshi.law.recording.model import Status
from gongshi.law.rule import Effect, Question, Rank, Rule, Source, Unit

NOW = datetime.fromisoformat("2026-03-10T12:00+08:00")


def rule(value: int, unit: Unit) -> Rule:
    return Rule(
        id="x",
        question=Question.RECORDING,
        effect=Effect.MUST,
        rank=Rank.CITY_MEASURE,
        issuer="",
        article="",
        basis="",
        source=Source.VERIFIED,
        value=value,
        unit=unit,
    )


HOURS, DAYS = rule(24, Unit.HOURS), rule(30, Unit.CALENDAR_DAYS)


@pytest.mark.article("R32")
@pytest.mark.parametrize(
    ("start", "end", "status", "late"),
    [
        ("2026-03-02T09:30+08:00", "2026-03-03T09:30+08:00", Status.MET, None),
        ("2026-03-02T09:30+08:00", "2026-03-03T09:31+08:00", Status.LATE, timedelta(minutes=1)),
        ("2026-03-02T09:30+08:00", "2026-03-03T01:30+00:00", Status.MET, None),
        ("2026-03-02", "2026-03-02", Status.MET, None),
        ("2026-03-02", "2026-03-03", Status.UNDETERMINED, None),
        ("2026-03-02", "2026-03-04", Status.LATE, timedelta(minutes=1)),
        ("2026-03-02T09:30+08:00", "2026-03-03", Status.UNDETERMINED, None),
        ("2026-03-02T09:30+08:00", "2026-03-02", Status.MET, None),
        ("2026-03-02T09:30+08:00", "2026-03-04", Status.LATE, timedelta(hours=14, minutes=30)),
        ("2026-03-10T11:00+08:00", "", Status.WAITING, None),
        ("2026-03-09T11:59+08:00", "", Status.LATE, timedelta(minutes=1)),
        ("2026-03-09", "", Status.WAITING, None),
        ("", "", Status.MET, None),
        ("2026-02-16T20:00+08:00", "2026-02-18T20:00+08:00", Status.LATE, timedelta(hours=24)),
    ],
)
def test_twenty_four_hours_run_through_holidays(start: str, end: str, status: Status, late: timedelta | None) -> None:
    found = timing(HOURS, start, end, NOW, Calendar())
    assert (found.status, found.late) == (status, late)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-03-02", None, "2026-04-01T23:59+08:00"),
        ("2026-09-02", None, "2026-10-08T23:59+08:00"),
        ("2026-03-02", 10, "2026-03-12T23:59+08:00"),
    ],
    ids=["an ordinary day", "the thirtieth day is National Day week", "another law's term"],
)
def test_thirty_days_roll_to_a_working_day(start: str, days: int | None, due: str) -> None:
    assert timing(DAYS, start, "", NOW, Calendar(), days=days).due == due


def test_a_day_that_may_still_move_is_never_late() -> None:
    late = datetime.fromisoformat("2031-01-01T12:00+08:00")
    assert timing(DAYS, "2030-03-04", "", late, Calendar()).status is Status.WAITING


def test_an_instant_without_its_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Instant.read("2026-03-02T09:30")
    assert Instant.read("2026-03-02").latest.date() == date(2026, 3, 2)
