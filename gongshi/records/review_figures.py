"""The public figures of legal review: for a closed year how many opinions were given, in time, and to what end.

Public are numbers of the whole city alone, where the city decides so; a small number, and what would tell it, never.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gongshi.law.review.words import Opinion

LEAST = 10
"""Fewer than so many are not published, and no number from which they could be worked out."""
TERM = {"in_time": "按期出具", "late": "逾期出具"}
OPINIONS = {opinion.value: opinion.label for opinion in Opinion}
COLUMNS = {"opinions": "出具意见", **TERM, **OPINIONS}
"""What is counted, and its heading; the first is the sum of TERM, and of OPINIONS."""


class ReviewYear(NamedTuple):
    """A year and its numbers in the order of COLUMNS; None for what is not published."""

    year: str
    numbers: tuple[int | None, ...]


def published(year: str, counts: Mapping[str, int]) -> ReviewYear | None:
    """What may be published of a year's `counts` (by the names of TERM and OPINIONS); None where they are too few."""
    whole = sum(counts.get(name, 0) for name in OPINIONS)
    if whole < LEAST:
        return None
    hidden = {*_hidden(counts, TERM), *_hidden(counts, OPINIONS)}
    numbers = (None if name in hidden else counts.get(name, 0) for name in (*TERM, *OPINIONS))
    return ReviewYear(year, (whole, *numbers))


def _hidden(counts: Mapping[str, int], parts: Iterable[str]) -> set[str]:
    """The small numbers among parts of a published sum, and as many of the next as keep these from being told by
    subtraction."""
    there = sorted((n, name) for name in parts if (n := counts.get(name, 0)))
    hidden = [one for one in there if one[0] < LEAST]
    for one in there[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(n for n, _ in hidden) >= LEAST):
            break
        hidden.append(one)
    return {name for _, name in hidden}
