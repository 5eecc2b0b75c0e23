"""Bytes against patterns: text in the form in which values are compared, everything else in each encoding it may have.

What is on every page (header, footer, tags) is looked at once: a text is cut at each < and a piece that was
clean before is not looked at again. Windows overlap, so that nothing is lost where one ends.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import IO

from gongshi.publish.audit.kept import Sought
from gongshi.publish.audit.patterns import Patterns
from gongshi.publish.audit.plain import APART, INLINE, plain

WINDOW = 4 * 2**20
OVERLAP = 16 * 2**10
"""Bytes that two windows share: more than the longest pattern takes, however it is escaped."""
_MOST_KNOWN = 400_000
_LONGEST_KNOWN = 400
_BYTES_OF_A_CHARACTER = 4
_APART = APART.encode() + b"<"

_WIDE, _GB = ("utf-16-le", "utf-16-be"), "gb18030"
"""The other encodings that a file may be in, all with characters of two bytes."""
_RUN = re.compile(rb"[\x80-\xff]+")
"""Chinese in GB18030, with what stands before and behind it and is no character with it."""
_READABLE = re.compile(rb"[\t\n\r -~\x80-\xf4]{6,}")
"""What may be text between other bytes; a value has six characters at least."""
_WRITTEN = re.compile("[\\s -\u04ff\u2000-\u27bf\u3000-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]{6,}")
"""What people write here, in Chinese above all: any bytes give some characters when they are read as UTF-16."""

Hit = tuple[Sought, int]
"""What was found, and the byte at which it begins; -1 where that is not worked out."""


class Scanner:
    """Looks at one file after another."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns
        self._known: set[bytes] = set()

    def hits(self, file: IO[bytes]) -> Iterator[Hit]:
        """Every value that stands in the bytes, once for each window."""
        for base, window in windows(file):
            found = self.text(window) if is_text(window) else self.text(window) | self.foreign(window)
            yield from ((one, base + at if at >= 0 else -1) for one in found for at in (begins(window, one),))

    def text(self, data: bytes) -> set[Sought]:
        """Values in text, escaped or not."""
        fresh = self._fresh(data)
        if INLINE.search(data):
            fresh |= self._fresh(INLINE.sub(b"", data))
        if not fresh:
            return set()
        found = self.patterns.matches(plain(_APART.join(fresh).decode("utf-8", "replace")))
        if not found:  # what leaks is told of in every file that has it
            self._remember(fresh)
        return found

    def foreign(self, data: bytes) -> set[Sought]:
        """Values in bytes that are no text, in any other encoding, read across what is none."""
        texts = ("".join(_WRITTEN.findall(text)) for text in _readings(data))
        return set().union(*(self.patterns.matches(plain(text)) for text in texts))

    def between(self, data: bytes) -> set[Sought]:
        """Values in what is readable among other bytes, as in the pages of a database, and across these."""
        return self.patterns.matches(plain(b"".join(_READABLE.findall(data)).decode("utf-8", "replace")))

    def _fresh(self, data: bytes) -> dict[bytes, None]:
        """The pieces of `data` that were not seen before."""
        return {piece: None for piece in data.split(b"<") if piece not in self._known}

    def _remember(self, pieces: Iterable[bytes]) -> None:
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known.update(piece for piece in pieces if len(piece) <= _LONGEST_KNOWN)


def _readings(data: bytes) -> Iterator[str]:
    """The bytes in each foreign encoding, as if characters began at either byte."""
    yield from (data[at:].decode(encoding, "replace") for encoding in _WIDE for at in (0, 1))
    yield data.decode(_GB, "replace")
    yield _RUN.sub(_either_end_cut, data).decode(_GB, "replace")
    yield _RUN.sub(_both_ends_cut, data).decode(_GB, "replace")


def _either_end_cut(run: re.Match[bytes]) -> bytes:
    """Where the bytes are odd, one is half a character: the last one, as what stands before shows, or the first."""
    found = run[0]
    return found[:-1] + b" " + found[1:] if len(found) % 2 else found


def _both_ends_cut(run: re.Match[bytes]) -> bytes:
    """Where they are even, there may be half a character at either end."""
    found = run[0]
    return b" " if len(found) % 2 else b" " + found[1:-1] + b" "


def begins(data: bytes, sought: Sought) -> int:
    """Where in `data` the value begins: looked up as it is written, in each encoding, otherwise narrowed down."""
    written = (data.find(sought.raw.encode(encoding, "replace")) for encoding in ("utf-8", *_WIDE, _GB))
    at = next((at for at in written if at >= 0), -1)
    return at if at >= 0 else _narrowed(data, sought.plain)


def places(data: bytes, sought: Sought) -> list[int]:
    """Every byte of `data` at which the value begins as it was written or as it is compared; the first one where it
    is spelled otherwise."""
    forms = {re.escape(form.encode("utf-8", "replace")) for form in (sought.raw, sought.plain)}
    return [found.start() for found in re.finditer(b"|".join(forms), data)] or [max(0, begins(data, sought))]


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


def _narrowed(data: bytes, wanted: str) -> int:
    """The byte at which text begins that reads as `wanted`: the stretch that holds it, then by halving; -1 where it
    reads so only with what stands around it."""
    for start in range(0, len(data), OVERLAP):
        stretch = data[start : start + 2 * OVERLAP]
        if _reads(stretch, wanted):
            return start + _halved(stretch, wanted)
    return -1


def _reads(part: bytes, wanted: str) -> bool:
    return wanted in plain(INLINE.sub(b"", part).decode("utf-8", "replace"))


def _halved(data: bytes, wanted: str) -> int:
    low, end = 0, len(data)
    while low < end:  # the shortest beginning that holds it
        middle = (low + end) // 2
        low, end = (low, middle) if _reads(data[:middle], wanted) else (middle + 1, end)
    low, high = 0, end
    while low < high:  # the shortest end of that
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _reads(data[middle:end], wanted) else (low, middle - 1)
    return low
