"""Working days, and the periods that law counts in them.

Which day is a working day comes from the city's own override for the year, then from
chinesecalendar (2004 to 2026 in 1.11), then from plain weekdays. Dates of the last sort are
provisional: shown with that mark, computed again when the year's calendar arrives, and never used
to call anything overdue. Day one of a period is the day after its event (民法典 第201条).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

_DAY = timedelta(days=1)
_FRIDAY = 4


_ANNOUNCED_FROM = (10, 1)
"""Month and day from which next year's calendar is missed: the State Council announces it around November."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOverride:
    """One year as the State Council announced it: `holidays` off, `working_days` worked on a weekend.

    `document` is the announcement's number. Every other weekday of the year is worked, every other
    weekend day is off.
    """

    year: int
    document: str
    holidays: frozenset[date]
    working_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Computed:
    """A computed day, and whether a year without a known calendar had a part in it."""

    on: date
    provisional: bool

    def passed(self, today: date) -> bool:
        """Whether `today` is later. A provisional day never passes: nothing is overdue by it."""
        return not self.provisional and today > self.on


class Calendar:
    """The city's working days."""

    def __init__(self, overrides: Mapping[int, YearOverride] | None = None) -> None:
        self._overrides = dict(overrides or {})
        self._days: dict[date, tuple[bool, bool]] = {}
        self._terms: dict[tuple[date, int], Computed] = {}

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`; by plain weekdays where the year is not known."""
        return self._look_up(day)[0]

    def is_known(self, day: date) -> bool:
        """Whether the holidays of the day's year are known."""
        return self._look_up(day)[1]

    def add_working_days(self, start: date, days: int) -> Computed:
        """The `days`-th working day after `start`; day one is the day after `start`."""
        found = self._terms.get((start, days))
        if found is None:
            found = self._terms[start, days] = self._count(start, days)
        return found

    def add_calendar_days(self, start: date, days: int) -> Computed:
        """The `days`-th day after `start`, rolled to the next working day (民法典 第203条)."""
        return self.roll(start + timedelta(days=days))

    def add_months(self, start: date, months: int) -> date:
        """The same day `months` later, or the month's last where there is none (民法典 第202条). Not rolled."""
        index = start.year * 12 + start.month - 1 + months
        year, month = index // 12, index % 12 + 1
        after = date(year + month // 12, month % 12 + 1, 1)
        return min(date(year, month, 1) + timedelta(days=start.day - 1), after - _DAY)

    def add_years(self, start: date, years: int) -> date:
        """The same day `years` later, 28 February for a 29th that is missing. Not rolled.

        A period of publication ends by itself; nobody has to act on its last day, so 第203条 has
        nothing to protect.
        """
        return self.add_months(start, years * 12)

    def roll(self, day: date) -> Computed:
        """`day`, or the first working day after it."""
        known = self.is_known(day)
        while not self.is_working_day(day):
            day += _DAY
            known = known and self.is_known(day)
        return Computed(day, provisional=not known)

    def _count(self, start: date, days: int) -> Computed:
        day, left, known = start, days, True
        while left > 0:
            day += _DAY
            working, day_known = self._look_up(day)
            known = known and day_known
            left -= working
        return Computed(day, provisional=not known)

    def _look_up(self, day: date) -> tuple[bool, bool]:
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self._decide(day)
        return found

    def _decide(self, day: date) -> tuple[bool, bool]:
        """(working, known) of one day."""
        weekday = day.weekday() <= _FRIDAY
        override = self._overrides.get(day.year)
        if override is not None:
            return (day in override.working_days or (weekday and day not in override.holidays)), True
        try:
            return bool(chinese_calendar.is_workday(day)), True
        except NotImplementedError:  # the library raises on both sides of its range
            return weekday, False


def calendar_warnings(calendar: Calendar, today: date) -> list[str]:
    """What is missing of the calendar, in Chinese: this year's at any time, next year's from 1 October on."""
    asked = [today.year]
    if (today.month, today.day) >= _ANNOUNCED_FROM:
        asked.append(today.year + 1)
    return [_missing(year, today) for year in asked if not calendar.is_known(date(year, 1, 1))]


def _missing(year: int, today: date) -> str:
    when = "，国务院办公厅一般在 11 月前后公布" if year > today.year else ""
    return (
        f"{year} 年的放假安排还没有登记{when}。涉及 {year} 年的期限按周一至周五推算，标明“暂定”，不据以认定超期；"
        f"公布后请新建 data/reference/holidays/{year}.yml（写法见该目录的 README.md），日期会自动重新计算。"
    )
