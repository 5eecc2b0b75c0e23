"""Rows that SQLite moved leave no copy behind: what is deleted later is then gone from every byte."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from ahocorasick_rs import BytesAhoCorasick

from gongshi.publish.database.leftovers import swept, unused
from gongshi.publish.proving.changed_pages import changed_pages
from gongshi.store.sqlite import Connection, connect

Cells = tuple[int, str, str]
ROWS, TURNS, AT_ONCE = 6000, 12, 150


def _rows() -> Iterator[Cells]:
    """In no order, as the ids of decisions are."""
    number = 1
    while True:
        number = number * 6364136223846793005 % 2**64 + 1442695040888963407
        yield number % 2**40, f"{number % 2**64:016x}", f"{number**9 % 2**1200:0300x}"


@pytest.mark.parametrize("sweeping", [True, False])
@pytest.mark.article("D28")
def test_what_was_moved_and_then_deleted_is_gone(sweeping: bool, tmp_path: Path) -> None:
    path, rows = tmp_path / "file.db", _rows()
    db = connect(path)
    db.execute("CREATE TABLE t (sort INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT)")
    db.execute("CREATE INDEX bodies ON t (body)")
    there = list(islice(rows, ROWS))
    db.execute("BEGIN IMMEDIATE")
    _change(db, [], there)
    db.execute("COMMIT")
    if sweeping:
        assert swept(db, path)
        assert not swept(db, path)
    left = 0
    for turn in range(TURNS):
        gone, there = there[turn % 7 :: ROWS // AT_ONCE], [*there, *islice(rows, AT_ONCE)]
        there = [row for row in there if row not in gone]
        db.execute("BEGIN IMMEDIATE")
        _change(db, gone, there[-AT_ONCE:])
        touched = changed_pages(db, path)
        db.execute("COMMIT")
        assert touched is not None
        if sweeping:
            swept(db, path, touched.now(path))
        words = BytesAhoCorasick([word.encode() for row in gone for word in row[1:]])
        left += len(words.find_matches_as_indexes(path.read_bytes()))
    assert bool(left) is not sweeping
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert sorted(map(tuple, db.execute("SELECT * FROM t"))) == sorted(there)
    db.close()


def _change(db: Connection, gone: list[Cells], come: list[Cells]) -> None:
    db.executemany("DELETE FROM t WHERE sort = ?", ((row[0],) for row in gone))
    db.executemany("INSERT INTO t VALUES (?, ?, ?)", come)


PAGES = {
    "a leaf": (b"\x0d\0\0\0\x03\x0f\x00\0", 0, (8 + 6, 0x0F00)),
    "an interior page": (b"\x05\0\0\0\x02\x00\x20\0\0\0\0\x09", 0, (12 + 4, 0x20)),
    "the first page": (b"SQLite\0\0\x0d\0\0\0\x01\x01\x00\0", 8, (8 + 8 + 2, 0x100)),
    "a full one of the largest": (b"\x0a\0\0\x00\x01\x00\x00\0", 0, (10, 65536)),
    "a page of a chain": (b"\0\0\x12\x34\0\0\0\0", 0, (0, 0)),
}


@pytest.mark.parametrize(("page", "at", "expected"), PAGES.values(), ids=PAGES.keys())
def test_what_is_unused_of_a_page(page: bytes, at: int, expected: tuple[int, int]) -> None:
    assert unused(page, at) == expected
