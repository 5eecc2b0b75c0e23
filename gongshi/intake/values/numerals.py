"""Chinese numerals: 二〇二〇, 十二, 伍仟元整, 壹万贰仟叁佰肆拾伍元陆角柒分."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: value for value, forms in enumerate(
    ("〇零○", "一壹弌", "二贰两貳", "三叁叄参", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for c in forms}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SECTIONS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_CENTS = re.compile(r"(?:(?P<jiao>.)角)?零?(?:(?P<fen>.)分)?[整正]?")

NUMERAL_CHARACTERS = "".join((*_DIGITS, *_UNITS, *_SECTIONS))
"""Every character that a Chinese whole number is written with."""


def digits(text: str) -> str:
    """Arabic digits for a number read digit by digit (二〇二〇 → 2020); "" if it is not one."""
    if not text or any(c not in _DIGITS for c in text):
        return ""
    return "".join(str(_DIGITS[c]) for c in text)


def whole_number(text: str) -> int | None:
    """The whole number that `text` writes with units (一万二千三百), None if it writes none."""
    if not text:
        return None
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (digit or (1 if c in "十拾" and not section else 0)) * _UNITS[c]
            digit = 0
        elif c in _SECTIONS:
            total = (total + section + digit) * _SECTIONS[c] if c in "亿億" else total + (section + digit) * 10**4
            section = digit = 0
        else:
            return None
    return total + section + digit


def yuan(text: str) -> Decimal | None:
    """The amount in yuan that 伍仟元整 or 叁角 writes, None if it writes none."""
    whole, mark, cents = text.replace("圆", "元").partition("元")
    if not mark:
        whole, cents = "", whole
    matched = _CENTS.fullmatch(cents)
    number = whole_number(whole) if whole else 0
    if matched is None or number is None or not (whole or cents):
        return None
    parts = [matched["jiao"] or "零", matched["fen"] or "零"]
    if any(c not in _DIGITS for c in parts):
        return None
    return Decimal(number) + Decimal(_DIGITS[parts[0]] * 10 + _DIGITS[parts[1]]) / 100
