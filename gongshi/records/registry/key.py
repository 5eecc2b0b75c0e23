"""What tells registry records apart: the key of a record inside the store, the mark of what belongs to an item."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from hashlib import blake2b

from gongshi.records.kind import RecordKind

_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_BETWEEN = "\x1f"


def identity(*texts: str | None) -> str:
    """One or several values in the form in which they are compared: NFKC, without blanks, small letters."""
    return _BETWEEN.join(_BLANK.sub("", unicodedata.normalize("NFKC", text or "")).casefold() for text in texts)


def record_key(department: str, kind: RecordKind, values: Mapping[str, str | None]) -> str:
    """department/kind/identity: the same for every version of a record, whoever typed it how."""
    return f"{department}/{kind.name}/{identity(*map(values.get, kind.identity))}"


def item_mark(department: str, code: str) -> str:
    """16 hexadecimal digits that an enforcement item shares with its guide, with what is inspected by lot under it and
    with the decisions made under it, however its code was typed."""
    return blake2b(f"{department}/{identity(code)}".encode(), digest_size=8).hexdigest()
