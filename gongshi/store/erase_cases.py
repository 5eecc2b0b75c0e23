"""Lawful erasure of a whole case file: the journal says what goes, payloads go with it, then the vault's files."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from gongshi.store import raw
from gongshi.store.cases import entered
from gongshi.store.erase import fold
from gongshi.store.errors import NotErasable
from gongshi.store.evidence import kept
from gongshi.store.journal import Draft
from gongshi.store.operations import OF_A_CASE, Operation
from gongshi.store.queries import chosen
from gongshi.store.sqlite import Connection
from gongshi.store.store import Store

_ENTRIES = (
    "SELECT seq FROM journal JOIN payloads USING (seq) WHERE record = ? "  # noqa: S608 - words of our own
    f"AND operation IN ({', '.join(repr(str(operation)) for operation in OF_A_CASE)}) ORDER BY seq"
)
_NAMING = (
    "SELECT key FROM disclosures WHERE key IS NOT NULL AND id IN (SELECT id FROM versions WHERE case_key = "
    "(SELECT number_key FROM cases WHERE id = ?))"
)


def erase_case(store: Store, case: str, *, reason: str, by: str, department: str, now: datetime) -> tuple[str, ...]:
    """Take away everything that was written of a case; returns the hashes of the vault's files to remove, those that
    no other case has. The files themselves are the caller's: remove them after this returns, and again where that
    was interrupted (`erased_evidence`).

    Raises NotErasable for an unknown case, ErasureIncomplete where a reader keeps the old bytes for now.
    """
    with store.write() as db:
        if db.execute("SELECT 1 FROM cases WHERE id = ?", (case,)).fetchone() is None:
            raise NotErasable(f"没有编号为 {case} 的案件。")
        entries = [row["seq"] for row in db.execute(_ENTRIES, (case,))]
        own = {one.sha256 for one in kept(store, case)}
        files = sorted(own - {one.sha256 for one in kept(store) if one.case_id != case})
        names = _raw(db, entries)
        payload = {
            "reason": reason,
            "versions": [],
            "entries": entries,
            "raw": names,
            "keys": {},
            "cases": [case],
            "evidence": files,
            "decisions": _decisions(store, case),
        }
        store.append([Draft(by, department, "", "erase", secrets.token_hex(8), Operation.ERASE, payload)], now)
        db.executemany("DELETE FROM payloads WHERE seq = ?", [(seq,) for seq in entries])
        raw.forget(db, names)
    fold(store)
    return tuple(files)


def _decisions(store: Store, case: str) -> list[str]:
    """The keys of the decisions that the case made or claimed in any version, and of those whose sheets name it: they
    may come out otherwise now."""
    said = entered(store, case, Operation.CASE, Operation.DECIDE)
    keys = (_key(one.operation, one.payload) for one in said if one.payload)
    return sorted({*filter(None, keys), *(row["key"] for row in store.db.execute(_NAMING, (case,)))})


def _key(operation: str, payload: Mapping[str, Any]) -> str | None:
    """Of the decision that an entry made or claimed."""
    found: str | None = payload["key"] if operation == Operation.DECIDE else payload["shown"].get("claimed_key")
    return found


def _raw(db: Connection, entries: Sequence[int]) -> list[str]:
    """The files in which the entries came, as far as they are kept: with the rows of other cases in them, whose
    entries stay."""
    batches = chosen(db, "SELECT DISTINCT batch FROM journal WHERE batch <> '' AND seq IN ({})", entries)
    files = chosen(db, "SELECT files FROM batches WHERE receipt IN ({})", [row["batch"] for row in batches])
    hashes = sorted({file["sha256"] for row in files for file in orjson.loads(row["files"])})
    return [row["sha256"] for row in chosen(db, "SELECT sha256 FROM raw WHERE sha256 IN ({}) ORDER BY 1", hashes)]


def erased_evidence(store: Store) -> frozenset[str]:
    """The hashes of files whose removal the journal orders, whether or not that was finished."""
    sql = f"SELECT body FROM journal JOIN payloads USING (seq) WHERE operation = '{Operation.ERASE}'"  # noqa: S608
    return frozenset(name for row in store.db.execute(sql) for name in orjson.loads(row["body"]).get("evidence", ()))
