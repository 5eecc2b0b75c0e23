"""What came down stays down under an older backup and under a store made anew; a lawful return lifts it."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import orjson
import pytest

from gongshi.lifecycle import Recorded, State, record_publication, state_of
from gongshi.lifecycle.tombstones import Ledger, LedgerDamaged
from gongshi.publish.preparing.prepare import prepare
from gongshi.store import Store, approved, latest, verify
from tests.plans import scans, statements


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "data" / "tombstones.jsonl"


def lines(ledger: Path) -> list[dict]:
    return [orjson.loads(line) for line in ledger.read_bytes().splitlines()][1:]


def test_each_takedown_and_return_is_written_once(public, acts, store, ledger, rebuild) -> None:
    one, other = public(), public(number=2)
    assert (Ledger.open(ledger).record(store), ledger.exists()) == (0, False)
    act = acts.suspend(one)
    acts.confirm(acts.withdraw(other).number)
    assert Ledger.open(ledger).record(store) == 2
    assert Ledger.open(ledger).record(store) == 0
    assert Ledger.open(ledger).suspended() == {one}
    acts.decline(act.number)
    Ledger.open(ledger).record(store)
    assert [(line["id"], line["down"], line["standing"], line["ending"]) for line in lines(ledger)] == [
        (one, True, "suspended", ""),
        (other, True, "withdrawn", "revoked"),
        (one, False, "", ""),
    ]
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600
    assert "松" not in ledger.read_text(encoding="utf-8")
    assert Ledger.open(ledger).keeps_down(store) == {}
    assert (Ledger.open(ledger).down(), Ledger.open(ledger).suspended()) == ({other}, frozenset())


def test_what_the_law_took_down_is_in_it_and_what_only_waits_is_not(  # noqa: PLR0917
    public, send, judge_batch, decision, store, ledger, rebuild
) -> None:
    public(publish_until="2026-03-05")
    public(number=2)
    judge_batch(send(decision(2, secrecy_checked="0")))
    judge_batch(send(decision(3, withhold_ground="危及安全稳定", withhold_reason="从未公示")))
    rebuild(date(2026, 3, 6))
    Ledger.open(ledger).record(store)
    assert [line["standing"] for line in lines(ledger)] == ["expired"]


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Callable[[], Path]:
    """A copy of the store as it is now."""

    def do() -> Path:
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(shutil.copy(store.path, tmp_path / "backup.db"))

    return do


@contextmanager
def older(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


def run(store: Store, instance, ledger: Path, day: date, now) -> Recorded:
    """The steps of a rebuild that concern the ledger."""
    book = Ledger.open(ledger)
    book.record(store)
    prepared = prepare(store, instance, day, ledger=book.keeps_down(store))
    recorded = record_publication(store, prepared.published, prepared.stops, day, now)
    book.record(store)
    return recorded


@pytest.mark.parametrize("way", ["withdraw", "suspend"])
def test_an_older_backup_brings_nothing_back_until_two_persons_do(  # noqa: PLR0917
    way, public, acts, backup, store, instance, ledger, clock
) -> None:
    record = public()
    copy = backup()
    act = getattr(acts, way)(record)
    if way == "withdraw":
        acts.confirm(act.number)
    run(store, instance, ledger, date(2026, 3, 3), clock["now"])
    with older(copy) as restored:
        assert Ledger.open(ledger).keeps_down(restored) == {record: "withdrawn"}
        recorded = run(restored, instance, ledger, date(2026, 3, 4), clock["now"])
        assert recorded.stopped == (record,)
        assert Ledger.open(ledger).keeps_down(restored) == {}, "the store knows it now by itself"
        (item,) = latest(restored)
        assert (state_of(item), item.stays_down, item.reasons) == (State.WITHDRAWN, "withdrawn", ("ledger",))
        assert run(restored, instance, ledger, date(2026, 3, 5), clock["now"]).restored == ()
        ours = type(acts)(restored, instance, clock)
        ours.confirm(ours.restore(record).number)
        assert run(restored, instance, ledger, date(2026, 3, 6), clock["now"]).restored == (record,)
        assert Ledger.open(ledger).down() == frozenset()
        assert verify(restored).ok


def test_a_backup_from_before_a_return_lets_the_return_stand(  # noqa: PLR0917
    public, acts, backup, store, instance, ledger, clock
) -> None:
    record = public()
    copy = backup()
    acts.confirm(acts.withdraw(record).number)
    run(store, instance, ledger, date(2026, 3, 3), clock["now"])
    acts.confirm(acts.restore(record).number)
    run(store, instance, ledger, date(2026, 3, 4), clock["now"])
    with older(copy) as restored:
        assert Ledger.open(ledger).keeps_down(restored) == {}


@pytest.mark.article("D28")
def test_a_store_made_anew_from_the_committed_files_knows_it_by_its_key(  # noqa: PLR0917
    public, acts, store, instance, ledger, clock, tmp_path, batch, decision
) -> None:
    from gongshi.lifecycle import review, submit

    acts.confirm(acts.withdraw(public()).number)
    run(store, instance, ledger, date(2026, 3, 3), clock["now"])
    with Store.open(tmp_path / "anew.db") as anew:
        for number in (1, 2):
            receipt = submit(anew, instance, batch(decision(number)), by="赵提交", **clock)
            review(anew, instance, receipt.id, by="孙审核", approve=True, opinion="", **clock)
        recorded = run(anew, instance, ledger, date(2026, 3, 4), clock["now"])
        assert (len(recorded.published), len(recorded.stopped)) == (1, 1)
        (down,) = [one for one in approved(anew) if one.stays_down]
        assert (down.decision.key.endswith("〕1"), down.first_published_on) == (True, None)
        assert run(anew, instance, ledger, date(2026, 3, 5), clock["now"]).published == ()
        ours = type(acts)(anew, instance, clock)
        ours.confirm(ours.restore(down.id).number)
        assert run(anew, instance, ledger, date(2026, 3, 6), clock["now"]).published == (down.id,)
        assert verify(anew).ok


def test_what_a_crash_left_half_written_is_written_again(public, acts, store, ledger) -> None:
    acts.suspend(public())
    Ledger.open(ledger).record(store)
    whole = ledger.read_bytes()
    salt = whole[: whole.index(b"\n") + 1]
    for left in (whole[:-1], whole[:-40], whole[:20], b"", salt + b"half a line, longer than what follows " * 40):
        ledger.write_bytes(left)
        Ledger.open(ledger).record(store)
        assert len(lines(ledger)) == 1
        assert ledger.read_bytes().endswith(b"}\n")


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (1, b'{"form": "something else", "salt": "00"}'),
        (2, b"\x00\x00\x00"),
        (2, b"{}"),
        (2, b'{"id":"","key":"k","down":true,"standing":"","ending":"","on":"2026-03-03","entry":"e"}'),
    ],
)
def test_a_damaged_line_is_named_and_nothing_goes_on(  # noqa: PLR0917
    number, line, public, acts, store, ledger
) -> None:
    acts.suspend(public())
    Ledger.open(ledger).record(store)
    found = ledger.read_bytes().splitlines()
    found[number - 1] = line
    ledger.write_bytes(b"\n".join(found) + b"\n")
    with pytest.raises(LedgerDamaged, match=f"第 {number} 行"):
        Ledger.open(ledger)


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    return tmp_path / "build" / "tombstones.json"


def closed(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nobody may read more of the ledger than its first line."""

    def refuse(*words: object) -> None:
        raise AssertionError("the ledger was read")

    monkeypatch.setattr("gongshi.lifecycle.tombstones._stone", refuse)


def test_what_ledger_and_store_agree_on_is_read_again_of_neither(  # noqa: PLR0917
    public, acts, store, ledger, mark, rebuild, monkeypatch
) -> None:
    one, other = public(), public(number=2)
    acts.confirm(acts.withdraw(one).number)
    assert Ledger.open(ledger, mark).record(store) == 1
    assert stat.S_IMODE(mark.stat().st_mode) == 0o600
    closed(ledger, monkeypatch)
    written = ledger.read_bytes(), mark.read_bytes()
    with statements(store) as heard:
        again = Ledger.open(ledger, mark)
        assert (again.record(store), again.keeps_down(store)) == (0, {})
    assert scans(store, heard) == []
    assert (ledger.read_bytes(), mark.read_bytes()) == written
    act = acts.suspend(other)
    book = Ledger.open(ledger, mark)
    assert (book.record(store), book.record(store), book.keeps_down(store)) == (1, 0, {})
    acts.decline(act.number)
    assert (book.record(store), Ledger.open(ledger, mark).record(store)) == (1, 0)
    assert [(line["id"], line["down"]) for line in lines(ledger)] == [(one, True), (other, True), (other, False)]
    assert len({line["key"] for line in lines(ledger)}) == 2, "one salt for all lines"


def test_a_store_that_never_took_anything_down_needs_no_ledger(public, store, ledger, mark) -> None:
    public()
    for _ in range(2):
        assert (Ledger.open(ledger, mark).record(store), ledger.exists()) == (0, False)
        assert Ledger.open(ledger, mark).keeps_down(store) == {}


def lost(ledger: Path, mark: Path) -> None:
    ledger.unlink()


def half_written(ledger: Path, mark: Path) -> None:
    ledger.write_bytes(ledger.read_bytes()[:-30])


def unmarked(ledger: Path, mark: Path) -> None:
    mark.unlink()


def half_marked(ledger: Path, mark: Path) -> None:
    mark.write_bytes(mark.read_bytes()[:20])


def of_another_form(ledger: Path, mark: Path) -> None:
    mark.write_bytes(b'{"size": 1}')


@pytest.mark.parametrize("harm", [lost, half_written, unmarked, half_marked, of_another_form])
def test_where_they_may_not_agree_they_are_compared_in_full(harm, public, acts, store, ledger, mark) -> None:  # noqa: PLR0917
    record = public()
    acts.confirm(acts.withdraw(record).number)
    Ledger.open(ledger, mark).record(store)
    wanted = [(line["id"], line["entry"]) for line in lines(ledger)]
    harm(ledger, mark)
    Ledger.open(ledger, mark).record(store)
    assert [(line["id"], line["entry"]) for line in lines(ledger)] == wanted
    assert Ledger.open(ledger, mark).keeps_down(store) == {}
    assert Ledger.open(ledger, mark).record(store) == 0


def test_a_ledger_that_was_changed_is_read_whatever_the_mark_says(public, acts, store, ledger, mark) -> None:
    acts.suspend(public())
    Ledger.open(ledger, mark).record(store)
    ledger.write_bytes(ledger.read_bytes().replace(b'"down":true', b'"down":nope'))
    with pytest.raises(LedgerDamaged, match="第 2 行"):
        Ledger.open(ledger, mark)


def test_the_mark_of_a_newer_store_says_nothing_of_an_older_one(  # noqa: PLR0917
    public, acts, backup, store, ledger, mark
) -> None:
    record = public()
    copy = backup()
    acts.confirm(acts.withdraw(record).number)
    Ledger.open(ledger, mark).record(store)
    with older(copy) as restored:
        for _ in range(2):
            book = Ledger.open(ledger, mark)
            assert book.record(restored) == 0
            assert book.keeps_down(restored) == {record: "withdrawn"}
        assert Ledger.open(ledger, mark).keeps_down(store) == {}, "the newer one put back again"


def test_what_the_ledger_alone_knows_is_remembered_until_the_store_knows_it(  # noqa: PLR0917
    public, acts, store, ledger, mark, tmp_path, instance, batch, decision, clock
) -> None:
    """A store made anew, into which the decision comes only later."""
    from gongshi.lifecycle import review, submit

    acts.confirm(acts.withdraw(public()).number)
    Ledger.open(ledger, mark).record(store)
    with Store.open(tmp_path / "anew.db") as anew:
        for number in (2, 1):
            Ledger.open(ledger, mark).record(anew)
            receipt = submit(anew, instance, batch(decision(number)), by="赵提交", **clock)
            review(anew, instance, receipt.id, by="孙审核", approve=True, opinion="", **clock)
        assert list(Ledger.open(ledger, mark).keeps_down(anew).values()) == ["withdrawn"]
