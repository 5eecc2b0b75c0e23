"""身份证号码: its shape, wherever it may leak, and the day of birth it states.

Only the shape counts. Check digits and region codes are not tested: a mistyped number is still
somebody's, and abolished regions (220724) are still in people's numbers (DOMAIN.md, Identifiers).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum.cn import uscc

_GAP = r"[\s\-‐-―−\u200b-\u200f\u2060\ufeff]{0,3}"
_WHOLE = rf"[0-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx]"
_OLD = rf"[0-9](?:{_GAP}[0-9]){{14}}"
_MASKED = rf"[0-9](?:{_GAP}[0-9]){{2,5}}(?:{_GAP}[Xx*×]){{4,12}}(?:{_GAP}[0-9]){{2,3}}{_GAP}[0-9Xx]"
_SHAPE = re.compile(rf"(?<![0-9])(?:{_WHOLE}|{_MASKED}|{_OLD})(?![0-9])")
_SEPARATORS = re.compile(_GAP.removesuffix("{0,3}"))
_LENGTHS = (15, 18)


def identity_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where in `text` something of an identity number's shape stands, as (start, end), in order.

    18 and 15 digits and the partly masked form (4210XXXXXXXXXX6546), in full or half width, with
    spaces or hyphens between the digits. A valid 统一社会信用代码 whose digits state no day of
    birth is not one.
    """
    return tuple(match.span() for match in _SHAPE.finditer(_folded(text)) if _is_identity(squeeze(match[0])))


def looks_like_identity(text: str) -> bool:
    """Whether `text` as a whole has the shape of an identity number."""
    folded = _folded(text.strip())
    return _SHAPE.fullmatch(folded) is not None and _is_identity(squeeze(folded))


def born_on(id_number: str) -> date | None:
    """The day of birth in an identity number of 18 or 15 digits; None where `id_number` is not one."""
    digits = squeeze(_folded(id_number))
    if re.fullmatch(r"[0-9]{17}[0-9Xx]", digits):
        return _day(digits[6:10], digits[10:12], digits[12:14])
    if re.fullmatch(r"[0-9]{15}", digits):
        return _day(f"19{digits[6:8]}", digits[8:10], digits[10:12])
    return None


def age_on(born: date, day: date) -> int:
    """Full years of age on `day`. A person born on 29 February comes of age on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def squeeze(text: str) -> str:
    """`text` without spaces, hyphens and invisible characters."""
    return _SEPARATORS.sub("", text)


def _folded(text: str) -> str:
    """NFKC, character by character where that keeps the length, so that positions stay true."""
    if text.isascii():
        return text
    return "".join(folded if len(folded := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)


def _is_identity(shape: str) -> bool:
    if len(shape) not in _LENGTHS:
        return False
    return not (shape.isdigit() and uscc.is_valid(shape) and born_on(shape) is None)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
