"""Amounts of money to decimal text in yuan; decimals throughout, never floats (DOMAIN.md 15)."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite

from gongshi.intake.problems import Wrong
from gongshi.intake.values.numerals import yuan
from gongshi.intake.values.written import written

YUAN = Decimal(1)
WAN = Decimal(10_000)
_UNITS = {"": None, "元": YUAN, "万元": WAN, "万": WAN, "亿元": WAN * WAN, "亿": WAN * WAN}
_LARGEST = Decimal(10) ** 16
"""The standard's decimal(18,6) in 万元: twelve digits before the point."""

_AMOUNT = re.compile(
    r"(?:人民币|RMB|CNY|[¥￥])?\s*(?P<sign>[-+−])?\s*[¥￥]?\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)\s*(?P<unit>亿元|万元|亿|万|元)?[整正]?",
    re.IGNORECASE,
)


def parse_money(cell: object, unit: Decimal) -> str:
    """Decimal text in yuan. `unit` is the header's, in yuan; a unit written in the cell goes before it.

    Raises Wrong E221 to E224.
    """
    text = _written(cell)
    if len(text) > 60:  # noqa: PLR2004 - no amount is as long
        raise Wrong("E221", value=text)
    matched = _AMOUNT.fullmatch(text)
    if matched:
        number = Decimal(matched["number"].replace(",", ""))
        unit = _UNITS[matched["unit"] or ""] or unit
        amount = number * unit
        if matched["sign"] in ("-", "−") and number:
            raise Wrong("E222", value=text)
    else:
        amount = _chinese(text)
    return _canonical(amount, text, unit)


def plain(amount: Decimal) -> str:
    """Decimal text without exponent and without trailing zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _written(cell: object) -> str:
    if isinstance(cell, bool):
        raise Wrong("E221", value=cell)
    if isinstance(cell, float):
        # Fifteen digits are what a spreadsheet shows and what a float keeps: 0.1 + 0.2 is 0.3 again.
        return f"{Decimal(f'{cell:.15g}'):f}" if isfinite(cell) else str(cell)
    return written(cell)


def _chinese(text: str) -> Decimal:
    amount = yuan(text.removeprefix("人民币").strip())
    if amount is None:
        raise Wrong("E221", value=text)
    return amount


def _canonical(amount: Decimal, text: str, unit: Decimal) -> str:
    if amount >= _LARGEST:
        raise Wrong("E224", value=text, unit="万元" if unit == WAN else "元")
    if amount != amount.quantize(Decimal("0.01")):
        raise Wrong("E223", value=text)
    return plain(amount)
