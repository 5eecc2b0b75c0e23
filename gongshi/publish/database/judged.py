"""What came of each decision, or of each record, when it was last looked at: a run looks again only at what may have
changed.

A decision comes out the same when nothing touched it in the store, its day has not come (gongshi.law.horizon),
and the reference data, the code and the era of the rules are as they were. Kept beside public.db: ids, days,
names of checks and counts; no value of a decision. Written last in a run, in one transaction: a run that dies
leaves the older state, by which the next looks at more and never at less.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from gongshi.lifecycle.publication import Recorded
from gongshi.publish.gate.checks import Refused
from gongshi.publish.opening import remove
from gongshi.publish.preparing.wall import FAILED
from gongshi.store.changes import changed_since, position
from gongshi.store.sqlite import Connection, DatabaseError, OperationalError, connect
from gongshi.store.store import Store

_FORM = "1"
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE wakes (id TEXT PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX wakes_day ON wakes (day);
CREATE TABLE refused (id TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, message TEXT NOT NULL,
  PRIMARY KEY (id, position)) WITHOUT ROWID;
CREATE TABLE undecided (id TEXT PRIMARY KEY, names INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE again (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_BY_ID = ("wakes", "refused", "undecided", "again")
_NO_ERA = ""


Changed = Callable[[Store, int], Iterable[str]]
"""From a store and an entry to the ids that a later entry touched."""
of_records = partial(changed_since, registry=True)
"""The same of the records of registers and lists."""


class Came(Protocol):
    """What came of what was looked at, as of preparing.Prepared."""

    @property
    def looked_at(self) -> Collection[str] | None: ...
    @property
    def refused(self) -> Sequence[Refused]: ...
    @property
    def undecided(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def wakes(self) -> Iterable[tuple[str, date]]: ...
    @property
    def position(self) -> int: ...
    @property
    def era(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What stands after a run, whether or not that looked at it: how many decisions are public, what the gate keeps
    out, and by id how many possible names wait for their reviewer."""

    public: int
    refused: tuple[Refused, ...]
    undecided: Mapping[str, int]


class Judged:
    """The file at `path`; one that was written with another `mark`, or can not be read, knows nothing."""

    def __init__(self, path: Path, mark: str, changed: Changed = changed_since) -> None:
        self._path, self._mark, self._changed = path, mark, changed

    def todo(self, store: Store, today: date, built: str) -> frozenset[str] | None:
        """The ids that have to be looked at as of `today`; None for everything.

        `built` tells which public.db lies there, as it was told to `remember`: beside one of a backup it knows nothing.
        """
        try:
            with _opened(self._path) as db:
                meta = _meta(db)
                if not (_is_beside(meta, built, today) and self._holds(meta, store, today)):
                    return None
                _outstanding(db, 0)  # read like the rest, so that a table that can not be read is met now
                due = db.execute("SELECT id FROM wakes WHERE day <= ? UNION SELECT id FROM again", (today.toordinal(),))
                return frozenset(row["id"] for row in due).union(self._changed(store, int(meta["seq"])))
        except (DatabaseError, OSError, LookupError, ValueError):
            return None

    def _holds(self, meta: Mapping[str, str], store: Store, today: date) -> bool:
        """Whether what is remembered is of this form, mark, store and era of the rules."""
        if not self._is_ours(meta):
            return False
        on = today.isoformat()
        in_the_era = meta["today"] <= on and (meta["era"] == _NO_ERA or on < meta["era"])
        return in_the_era and _entry(store, int(meta["seq"])) == meta["entry"]

    def _is_ours(self, meta: Mapping[str, str]) -> bool:
        return (meta.get("form"), meta.get("mark")) == (_FORM, self._mark)

    def expect(self, built: str, today: date) -> None:
        """Note which public.db is about to be made from what was looked at as of `today`: where the run dies before it
        `remember`s, the next one knows that file, and looks once more at what this one looked at, not at everything.
        """
        with suppress(DatabaseError, OSError, LookupError):
            if self._path.is_file():
                with _changing(self._path) as db:
                    if self._is_ours(_meta(db)):
                        _set(db, {"coming": built, "coming_on": today.isoformat()})

    def remember(
        self,
        prepared: Came,
        recorded: Recorded,
        store: Store,
        today: date,
        *,
        built: str,
        public: int,
        again: Collection[str] = (),
    ) -> Outstanding:
        """Keep what came of a run that ended well, and give what stands after it.

        `built` tells which public.db it made, `public` how many decisions are public now. The ids `again` are
        looked at in the next run, too, and so are those that could not be worked out or journaled. Where the file
        turns out to be damaged it is taken away: what stands is then told of what was looked at, and the next run
        looks at everything.
        """
        if prepared.looked_at is None:
            remove(self._path)
        try:
            return self._kept(prepared, recorded, store, today, built=built, public=public, again=again)
        except OperationalError:
            raise  # a full disk, a folder without permission: nothing is wrong with the file
        except DatabaseError:
            remove(self._path)
            return Outstanding(public, tuple(prepared.refused), {one: len(n) for one, n in prepared.undecided.items()})

    def _kept(
        self,
        prepared: Came,
        recorded: Recorded,
        store: Store,
        today: date,
        *,
        built: str,
        public: int,
        again: Collection[str],
    ) -> Outstanding:
        with _changing(self._path) as db:
            for table in _BY_ID if prepared.looked_at is not None else ():
                db.executemany(f"DELETE FROM {table} WHERE id = ?", ((one,) for one in prepared.looked_at or ()))  # noqa: S608
            failed = (one.id for one in prepared.refused if one.check == FAILED)
            _keep(db, prepared, {*again, *failed, *recorded.refused})
            seq = _seen(store, prepared, recorded)
            meta = {"form": _FORM, "mark": self._mark, "built": built, "today": today.isoformat(), "seq": str(seq)}
            meta |= {"era": prepared.era.isoformat() if prepared.era else _NO_ERA, "entry": _entry(store, seq)}
            _set(db, meta | {"coming": "", "coming_on": ""})
            return _outstanding(db, public)


def _meta(db: Connection) -> dict[str, str]:
    return {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM meta")}


def _set(db: Connection, meta: Mapping[str, str]) -> None:
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


def _is_beside(meta: Mapping[str, str], built: str, today: date) -> bool:
    """Whether that public.db was made by the run that is remembered, or by one after it that died before it was."""
    if meta.get("built") == built:
        return True
    return meta.get("coming") == built and meta["coming_on"] <= today.isoformat()


def _keep(db: Connection, prepared: Came, again: Iterable[str]) -> None:
    wakes = ((record, day.toordinal()) for record, day in prepared.wakes)
    db.executemany("INSERT INTO wakes VALUES (?, ?)", wakes)
    refused = ((one.id, at, one.check, one.message) for at, one in enumerate(prepared.refused))
    db.executemany("INSERT INTO refused VALUES (?, ?, ?, ?)", refused)
    db.executemany("INSERT INTO undecided VALUES (?, ?)", ((one, len(n)) for one, n in prepared.undecided.items()))
    db.executemany("INSERT OR IGNORE INTO again VALUES (?)", ((one,) for one in again))


def _outstanding(db: Connection, public: int) -> Outstanding:
    refused = db.execute("SELECT id, name, message FROM refused ORDER BY id, position").fetchall()
    undecided = db.execute("SELECT id, names FROM undecided ORDER BY id").fetchall()
    return Outstanding(public, tuple(Refused(*row) for row in refused), {row["id"]: row["names"] for row in undecided})


def _seen(store: Store, prepared: Came, recorded: Recorded) -> int:
    """Up to which entry everything has been looked at: with what this run journaled itself, unless somebody else
    wrote meanwhile; then this run's own are looked at once more."""
    own = sum(map(len, (recorded.published, recorded.corrected, recorded.restored, recorded.stopped)))
    now = position(store)
    return now if now - prepared.position == own else prepared.position


def _entry(store: Store, seq: int) -> str:
    row = store.db.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    return str(row["hash"]) if row else ""


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    """The file that is there."""
    db = connect(path, read_only=True)
    try:
        yield db
    finally:
        db.close()


@contextmanager
def _changing(path: Path) -> Iterator[Connection]:
    """One transaction on the file; made where it is missing, for its owner alone."""
    if new := not (path.is_file() and path.stat().st_size):
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    db = connect(path)
    try:
        db.execute("BEGIN IMMEDIATE")
        for table in _TABLES.split(";") if new else ():
            db.execute(table)
        yield db
        db.execute("COMMIT")
    finally:
        db.close()
