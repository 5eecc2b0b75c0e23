"""How values read on a page: dates, money, counts. Pure functions on canonical text."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from markupsafe import Markup

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Control characters, and those that turn or hide the text around them (a name that reads backwards)."""


_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def visible(value: object) -> object:
    """`value` without characters that no reader can see; anything but plain text as it is."""
    if not isinstance(value, str) or value.isprintable() or isinstance(value, Markup):
        return value
    return _UNSEEN.sub("", value)


@lru_cache(4096)
def date_zh(day: str | None) -> str:
    """2026-03-02 as 2026年3月2日; a month 2026-03 as 2026年3月; empty where there is none."""
    if not day:
        return ""
    if not (found := _DATE.fullmatch(day)):
        return day
    year, month, of_month = found.groups()
    return f"{year}年{f'{int(month)}月' if month else ''}{f'{int(of_month)}日' if of_month else ''}"


@lru_cache(4096)
def moment(day: str) -> Markup:
    """A day as HTML that people and machines read."""
    return Markup('<time datetime="{}">{}</time>').format(visible(day), date_zh(str(visible(day))))


def money(yuan: str | None) -> str:
    """Decimal text in yuan with thousands separators: 1234567.5 as 1,234,567.50, 5000 as 5,000."""
    if not yuan:
        return ""
    try:
        amount = Decimal(yuan)
    except InvalidOperation:
        return yuan
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def count(number: int) -> str:
    """A whole number with thousands separators."""
    return f"{number:,}"


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters of `text`, on one line, with an ellipsis where something was cut."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip("，。；、 ") + "…"
