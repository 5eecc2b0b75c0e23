"""Destroyed, deleted and altered records are detected, and named by their entry (R37)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from gongshi.store import Store, head, verify
from gongshi.store.errors import StoreDamaged
from gongshi.store.journal import Draft, Entry, digest_of, hash_of
from gongshi.store.operations import Operation
from gongshi.store.schema import TRIGGERS

pytestmark = pytest.mark.article("R37")


@pytest.fixture
def filled(store: Store, decision: Callable, receive: Callable, reviewed: Callable) -> Iterator[Store]:
    """Entries: 1 batch, 2 and 3 decisions, 4 approval, 5 batch, 6 decision. Triggers dropped by hand."""
    receive(store, "r1", [("a" * 16, decision(1)), ("b" * 16, decision(2))])
    reviewed(store, "r1")
    receive(store, "r2", [("a" * 16, decision(1, content="改"))])
    assert verify(store).ok
    for name in TRIGGERS:
        store.db.execute(f"DROP TRIGGER {name}")
    return store


def rehash_from(store: Store, seq: int) -> None:
    """What a careful forger does: every later hash made again."""
    previous = store.db.execute("SELECT hash FROM journal WHERE seq = ?", (seq - 1,)).fetchone()[0]
    for row in store.db.execute("SELECT * FROM journal WHERE seq >= ? ORDER BY seq", (seq,)).fetchall():
        fields = (*Entry(*row)[:-2], previous)
        previous = hash_of(fields)
        store.db.execute("UPDATE journal SET previous = ?, hash = ? WHERE seq = ?", (fields[-1], previous, row["seq"]))


BODY = "SELECT body FROM payloads WHERE seq = 3"


def flip(store: Store) -> None:
    body = bytearray(store.db.execute(BODY).fetchone()[0])
    body[10] ^= 1
    store.db.execute("UPDATE payloads SET body = ? WHERE seq = 3", (bytes(body),))


CASES: dict[str, tuple[str | Callable[[Store], None], str, int]] = {
    "one flipped byte of a payload": (flip, "payload_changed", 3),
    "a payload removed": ("DELETE FROM payloads WHERE seq = 3", "payload_missing", 3),
    "a salt changed": ("UPDATE payloads SET salt = x'00' WHERE seq = 3", "payload_changed", 3),
    "an actor edited": ("UPDATE journal SET actor = '他人' WHERE seq = 4", "entry_changed", 4),
    "an entry removed": (
        "PRAGMA foreign_keys = OFF; DELETE FROM journal WHERE seq = 3; DELETE FROM payloads WHERE seq = 3",
        "entry_missing",
        3,
    ),
    "an entry removed and the rest renumbered": (
        "PRAGMA foreign_keys = OFF; DELETE FROM journal WHERE seq = 3; DELETE FROM payloads WHERE seq = 3;"
        "UPDATE journal SET seq = seq - 1 WHERE seq > 3; UPDATE payloads SET seq = seq - 1 WHERE seq > 3",
        "chain_broken",
        3,
    ),
    "an entry inserted": (
        "PRAGMA foreign_keys = OFF; INSERT INTO journal SELECT 7, at, actor, department, batch, kind, record, "
        "operation, digest, previous, 'forged' FROM journal WHERE seq = 6;"
        "INSERT INTO payloads SELECT 7, salt, body FROM payloads WHERE seq = 6",
        "chain_broken",
        7,
    ),
    "two entries swapped": (
        "PRAGMA foreign_keys = OFF; UPDATE journal SET seq = 99 WHERE seq = 2; UPDATE journal SET seq = 2 "
        "WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 99",
        "entry_changed",
        2,
    ),
    "the beginning removed": (
        "PRAGMA foreign_keys = OFF; DELETE FROM payloads WHERE seq < 5; DELETE FROM journal WHERE seq < 5",
        "entry_missing",
        1,
    ),
    "a raw file changed": ("UPDATE raw SET body = x'00'", "raw_changed", 1),
    "a raw file removed": ("DELETE FROM raw", "raw_missing", 1),
    "a raw file slipped in": ("INSERT INTO raw VALUES ('00', x'00')", "raw_changed", 0),
    "a payload slipped in": (
        "PRAGMA foreign_keys = OFF; INSERT INTO payloads VALUES (50, x'00', x'7b7d')",
        "payload_orphan",
        50,
    ),
    "a current row edited": ("UPDATE disclosures SET number = '伪造' WHERE id LIKE 'a%'", "replay_differs", 6),
    "a current row removed": ("DELETE FROM disclosures WHERE id LIKE 'b%'", "replay_differs", 3),
    "a version approved by hand": ("UPDATE versions SET review = 'approved' WHERE seq = 6", "replay_differs", 6),
    "a current row added": (
        "INSERT INTO disclosures (id, kind, department, newest, touched) VALUES ('c', 'penalty', '', 2, 2)",
        "replay_differs",
        0,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_tampering_is_found_and_named(case: str, filled: Store) -> None:
    change, code, seq = CASES[case]
    if callable(change):
        change(filled)
    else:
        filled.db.executescript(change)
    found = verify(filled)
    assert (code, seq) in {(breach.code, breach.seq) for breach in found.breaches}
    assert "核验未通过" in found.render_text()
    if seq:
        assert f"第 {seq} 条" in found.render_text()


def test_where_time_runs_backward_is_told_and_breaks_nothing(store: Store) -> None:
    for day in ("2026-03-04", "2026-03-03", "2026-03-03", "2026-03-02"):
        with store.write():
            said = Draft("张示一", "", "", "case", "c" * 16, Operation.ACCESS, {"act": "show"})
            store.append([said], datetime.fromisoformat(f"{day}T09:00+08:00"))
    found = verify(store)
    assert found.ok
    assert [note.seq for note in found.notes] == [2, 4, 0]
    assert "共 2 条" in found.render_text()


def test_missing_triggers_are_found(filled: Store) -> None:
    assert {breach.code for breach in verify(filled).breaches} == {"unprotected"}


def test_a_trigger_that_was_weakened_is_found(store: Store) -> None:
    store.db.execute("DROP TRIGGER payloads_stay")
    weak = TRIGGERS["payloads_stay"].replace("NOT EXISTS", "EXISTS")
    store.db.execute(f"CREATE TRIGGER payloads_stay {weak}")
    assert [breach.code for breach in verify(store).breaches] == ["unprotected"]


def test_a_rewritten_past_shows_against_a_published_head(filled: Store) -> None:
    published = head(filled)
    body = b'{"on":"2026-03-03","opinion":"","source":""}'
    filled.db.execute("UPDATE payloads SET body = ? WHERE seq = 4", (body,))
    salt = filled.db.execute("SELECT salt FROM payloads WHERE seq = 4").fetchone()[0]
    filled.db.execute("UPDATE journal SET digest = ? WHERE seq = 4", (digest_of(salt, body),))
    rehash_from(filled, 4)
    assert "chain_broken" not in {breach.code for breach in verify(filled).breaches}
    assert "head_missing" in {breach.code for breach in verify(filled, expected_heads=[published]).breaches}


def test_a_journal_cut_short_shows_against_a_published_head_and_in_the_current_tables(filled: Store) -> None:
    published = head(filled)
    filled.db.executescript("DELETE FROM payloads WHERE seq > 4; DELETE FROM journal WHERE seq > 4")
    codes = {breach.code for breach in verify(filled, expected_heads=[published]).breaches}
    assert {"head_missing", "replay_differs"} <= codes


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_file_is_refused_as_damaged(share: float, filled: Store, tmp_path: Path) -> None:
    filled.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = filled.path.read_bytes()
    cut = tmp_path / "cut.db"
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(StoreDamaged, match="备份"):
        Store.open(cut, read_only=True)


def test_a_page_of_the_file_overwritten_is_found(filled: Store, tmp_path: Path) -> None:
    filled.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = filled.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'payloads'").fetchone()[0]
    size = filled.db.execute("PRAGMA page_size").fetchone()[0]
    whole = bytearray(filled.path.read_bytes())
    whole[(root - 1) * size : root * size] = b"\xff" * size
    spoilt = tmp_path / "spoilt.db"
    spoilt.write_bytes(whole)
    with Store.open(spoilt, read_only=True) as store:
        found = verify(store)
    assert {breach.code for breach in found.breaches} == {"damaged"}
    assert "损坏" in found.render_text()


def test_verification_reads_a_store_that_it_may_not_write(store: Store, decision: Callable, receive: Callable) -> None:
    receive(store, "r1", [("a" * 16, decision())])
    with Store.open(store.path, read_only=True) as reader:
        found = verify(reader)
    assert found.ok
    assert (found.entries, found.head) == (2, head(store))
