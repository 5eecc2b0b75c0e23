"""Amounts of money written in running text, compared with the amounts of a row (DOMAIN.md 15)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from gongshi.intake.values.numerals import NUMERAL_CHARACTERS, yuan

_UNITS = {"元": 1, "圆": 1, "百元": 100, "千元": 1000, "万元": 10**4, "万": 10**4, "亿元": 10**8, "亿": 10**8}
_IN_DIGITS = re.compile(r"(\d[\d,，]{0,20}(?:\.\d{1,6})?)\s*(亿元|万元|千元|百元|元|圆|亿|万)")
_IN_WORDS = re.compile(
    rf"[{NUMERAL_CHARACTERS}]{{1,20}}[元圆](?:[{NUMERAL_CHARACTERS}]角)?(?:[{NUMERAL_CHARACTERS}]分)?"
)
_CONFUSED = 10_000
"""万元 taken for 元, or the other way round."""


def amounts_in(text: str) -> dict[Decimal, str]:
    """Every amount in `text`, in yuan, with the words that state it: 5000元, 0.5万元, 伍仟元整."""
    found = {}
    for matched in _IN_DIGITS.finditer(text):
        digits = matched[1].replace(",", "").replace("，", "")
        found[Decimal(digits) * _UNITS[matched[2]]] = matched[0]
    for matched in _IN_WORDS.finditer(text):
        amount = yuan(matched[0])
        if amount:
            found.setdefault(amount, matched[0])
    return found


def disagreement(amount: Decimal, together: Decimal, text: str) -> tuple[str, str] | None:
    """How `text` contradicts `amount`: the catalogue's code and the words in the text; None if it does not.

    `together` is the sum of the row's amounts: 罚没款合计 8000 元 names only that. A text without
    amounts contradicts nothing.
    """
    found = amounts_in(text)
    if not found or _agrees((amount, together), found):
        return None
    for factor in (_CONFUSED, Decimal(1) / _CONFUSED):
        if amount * factor in found:
            return "W303", found[amount * factor]
    return "W302", "、".join(list(found.values())[:5])


def _agrees(wanted: Iterable[Decimal], found: dict[Decimal, str]) -> bool:
    return any(amount in found or amount == sum(found) for amount in wanted)


def states(text: str, amount: str) -> bool:
    """Whether `text` states the canonical amount in plain digits: the common case, without looking further."""
    at = text.find(amount + "元")
    return at == 0 or (at > 0 and not (text[at - 1].isdecimal() or text[at - 1] in ".,，"))
