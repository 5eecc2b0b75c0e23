"""Many needles looked for in many files, each byte looked at once for all of them.

Two automata find the same. The small one is made at once. The quick one looks up each step in one table (1.4 to 2 times
as fast in Chinese text), but making it takes as long as looking through some ten megabytes, and it is quick only while
it is small: so it is made when there turns out to be much to look through, and needles are found by their beginnings.
What begins like one is then compared with all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import ahocorasick_rs

_HEAD = 48
"""Bytes by which a needle is found: sixteen Chinese characters."""
_MUCH = 32 << 20
"""Bytes after which the quick automaton is made."""
_SMALL = 40 << 10
"""Bytes of heads of which the quick automaton is the quicker one; beyond, it no longer lies close to the processor."""


class Needles:
    """What is looked for. Several threads may look at the same time; `passed` is told by whoever started them."""

    def __init__(self, needles: Sequence[bytes]) -> None:
        """The needles, none empty; one may be there twice."""
        self._at = dict[bytes, list[tuple[int, bytes]]]()
        for number, needle in enumerate(needles):
            self._at.setdefault(needle[:_HEAD], []).append((number, needle))
        self._heads = list(self._at)
        self._machine = ahocorasick_rs.BytesAhoCorasick(self._heads)
        self.quick = False
        """Whether the quick automaton was made, which took its time."""

    def found(self, content: bytes) -> Iterator[tuple[int, int, int]]:
        """Each needle by its number, wherever it stands: where it begins and ends."""
        for head, start, _ in self._machine.find_matches_as_indexes(content, overlapping=True):
            for number, needle in self._at[self._heads[head]]:
                if len(needle) <= _HEAD or content.startswith(needle, start):
                    yield number, start, start + len(needle)

    def passed(self, count: int) -> None:
        """So many bytes were looked at until now, for these needles or for more, and nobody is looking now."""
        if count > _MUCH and not self.quick and sum(map(len, self._heads)) <= _SMALL:
            quick = ahocorasick_rs.Implementation.DFA
            self._machine, self.quick = ahocorasick_rs.BytesAhoCorasick(self._heads, implementation=quick), True
