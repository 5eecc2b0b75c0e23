"""From entries to current tables: requests for correction and their answers (D31).

What an erasure takes away are payloads; what figures need (department, month, result, how fast) stands in
the entries themselves, so that erased requests still count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongshi.store.journal import Entry, Payload
from gongshi.store.sqlite import Connection

_DAY = 10
"""Characters of the day in an entry's instant."""


def request(db: Connection, changes: Sequence[tuple[Entry, Payload | None]]) -> None:
    """A request was taken in; without its payload only what its entry says is left."""
    rows: list[tuple[Entry, Mapping[str, Any]]] = [(entry, payload or {}) for entry, payload in changes]
    db.executemany(
        "INSERT INTO requests (number, seq, kind, department, taken_on, status, decision, received_on, capacity, "
        "files, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(e.record, e.seq, e.kind, e.department, e.at[:_DAY], p.get("status"), p.get("decision"), p.get("on")),
                *(p.get("capacity"), len(p["files"]) if p else None, p.get("sealed")),
            )
            for e, p in rows
        ],
    )


def answer(db: Connection, changes: Sequence[tuple[Entry, Payload | None]]) -> None:
    """A request was answered: the entry's kind is the result."""
    rows: list[tuple[Entry, Mapping[str, Any]]] = [(entry, payload or {}) for entry, payload in changes]
    db.executemany(
        "UPDATE requests SET answer = ?, result = ?, answered_by = ?, closed_on = ?, answered_on = ?, reason = ?, "
        "referred_to = ? WHERE number = ?",
        [(e.seq, e.kind, e.actor, e.at[:_DAY], p.get("on"), p.get("reason"), p.get("to"), e.record) for e, p in rows],
    )


def erase(db: Connection, entry: Entry, payload: Mapping[str, Any]) -> None:
    """What the erased payloads had put here goes."""
    seqs = [(seq,) for seq in payload["entries"]]
    db.executemany(
        "UPDATE requests SET status = NULL, decision = NULL, received_on = NULL, capacity = NULL, files = NULL, "
        "sealed = NULL, erased_by = ? WHERE seq = ?",
        [(entry.seq, seq) for (seq,) in seqs],
    )
    db.executemany("UPDATE requests SET answered_on = NULL, reason = NULL, referred_to = NULL WHERE answer = ?", seqs)
