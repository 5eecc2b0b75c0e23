"""One record as the law of the day shows it becomes rows: white-listed columns, nothing of its internal fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from gongshi.instance import Instance
from gongshi.publish.composing.public_decision import Row
from gongshi.publish.registry.looking import Seen
from gongshi.records import REGISTRY_KINDS
from gongshi.records.changes import Change
from gongshi.records.city import City
from gongshi.records.decision import Decision
from gongshi.records.field import Field, FieldType
from gongshi.records.registry.guide import SERVICE_GUIDE
from gongshi.records.registry.inspection import RANDOM_INSPECTION_ITEM
from gongshi.records.registry.item import ENFORCEMENT_ITEM
from gongshi.records.registry.key import item_mark
from gongshi.records.registry.officer import OFFICER
from gongshi.store.registered import Registered, StoredVersion

_ITEM_FIELDS = {
    ENFORCEMENT_ITEM.name: "code",
    SERVICE_GUIDE.name: "item_code",
    RANDOM_INSPECTION_ITEM.name: "item_code",
}
"""By kind the field that names the item of the department's list to which a record belongs."""
_OF_THE_STATE = frozenset(("state", "change_note", "effective_from"))
"""What would tell why, or since when, an officer's certificate does not hold (D7 asks for neither)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDates:
    """A record's place and its own days on this platform."""

    sort: int
    first_published_on: dt.date
    updated_on: dt.date


@dataclass(frozen=True, slots=True)
class Outdated:
    """Since when a record should have followed a change of law or of its department (D25), and which."""

    since: dt.date
    why: str


def row_of(
    one: Registered, seen: Seen, dates: RecordDates, instance: Instance, outdated: Outdated | None = None
) -> dict[str, Any]:
    """The row of the version that is shown, without its history. Raises ValueError where none is."""
    version = seen.version
    if version is None:
        raise ValueError(one.id)
    kind, values = REGISTRY_KINDS[one.kind], version.decision.values
    department = instance.departments[one.department]
    return {
        "sort": dates.sort,
        "id": one.id,
        "kind": kind.name,
        "department": department.key,
        "department_name": department.name,
        "region": department.region,
        "title": values[kind.heading] or "",
        "number": values[kind.number],
        "act": values[kind.acts] if kind.acts else None,
        "item": _item(version.decision),
        "standing": seen.standing.value,
        "validity": seen.validity,
        "valid_to": values["valid_to"] if seen.validity else None,
        "effective_from": _effective_from(one, version, instance.city).isoformat(),
        "effective_to": _iso(version.effective_to),
        "first_published_on": dates.first_published_on.isoformat(),
        "updated_on": dates.updated_on.isoformat(),
        **_second_review(version, instance),
        "outdated_since": _iso(outdated.since) if outdated else None,
        "outdated_why": outdated.why if outdated else None,
        "corrected": 0,
        "history": "[]",
        "content": as_json(content_of(version.decision, instance.city)),
    }


def content_of(record: Decision, city: City) -> dict[str, Any]:
    """What the public may read of one version: a text, or a list of rows, by field; nothing of what is empty."""
    found: dict[str, Any] = {}
    for field in public_fields(record.kind, city):
        if value := record.values.get(field.name):
            found[field.name] = _rows(record, field) if field.is_table else value
    return found


def public_fields(kind: str, city: City) -> tuple[Field, ...]:
    """The fields of a kind that `content` may have; its files have rows of their own."""
    hidden = _OF_THE_STATE if kind == OFFICER.name and not city.show_officer_state else frozenset()
    fields = REGISTRY_KINDS[kind].public_fields
    return tuple(field for field in fields if field.type is not FieldType.FILES and field.name not in hidden)


def files_of(record: Decision) -> tuple[tuple[Row, ...], Mapping[str, str]]:
    """The rows of the files that a version shows, and their types by sha256."""
    fields = [field for field in REGISTRY_KINDS[record.kind].public_fields if field.type is FieldType.FILES]
    attached = [file for field in fields for file in record.rows(field.name)]
    rows = tuple(
        {"position": at, "label": file.get("label") or file["name"], "name": file["name"], "sha256": file["sha256"]}
        for at, file in enumerate(attached, start=1)
    )
    return rows, {file["sha256"]: file["type"] for file in attached}


def in_words(change: Change) -> str:
    """A change of law or organisation as a page tells it."""
    what = f"{'、'.join(sorted(change.laws))}{change.what}" if change.laws else change.what
    return f"{what}（{change.document}，{change.on.isoformat()} 起）"


def as_json(value: object) -> str:
    """Canonical JSON."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _rows(record: Decision, field: Field) -> list[dict[str, str]]:
    names = [column.name for column in field.columns if column.is_public]
    return [{name: row[name] for name in names if row.get(name)} for row in record.rows(field.name)]


def _item(record: Decision) -> str | None:
    code = record.values.get(_ITEM_FIELDS.get(record.kind, ""))
    return item_mark(record.department, code) if code else None


def _effective_from(one: Registered, version: StoredVersion, city: City) -> dt.date:
    """Of an officer the first day of all: the day of a version that only says 暂扣 would tell when that was."""
    if one.kind == OFFICER.name and not city.show_officer_state:
        return min(known.effective_from for known in one.versions)
    return version.effective_from


def _second_review(version: StoredVersion, instance: Instance) -> dict[str, Any]:
    if version.endorsed is None:
        return {"second_body": None, "second_on": None}
    body = instance.departments.get(version.endorsed.department)
    return {"second_body": body.name if body else None, "second_on": version.endorsed.on.isoformat()}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
