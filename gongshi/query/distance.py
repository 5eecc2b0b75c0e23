"""How far a word is from what it may have been meant to be: a character changed, left out, doubled or exchanged with
its neighbour counts one (optimal string alignment)."""

from __future__ import annotations

from typing import NamedTuple


class Likest(NamedTuple):
    """The part of a text that is most like a word, and how far it is from it."""

    distance: int
    start: int
    end: int


def likest(word: str, text: str) -> Likest:
    """The part of `text` that is most like `word`; of several the longest, then the first.

    It takes as many steps as the lengths multiplied.
    """
    before: list[tuple[int, int]] = []
    last = [(0, at) for at in range(len(text) + 1)]
    for row, wanted in enumerate(word, start=1):
        line = [(row, 0)]
        for at, there in enumerate(text, start=1):
            ways = [_further(last[at - 1], wanted != there), _further(last[at], 1), _further(line[-1], 1)]
            if row > 1 and at > 1 and wanted == text[at - 2] and word[row - 2] == there:
                ways.append(_further(before[at - 2], 1))
            line.append(min(ways))
        before, last = last, line
    cost, _, start, end = min((cost, start - end, start, end) for end, (cost, start) in enumerate(last))
    return Likest(cost, start, end)


def _further(way: tuple[int, int], cost: int) -> tuple[int, int]:
    return way[0] + cost, way[1]
