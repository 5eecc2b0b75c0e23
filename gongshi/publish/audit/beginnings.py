"""Millions of texts looked for in one pass, in little memory: by how they begin, and by the hash of the whole.

An automaton that knows each of them to its end takes some forty times their length: several gigabytes. So it knows
their beginnings only; what begins like some of them is looked up by its hash, and only what has it is a find.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import groupby

from ahocorasick_rs import AhoCorasick

_LONGEST = 6
"""Characters of a beginning: the shortest code has so many; the longer, the fewer places look like a value."""


class Beginnings:
    """Finds any of `wanted`, of which none is shorter than `shortest` characters; in their order they take the least
    memory, for what begins alike comes together."""

    def __init__(self, wanted: Iterable[str], shortest: int) -> None:
        size = max(1, min(_LONGEST, shortest))
        self._lengths: list[tuple[int, ...]] = []
        hashes, beginnings, known = array("q"), list[str](), dict[tuple[int, ...], tuple[int, ...]]()
        for beginning, texts in groupby(wanted, key=lambda text: text[:size]):
            alike = list(texts)
            lengths = tuple(sorted(set(map(len, alike))))
            self._lengths.append(known.setdefault(lengths, lengths))
            beginnings.append(beginning)
            hashes.extend(map(hash, alike))
        self._hashes = array("q", sorted(hashes))
        self._forgotten = bytearray(len(self._hashes))
        self._automaton = AhoCorasick(beginnings) if beginnings else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """From where to where one of them stands, overlapping ones all."""
        alike = self._automaton.find_matches_as_indexes(text, overlapping=True) if self._automaton else ()
        for which, at, _ in alike:
            for length in self._lengths[which]:
                if at + length <= len(text) and self._has(hash(text[at : at + length])):
                    yield at, at + length

    def forget(self, text: str) -> None:
        """Find this one no more."""
        self._forgotten[bisect_left(self._hashes, hash(text))] = 1

    def _has(self, found: int) -> bool:
        """Whether it is the hash of one of them."""
        at = bisect_left(self._hashes, found)
        return at < len(self._hashes) and self._hashes[at] == found and not self._forgotten[at]
