"""Whether words lie in the bytes of a database file, which may have many gigabytes: it is read once for all of them.

What a word costs decides how far each is looked for. Ids and codes, all ASCII, are rare in a file of Chinese
text: any number of them costs one quick pass (some 4 GB/s). A Chinese word costs a pass of its own (7 GB/s, in
blocks that are in memory), and many at once one slow pass (0.3 GB/s). So in a large file the first few Chinese
words are looked for in all of it and the others in its free pages, where what was deleted would lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ahocorasick_rs

_BLOCK = 2**24
_PASSED_OVER = 12_000_000_000
"""Bytes that the searches for Chinese words may pass over: some two seconds."""
_AS_SLOW_AS = 20
"""A pass for many Chinese words at once takes as long as so many passes for one."""
_HEADER = 100
_PAGE_SIZE, _FIRST_FREE = slice(16, 18), slice(32, 36)
_LARGEST_PAGE = 65536


@dataclass(frozen=True, slots=True)
class Plan:
    """Which words are looked for in the whole file, and which in its free pages only."""

    everywhere: tuple[str, ...]
    in_free_pages: tuple[str, ...]


def plan(path: Path, words: Sequence[str]) -> Plan:
    """How far `words` (the surest first) can be looked for in a file of this size."""
    chinese = [word for word in words if not word.isascii()]
    passes = _PASSED_OVER // max(1, path.stat().st_size)
    affordable = len(chinese) if passes >= _AS_SLOW_AS else passes
    later = frozenset(chinese[affordable:])
    return Plan(tuple(word for word in words if word not in later), tuple(chinese[affordable:]))


def found(path: Path, wanted: Plan) -> set[str]:
    """Those of the planned words that lie there."""
    longest = max((len(word.encode()) for word in wanted.everywhere), default=1)
    there = among(blocks(path, longest), wanted.everywhere)
    if wanted.in_free_pages:
        there |= among(free_pages(path), wanted.in_free_pages)
    return there


def among(blocks: Iterable[bytes], words: Sequence[str]) -> set[str]:
    """Those of `words` that lie in one of the blocks."""
    search = _Search(words)
    return {word for block in blocks for word in search.found(block)}


class _Search:
    """Many words in one look at a block: an automaton, and a search of its own for each of a few Chinese words."""

    def __init__(self, words: Sequence[str]) -> None:
        chinese = [word for word in words if not word.isascii()]
        self._alone = [word.encode() for word in chinese] if len(chinese) <= _AS_SLOW_AS else []
        self._words = [word for word in words if word.encode() not in self._alone]
        patterns = [word.encode() for word in self._words]
        self._machine = ahocorasick_rs.BytesAhoCorasick(patterns) if patterns else None

    def found(self, block: bytes | bytearray) -> Iterator[str]:
        """Those in `block`."""
        if self._machine:
            yield from (self._words[hit[0]] for hit in self._machine.find_matches_as_indexes(block, overlapping=True))
        yield from (word.decode() for word in self._alone if word in block)


def blocks(path: Path, longest: int) -> Iterator[bytes]:
    """The file in blocks, each beginning with the end of the one before, so that no word is cut."""
    kept = b""
    with path.open("rb", buffering=0) as file:
        while read := file.read(_BLOCK):
            block = kept + read
            yield block
            kept = block[-(longest - 1) :] if longest > 1 else b""


def free_pages(path: Path) -> Iterator[bytes]:
    """The pages that SQLite keeps for later: a chain of lists of them (the file format, section 1.5)."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
        size = int.from_bytes(header[_PAGE_SIZE], "big")
        size = _LARGEST_PAGE if size == 1 else size

        def page(number: int) -> bytes:
            file.seek((number - 1) * size)
            return file.read(size)

        trunk = int.from_bytes(header[_FIRST_FREE], "big")
        while trunk:
            listed = page(trunk)
            yield listed
            numbers = [int.from_bytes(listed[at : at + 4], "big") for at in range(0, len(listed) - 3, 4)]
            yield from (page(number) for number in numbers[2 : 2 + numbers[1]])
            trunk = numbers[0]
