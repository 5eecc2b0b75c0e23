"""Raw files of any size are kept, proven and erased; what has changed since it was checked is not kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

import pytest

from gongshi.store import Store, raw, verify
from gongshi.store.erase import erase
from gongshi.store.errors import RawChanged

PIECES = {"whole": (b"raw bytes of r1",), "in pieces": (b"raw ", b"bytes", b" of r1")}
NAME = hashlib.sha256(b"raw bytes of r1").hexdigest()


@pytest.fixture(params=PIECES)
def kept(request: pytest.FixtureRequest, store: Store, decision: Callable, receive: Callable) -> Store:
    with store.write() as db:
        raw.keep(db, NAME, PIECES[request.param])
    receive(store, "r1", [("a" * 16, decision())])
    return store


def test_a_file_comes_back_as_it_was_and_once(kept: Store) -> None:
    with kept.write() as db:
        raw.keep(db, NAME, (b"raw bytes of r1",))
    assert b"".join(raw.pieces(kept.db, NAME)) == b"raw bytes of r1"
    assert verify(kept).ok


@pytest.mark.parametrize("table", ["raw", "raw_more"])
def test_a_changed_piece_is_found(table: str, store: Store, decision: Callable, receive: Callable) -> None:
    with store.write() as db:
        raw.keep(db, NAME, PIECES["in pieces"])
    receive(store, "r1", [("a" * 16, decision())])
    store.db.execute(f"DROP TRIGGER {table}_keeps")
    store.db.execute(f"UPDATE {table} SET body = x'00'")
    assert "raw_changed" in {breach.code for breach in verify(store).breaches}


def test_an_erasure_takes_every_piece(kept: Store, now: datetime) -> None:
    erase(kept, ["a" * 16], reason="依法清除", by="甲", department="x", now=now)
    assert list(raw.pieces(kept.db, NAME)) == []
    assert b"bytes of r1" not in kept.path.read_bytes()
    assert verify(kept).ok
    with kept.write() as db:
        raw.keep(db, NAME, (b"raw bytes of r1",))
    assert list(raw.pieces(kept.db, NAME)) == []


def test_a_file_that_changed_meanwhile_is_refused(store: Store) -> None:
    with pytest.raises(RawChanged), store.write() as db:
        raw.keep(db, NAME, (b"other bytes",))
    assert list(raw.pieces(store.db, NAME)) == []


def test_pieces_go_only_by_an_erasure(kept: Store) -> None:
    for table in ("raw", "raw_more"):
        kept.db.execute("PRAGMA foreign_keys = OFF")
        if kept.db.execute(f"SELECT 1 FROM {table}").fetchone():
            with pytest.raises(Exception, match="只能依法清除"):
                kept.db.execute(f"DELETE FROM {table}")


def test_a_store_from_before_large_files_is_brought_along(store: Store, decision: Callable, receive: Callable) -> None:
    receive(store, "r1", [("a" * 16, decision())])
    store.db.execute("DROP TABLE raw_more")
    store.db.execute("DELETE FROM _sqlite_migrations WHERE name = '0002_large_raw_files'")
    store.db.execute("PRAGMA user_version = 1")
    with Store.open(store.path) as reopened:
        assert b"".join(raw.pieces(reopened.db, NAME)) == b"raw bytes of r1"
        assert verify(reopened).ok
