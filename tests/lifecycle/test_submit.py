"""A batch goes in whole, once, compared with what is there; an accepted one is on the disk."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from gongshi.instance import Instance
from gongshi.intake.batch import Batch
from gongshi.intake.collected import found_of
from gongshi.lifecycle import Receipt, receipt, submit
from gongshi.lifecycle.errors import LifecycleError, NothingToSubmit, SubmitterUnknown, WrongDepartment
from gongshi.lifecycle.planned import would_be
from gongshi.records.decision import Decision
from gongshi.store import Store, head, latest, verify
from gongshi.store.journal import GENESIS

Send = Callable[..., Receipt]
Make = Callable[..., Decision]


def counts(found: Receipt) -> dict[str, int]:
    return {word: number for word, number in found.counts.items() if number}


def test_a_new_batch_is_received_and_awaits_review(send: Send, decision: Make, store: Store) -> None:
    found = send(decision(1), decision(2))
    assert counts(found) == {"added": 2}
    assert found.id.startswith("20260302-491313-")
    assert {len(entry.id) for entry in found.entries} == {16}
    assert [pending.review for pending in latest(store)] == ["received", "received"]
    assert "新增 2 件" in found.render_text()
    assert verify(store).ok


def test_the_same_file_twice_changes_nothing_and_gives_the_same_receipt(
    send: Send, decision: Make, store: Store
) -> None:
    first = send(decision(1))
    before = head(store)
    again = send(decision(1))
    assert replace(again, again=False) == first
    assert again.again
    assert head(store) == before
    assert "此前已接收" in again.render_text()


def test_the_same_file_marked_as_historical_is_another_batch(send: Send, decision: Make) -> None:
    made = decision(1, earlier_published_on="2024-01-05")
    first = send(made, raw=b"x")
    second = send(made, raw=b"x", earlier=True)
    assert second.id != first.id
    assert counts(second) == {"changed": 1}


def test_raw_bytes_sender_and_time_are_kept(send: Send, decision: Make, store: Store) -> None:
    found = send(decision(1), raw=b"the very bytes")
    row = store.db.execute("SELECT * FROM batches").fetchone()
    assert (row["receipt"], row["by"], row["received_at"]) == (found.id, "赵提交", "2026-03-02T09:00:00+08:00")
    assert store.db.execute("SELECT body FROM raw").fetchone()[0] == b"the very bytes"


def test_a_changed_row_is_a_new_version_shown_as_a_diff(send: Send, decision: Make, store: Store) -> None:
    first = send(decision(1), decision(2))
    second = send(decision(1, content="罚款人民币6000元"), decision(2), decision(3))
    assert counts(second) == {"added": 1, "changed": 1, "unchanged": 1}
    changed = next(entry for entry in second.entries if entry.change == "changed")
    assert changed.id == next(entry.id for entry in first.entries if entry.number == changed.number)
    assert [(c.label, c.before, c.after) for c in changed.changes] == [
        ("处罚内容", "罚款人民币5000元", "罚款人民币6000元")
    ]
    assert "处罚内容：罚款人民币5000元 → 罚款人民币6000元" in second.render_text()
    assert verify(store).ok


def test_a_column_that_no_field_declares_is_no_change(send: Send, decision: Make) -> None:
    send(decision(1))
    assert counts(send(replace(decision(1), kept={"序号": "7"}))) == {"unchanged": 1}


def test_a_check_says_of_each_decision_what_its_receipt_will_say(
    send: Send, judge_batch: Callable, decision: Make, store: Store
) -> None:
    """A file's own 序号, and parties that the file leaves out, are no change for either."""
    send(*map(decision, range(1, 4)), decision(5, "甲公司", "乙公司"))
    judge_batch(send(decision(4)), approve=False)
    numbered = replace(decision(1), kept={"序号": "7"})
    again = [numbered, decision(2, content="罚款人民币6000元"), decision(4), decision(5, "乙公司"), decision(6)]
    told = would_be(store, earlier=False)([found_of(one) for one in again])
    assert list(told.values()) == ["unchanged", "changed", "resubmitted", "unchanged"]
    assert counts(send(*again)) == {"added": 1, "changed": 1, "resubmitted": 1, "unchanged": 2}
    assert set(would_be(store, earlier=True)([found_of(decision(3))]).values()) == {"changed"}


def test_a_receipt_read_again_says_the_same(send: Send, decision: Make, store: Store, instance: Instance) -> None:
    send(decision(1))
    second = send(decision(1, facts="当事人李大国无照经营"), decision(2))
    assert receipt(store, instance, second.id) == second


def test_the_receipt_lists_words_that_may_be_names_but_not_the_party_s(send: Send, decision: Make) -> None:
    found = send(decision(1, "张大山", facts="当事人张大山雇佣驾驶员李建国运输"))
    assert "李建国" in found.entries[0].possible_names
    assert "张大山" not in found.entries[0].possible_names
    assert "李建国" in found.render_text()


def test_a_very_large_batch_is_told_in_full_to_its_reviewer_only(
    send: Send, decision: Make, store: Store, instance: Instance
) -> None:
    receipt_ = send(*map(decision, range(1, 2002)))
    assert not receipt_.names_listed
    assert {entry.digest for entry in receipt_.entries} == {()}
    assert all(entry.digest for entry in receipt(store, instance, receipt_.id).entries)


def test_of_a_huge_batch_the_reviewer_is_told_how_many_are_not_listed(
    send: Send, decision: Make, store: Store, instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("gongshi.lifecycle.receipt"), "_NAMES_UP_TO", 2)
    monkeypatch.setattr(import_module("gongshi.lifecycle.receipt"), "_MOST_LISTED", 4)
    shown = receipt(store, instance, send(*map(decision, range(1, 8))).id)
    assert (len(shown.entries), shown.left_out) == (4, 3)
    assert "其余 3 件（--json 列出前 4 件" in shown.render_text(for_review=True)


def test_stored_parties_stay_and_new_ones_are_listed(send: Send, decision: Make, store: Store) -> None:
    send(decision(1, "甲公司", "乙公司"))
    second = send(decision(1, "乙公司", "丙公司"))
    (pending,) = latest(store)
    assert [one["party_name"] for one in pending.decision.parties] == ["甲公司", "乙公司", "丙公司"]
    assert second.entries[0].added_parties == ("丙公司",)
    assert "新增行政相对人：丙公司" in second.render_text()


def test_a_renamed_party_takes_the_place_of_the_old_one(
    send: Send, decision: Make, party: Callable, store: Store
) -> None:
    send(decision(1, "张大山", "乙公司"))
    renamed = decision(1, party("张大珊", replaces_party="张大山"))
    second = send(renamed)
    (pending,) = latest(store)
    assert [one["party_name"] for one in pending.decision.parties] == ["张大珊", "乙公司"]
    assert second.entries[0].added_parties == ()
    assert counts(send(decision(1, "张大珊"))) == {"unchanged": 1}


def test_a_replaced_name_that_nobody_had_is_warned_about(send: Send, decision: Make, party: Callable) -> None:
    send(decision(1, "张大山"))
    found = send(decision(1, party("李四海", replaces_party="王五")))
    assert "更正前的行政相对人名称" in found.warnings[0]
    assert "王五" not in found.warnings[0]


def test_a_returned_row_sent_again_unchanged_is_received_again(
    send: Send, judge_batch: Callable, decision: Make, store: Store
) -> None:
    first = send(decision(1), decision(2))
    judge_batch(first, approve=False)
    second = send(decision(1, content="改正"), decision(2))
    assert counts(second) == {"resubmitted": 2}
    assert [pending.review for pending in latest(store)] == ["received", "received"]


def test_a_party_of_a_returned_version_does_not_stay(
    send: Send, judge_batch: Callable, decision: Make, store: Store
) -> None:
    judge_batch(send(decision(1, "甲公司")))
    judge_batch(send(decision(1, "错误公司")), approve=False)
    send(decision(1, "乙公司"))
    (pending,) = latest(store)
    assert [one["party_name"] for one in pending.decision.parties] == ["甲公司", "乙公司"]


@pytest.fixture
def made(batch: Callable, decision: Make) -> Batch:
    return batch(decision(1), decision(2, "甲公司", "张大山"))


REFUSALS: list[tuple[type[LifecycleError], Callable[[Batch], Batch], str]] = [
    (SubmitterUnknown, lambda batch: batch, "陌生人"),
    (SubmitterUnknown, lambda batch: batch, "  "),
    (NothingToSubmit, lambda batch: replace(batch, decisions=()), "赵提交"),
    (
        WrongDepartment,
        lambda batch: replace(batch, decisions=(replace(batch.decisions[0], department="别的部门"),)),
        "赵提交",
    ),
]


@pytest.mark.article("D29")
@pytest.mark.parametrize("number", range(len(REFUSALS)))
def test_what_may_not_be_submitted_leaves_no_trace(
    number: int, made: Batch, store: Store, instance: Instance, clock: Mapping
) -> None:
    error, spoil, by = REFUSALS[number]
    with pytest.raises(error) as caught:
        submit(store, instance, spoil(made), by=by, **clock)
    assert caught.value.code == error.code
    assert head(store) == GENESIS


def test_a_submitter_s_name_with_spaces_is_the_same_name(send: Send, decision: Make) -> None:
    assert counts(send(decision(1), by="赵 提　交")) == {"added": 1}


def _child(path: Path, work: Callable[[Store], object], die_at: int, out: int) -> None:
    """Submit in this process, killed by itself just before its `die_at`-th statement."""
    store = Store.open(path)
    seen = 0

    def count(statement: str) -> None:
        nonlocal seen
        seen += 1
        if seen == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    store.db.set_trace_callback(count)
    os.write(out, work(store).id.encode())
    os.kill(os.getpid(), signal.SIGKILL)


def test_killed_at_any_step_a_batch_is_whole_or_not_there(
    tmp_path: Path, made: Batch, instance: Instance, clock: Mapping
) -> None:
    """kill -9 before every single statement, in a process of its own, until one prints its receipt."""

    def work(store: Store) -> Receipt:
        return submit(store, instance, made, by="赵提交", **clock)

    seen: list[int] = []
    for die_at in range(1, 200):
        path = tmp_path / f"{die_at}" / "store.db"
        Store.open(path).close()
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            _child(path, work, die_at, write)
        os.close(write)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status)
        assert os.WTERMSIG(status) == signal.SIGKILL
        with os.fdopen(read, "rb") as pipe:
            printed = pipe.read().decode()
        with Store.open(path) as store:
            assert verify(store).ok
            decisions = len(list(latest(store)))
            assert decisions in (0, 2)
            seen.append(decisions)
            if printed:
                assert decisions == 2
                assert receipt(store, instance, printed).id == printed
            assert sum(counts(work(store)).values()) == 2  # the next run ends in the same state
            assert len(list(latest(store))) == 2
        if printed:
            break
    assert printed, "no child lived to print its receipt"
    assert {0, 2} == set(seen)
    assert len(seen) > 20
