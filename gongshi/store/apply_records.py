"""From entries to current tables: what only records of registers and lists have.

From when to when a version is in force (D5); the review by another body, after the department's own (D22, D23);
that a change of law leaves a record as it is (D25).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongshi.store.journal import Entry, Payload
from gongshi.store.operations import APPROVED, REVIEWED, SUPERSEDED
from gongshi.store.sqlite import Connection


def receive(db: Connection, changes: Sequence[tuple[Entry, Payload | None]]) -> None:
    """They are records, erased or not; of those whose payload is there, from when to when they are in force."""
    db.executemany("UPDATE disclosures SET registry = 1 WHERE id = ?", [(entry.record,) for entry, _ in changes])
    db.executemany(
        "UPDATE versions SET effective_from = ?, effective_to = ? WHERE seq = ?",
        [(*_in_force(payload), entry.seq) for entry, payload in changes if payload is not None],
    )


def _in_force(payload: Mapping[str, Any]) -> tuple[str | None, str | None]:
    values = payload["decision"]["values"]
    return values.get("effective_from") or None, values.get("effective_to") or None


def wait(db: Connection, batch: str, on: str, awaits: Mapping[str, str]) -> None:
    """Of what a batch's own review approved on the day `on`, the kinds in `awaits` wait for that body's review."""
    for kind, body in awaits.items():
        db.execute(
            "UPDATE versions SET review = ? WHERE batch = ? AND kind = ? AND review = ?",
            (REVIEWED, batch, kind, APPROVED),
        )
        db.execute(
            "INSERT INTO second_reviews (key, batch, kind, body, waits_since) VALUES (?, ?, ?, ?, ?)",
            (_key(batch, kind), batch, kind, body, on),
        )


def answer(db: Connection, entry: Entry, payload: Mapping[str, Any], result: str) -> None:
    """The other body's review of some kinds of a batch: `result` is APPROVED or RETURNED.

    Approved is only what is still the newest version of its record: an older one never comes out over it.
    """
    batch, on = entry.record, payload["on"]
    for kind in payload["kinds"]:
        db.execute(
            "UPDATE versions SET reviewed_on = ?1, review = CASE WHEN ?2 <> ?3 THEN ?2 "
            "WHEN seq = (SELECT newest FROM disclosures d WHERE d.id = versions.id) THEN ?2 ELSE ?4 END "
            "WHERE batch = ?5 AND kind = ?6 AND review = ?7 AND erased_by IS NULL",
            (on, result, APPROVED, SUPERSEDED, batch, kind, REVIEWED),
        )
        db.execute(
            "UPDATE disclosures SET touched = ?1, approved = CASE WHEN newest IN (SELECT seq FROM versions "
            "WHERE batch = ?2 AND review = ?3) THEN newest ELSE approved END "
            "WHERE id IN (SELECT id FROM versions WHERE batch = ?2 AND kind = ?4)",
            (entry.seq, batch, APPROVED, kind),
        )
    db.executemany(
        "UPDATE second_reviews SET result = ?, department = ?, by = ?, reviewed_on = ?, opinion = ?, source = ? "
        "WHERE key = ?",
        [
            (result, payload["department"], entry.actor, on, payload["opinion"], payload["source"], key)
            for key in _keys(batch, payload["kinds"])
        ],
    )


def uphold(db: Connection, entry: Entry, payload: Mapping[str, Any]) -> None:
    """The record stays as it is although that change touches it."""
    change = payload["change"]
    db.execute(
        "INSERT OR REPLACE INTO upheld (key, id, change, by, on_day) VALUES (?, ?, ?, ?, ?)",
        (_key(entry.record, change), entry.record, change, entry.actor, payload["on"]),
    )


def _keys(batch: str, kinds: Iterable[str]) -> Iterable[str]:
    return (_key(batch, kind) for kind in kinds)


def _key(one: str, other: str) -> str:
    return f"{one}/{other}"
