"""build/open.db: what is not public as it should be, kept from run to run.

Asked again is only what the store touched since, and what has come to its day (gongshi.law.horizon): at a million
decisions some ten thousand may stand open. Ids, departments, states and days; no value of a decision.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from gongshi.instance import REFERENCE, Instance
from gongshi.law.horizon import next_era
from gongshi.lifecycle import determined
from gongshi.lifecycle.due import DueRow, due_and_next, due_rows
from gongshi.lifecycle.transitions import State
from gongshi.release.inputs import law
from gongshi.store import Store
from gongshi.store.changes import changed_since, position
from gongshi.store.queries import latest, still_open
from gongshi.store.sqlite import Connection, DatabaseError, connect
from gongshi.store.stored import Pending

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE open (id TEXT PRIMARY KEY, department TEXT, state TEXT, received_on TEXT, overdue INTEGER, day INTEGER);
CREATE INDEX open_day ON open (day);
"""
# Without a department: nobody has to publish it after all. `day`: the next on which that may be otherwise.
_PRIVATE = 0o600


class Open(NamedTuple):
    """As much of a row of `gongshi due` as is kept."""

    department: str
    id: str
    state: State
    received_on: date
    overdue: bool

    @classmethod
    def of(cls, row: DueRow) -> Open:
        """From the whole row."""
        return cls(row.department, row.id, row.state, row.received_on, row.overdue)


def opened(path: Path, store: Store, instance: Instance, today: date) -> list[Open]:
    """What `due_rows` say, in no order, by what is kept at `path`; where that can not be used, by asking everything."""
    try:
        with _file(path) as db:
            _bring(db, store, instance, today)
            sql = "SELECT department, id, state, received_on, overdue FROM open WHERE department IS NOT NULL"
            return [
                Open(department, one, State(state), date.fromisoformat(received_on), bool(overdue))
                for department, one, state, received_on, overdue in db.execute(sql)
            ]
    except (DatabaseError, OSError, LookupError, ValueError):
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return [Open.of(row) for row in due_rows(store, instance, today)]


def _bring(db: Connection, store: Store, instance: Instance, today: date) -> None:
    """Ask again what may have changed."""
    known = {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM meta")}
    now, mark = position(store), law(instance.root / REFERENCE) + determined.mark(store)
    instance = determined.determined(store, instance)
    asked: Iterable[Pending]
    if known.get("mark") == mark and _holds(known, store, today):
        come = db.execute("SELECT id FROM open WHERE day <= ?", (today.toordinal(),))
        ids = {row["id"] for row in come}.union(changed_since(store, int(known["seq"])))
        db.executemany("DELETE FROM open WHERE id = ?", ((one,) for one in ids))
        asked = (pending for pending in latest(store, ids) if pending.is_open)
    else:
        db.execute("DELETE FROM open")
        asked = still_open(store)
    db.executemany("INSERT INTO open VALUES (?, ?, ?, ?, ?, ?)", _kept(store, instance, asked, today))
    era = next_era(instance.rules, today)
    meta = {"mark": mark, "seq": str(now), "entry": _entry(store, now), "today": today.isoformat()}
    meta["era"] = era.isoformat() if era else date.max.isoformat()
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


def _holds(known: dict[str, str], store: Store, today: date) -> bool:
    """Whether it was kept of this store, in this era of the rules."""
    return known["today"] <= today.isoformat() < known["era"] and known["entry"] == _entry(store, int(known["seq"]))


def _entry(store: Store, seq: int) -> str:
    row = store.db.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    return str(row["hash"]) if row else ""


def _kept(store: Store, instance: Instance, asked: Iterable[Pending], today: date) -> Iterator[tuple[object, ...]]:
    for pending in asked:
        row, day = due_and_next(store, instance, pending, today)
        told = (row.department, row.state, row.received_on.isoformat(), row.overdue) if row else (None,) * 4
        yield pending.id, *told, day.toordinal() if day else None


@contextmanager
def _file(path: Path) -> Iterator[Connection]:
    """One transaction on the file, for its owner alone; made where it is missing."""
    if new := not path.is_file():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, _PRIVATE))
    with closing(connect(path)) as db:
        if new:
            db.executescript(f"BEGIN; {_TABLES} COMMIT;")
        db.execute("BEGIN IMMEDIATE")
        yield db
        db.execute("COMMIT")
