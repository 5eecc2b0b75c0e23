"""Which pages of a file a change touches: exactly those that differ afterwards, however it came about."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongshi.publish.proving.changed_pages import changed_pages
from gongshi.publish.proving.file_bytes import among
from gongshi.store.sqlite import Connection, connect

ROWS = 3000
CHANGE = (
    "DELETE FROM t WHERE rowid % 97 = 5",
    "UPDATE t SET text = text || 'x' WHERE rowid % 101 = 5",
    "INSERT INTO words (rowid, text) SELECT rowid, text FROM t WHERE rowid % 103 = 5",
    "INSERT INTO t SELECT hex(randomblob(40)) FROM t LIMIT 900",
)


@pytest.fixture
def db(tmp_path: Path) -> Connection:
    db = connect(tmp_path / "file.db")
    db.execute("CREATE TABLE t (text TEXT)")
    db.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='')")
    db.execute("BEGIN")
    db.executemany("INSERT INTO t VALUES (?)", ((f"{number * 2654435761 % 2**64:064x}",) for number in range(ROWS)))
    db.execute("COMMIT")
    return db


@pytest.mark.parametrize("cache", [10, 5000], ids=["written out on the way", "held in memory"])
def test_every_page_that_differs_is_told(cache: int, db: Connection, tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    db.execute(f"PRAGMA cache_size = {cache}")
    before = path.read_bytes()
    db.execute("BEGIN IMMEDIATE")
    for statement in CHANGE:
        db.execute(statement)
    told = changed_pages(db, path)
    db.execute("COMMIT")
    after = path.read_bytes()
    assert told is not None
    pages = {at // told.size + 1 for at in range(0, len(before), told.size) if _page(before, at) != _page(after, at)}
    assert pages <= told.numbers
    assert len(told.numbers) < told.before == len(before) // 4096 < len(after) // 4096
    assert b"".join(told.blocks(path)).count(after[-4096:]) == 1, "what was added is looked at, too"
    db.close()


def _page(content: bytes, at: int) -> bytes:
    return content[at : at + 4096]


def test_what_a_careless_change_leaves_lies_in_them(db: Connection, tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    gone = db.execute("SELECT text FROM t WHERE rowid = 1500").fetchone()[0]
    db.execute("PRAGMA secure_delete = OFF")
    db.execute("BEGIN IMMEDIATE")
    db.execute("DELETE FROM t WHERE rowid = 1500")
    told = changed_pages(db, path)
    db.execute("COMMIT")
    db.close()
    assert told is not None
    assert among(told.blocks(path), [gone]) == {gone}


def test_what_lies_in_free_pages_is_looked_at_too(db: Connection, tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    gone = db.execute("SELECT text FROM t WHERE rowid = 1500").fetchone()[0]
    db.execute("PRAGMA secure_delete = OFF")
    db.execute("DELETE FROM t WHERE rowid BETWEEN 1000 AND 2000")
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE t SET text = 'x' WHERE rowid = 3")
    told = changed_pages(db, path)
    db.execute("COMMIT")
    db.close()
    assert told is not None
    assert among(told.blocks(path), [gone]) == {gone}


def test_without_a_journal_on_the_disk_nobody_knows(db: Connection, tmp_path: Path) -> None:
    db.execute("PRAGMA journal_mode = MEMORY")
    db.execute("BEGIN IMMEDIATE")
    db.execute("DELETE FROM t WHERE rowid = 5")
    assert changed_pages(db, tmp_path / "file.db") is None
    db.execute("ROLLBACK")
    db.close()
