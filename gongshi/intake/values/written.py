"""What somebody wrote into a cell that is to hold a code, a date or an amount, in one form for all readers of it."""

from __future__ import annotations

import re
from unicodedata import normalize

_MARKS = ("'", "‘", "’")
"""What a spreadsheet takes for “this is text”; systems that export write it into the value itself."""
_FORMULA = re.compile(r'="(.*)"')
"""The same in CSV: a formula whose result is the text."""


def written(cell: object) -> str:
    """The cell's characters, NFKC, without blanks around them and without a mark for text."""
    return unmarked(normalize("NFKC", str(cell)).strip())


def unmarked(text: str) -> str:
    """The text without a mark for text: 'text, or ="text"."""
    if text.startswith(_MARKS):
        return text[1:].lstrip()
    return found[1].strip() if text.startswith("=") and (found := _FORMULA.fullmatch(text)) else text
