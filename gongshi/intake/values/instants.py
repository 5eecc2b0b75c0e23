"""Moments by the city's clock, to 2026-03-02T09:30+08:00; a bare day stays a day where the hour is not known."""

from __future__ import annotations

import re
from datetime import date, datetime

from gongshi.intake.problems import Wrong
from gongshi.intake.values.dates import parse_date
from gongshi.intake.values.written import written
from gongshi.law.recording.hours import CITY_CLOCK

_HOUR = re.compile(
    r"(?P<day>.*?)[T\s]*(?P<hour>\d{1,2})\s*[:：时点]\s*(?P<minute>\d{1,2})?\s*分?"
    r"(?::\d{1,2}(?:\.\d+)?秒?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_SERIAL = re.compile(r"(\d{5})\.(\d+)")
_MINUTES = 24 * 60


def parse_instant(cell: object) -> str:
    """The moment that a cell which is not empty holds. Raises Wrong E215, E211, E212, E214."""
    if isinstance(cell, datetime):
        moment = cell if cell.tzinfo else cell.replace(tzinfo=CITY_CLOCK)
        return _minutes(moment)
    if isinstance(cell, date):
        return cell.isoformat()
    text = written(cell)
    if matched := _SERIAL.fullmatch(text):
        minutes = round(float(f"0.{matched[2]}") * _MINUTES)
        return _at(parse_date(matched[1]), *divmod(minutes, 60), "", text)
    matched = _HOUR.fullmatch(text)
    if matched is None or not matched["day"]:
        return parse_date(cell)
    return _at(
        parse_date(matched["day"].strip()),
        int(matched["hour"]),
        int(matched["minute"] or 0),
        matched["zone"] or "",
        text,
    )


def _at(day: str, hour: int, minute: int, zone: str, text: str) -> str:
    try:
        moment = datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}{zone or '+08:00'}")
    except ValueError:
        raise Wrong("E215", value=text) from None
    return _minutes(moment)


def _minutes(moment: datetime) -> str:
    return moment.astimezone(CITY_CLOCK).isoformat(timespec="minutes")
