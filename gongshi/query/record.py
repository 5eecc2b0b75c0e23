"""One decision with everything that is public of it, for the API."""

from __future__ import annotations

import re
from typing import Any

import orjson

from gongshi.query.database import Reading, Row
from gongshi.query.errors import NotFound, Withdrawn
from gongshi.query.items import path_of
from gongshi.query.notices import notice
from gongshi.records import DECISION_KINDS
from gongshi.records.kind import COMMON_PUBLIC
from gongshi.render.decisions.steps import is_changed
from gongshi.render.labels import label

_ID = re.compile(r"[0-9a-zA-Z_-]{4,64}")
_TERMS = (
    *("duty_rule", "duty_article"),
    *("legal_due", "due_rule", "due_article", "due_text"),
    *("publish_until", "until_rule", "until_article"),
)


def record(db: Reading, decision: str) -> dict[str, Any]:
    """The decision with this id.

    Raises Withdrawn where a notice stands in its place, otherwise NotFound: what was never published and
    what left no trace look the same.
    """
    found = db.rows("SELECT * FROM decisions WHERE id = ?", [decision]) if _ID.fullmatch(decision) else []
    if not found:
        if _ID.fullmatch(decision) and (stands := notice(db, decision)):
            raise Withdrawn(stands)
        raise NotFound("没有公示编号为这个值的决定；可能公示期已满或者已经撤下。")
    row = found[0]
    kind = DECISION_KINDS[row["kind"]]
    own = db.rows(f"SELECT * FROM {kind.name} WHERE sort = ?", [row["sort"]])  # noqa: S608 - a declared name
    parties = db.rows("SELECT * FROM parties WHERE sort = ? ORDER BY position", [row["sort"]])
    return {
        **summary(row),
        "agency_name": row["agency_name"],
        "fields": _fields(row, own[0] if own else {}),
        "held_fields": orjson.loads(row["held_fields"]),
        "parties": [_party(party) for party in parties],
        "terms": {name: row[name] for name in _TERMS} | {"provisional": bool(row["due_provisional"])},
        "earlier": bool(row["earlier"]),
        "history": orjson.loads(row["history"]),
    }


def summary(row: Row) -> dict[str, Any]:
    """What a hit and a whole decision have in common."""
    return {
        "id": row["id"],
        "kind": row["kind"],
        "kind_label": DECISION_KINDS[row["kind"]].label,
        "title": row["title"],
        "document_number": row["document_number"],
        "parties_text": row["parties"],
        "department": {"key": row["department"], "name": row["department_name"]},
        "region": row["region"],
        "decided_on": row["decided_on"],
        "first_published_on": row["first_published_on"],
        "updated_on": row["updated_on"],
        "corrected": bool(row["corrected"]),
        "changed": is_changed(row),
        "url": path_of(row["id"]),
    }


def _fields(row: Row, own: Row) -> dict[str, dict[str, str]]:
    """The declared public fields that have a value, in the declaration's order."""
    kind = DECISION_KINDS[row["kind"]]
    values = {name: row[name] for name in COMMON_PUBLIC} | dict(own)
    return {
        field.name: {"label": label(field), "value": values[field.name]}
        for field in kind.public_fields
        if values.get(field.name)
    }


def _party(party: Row) -> dict[str, Any]:
    names = ("name", "type", "uscc", "fine", "confiscated", "amount")
    return {name: party[name] for name in names} | {"own": orjson.loads(party["own"])}
