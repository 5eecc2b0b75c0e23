"""What a worksheet's XML says that the fast reader does not: how far it reaches, and which cells failed.

The fast reader allocates the rectangle that a sheet's content spans, and shows #DIV/0! and a formula
without a stored result as an empty cell. Neither may happen unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,4})(\d{1,10})"[^>]*(?<!/)>')
_FAILED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,4})(\d{1,10})"[^>]*\st="e"[^>]*>'
    rb"(?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]*)<"
)
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,4})(\d{1,10})"(?:(?!\st="str")[^>])*>'
    rb"<(?:\w+:)?f\b[^>]*>([^<]*)</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_END = b"</c>"
_HELD = 1 << 16
"""Bytes that are looked at again with the next piece: a cell longer than that is cut in two."""
_MOST = 10_000
"""Rows with failed cells that are kept for each sheet: more of them change no message."""


@dataclass(slots=True)
class Extent:
    """What is seen of one worksheet while its XML passes."""

    rows: int = 0
    """Number of the last row with content."""
    columns: int = 0
    """Number of the last column with content."""
    failed: dict[int, dict[int, str]] = field(default_factory=dict)
    """row → column from 0 → #DIV/0! or the formula that has no stored result."""

    def watch(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Pass the pieces on, looking at whole cells."""
        held = b""
        for piece in pieces:
            held += piece
            cut = held.rfind(_END)
            if cut >= 0 or len(held) > _HELD:
                self._look(held)
                held = held[cut:][-_HELD:]
            yield piece
        self._look(held)

    def _look(self, xml: bytes) -> None:
        places = _CELL.findall(xml)
        if not places:
            return
        self.rows = max(self.rows, *(int(row) for _, row in places))
        self.columns = max(self.columns, *map(column_number, {letters for letters, _ in places}))
        for letters, row, text in _FAILED.findall(xml):
            self._fail(letters, row, text.decode(errors="replace"))
        for letters, row, formula in _UNCOMPUTED.findall(xml):
            self._fail(letters, row, "=" + formula.decode(errors="replace"))

    def _fail(self, letters: bytes, row: bytes, text: str) -> None:
        if len(self.failed) < _MOST:
            self.failed.setdefault(int(row), {})[column_number(letters) - 1] = text


def column_number(letters: bytes) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
