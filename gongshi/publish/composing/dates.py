"""A decision's own days on this platform, and its place in newest-first order, drawn once."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable

from gongshi.lifecycle.diff import is_correction
from gongshi.publish.composing.compose import Dates
from gongshi.publish.composing.history import is_news
from gongshi.publish.composing.siblings import Places
from gongshi.records.decision import Decision
from gongshi.records.places import RANDOM_BITS, first_of
from gongshi.store.queries import Approved

Draw = Callable[[int], int]
"""Random bits: `drawn`, or a test's."""


def drawn(bits: int) -> int:
    """Random bits that nobody can foresee."""
    return secrets.randbits(bits)


class NoPlaceLeft(RuntimeError):
    """A day on which so many decisions were first published that no place can be drawn any more."""

    code = "no_place_left"


_MOST_A_DAY = 10_000
"""Draws before giving up: with a million places a day, a city never comes near."""


def draw_place(first: dt.date, places: Places, draw: Draw) -> int:
    """A place that nobody had: epoch day of the first publication in the high bits, random low bits.

    A sequence would show how many decisions there are, withheld ones too (MEASURED.md).
    """
    for _ in range(_MOST_A_DAY):
        place = first_of(first) | draw(RANDOM_BITS)
        if places.take(place):
            return place
    raise NoPlaceLeft(f"{first} 首次公示的决定过多，无法再排序。")


def dates_of(
    approved: Approved, published: Decision | None, today: dt.date, places: Places, *, first: dt.date, draw: Draw
) -> Dates:
    """The days that a page shows, the same before and after this publication is journaled.

    `published` is the version that was last public, where it is another one. 历史数据补录 keeps the old
    platform's day: its arrival here is no news.
    """
    last = today if is_news(approved) else approved.last_published_on or today
    corrected = approved.corrected or (published is not None and is_correction(published, approved.decision))
    return Dates(
        sort=approved.sort if approved.sort is not None else draw_place(first, places, draw),
        first_published_on=first,
        updated_on=first if approved.earlier and not corrected else max(first, last),
        corrected=corrected,
    )
