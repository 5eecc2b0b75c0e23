"""身份证号码: the day of birth it states, and age from it; its shape in texts is one of gongshi.law.shapes.

Check digits and region codes are not tested: a mistyped number is still somebody's, and abolished
regions (220724) are still in people's numbers (DOMAIN.md, Identifiers).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_SEPARATORS = re.compile(r"[\s\-‐-―−\u200b-\u200f\u2060\ufeff]")


def born_on(id_number: str) -> date | None:
    """The day of birth in an identity number of 18 or 15 digits; None where `id_number` is not one."""
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", id_number))
    if re.fullmatch(r"[0-9]{17}[0-9Xx]", digits):
        return _day(digits[6:10], digits[10:12], digits[12:14])
    if re.fullmatch(r"[0-9]{15}", digits):
        return _day(f"19{digits[6:8]}", digits[8:10], digits[10:12])
    return None


def age_on(born: date, day: date) -> int:
    """Full years of age on `day`. A person born on 29 February comes of age on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
