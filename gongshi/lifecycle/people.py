"""Names and codes of persons and parties, compared as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from gongshi.law.shapes import folded

_BLANK = re.compile(r"\s+")


def normalised(name: str) -> str:
    """A name without spaces, widths, invisible and old characters: 张 三, 張三 and 张三 are one person."""
    return _BLANK.sub("", folded(unicodedata.normalize("NFKC", name))).casefold()


def is_one_of(name: str, people: Iterable[str]) -> bool:
    """Whether `name` is among `people`; an empty name never is."""
    wanted = normalised(name)
    return bool(wanted) and wanted in {normalised(person) for person in people}
