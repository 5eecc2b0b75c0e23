"""On which days decisions are taken: hardly any at weekends, few around the new year, many in campaigns and before a
year ends, and every year somewhat more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from random import Random

_MONTHS = (0.7, 0.5, 1.1, 1.0, 0.9, 1.1, 0.9, 0.9, 1.1, 0.8, 1.3, 1.6)
"""How busy each month is, January first."""
_WEEKEND, _FRIDAY = 0.04, 4
_GROWTH = 1.06
"""Decisions of a year as a multiple of those of the year before."""
_QUIET, _CAMPAIGN, _RARE = 0.4, 5.0, 6
"""What an ordinary day has, what the busiest one has besides, and how rare such days are (a power)."""


class Days:
    """The days from `first` to `last`, both included, each with its share of what is decided between them."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        count = (last - first).days + 1
        weights = (_weight(first + timedelta(days=at), first) for at in range(count))
        self._until = [0.0, *accumulate(weights)]

    def share(self, first: date, last: date) -> float:
        """What the days from `first` to `last`, both included, have of everything; not scaled."""
        return self._at(last + timedelta(days=1)) - self._at(first)

    def spread(self, first: date, last: date, count: int) -> Iterator[date]:
        """The days of `count` decisions between two days, both included, in their order."""
        start, whole = self._at(first), self.share(first, last)
        for at in range(count):
            day = bisect_left(self._until, start + whole * (at + 0.5) / count)
            yield self.first + timedelta(days=day - 1)

    def _at(self, day: date) -> float:
        return self._until[(day - self.first).days]


def _weight(day: date, first: date) -> float:
    chance = Random(day.toordinal()).random()  # noqa: S311 - the same day is busy in every sample
    busy = _QUIET + _CAMPAIGN * chance**_RARE
    weekend = _WEEKEND if day.weekday() > _FRIDAY else 1.0
    return _MONTHS[day.month - 1] * busy * weekend * _GROWTH ** (day.year - first.year)
