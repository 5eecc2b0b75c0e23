"""Values of a case file as people read them: names with certificates, 是 and 否, the city's clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import orjson

from gongshi.law.recording.hours import CITY_CLOCK, Instant
from gongshi.records.field import Field, FieldType
from gongshi.records.kind import RecordKind

_A_DAY = 10
"""Characters of a bare day."""
LATELY = timedelta(hours=24)
"""What is recorded later than this after it happened is shown as 补录 (R32)."""
_FLAG = {"1": "是", "0": "否"}


def instant(text: str) -> str:
    """2026-03-02 09:30 by the city's clock; a bare day as it is."""
    if len(text) <= _A_DAY:
        return text
    return Instant.read(text).earliest.astimezone(CITY_CLOCK).strftime("%Y-%m-%d %H:%M")


def recorded_late(claimed: str, recorded: str) -> bool:
    """Whether something was recorded more than 24 hours after it is said to have happened, by every reading of it."""
    return bool(claimed) and Instant.read(recorded).earliest - Instant.read(claimed).latest > LATELY


def persons(text: str) -> str:
    """张示一（吉A示例001）、李示二."""
    told = (one["name"] + (f"（{one['certificate']}）" if one.get("certificate") else "") for one in orjson.loads(text))
    return "、".join(told)


def value(field: Field, text: str) -> str:
    """One value of a field in words."""
    if field.type is FieldType.PERSONS:
        return persons(text)
    if field.type is FieldType.FLAG:
        return _FLAG.get(text, text)
    return instant(text) if field.type is FieldType.INSTANT else text


def fields(kind: RecordKind, values: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    """Label and value of everything that is filled, in the order of the sheet."""
    return tuple((one.label, value(one, text)) for one in kind.fields if (text := values.get(one.name)))


def people(kind: RecordKind, values: Mapping[str, str | None]) -> str:
    """Everybody whom a line names as acting for the department."""
    named = (values.get(one.name) for one in kind.fields if one.type is FieldType.PERSONS)
    return "、".join(dict.fromkeys(persons(text) for text in named if text))
