"""How far a word is from what it may have been meant to be: a character changed, left out, doubled or exchanged with
its neighbour counts one (optimal string alignment)."""

from __future__ import annotations

from typing import NamedTuple


class Likest(NamedTuple):
    """The part of a text that is most like a word, and how far it is from it."""

    distance: int
    start: int
    end: int


_ONE = 1 << 16
"""What a mistake counts. Below it stands where the part begins: of ways that count the same the longer part is less."""


def likest(word: str, text: str) -> Likest:
    """The part of `text` (of fewer than 65,536 characters) that is most like `word`; of several the longest, then the
    first.

    It takes as many steps as the lengths multiplied.
    """
    before: list[int] = []
    last = list(range(len(text) + 1))
    for row, wanted in enumerate(word, start=1):
        line = [row * _ONE]
        for at, there in enumerate(text, start=1):
            way = min(last[at], line[-1]) + _ONE
            other = last[at - 1] if wanted == there else last[at - 1] + _ONE
            way = min(way, other)
            if row > 1 and at > 1 and wanted == text[at - 2] and word[row - 2] == there:
                way = min(way, before[at - 2] + _ONE)
            line.append(way)
        before, last = last, line
    cost, _, start, end = min((way // _ONE, way % _ONE - end, way % _ONE, end) for end, way in enumerate(last))
    return Likest(cost, start, end)
