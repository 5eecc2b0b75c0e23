"""What tells registry records apart: the key of a record inside the whole store."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from gongshi.records.kind import RecordKind

_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_BETWEEN = "\x1f"


def identity(*texts: str | None) -> str:
    """One or several values in the form in which they are compared: NFKC, without blanks, small letters."""
    return _BETWEEN.join(_BLANK.sub("", unicodedata.normalize("NFKC", text or "")).casefold() for text in texts)


def record_key(department: str, kind: RecordKind, values: Mapping[str, str | None]) -> str:
    """department/kind/identity: the same for every version of a record, whoever typed it how."""
    return f"{department}/{kind.name}/{identity(*map(values.get, kind.identity))}"
