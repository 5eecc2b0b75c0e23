"""Bytes against patterns: text in the form in which values are compared, everything else as it lies there.

What is on every page (header, footer, tags) is looked at once: a text is cut at each < and a piece that was
clean before is not looked at again. Windows overlap, so that nothing is lost where one ends.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import IO

from gongshi.publish.audit.patterns import Patterns
from gongshi.publish.audit.plain import INLINE, plain

WINDOW = 4 * 2**20
OVERLAP = 16 * 2**10
"""Bytes that two windows share: more than the longest pattern takes, however it is escaped."""
_MOST_KNOWN = 400_000
_LONGEST_KNOWN = 400
_BYTES_OF_A_CHARACTER = 4
_BETWEEN = b"\x1e<"

Hit = tuple[int, int]
"""Which pattern, and the byte at which it begins; -1 where that is not worked out."""


class Scanner:
    """Looks at one file after another."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns
        self._known: set[bytes] = set()

    def hits(self, file: IO[bytes]) -> Iterator[Hit]:
        """Every pattern that stands in the bytes, once for each window."""
        for base, window in windows(file):
            found = self.text(window) if is_text(window) else {**self.text(window), **self.raw(window)}
            yield from ((which, base + at if at >= 0 else -1) for which, at in found.items())

    def text(self, data: bytes) -> dict[int, int]:
        """Patterns in text, escaped or not, by where they begin."""
        fresh = self._fresh(data)
        if INLINE.search(data):
            fresh |= self._fresh(INLINE.sub(b"", data))
        if not fresh:
            return {}
        compared = plain(_BETWEEN.join(fresh).decode("utf-8", "replace"))
        found = {which for which, _, _ in self.patterns.matches(compared)}
        if not found:  # what leaks is told of in every file that has it
            self._remember(fresh)
        return {which: self._begins(data, which) for which in found}

    def raw(self, data: bytes) -> dict[int, int]:
        """Patterns in bytes that are no text, in any encoding."""
        found: dict[int, int] = {}
        for which, start, _ in self.patterns.raw_matches(data, foreign=True):
            found.setdefault(which, start)
        return found

    def _fresh(self, data: bytes) -> dict[bytes, None]:
        """The pieces of `data` that were not seen before."""
        return {piece: None for piece in data.split(b"<") if piece not in self._known}

    def _remember(self, pieces: Iterable[bytes]) -> None:
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known.update(piece for piece in pieces if len(piece) <= _LONGEST_KNOWN)

    def _begins(self, data: bytes, which: int) -> int:
        """Where in `data` the value begins: looked up as it is written, otherwise narrowed down."""
        sought = self.patterns.sought[which]
        at = data.find(sought.raw.encode("utf-8", "replace"))
        return at if at >= 0 else _narrowed(data, sought.plain)


def windows(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The bytes from the beginning, in overlapping windows, each with its place."""
    file.seek(0)
    base, window = 0, file.read(WINDOW)
    while window:
        yield base, window
        more = file.read(WINDOW)
        if not more:
            return
        kept = window[-OVERLAP:]
        base, window = base + len(window) - len(kept), kept + more


def is_text(data: bytes) -> bool:
    """Whether the bytes are UTF-8 and nothing else: no NUL, as UTF-16 and databases have."""
    if b"\0" in data:
        return False
    start = next((at for at in range(min(_BYTES_OF_A_CHARACTER, len(data))) if not _continues(data[at])), 0)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data[start:])  # a character that the window cuts is no error
    except UnicodeDecodeError:
        return False
    return True


def _continues(byte: int) -> bool:
    return byte & 0xC0 == 0x80  # noqa: PLR2004 - the middle of a character in UTF-8


def _narrowed(data: bytes, wanted: bytes) -> int:
    """The byte at which text begins that reads as `wanted`: the stretch that holds it, then by halving; -1 where it
    reads so only with what stands around it."""
    for start in range(0, len(data), OVERLAP):
        stretch = data[start : start + 2 * OVERLAP]
        if _reads(stretch, wanted):
            return start + _halved(stretch, wanted)
    return -1


def _reads(part: bytes, wanted: bytes) -> bool:
    return wanted in plain(INLINE.sub(b"", part).decode("utf-8", "replace"))


def _halved(data: bytes, wanted: bytes) -> int:
    low, end = 0, len(data)
    while low < end:  # the shortest beginning that holds it
        middle = (low + end) // 2
        low, end = (low, middle) if _reads(data[:middle], wanted) else (middle + 1, end)
    low, high = 0, end
    while low < high:  # the shortest end of that
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _reads(data[middle:end], wanted) else (low, middle - 1)
    return low
