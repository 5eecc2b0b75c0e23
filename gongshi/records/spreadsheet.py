"""CSV for people who open it in a spreadsheet: their programs' marks, and no cell that becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""With what a cell begins that a spreadsheet would run (DOMAIN.md 18); some read the full widths so, too."""
BOM = "\ufeff"
"""Without it Excel reads UTF-8 as the machine's own encoding."""


def safe(cell: object) -> object:
    """The cell, quoted where a spreadsheet would take its text for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV: UTF-8 with its mark, CRLF, every text safe; None is an empty cell."""
    return BOM.encode() + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[object]]) -> bytes:
    """Some of its lines: the same without the mark, which stands at the beginning alone."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")
