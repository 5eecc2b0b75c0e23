"""Lawful erasure of a whole case file: the journal says what goes, payloads go with it, then the vault's files."""

from __future__ import annotations

import secrets
from datetime import datetime

import orjson

from gongshi.store.cases import kept
from gongshi.store.erase import fold
from gongshi.store.errors import NotErasable
from gongshi.store.journal import Draft
from gongshi.store.operations import OF_A_CASE, Operation
from gongshi.store.store import Store

_ENTRIES = (
    "SELECT seq FROM journal JOIN payloads USING (seq) WHERE record = ? "  # noqa: S608 - words of our own
    f"AND operation IN ({', '.join(repr(str(operation)) for operation in OF_A_CASE)}) ORDER BY seq"
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
        payload = {
            "reason": reason,
            "versions": [],
            "entries": entries,
            "raw": [],
            "keys": {},
            "cases": [case],
            "evidence": files,
        }
        store.append([Draft(by, department, "", "erase", secrets.token_hex(8), Operation.ERASE, payload)], now)
        db.executemany("DELETE FROM payloads WHERE seq = ?", [(seq,) for seq in entries])
    fold(store)
    return tuple(files)


def erased_evidence(store: Store) -> frozenset[str]:
    """The hashes of files whose removal the journal orders, whether or not that was finished."""
    sql = f"SELECT body FROM journal JOIN payloads USING (seq) WHERE operation = '{Operation.ERASE}'"  # noqa: S608
    return frozenset(name for row in store.db.execute(sql) for name in orjson.loads(row["body"]).get("evidence", ()))
