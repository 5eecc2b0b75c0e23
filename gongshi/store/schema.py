"""The tables that are the record itself: journal, payloads, raw files, and what protects them.

They change only through sqlite-utils' migrations; everything else in the store is a projection of
them (projections.py) and can be made again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongshi.store.sqlite import Connection

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

NAME = "gongshi.store"
VERSION = 3
"""Raised with every migration; PRAGMA user_version says which one a store has."""

TABLES = """
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, department TEXT NOT NULL, batch TEXT NOT NULL,
  kind TEXT NOT NULL, record TEXT NOT NULL, operation TEXT NOT NULL, digest TEXT NOT NULL, previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX journal_record ON journal (record, seq);
CREATE INDEX journal_erasures ON journal (seq) WHERE operation = 'erase';
CREATE TABLE payloads (seq INTEGER PRIMARY KEY REFERENCES journal (seq), salt BLOB NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE raw (sha256 TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE shape (projections TEXT NOT NULL) STRICT;
CREATE TABLE seen (mark TEXT PRIMARY KEY) STRICT;
"""
# `shape` says which definition of the projections this store was last written with. `seen` only saves
# time: marks of committed files that have nothing more to say.

MORE_RAW = """
CREATE TABLE raw_more (
  sha256 TEXT NOT NULL REFERENCES raw (sha256), part INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (sha256, part)
) STRICT
"""
# What follows the first piece of a large raw file, piece by piece: as one value it would have to be held whole.

JOURNAL_AGAIN = """
CREATE TABLE journal_again (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, department TEXT NOT NULL, batch TEXT NOT NULL,
  kind TEXT NOT NULL, record TEXT NOT NULL, operation TEXT NOT NULL, digest TEXT NOT NULL, previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO journal_again SELECT * FROM journal ORDER BY seq;
DROP TABLE journal;
ALTER TABLE journal_again RENAME TO journal;
CREATE INDEX journal_record ON journal (record, seq);
CREATE INDEX journal_erasures ON journal (seq) WHERE operation = 'erase'
"""
# The hash was UNIQUE. Its index was the largest of the store and the dearest: of random keys, each on another page,
# where the chain already says that no hash comes twice, and an entry is found by its number or by its record.

# The triggers let go exactly what an erase entry names: the projection `erased` lists it.
_FIRST_TRIGGERS = {
    "journal_keeps": "BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, '流水不可修改'); END",
    "journal_stays": "BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, '流水不可删除'); END",
    "journal_grows": (
        "BEFORE INSERT ON journal WHEN NEW.seq <= (SELECT max(seq) FROM journal) "
        "BEGIN SELECT RAISE(ABORT, '流水只能追加'); END"
    ),
    "payloads_keep": "BEFORE UPDATE ON payloads BEGIN SELECT RAISE(ABORT, '流水内容不可修改'); END",
    "payloads_stay": (
        "BEFORE DELETE ON payloads WHEN NOT EXISTS (SELECT 1 FROM erased WHERE target = CAST(OLD.seq AS TEXT)) "
        "BEGIN SELECT RAISE(ABORT, '流水内容只能依法清除'); END"
    ),
    "raw_keeps": "BEFORE UPDATE ON raw BEGIN SELECT RAISE(ABORT, '原始文件不可修改'); END",
    "raw_stays": (
        "BEFORE DELETE ON raw WHEN NOT EXISTS (SELECT 1 FROM erased WHERE target = OLD.sha256) "
        "BEGIN SELECT RAISE(ABORT, '原始文件只能依法清除'); END"
    ),
}
_RAW_TRIGGERS = {
    "raw_more_keeps": "BEFORE UPDATE ON raw_more BEGIN SELECT RAISE(ABORT, '原始文件不可修改'); END",
    "raw_more_stays": (
        "BEFORE DELETE ON raw_more WHEN NOT EXISTS (SELECT 1 FROM erased WHERE target = OLD.sha256) "
        "BEGIN SELECT RAISE(ABORT, '原始文件只能依法清除'); END"
    ),
}
TRIGGERS = {**_FIRST_TRIGGERS, **_RAW_TRIGGERS}
_ON_JOURNAL = ("journal_keeps", "journal_stays", "journal_grows")
"""Those that go with the table, when it is made again."""


def migrations() -> Migrations:
    """The store's migrations, in order. sqlite-utils is loaded only where one has to run."""
    from sqlite_utils import Migrations

    steps = Migrations(NAME)

    @steps(name="0001_record")
    def record(db: Database) -> None:
        for statement in TABLES.split(";"):
            if statement.strip():
                db.execute(statement)
        for name, body in _FIRST_TRIGGERS.items():
            db.execute(f"CREATE TRIGGER {name} {body}")

    @steps(name="0002_large_raw_files")
    def large_raw_files(db: Database) -> None:
        db.execute(MORE_RAW)
        for name, body in _RAW_TRIGGERS.items():
            db.execute(f"CREATE TRIGGER {name} {body}")

    @steps(name="0003_hashes_without_index")
    def hashes_without_index(db: Database) -> None:
        for statement in JOURNAL_AGAIN.split(";"):
            db.execute(statement)
        for name in _ON_JOURNAL:
            db.execute(f"CREATE TRIGGER {name} {_FIRST_TRIGGERS[name]}")

    return steps


def is_current(db: Connection) -> bool:
    """Whether the store has every migration of this version of gongshi."""
    return bool(db.execute("PRAGMA user_version").fetchone()[0] == VERSION)


def migrate(db: Connection) -> None:
    """Bring the store to this version: all missing migrations, in one transaction, by one process.

    A table that is made again is named by others meanwhile: those names are left as they are (both pragmas are
    what SQLite's page on ALTER TABLE asks for, and change nothing inside a transaction).
    """
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA legacy_alter_table = ON")
    try:
        _migrate(db)
    finally:
        db.execute("PRAGMA legacy_alter_table = OFF")
        db.execute("PRAGMA foreign_keys = ON")


def _migrate(db: Connection) -> None:
    from sqlite_utils import Database

    db.execute("BEGIN IMMEDIATE")
    try:
        if not is_current(db):  # another process may have been faster
            migrations().apply(Database(db, recursive_triggers=False, execute_plugins=False))
            db.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
