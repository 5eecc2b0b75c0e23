"""From entries to current tables: what two persons do together, and the choice for a minor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from gongshi.store.journal import Entry
from gongshi.store.operations import CONFIRMED, DECLINED, ERASE, RESTORE, SUSPEND, SUSPENDED, WITHDRAWN
from gongshi.store.sqlite import Connection, Row

_NOTICED = (
    "suspended = 0, stopped = ?, reasons = json_array(ending), stopped_on = ended_on, comes_back = 0, turned_by = ?"
)
"""It is ended as it was before its notice was suspended."""
_UP = "suspended = 0, stopped = NULL, reasons = NULL, stopped_on = NULL, comes_back = 1, turned_by = ?"
"""Nothing stops it any more; the next rebuild makes it public, if the law lets it."""


def propose(db: Connection, entry: Entry, payload: Mapping[str, Any]) -> None:
    """The proposal waits; what is suspended is down at once."""
    db.execute(
        "INSERT INTO acts (seq, id, kind, department, act, ending, fields, reason, by, proposed_on, source) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(entry.seq, entry.record, entry.kind, entry.department, payload["act"], payload["ending"]),
            *(_text(payload["fields"]), payload["reason"], entry.actor, payload["on"], payload["source"]),
        ),
    )
    if payload["act"] == SUSPEND:
        db.execute(
            "UPDATE disclosures SET suspended = 1, stopped = ?, reasons = ?, stopped_on = ?, comes_back = 0, "
            "turned_by = ? WHERE id = ?",
            (SUSPENDED, _text([SUSPENDED]), payload["on"], entry.seq, entry.record),
        )


def confirm(db: Connection, entry: Entry, payload: Mapping[str, Any]) -> None:
    """The act takes effect: what is withdrawn ended on the day on which it left the public, whatever becomes of its
    notice later."""
    act = _decide(db, entry, payload, CONFIRMED)
    if act["act"] == ERASE:
        return  # the erase entry that follows does it
    if act["act"] == RESTORE:
        db.execute(
            f"UPDATE disclosures SET {_UP}, stays_down = '', ended_by = NULL, ending = NULL, ended_on = NULL, "  # noqa: S608
            "ended_fields = NULL WHERE id = ?",
            (entry.seq, entry.record),
        )
        return
    ending = payload["ending"] or act["ending"]
    fields = _text(payload["fields"]) if payload["ending"] else act["fields"]
    on = act["proposed_on"] if act["act"] == SUSPEND else payload["on"]
    db.execute(
        "UPDATE acts SET ending = ?, fields = ? WHERE seq = ?",
        (ending, fields, act["seq"]),
    )
    db.execute(
        "UPDATE disclosures SET suspended = 0, stopped = ?1, reasons = ?, stopped_on = ?3, comes_back = 0, "
        "ended_by = ?, ending = ?, ended_on = coalesce(ended_on, ?3), ended_fields = ?, turned_by = ?, "
        "stays_down = CASE WHEN published_version IS NULL THEN '' ELSE ?1 END WHERE id = ?",
        (WITHDRAWN, _text([ending]), on, act["seq"], ending, fields, entry.seq, entry.record),
    )


def decline(db: Connection, entry: Entry, payload: Mapping[str, Any]) -> None:
    """Nothing happens; what was suspended comes back: of an ended decision its notice alone."""
    act = _decide(db, entry, payload, DECLINED)
    if act["act"] == SUSPEND:
        db.execute(f"UPDATE disclosures SET {_UP} WHERE id = ? AND ended_by IS NULL", (entry.seq, entry.record))  # noqa: S608
        db.execute(
            f"UPDATE disclosures SET {_NOTICED} WHERE id = ? AND ended_by IS NOT NULL",  # noqa: S608
            (WITHDRAWN, entry.seq, entry.record),
        )


def choose(db: Connection, entry: Entry, payload: Mapping[str, Any]) -> None:
    """The choice holds for that version only: the next one may have other parties."""
    db.execute(
        "UPDATE versions SET choice = ? WHERE seq = ? AND erased_by IS NULL", (payload["choice"], payload["version"])
    )


def _decide(db: Connection, entry: Entry, payload: Mapping[str, Any], result: str) -> Row:
    """The proposal, now with its answer."""
    db.execute(
        "UPDATE acts SET result = ?, decided_by = ?, decided_on = ?, opinion = ? WHERE seq = ?",
        (result, entry.actor, payload["on"], payload["opinion"], payload["of"]),
    )
    found: Row = db.execute("SELECT * FROM acts WHERE seq = ?", (payload["of"],)).fetchone()
    return found


def _text(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
