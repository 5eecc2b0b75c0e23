"""A whole column at once: whether its cells are canonical as they stand, so that none has to be looked at by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard, cast
from unicodedata import is_normalized

from gongshi.intake.values.codes import is_valid_uscc
from gongshi.intake.values.text import DASHES, NOTHING
from gongshi.records.field import Field, FieldType

TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)
_CODES = (FieldType.CODE, FieldType.USCC)


def is_canonical(cells: Sequence[object], field: Field) -> TypeGuard[Sequence[str]]:
    """Whether each cell, "" for an empty one, is its own value. False says nothing: look at each."""
    if field.type not in (*TEXTS, *_CODES):
        return False
    joined, texts = tidy(cells), cast("Sequence[str]", cells)
    if joined is None or (field.max_length and max(map(len, texts)) > field.max_length):
        return False
    if field.type in TEXTS:
        return DASHES.isdisjoint(texts)
    if field.type is FieldType.USCC:
        return all(map(is_valid_uscc, filter(None, set(texts))))
    # An E may make a number of it that has lost its digits (1E5).
    return joined.isascii() and "E" not in joined.upper() and NOTHING.isdisjoint(texts)


def tidy(cells: Sequence[object]) -> str | None:
    """The cells joined by line ends, where each is text of one line that `as_text` gives back as it is; else None."""
    texts = cast("Sequence[str]", cells)
    try:
        joined = "\n".join(texts)
    except TypeError:  # they are not
        return None
    together = joined.replace("\n", "")
    if (
        len(joined) - len(together) == len(cells) - 1
        and together.isprintable()
        and "  " not in joined
        and "\ufffd" not in joined
        and "_x" not in joined
        and "\n#" not in joined
        and not joined.startswith("#")
        and (joined.isascii() or is_normalized("NFC", joined))
        and list(map(str.strip, texts)) == list(texts)
    ):
        return joined
    return None
