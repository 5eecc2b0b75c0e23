"""How the file public.db is opened: to be read, to be changed in one transaction, or put there fresh.

A change that was cut off by a crash is rolled back by opening; a fresh file takes the old one's place
whole, with no journal of the old one beside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gongshi.store.sqlite import Connection, DatabaseError, connect

SIDE_FILES = ("-journal", "-wal", "-shm")
"""What SQLite lays beside a database while it works."""
PATIENCE = 5.0
"""Seconds to wait for a reader: a visitor's query may take one. Whoever holds the file longer is not waited for."""

_CHANGED_IN_MEMORY = 256 << 10
"""KiB of pages that a change may hold: a decision's words lie in some three hundred, and what has no room is written
down, settled on the disk and read again several times."""
_FILLED_IN_MEMORY = 64 << 10
"""KiB of a new file that may wait in memory to be written."""


@contextmanager
def changing(path: Path, journal: str = "DELETE") -> Iterator[Connection]:
    """One transaction on public.db; foreign keys are looked at when it ends. `journal` is SQLite's mode."""
    db = connect(path, timeout=PATIENCE)
    try:
        db.execute(f"PRAGMA journal_mode = {journal}")
        db.execute("PRAGMA synchronous = FULL")
        db.execute(f"PRAGMA cache_size = -{_CHANGED_IN_MEMORY}")
        db.execute("BEGIN IMMEDIATE")
        db.execute("PRAGMA defer_foreign_keys = ON")
        yield db
        db.execute("COMMIT")
    except BaseException:
        with suppress(DatabaseError):
            db.execute("ROLLBACK")
        raise
    finally:
        db.close()


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """Not opened read-only: a change that was cut off by a crash must be rolled back first."""
    db = connect(path, timeout=PATIENCE)
    try:
        yield db
    finally:
        db.close()


@contextmanager
def filling(path: Path) -> Iterator[Connection]:
    """A new file, filled without a journal: nobody sees it before `switch`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    remove(path)
    db = connect(path)
    try:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute(f"PRAGMA cache_size = -{_FILLED_IN_MEMORY}")
        yield db
        db.execute("PRAGMA journal_mode = DELETE")
    finally:
        db.close()


def fresh(path: Path) -> Path:
    """Where a new file is written before the switch; a run that was killed leaves it behind."""
    return path.with_name(f".{path.name}.fresh")


def remove(path: Path) -> None:
    """Take a database away, side files and all."""
    for suffix in ("", *SIDE_FILES):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def switch(new: Path, path: Path) -> None:
    """Put the fresh file in place, on the disk."""
    with new.open("rb") as file:
        os.fsync(file.fileno())
    _settle(path)
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _settle(path: Path) -> None:
    """Roll back what a crash left of a change in the old file: its journal must not meet the new one."""
    if path.is_file():
        with suppress(DatabaseError), reading(path) as db:
            db.execute("SELECT count(*) FROM meta").fetchone()
    for suffix in SIDE_FILES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
