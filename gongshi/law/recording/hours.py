"""Whether something was done in time where hours count: running hours, holidays included (R8, R32).

An instant of which only the day is known may have been any moment of it. Late is only what is late by every reading,
in time only what is in time by every reading; the rest nobody can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

from gongshi.law.calendar import Calendar
from gongshi.law.recording.model import Status
from gongshi.law.rule import Rule, Unit

CITY_CLOCK = timezone(timedelta(hours=8), "北京时间")
"""China has one clock, and no summer time since 1991."""
_DAY = 10
"""Characters of a bare day, 2026-03-02."""
_LAST = timedelta(days=1) - timedelta(minutes=1)


class Instant(NamedTuple):
    """The earliest and the latest moment that a text can mean; equal where the minute is known."""

    earliest: datetime
    latest: datetime

    @classmethod
    def read(cls, text: str) -> Instant:
        """Of `2026-03-02T09:30+08:00` or `2026-03-02`. Raises ValueError for anything else."""
        if len(text) == _DAY:
            begins = datetime.combine(date.fromisoformat(text), time(), CITY_CLOCK)
            return cls(begins, begins + _LAST)
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(f"{text}: an instant needs its time zone")
        return cls(moment, moment)


@dataclass(frozen=True, slots=True)
class Timing:
    """Whether it was in time, until when it was due (ISO, empty where nothing runs), and by how much it was missed."""

    status: Status
    due: str = ""
    late: timedelta | None = None


NO_CLOCK = Timing(Status.MET)


def timing(rule: Rule, start: str, end: str, now: datetime, calendar: Calendar, *, days: int | None = None) -> Timing:
    """How a term of `rule` stands that began at `start` and was met at `end` (empty: not yet).

    `days` replaces the rule's number where another provision sets its own (R32). Without a start no clock runs.
    A term whose end depends on a holiday plan that is not out yet is never late.
    """
    if not start:
        return NO_CLOCK
    first, last, provisional = _due(rule, Instant.read(start), calendar, days)
    due = last.isoformat(timespec="minutes")
    done = Instant.read(end) if end else None
    if done and done.latest <= first:
        return Timing(Status.MET, due)
    begun = done.earliest if done else now
    if begun > last and not provisional:
        return Timing(Status.LATE, due, begun - last)
    if done:
        return Timing(Status.UNDETERMINED, due)
    return Timing(Status.WAITING, due)


def _due(rule: Rule, start: Instant, calendar: Calendar, days: int | None) -> tuple[datetime, datetime, bool]:
    """The earliest and the latest last moment of the term, and whether it may still move."""
    if rule.unit is Unit.HOURS:
        length = timedelta(hours=rule.amount)
        return start.earliest + length, start.latest + length, False
    count = calendar.add_working_days if rule.unit is Unit.WORKING_DAYS else calendar.add_calendar_days
    computed = count(start.latest.astimezone(CITY_CLOCK).date(), rule.amount if days is None else days)
    end = datetime.combine(computed.on, time(), CITY_CLOCK) + _LAST
    return end, end, computed.provisional
