"""What must be erased can be: the journal says so first, and verify accepts that and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from gongshi.store import Store, approved, latest, verify
from gongshi.store.erase import erase
from gongshi.store.errors import ErasureIncomplete, NotErasable
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation

SECRET = "欧阳某个独一无二的名字"
WHO = {"reason": "超期保存的个人信息", "by": "管理员", "department": "112207000135491313"}


@pytest.fixture
def filled(store: Store, decision: Callable, receive: Callable, reviewed: Callable, now: datetime) -> Store:
    receive(store, "r1", [("a" * 16, decision(1, parties=(SECRET,), facts=SECRET * 500)), ("b" * 16, decision(2))])
    with store.write():
        payload = {"version": 2, "open": [], "masked": [SECRET]}
        store.append([Draft("审核人", "", "r1", "penalty", "a" * 16, Operation.NAMES, payload)], now)
    reviewed(store, "r1")
    receive(store, "r2", [("a" * 16, decision(1, parties=(SECRET,), content="新"))])
    return store


def test_an_erased_decision_leaves_no_byte_and_the_chain_holds(filled: Store, now: datetime) -> None:
    done = erase(filled, ["a" * 16], now=now, **WHO)
    assert done is not None
    assert done.versions == (2, 7)
    for suffix in ("", "-wal"):
        path = filled.path.with_name(filled.path.name + suffix)
        assert SECRET.encode() not in path.read_bytes()
        assert b"raw bytes of r1" not in path.read_bytes()
    assert verify(filled).ok
    assert [item.id for item in approved(filled)] == ["b" * 16]
    assert [item.id for item in latest(filled)] == ["b" * 16]
    assert filled.db.execute("SELECT key FROM disclosures WHERE id LIKE 'a%'").fetchone()[0].endswith("2026-1")


def test_erasing_twice_changes_nothing(filled: Store, now: datetime) -> None:
    assert erase(filled, ["a" * 16], now=now, **WHO) is not None
    assert erase(filled, ["a" * 16], now=now, **WHO) is None


def test_erasing_only_what_exists(filled: Store, now: datetime) -> None:
    with pytest.raises(NotErasable):
        erase(filled, ["f" * 16], now=now, **WHO)


def test_what_was_erased_and_is_there_again_is_found(filled: Store, now: datetime) -> None:
    old = filled.db.execute("SELECT salt, body FROM payloads WHERE seq = 2").fetchone()
    erase(filled, ["a" * 16], now=now, **WHO)
    filled.db.execute("INSERT INTO payloads VALUES (2, ?, ?)", tuple(old))
    assert ("erased_returned", 2) in {(breach.code, breach.seq) for breach in verify(filled).breaches}


def test_an_erase_entry_that_names_what_must_stay_is_not_accepted(filled: Store, now: datetime) -> None:
    payload = {"reason": "", "versions": [], "entries": [5], "raw": [], "keys": {}}
    with filled.write() as db:
        filled.append([Draft("", "", "", "erase", "e" * 16, Operation.ERASE, payload)], now)
        db.execute("DELETE FROM payloads WHERE seq = 5")
    assert ("payload_missing", 5) in {(breach.code, breach.seq) for breach in verify(filled).breaches}


def test_an_erase_entry_answers_only_for_what_came_before_it(filled: Store, decision: Callable, now: datetime) -> None:
    latest_entry = filled.db.execute("SELECT max(seq) FROM journal").fetchone()[0]
    ahead = latest_entry + 2
    payload = {"reason": "", "versions": [], "entries": [ahead], "raw": [], "keys": {}}
    names = {"version": 3, "open": [], "masked": []}
    with filled.write() as db:
        filled.append([Draft("", "", "", "erase", "e" * 16, Operation.ERASE, payload)], now)
        filled.append([Draft("审核人", "", "r1", "penalty", "b" * 16, Operation.NAMES, names)], now)
        db.execute("DELETE FROM payloads WHERE seq = ?", (ahead,))
    assert ("payload_missing", ahead) in {(breach.code, breach.seq) for breach in verify(filled).breaches}


def test_a_later_version_after_an_erasure_replays_alike(
    filled: Store, decision: Callable, receive: Callable, reviewed: Callable, now: datetime
) -> None:
    erase(filled, ["a" * 16], now=now, **WHO)
    receive(filled, "r3", [("a" * 16, decision(1, parties=("新名",)))])
    reviewed(filled, "r3")
    assert verify(filled).ok
    assert [item.decision.parties[0]["party_name"] for item in approved(filled, ["a" * 16])] == ["新名"]


def test_a_reader_in_the_way_is_told(filled: Store, now: datetime) -> None:
    filled.db.execute("PRAGMA busy_timeout = 100")
    with Store.open(filled.path, read_only=True) as reader, reader.snapshot() as db:
        db.execute("SELECT count(*) FROM journal").fetchone()
        with pytest.raises(ErasureIncomplete, match="稍后"):
            erase(filled, ["a" * 16], now=now, **WHO)
    assert erase(filled, ["a" * 16], now=now, **WHO) is None
    assert SECRET.encode() not in filled.path.read_bytes()
