"""From entries to current tables: case files, their review and their decisions.

What the law made of an entry when it was written (triggers, the state of a review) stands in its payload: a later
version of the law must not change, or refuse to replay, what was lawful then. An erased payload leaves what its
entry says and no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import orjson

from gongshi.store.journal import Entry, Payload
from gongshi.store.sqlite import Connection

Changes = Sequence[tuple[Entry, Payload | None]]
SHOWN = (
    "kind",
    "procedure",
    "stage",
    "started_at",
    "filed_at",
    "investigation_ended_at",
    "ended_on",
    "hearing",
    "circumstances",
    "not_applicable",
    "filled",
    "claimed_key",
    "claimed_at",
    "confidential",
)
"""What the current tables hold of a case's own fields; the lists of words as JSON."""
SHOWN_OF_LINE = ("stage", "medium", "about", "at", "stored_at", "due", "days", "filled", "contents", "signed")
_ARCHIVE = "archive"
"""The line that says that a case lies in the archive (R32)."""
_FIRST_FILE = "SELECT stored_at FROM evidence WHERE case_id = ? AND line = ? ORDER BY seq LIMIT 1"
_STORE = (
    "UPDATE case_records SET stored_at = ?3, filled = json_insert(filled, '$[#]', 'stored_at') "
    "WHERE case_id = ?1 AND line = ?2 AND replaced_by IS NULL AND stored_at = ''"
)
_OF_CASES = (("cases", "id"), *((table, "case_id") for table in ("case_records", "evidence", "opinions")))
_OPINED = ("opine", "revise")
_OPINE = (
    "INSERT INTO opinions (seq, case_id, round, submitted_at, extended, opinion, at) "
    "SELECT ?1, id, ?2, submitted_at, extended, ?3, ?4 FROM cases WHERE id = ?5"
)
"""The opinion of a round, as it was given last (L10, L12)."""
_FIRST = "prepared"
"""The state of a review in which a case is that needs one (gongshi/law/review/words.py)."""


def _kept(changes: Changes) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
    """The changes whose payload is there."""
    return ((entry, payload) for entry, payload in changes if payload is not None)


def _text(value: object) -> object:
    return orjson.dumps(value).decode() if isinstance(value, list) else value


def case(db: Connection, changes: Changes) -> None:
    """A version of a case. A trigger that was computed once stays: editing a case must not lower it."""
    db.executemany(
        "INSERT INTO cases (id, seq, department) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET seq = ?2",
        [(entry.record, entry.seq, entry.department) for entry, _ in changes],
    )
    columns = ", ".join(f"{name} = ?" for name in SHOWN)
    for entry, payload in _kept(changes):
        there = db.execute(
            "SELECT triggers, major_at_start, claimed_key FROM cases WHERE id = ?", (entry.record,)
        ).fetchone()
        before = orjson.loads(there["triggers"]) if there["triggers"] else []
        major, shown = int(payload["major"]), payload["shown"]
        first = major if there["major_at_start"] is None else there["major_at_start"]
        db.execute(
            f"UPDATE cases SET number_key = ?, triggers = ?, major = ?, major_at_start = ?, "  # noqa: S608
            f"review = coalesce(review, CASE WHEN ? THEN '{_FIRST}' END), {columns} WHERE id = ?",
            (
                *(payload["key"], _text(sorted({*before, *payload["triggers"]})), major, first, major),
                *(_text(shown.get(name)) for name in SHOWN),
                entry.record,
            ),
        )
        for key in (there["claimed_key"], shown.get("claimed_key")):
            _touch(db, entry, key)
        _touch_named(db, entry)


def line(db: Connection, changes: Changes) -> None:
    """A line of a case file; the one of that number before it is replaced."""
    for entry, payload in _kept(changes):
        shown = payload["shown"]
        db.execute(
            "UPDATE case_records SET replaced_by = ? WHERE case_id = ? AND line = ? AND replaced_by IS NULL",
            (entry.seq, entry.record, payload["line"]),
        )
        db.execute(
            f"INSERT INTO case_records (seq, case_id, sheet, line, what, file_sha256, {', '.join(SHOWN_OF_LINE)}) "  # noqa: S608
            f"VALUES (?, ?, ?, ?, ?, ?, {', '.join('?' * len(SHOWN_OF_LINE))})",
            (
                *(entry.seq, entry.record, payload["sheet"], payload["line"], payload["what"]),
                payload["values"].get("file_sha256") or None,
                *(_text(shown[name]) for name in SHOWN_OF_LINE),
            ),
        )
        _stored(db, entry, payload["line"])
        if payload["what"] == _ARCHIVE:
            db.execute("UPDATE cases SET archived = 1 WHERE id = ?", (entry.record,))


def evidence(db: Connection, changes: Changes) -> None:
    """A file of the vault belongs to a line."""
    db.executemany(
        "INSERT INTO evidence (seq, case_id, line, sha256, size, medium, made_at, stored_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (e.seq, e.record, p["line"], p["sha256"], p["size"], p["medium"], p["made_at"], p["stored_at"])
            for e, p in _kept(changes)
        ],
    )
    for entry, payload in _kept(changes):
        _stored(db, entry, payload["line"])


def _stored(db: Connection, entry: Entry, line: str) -> None:
    """A recording whose sheet does not say when it was stored was stored when the vault got its first file (R32)."""
    first = db.execute(_FIRST_FILE, (entry.record, line)).fetchone()
    if first and first["stored_at"]:
        db.execute(_STORE, (entry.record, line, first["stored_at"]))


def major(db: Connection, changes: Changes) -> None:
    """A judged trigger was raised, its lowering proposed, approved or declined; or the law saw one later (`fired`)."""
    for entry, payload in _kept(changes):
        if new := payload.get("fired"):
            there = db.execute("SELECT triggers FROM cases WHERE id = ?", (entry.record,)).fetchone()["triggers"]
            before = orjson.loads(there) if there else []
            db.execute("UPDATE cases SET triggers = ? WHERE id = ?", (_text(sorted({*before, *new})), entry.record))
    db.executemany(
        "UPDATE cases SET raised = ?, lowered = ?, major = ?, review = coalesce(review, CASE WHEN ? THEN ? END) "
        "WHERE id = ?",
        [
            (_text(p["raised"]), _text(p["lowered"]), int(p["major"]), int(p["major"]), _FIRST, e.record)
            for e, p in _kept(changes)
        ],
    )
    for entry, _ in changes:
        row = db.execute("SELECT decision_key, claimed_key FROM cases WHERE id = ?", (entry.record,)).fetchone()
        for key in row or ():
            _touch(db, entry, key)
        _touch_named(db, entry)


def legal(db: Connection, changes: Changes) -> None:
    """An event of a review: its state, and what its clock needs."""
    for entry, payload in _kept(changes):
        event, at, fields = payload["event"], payload["at"], payload["fields"]
        db.execute(
            "UPDATE cases SET review = ?, round = ? WHERE id = ?", (payload["state"], payload["round"], entry.record)
        )
        if event == "submit":
            sql = "UPDATE cases SET submitted_at = ?, extended = 0, asked_until = NULL WHERE id = ?"
            db.execute(sql, (at, entry.record))
        elif event in _OPINED and "opinion" in fields:
            db.execute("DELETE FROM opinions WHERE case_id = ? AND round = ?", (entry.record, payload["round"]))
            db.execute(_OPINE, (entry.seq, payload["round"], fields["opinion"], at, entry.record))
        elif event == "extend":
            db.execute("UPDATE cases SET extended = 1 WHERE id = ?", (entry.record,))
        elif event == "request_materials":
            db.execute("UPDATE cases SET asked_until = ? WHERE id = ?", (fields["until"], entry.record))


def decide(db: Connection, changes: Changes) -> None:
    """A decision was made in the system."""
    for entry, payload in _kept(changes):
        db.execute(
            "UPDATE cases SET review = coalesce(?, review), decision_key = ?, decided_seq = ? WHERE id = ?",
            (payload["state"], payload["key"], entry.seq, entry.record),
        )
        _touch(db, entry, payload["key"])
        _touch_named(db, entry)


def instruct(db: Connection, _entry: Entry, payload: Mapping[str, Any]) -> None:
    """The supervisor's instruction belongs to the version that it was given for."""
    db.execute(
        "UPDATE versions SET instruction = ? WHERE seq = ? AND erased_by IS NULL",
        (payload["instruction"], payload["version"]),
    )


def access(_db: Connection, _changes: Changes) -> None:
    """Who read a case changes nothing of it: the entry is the whole of it."""


def erase(db: Connection, entry: Entry, cases: Collection[str], decisions: Collection[str]) -> None:
    """What the erased payloads had put here goes: as a replay without them leaves it. The decisions that these cases
    made or claimed are looked at again."""
    for key in decisions:
        _touch(db, entry, key)
    for record in cases:
        department, seq = db.execute("SELECT department, seq FROM cases WHERE id = ?", (record,)).fetchone()
        for table, key in _OF_CASES:
            db.execute(f"DELETE FROM {table} WHERE {key} = ?", (record,))  # noqa: S608
        db.execute(
            "INSERT INTO cases (id, seq, department, erased_by) VALUES (?, ?, ?, ?)",
            (record, seq, department, entry.seq),
        )


def _touch(db: Connection, entry: Entry, key: str | None) -> None:
    """The decision of that key may come out otherwise now (gongshi/store/changes.py); no other wakes."""
    if key:
        db.execute("UPDATE disclosures SET touched = ? WHERE key = ?", (entry.seq, key))


def _touch_named(db: Connection, entry: Entry) -> None:
    """So may the decisions whose own sheets name the case (gongshi/lifecycle/released.py)."""
    db.execute(
        "UPDATE disclosures SET touched = ? WHERE id IN (SELECT id FROM versions WHERE case_key = "
        "(SELECT number_key FROM cases WHERE id = ?))",
        (entry.seq, entry.record),
    )
