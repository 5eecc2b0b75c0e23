"""Opening, migrating and chaining: what protects the record from mistakes."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from gongshi.records import DECISION_KINDS
from gongshi.store import Store, approved, contains, head, latest, projections, schema, verify
from gongshi.store.changes import position
from gongshi.store.errors import StoreBusy, StoreDamaged, StoreMissing, StoreOutdated, StoreUnwritable
from gongshi.store.journal import GENESIS, Draft
from gongshi.store.operations import Operation
from gongshi.store.sqlite import DatabaseError, connect
from gongshi.store.store import ended_in, entries


def test_the_store_is_durable_and_private(store: Store) -> None:
    settings = {name: store.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert settings == {"journal_mode": "wal", "synchronous": 2}
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", DECISION_KINDS)
def test_what_a_decision_is_found_by_stands_beside_it(
    kind: str, store: Store, decision: Callable, receive: Callable
) -> None:
    looked_up = {DECISION_KINDS[kind].event: "2026-02-21", "withhold_review_on": "2026-05-01"}
    receive(store, "r1", [("a" * 16, decision(kind=kind, **looked_up))])
    found = store.db.execute("SELECT number, event_on, review_on FROM disclosures").fetchall()
    assert [tuple(row) for row in found] == [("松市监罚〔2026〕1号", "2026-02-21", "2026-05-01")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = 'x'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT seq, at, 'x', department, batch, kind, record, operation, digest, "
        "previous, hash FROM journal WHERE seq = 1",
        "INSERT INTO journal SELECT 0, at, actor, department, batch, kind, record, operation, digest, previous, 'h' "
        "FROM journal WHERE seq = 1",
        "UPDATE payloads SET body = x'7b7d'",
        "DELETE FROM payloads",
        "INSERT OR REPLACE INTO payloads VALUES (1, x'00', x'7b7d')",
        "UPDATE raw SET body = x'00'",
        "DELETE FROM raw",
    ],
)
@pytest.mark.article("R37")
def test_the_database_itself_refuses_to_change_the_past(
    statement: str, store: Store, decision: Callable, receive: Callable
) -> None:
    receive(store, "r1", [("a" * 16, decision())])
    with pytest.raises(DatabaseError, match=r"不可|只能"):
        store.db.execute(statement)
    assert verify(store).ok


def test_a_failed_transaction_leaves_nothing(
    store: Store, decision: Callable, batch_draft: Callable, now: datetime
) -> None:
    def drafts() -> object:
        yield batch_draft("r1", b"x")
        raise KeyError("broken in the middle")

    with pytest.raises(KeyError), store.write():
        store.append(drafts(), now)  # type: ignore[arg-type]
    assert head(store) == GENESIS
    assert store.db.execute("SELECT count(*) FROM batches").fetchone()[0] == 0


def test_entries_need_a_transaction_and_a_time_zone(store: Store, batch_draft: Callable, now: datetime) -> None:
    with pytest.raises(RuntimeError):
        store.append([batch_draft("r1", b"x")], now)
    with pytest.raises(ValueError, match="time zone"), store.write():
        store.append([batch_draft("r1", b"x")], now.replace(tzinfo=None))


def test_the_journal_tells_the_city_s_time(store: Store, decision: Callable, receive: Callable) -> None:
    receive(store, "r1", [("a" * 16, decision())])
    (entry,) = entries(store, "a" * 16)
    assert entry.at == "2026-03-02T09:30:00+08:00"


def test_a_store_knows_every_head_it_ever_had_and_no_other(
    tmp_path: Path, store: Store, decision: Callable, receive: Callable
) -> None:
    heads, places = [head(store)], [position(store)]
    for number in range(3):
        receive(store, f"r{number}", [(f"{number}" * 16, decision(number))])
        heads.append(head(store))
        places.append(position(store))
    assert all(contains(store, known) for known in heads)
    assert all(map(ended_in, [store] * 4, places, heads))
    assert not any(map(ended_in, [store] * 4, places, reversed(heads)))
    with Store.open(tmp_path / "empty.db") as empty:
        assert contains(empty, GENESIS)
        assert not any(contains(empty, known) for known in heads[1:])


def test_the_same_change_twice_has_another_digest(store: Store, decision: Callable, receive: Callable) -> None:
    receive(store, "r1", [("a" * 16, decision())])
    receive(store, "r2", [("a" * 16, decision())])
    first, second = entries(store, "a" * 16)
    assert first.digest != second.digest


def test_a_store_whose_journal_had_an_index_of_hashes_is_brought_along(
    tmp_path: Path, decision: Callable, receive: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "older.db"
    db = connect(path)
    schema.migrations().apply(Database(db), stop_before="0003_hashes_without_index")
    db.execute("PRAGMA user_version = 2")
    db.close()
    with monkeypatch.context() as then:
        then.setattr(schema, "VERSION", 2)
        with Store.open(path) as older:
            receive(older, "r1", [(f"{number}" * 16, decision(number)) for number in range(5)])
            assert _indexes(older) == {"sqlite_autoindex_journal_1", "journal_record", "journal_erasures"}
            before = [tuple(row) for row in older.db.execute("SELECT * FROM journal ORDER BY seq")]
    with Store.open(path) as store:
        assert _indexes(store) == {"journal_record", "journal_erasures"}
        assert [tuple(row) for row in store.db.execute("SELECT * FROM journal ORDER BY seq")] == before
        receive(store, "r2", [("9" * 16, decision(9))])
        assert verify(store, expected_heads=[before[-1][-1]]).ok
        assert not store.db.execute("PRAGMA foreign_key_check").fetchall()
        assert [
            store.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("foreign_keys", "legacy_alter_table")
        ] == [
            1,
            0,
        ]


def _indexes(store: Store) -> set[str]:
    found = store.db.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'journal'")
    return {row["name"] for row in found}


def test_reading_needs_a_store_of_this_version(tmp_path: Path, store: Store) -> None:
    with pytest.raises(StoreMissing, match="没有找到"):
        Store.open(tmp_path / "none.db", read_only=True)
    store.db.execute("UPDATE shape SET projections = 'older'")
    with pytest.raises(StoreOutdated):
        Store.open(store.path, read_only=True)


def test_a_file_that_is_no_database_is_named_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"not a database at all, but long enough to be read as a header of one " * 20)
    with pytest.raises(StoreDamaged, match=r"store\.db"):
        Store.open(path)


def test_current_tables_of_another_shape_are_made_again_from_the_journal(
    store: Store, decision: Callable, receive: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(store, "r1", [("a" * 16, decision(parties=("甲", "乙")))])
    monkeypatch.setitem(projections.STATE, "batches", projections.STATE["batches"] + ", later_column TEXT")
    with Store.open(store.path) as reopened:
        assert "later_column" in reopened.db.execute("SELECT * FROM batches").fetchone().keys()  # noqa: SIM118
        assert [row["number"] for row in reopened.db.execute("SELECT number FROM disclosures")] == [
            "松市监罚〔2026〕1号"
        ]
        assert verify(reopened).ok


def test_current_tables_hold_the_newest_version(store: Store, decision: Callable, receive: Callable) -> None:
    receive(store, "r1", [("a" * 16, decision(content="罚款1元", parties=("甲", "乙")))])
    receive(store, "r2", [("a" * 16, decision(content="罚款2元", parties=("丙",)))])
    (pending,) = latest(store)
    assert pending.decision.values["content"] == "罚款2元"
    assert [party["party_name"] for party in pending.decision.parties] == ["丙"]


@pytest.mark.article("D30")
def test_only_a_reviewed_version_is_approved(
    store: Store, decision: Callable, receive: Callable, reviewed: Callable
) -> None:
    receive(store, "r1", [("a" * 16, decision(content="罚款1元"))])
    assert list(approved(store)) == []
    reviewed(store, "r1")
    receive(store, "r2", [("a" * 16, decision(content="罚款2元"))])
    assert [item.decision.values["content"] for item in approved(store)] == ["罚款1元"]
    reviewed(store, "r2", Operation.RETURN)
    assert [item.decision.values["content"] for item in approved(store)] == ["罚款1元"]


@pytest.mark.article("D30")
def test_an_older_version_approved_late_does_not_come_out_over_a_newer_one(
    store: Store, decision: Callable, receive: Callable, reviewed: Callable
) -> None:
    receive(store, "r1", [("a" * 16, decision(content="旧"))])
    receive(store, "r2", [("a" * 16, decision(content="新"))])
    reviewed(store, "r1")
    assert list(approved(store)) == []
    reviewed(store, "r2")
    assert [item.decision.values["content"] for item in approved(store, ["a" * 16])] == ["新"]


def test_publication_dates_and_places_are_set_once(
    store: Store, decision: Callable, receive: Callable, reviewed: Callable, now: datetime
) -> None:
    receive(store, "r1", [("a" * 16, decision())])
    reviewed(store, "r1")
    for sort, on in ((7, "2026-03-04"), (8, "2026-03-09")):
        payload = {"version": 2, "sort": sort, "first": on, "on": on, "manner": "publish", "corrected": False}
        with store.write():
            store.append([Draft("", "", "", "penalty", "a" * 16, Operation.PUBLISH, payload)], now)
    (item,) = approved(store)
    assert (item.sort, str(item.first_published_on), str(item.last_published_on)) == (7, "2026-03-04", "2026-03-09")


def test_many_processes_can_make_one_store_at_once(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    children = []
    for _ in range(6):
        child = os.fork()
        if child == 0:
            try:
                Store.open(path).close()
            except BaseException:
                os._exit(1)
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 6
    with Store.open(path) as store:
        assert verify(store).ok


def test_a_full_disk_is_said_and_leaves_nothing(store: Store, full_decision: Callable, receive: Callable) -> None:
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreUnwritable, match="磁盘空间"):
        receive(store, "r1", [(f"{number:016x}", full_decision(number)) for number in range(50)])
    store.db.execute("PRAGMA max_page_count = 1000000")
    assert head(store) == GENESIS
    assert verify(store).ok


def test_a_store_that_another_process_writes_is_said_to_be_busy(
    store: Store, decision: Callable, receive: Callable
) -> None:
    with Store.open(store.path) as other:
        other.db.execute("PRAGMA busy_timeout = 50")
        with store.write(), pytest.raises(StoreBusy, match="稍后"):
            receive(other, "r1", [("a" * 16, decision())])
