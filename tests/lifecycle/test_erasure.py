"""Erasing by law: with a reason, for good, and not received again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle import erase_batch, erase_decisions
from gongshi.lifecycle.acts.proposing import erase as propose
from gongshi.lifecycle.errors import ReasonNeeded, SamePerson, UnknownAct, UnknownReceipt
from gongshi.lifecycle.tombstones import Ledger
from gongshi.store import Store, approved, latest, verify
from gongshi.store.errors import NotErasable

WHY = {"reason": "误报，含无关人员信息", "by": "管理员"}


def test_an_erased_batch_is_gone_and_the_record_holds(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store, clock: Mapping
) -> None:
    secret = "端木独一无二"
    receipt = send(decision(1, secret, facts=f"{secret}无照经营"), decision(2, secret))
    judge_batch(receipt)
    keep = send(decision(3))
    assert erase_batch(store, receipt.id, now=clock["now"], **WHY) is not None
    for suffix in ("", "-wal"):
        assert secret.encode() not in store.path.with_name("store.db" + suffix).read_bytes()
    assert list(approved(store)) == []
    assert [pending.batch for pending in latest(store)] == [keep.id]
    assert verify(store).ok


def test_what_was_erased_is_not_received_again(
    send: Callable, decision: Callable, store: Store, clock: Mapping
) -> None:
    first = send(decision(1), raw=b"old file")
    erase_batch(store, first.id, now=clock["now"], **WHY)
    assert send(decision(1), raw=b"old file").again
    another = send(decision(1), decision(2), raw=b"another file")
    assert another.counts["barred"] == 1
    assert "已依法清除" in another.warnings[0]
    assert [pending.decision.values["document_number"] for pending in latest(store)] == ["松试罚〔2026〕2号"]
    assert verify(store).ok


def test_the_erased_bytes_are_not_kept_again(send: Callable, decision: Callable, store: Store, clock: Mapping) -> None:
    erase_batch(store, send(decision(1), raw=b"old file").id, now=clock["now"], **WHY)
    send(decision(1), raw=b"old file", evidence="另一说明")
    assert store.db.execute("SELECT count(*) FROM raw").fetchone()[0] == 0
    assert verify(store).ok


def test_an_erasure_needs_its_reason_and_its_decision(store: Store, clock: Mapping) -> None:
    with pytest.raises(ReasonNeeded):
        erase_decisions(store, ["a"], reason=" ", by="管理员", now=clock["now"])
    with pytest.raises(UnknownReceipt):
        erase_batch(store, "x", now=clock["now"], **WHY)
    with pytest.raises(NotErasable):
        erase_decisions(store, ["a"], now=clock["now"], **WHY)


def test_an_erased_version_is_never_approved(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store, clock: Mapping
) -> None:
    receipt = send(decision(1), decision(2))
    erase_decisions(store, [receipt.entries[0].id], now=clock["now"], **WHY)
    assert judge_batch(receipt).approved == (receipt.entries[1].id,)
    assert store.db.execute("SELECT count(*) FROM disclosures WHERE approved IS NULL").fetchone()[0] == 1
    assert verify(store).ok


SECRET = "端木独一无二"


def on_disk(store: Store, text: str) -> bool:
    files = (store.path.with_name("store.db" + suffix) for suffix in ("", "-wal"))
    return any(text.encode() in file.read_bytes() for file in files if file.exists())


@pytest.mark.article("D30")
def test_two_persons_erase_a_decision_with_all_that_was_written_about_it(  # noqa: PLR0917
    public: Callable, acts: Any, store: Store, instance: Instance, clock: Mapping, rebuild: Callable, tmp_path: Path
) -> None:
    record, other = public(SECRET, facts=f"{SECRET}无照经营"), public(number=2)
    suspended = acts.suspend(record, reason=f"{SECRET}来电")
    acts.confirm(suspended.number, ending="mistake", fields={"note": f"{SECRET}的旧案"})
    proposed = propose(store, instance, record, reason="误报", by="钱兼任", **clock)
    assert not propose(store, instance, record, reason="误报", by="钱兼任", **clock).changed
    with pytest.raises(SamePerson):
        acts.confirm(proposed.number, by="钱兼任")
    assert on_disk(store, SECRET)
    done = acts.confirm(proposed.number)
    assert (done.state, "不再接收" in done.render_text()) == (None, True)
    assert not on_disk(store, SECRET)
    assert [item.id for item in approved(store)] == [other]
    assert rebuild().stopped == ()
    assert verify(store).ok
    with pytest.raises(UnknownAct):
        acts.confirm(proposed.number)
    ledger = Ledger.open(tmp_path / "tombstones.jsonl")
    ledger.record(store)
    assert ledger.down() == {record}


def test_a_declined_erasure_leaves_everything(
    public: Callable, acts: Any, store: Store, instance: Instance, clock: Mapping
) -> None:
    record = public()
    with pytest.raises(ReasonNeeded):
        propose(store, instance, record, reason=" ", by="赵提交", **clock)
    acts.decline(propose(store, instance, record, reason="误报", by="赵提交", **clock).number)
    assert [item.id for item in approved(store)] == [record]
    assert verify(store).ok
