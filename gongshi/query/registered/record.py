"""One record with everything that is public of it, for the API."""

from __future__ import annotations

import re
from typing import Any

from gongshi.law.registry import Standing
from gongshi.query.database import Reading
from gongshi.query.errors import NotFound
from gongshi.query.registered.items import OFFICER
from gongshi.records import REGISTRY_KINDS
from gongshi.records.field import Field, FieldType
from gongshi.render.labels import label
from gongshi.render.registry.certificate import holds
from gongshi.render.registry.rows import FILES_OF, File, Record, record_of

_ID = re.compile(r"[0-9a-f]{16}")


def record(db: Reading, wanted: str) -> dict[str, Any]:
    """The record with this id. Raises NotFound: what was never public and what left no trace look the same."""
    rows = db.rows("SELECT * FROM records WHERE id = ?", [wanted]) if _ID.fullmatch(wanted) else []
    if not rows:
        raise NotFound("没有公示编号为这个值的事前公开信息；可能已经失效或者撤下。")
    found = record_of(rows[0], tuple(File(**file) for file in db.rows(FILES_OF, [rows[0]["sort"]])))
    return {
        **summary(found),
        "fields": _fields(found),
        "files": [_file(file) for file in found.files],
        "second_review": {"body": found.second_body, "on": found.second_on} if found.second_body else None,
        "outdated": {"since": found.outdated_since, "why": found.outdated_why} if found.outdated_since else None,
        "history": list(found.history),
    }


def summary(found: Record) -> dict[str, Any]:
    """What a hit and a whole record have in common."""
    officer = found.kind == OFFICER
    return {
        "id": found.id,
        "kind": found.kind,
        "kind_label": REGISTRY_KINDS[found.kind].label,
        "title": found.title,
        "number": found.number or None,
        "act": found.act or None,
        "department": {"key": found.department, "name": found.department_name},
        "region": found.region,
        "standing": found.standing,
        "in_force": found.standing == Standing.IN_FORCE,
        "validity": found.validity if officer else None,
        "valid_today": holds(found.standing, found.validity) if officer else None,
        "valid_to": found.valid_to or None,
        "effective_from": found.effective_from,
        "effective_to": found.effective_to or None,
        "first_published_on": found.first_published_on,
        "updated_on": found.updated_on,
        "corrected": found.corrected,
        "url": found.href,
    }


def _fields(found: Record) -> dict[str, dict[str, Any]]:
    """The declared public fields that have a value, in the declaration's order; a table's as a list of rows."""
    return {
        field.name: {"label": label(field), "value": _value(found, field)}
        for field in REGISTRY_KINDS[found.kind].public_fields
        if field.type is not FieldType.FILES and found.content.get(field.name)
    }


def _value(found: Record, field: Field) -> Any:
    """A table's rows have only what the declaration names."""
    if not field.is_table:
        return found.text(field.name)
    names = [column.name for column in field.columns]
    return [{name: row[name] for name in names if row.get(name)} for row in found.rows(field.name)]


def _file(file: File) -> dict[str, Any]:
    return {"label": file.label, "name": file.name, "type": file.type, "size": file.size, "url": file.href}
