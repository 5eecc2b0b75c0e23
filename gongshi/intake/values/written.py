"""What somebody wrote into a cell that is to hold a code, a date or an amount, in one form for all readers of it."""

from __future__ import annotations

from unicodedata import normalize

_MARKS = ("'", "‘", "’")
"""What a spreadsheet takes for “this is text”; systems that export write it into the value itself."""


def written(cell: object) -> str:
    """The cell's characters, NFKC, without blanks around them and without the mark for text before them."""
    return unmarked(normalize("NFKC", str(cell)).strip())


def unmarked(text: str) -> str:
    """The text without the mark for text before it."""
    return text[1:].lstrip() if text.startswith(_MARKS) else text
