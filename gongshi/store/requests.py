"""Requests for correction in the record: kept, asked for, answered, and erased once nobody needs them (D31)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from gongshi.store.erase import fold
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation
from gongshi.store.queries import chosen, day
from gongshi.store.sqlite import Row
from gongshi.store.store import Store

PUBLIC = "public"
"""The actor of a request's entry: it names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRequest:
    """One request. `received_on` is the day of its arrival, `answered_on` that of the answer; `result` is empty
    while it is open. `status`, `decision` and `reason` are empty and `files` 0 once it is erased: the
    days are then those of the journal's entries.
    """

    number: str
    seq: int
    kind: str
    department: str
    status: str
    decision: str
    received_on: date
    capacity: str
    files: int
    sealed: str
    result: str
    answered_by: str
    answered_on: date | None
    reason: str
    referred_to: str
    erased: bool


def keep(
    store: Store, number: str, *, kind: str, department: str, payload: Mapping[str, Any], sealed: bytes, now: datetime
) -> None:
    """Journal a request with its sealed message, in one transaction. `payload` is all of it but the files' bytes."""
    name = hashlib.sha256(sealed).hexdigest()
    with store.write() as db:
        db.execute("INSERT OR IGNORE INTO raw (sha256, body) VALUES (?, ?)", (name, sealed))
        said = {**payload, "sealed": name}
        store.append([Draft(PUBLIC, department, "", kind, number, Operation.REQUEST, said)], now)


def record_answer(
    store: Store, request: StoredRequest, *, result: str, by: str, on: date, reason: str, to: str, now: datetime
) -> None:
    """Journal the department's answer, inside the caller's transaction."""
    said = {"on": on.isoformat(), "reason": reason, "to": to}
    store.append([Draft(by, request.department, "", result, request.number, Operation.ANSWER, said)], now)


def request(store: Store, number: str) -> StoredRequest | None:
    """The request with that receipt number, or None."""
    row = store.db.execute("SELECT * FROM requests WHERE number = ?", (number,)).fetchone()
    return _request(row) if row else None


def requests(store: Store, *, unanswered: bool = False, kept: bool = False) -> list[StoredRequest]:
    """Every request by the day of its arrival; with `unanswered` the open ones only, with `kept` what is not erased."""
    only = "WHERE answer IS NULL" if unanswered else "WHERE erased_by IS NULL" if kept else ""
    rows = store.db.execute(f"SELECT * FROM requests {only} ORDER BY taken_on, number")  # noqa: S608
    return [_request(row) for row in rows]


def said(store: Store, one: StoredRequest) -> Mapping[str, Any]:
    """What the citizen wrote: the entry's payload; empty once it is erased."""
    row = store.db.execute("SELECT body FROM payloads WHERE seq = ?", (one.seq,)).fetchone()
    found: Mapping[str, Any] = orjson.loads(row["body"]) if row else {}
    return found


def sealed_message(store: Store, one: StoredRequest) -> bytes:
    """The sealed message as it came; empty once it is erased."""
    row = store.db.execute("SELECT body FROM raw WHERE sha256 = ?", (one.sealed,)).fetchone()
    return bytes(row["body"]) if row else b""


def newer_version(store: Store, one: StoredRequest) -> bool:
    """Whether a version of the request's decision came in after the request."""
    found = store.db.execute("SELECT 1 FROM versions WHERE id = ? AND seq > ? LIMIT 1", (one.decision, one.seq))
    return found.fetchone() is not None


def erase_requests(
    store: Store, numbers: Sequence[str], *, reason: str, by: str, department: str, now: datetime
) -> int:
    """Take away what was written and handed in with these requests, and the answers to them; returns how many.

    That they were made and answered, by which department and when, stays. Raises ErasureIncomplete where a reader
    still holds the old bytes: then run it again.
    """
    with store.write() as db:
        sql = "SELECT seq, answer, sealed FROM requests WHERE erased_by IS NULL AND number IN ({}) ORDER BY seq"
        rows = chosen(db, sql, sorted(set(numbers)))
        if rows:
            entries = sorted(seq for row in rows for seq in (row["seq"], row["answer"]) if seq)
            raw = [row["sealed"] for row in rows]
            payload = {"reason": reason, "versions": [], "entries": entries, "raw": raw, "keys": {}}
            store.append([Draft(by, department, "", "erase", secrets.token_hex(8), Operation.ERASE, payload)], now)
            db.executemany("DELETE FROM payloads WHERE seq = ?", [(seq,) for seq in entries])
            db.executemany("DELETE FROM raw WHERE sha256 = ?", [(name,) for name in raw])
    if rows:
        fold(store)
    return len(rows)


def _request(row: Row) -> StoredRequest:
    return StoredRequest(
        number=row["number"],
        seq=row["seq"],
        kind=row["kind"],
        department=row["department"],
        status=row["status"] or "",
        decision=row["decision"] or "",
        received_on=date.fromisoformat(row["received_on"] or row["taken_on"]),
        capacity=row["capacity"] or "",
        files=row["files"] or 0,
        sealed=row["sealed"] or "",
        result=row["result"] or "",
        answered_by=row["answered_by"] or "",
        answered_on=day(row["answered_on"] or row["closed_on"]),
        reason=row["reason"] or "",
        referred_to=row["referred_to"] or "",
        erased=row["erased_by"] is not None,
    )
