"""How build/manifest.db is laid out, and where there is none that can be used, a new one."""

from __future__ import annotations

import os
from pathlib import Path

from gongshi.store.sqlite import Connection, DatabaseError, OperationalError, connect

UNFINISHED = ""
"""The mark of a page that has to be made again."""
AT_WORK = -1
"""The time of a folder in which a run is at work."""
_FORM = "3"
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (
  folder TEXT NOT NULL, name TEXT NOT NULL, part TEXT NOT NULL, mark TEXT NOT NULL,
  size INTEGER NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE INDEX pages_part ON pages (part);
CREATE INDEX pages_empty ON pages (folder, name) WHERE size = 0;
CREATE TABLE folders (path TEXT PRIMARY KEY, changed INTEGER NOT NULL, looked TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX folders_looked ON folders (looked, changed);
CREATE TABLE pending (part TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE unproven (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE digests (path TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE committed (state TEXT PRIMARY KEY) WITHOUT ROWID;
"""
# `mark` is the fingerprint a page was made from; `size` and `changed` (ns) are the file's, a folder's `changed` is its
# own time of change, `looked` the day on which its files were last looked at. `pending` are parts whose pages may not
# be what public.db says; `unproven` paths that were taken away or replaced and of which nobody has yet shown that no
# other file tells of them; `digests` are of files whose
# rows may be used again; `committed` states of files that are taken in. The mark of a notice is empty.
# A table that is missing makes _OURS fail.
_OURS = """
SELECT value, EXISTS (SELECT 1 FROM pages, folders, pending, unproven, digests, committed) FROM meta WHERE key = 'form'
"""
_PRIVATE = 0o600
_SIDE = ("", "-journal", "-wal", "-shm")


def opened(path: Path) -> Connection:
    """The file at `path`, a new one in its place where it is missing, damaged or of another form; in memory where
    nothing can be written."""
    return _there(path) or _new(path)


def _there(path: Path) -> Connection | None:
    if not (path.is_file() and path.stat().st_size):
        return None
    db = connect(path)
    try:
        if [row[0] for row in db.execute(_OURS)] == [_FORM] and db.execute("SELECT * FROM meta").fetchall():
            return db
    except DatabaseError as error:
        if isinstance(error, OperationalError) and "no such" not in str(error):
            raise
    db.close()
    return None


def _new(path: Path) -> Connection:
    try:
        remove(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, _PRIVATE))
        return _with_tables(connect(path))
    except (OSError, OperationalError):  # the run says so when it has to write
        return in_memory()


def in_memory() -> Connection:
    """One that knows nothing and is kept nowhere."""
    return _with_tables(connect(":memory:"))


def _with_tables(db: Connection) -> Connection:
    db.executescript(f"BEGIN; {_TABLES} COMMIT;")
    db.execute("INSERT INTO meta VALUES ('form', ?)", (_FORM,))
    return db


def remove(path: Path) -> None:
    """Take the file away, with those that SQLite keeps beside it."""
    for suffix in _SIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
