"""The place of a decision among all: the day of its first publication in the high bits, chance in the low ones.

So newest first needs no sort, days are ranges of places, and no place counts anything (DESIGN.md, "Choices made").
"""

from __future__ import annotations

import datetime as dt

EPOCH = dt.date(1970, 1, 1)
RANDOM_BITS = 20


def first_of(day: dt.date) -> int:
    """The lowest place of a day."""
    return (day - EPOCH).days << RANDOM_BITS


def last_of(day: dt.date) -> int:
    """The highest place of a day."""
    return first_of(day) + (1 << RANDOM_BITS) - 1
