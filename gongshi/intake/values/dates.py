"""Dates in every form that sheets carry (DOMAIN.md 14), to YYYY-MM-DD."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from gongshi.intake.problems import Wrong
from gongshi.intake.values.numerals import digits, whole_number
from gongshi.intake.values.written import written

FIRST_YEAR, LAST_YEAR = 1949, 2099
"""Years outside are slips of the pen, 2099 being how the standard writes "without end"."""

_SERIAL_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(18264, 73051)
"""Excel's day numbers of 1950 to 2099 in its 1900 system."""

_TIME = r"(?:[T\s]*\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_SEPARATED = re.compile(rf"(\d{{4}})\s*([-/.年])\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{_TIME}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?")
_CHINESE = re.compile(r"(.{4})年(.{1,3})月(.{1,3})[日号]")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")


def parse_date(cell: object) -> str:
    """The day that a cell which is not empty holds. Raises Wrong E211, E212, E214."""
    if isinstance(cell, datetime | date):
        return _iso(cell.year, cell.month, cell.day, cell)
    text = written(cell)
    if len(text) > 40:  # noqa: PLR2004 - no form of a date is as long
        raise Wrong("E211", value=text)
    if matched := _SEPARATED.fullmatch(text) or _COMPACT.fullmatch(text):
        year, *_, month, day = matched.groups()
        return _iso(int(year), int(month), int(day), text)
    if matched := _SERIAL.fullmatch(text):
        return _from_serial(int(matched[1]), text)
    return _from_chinese(text)


def _from_serial(serial: int, text: str) -> str:
    if serial not in _SERIALS:
        raise Wrong("E211", value=text)
    return (_SERIAL_DAY_ZERO + timedelta(days=serial)).isoformat()


def _from_chinese(text: str) -> str:
    matched = _CHINESE.fullmatch("".join(text.split()))
    if matched is None:
        raise Wrong("E211", value=text)
    year, month, day = digits(matched[1]), whole_number(matched[2]), whole_number(matched[3])
    if not year or month is None or day is None:
        raise Wrong("E211", value=text)
    return _iso(int(year), month, day, text)


def _iso(year: int, month: int, day: int, value: object) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Wrong("E214", value=value)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Wrong("E212", value=value) from None
