"""Two persons, on record; nothing unreviewed is approved, nothing older comes out over newer (D30)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest

from gongshi.lifecycle import Receipt, review
from gongshi.lifecycle.errors import (
    AlreadyReviewed,
    LifecycleError,
    NameChosenTwice,
    NameNotInBatch,
    OpinionNeeded,
    ReviewAhead,
    ReviewerUnknown,
    SamePerson,
    UnknownReceipt,
)
from gongshi.lifecycle.people import normalised
from gongshi.store import Store, approved, head, latest, verify
from gongshi.store.store import entries

pytestmark = pytest.mark.article("D30")


def test_nothing_is_approved_before_its_review(send: Callable, decision: Callable, store: Store) -> None:
    send(decision(1))
    assert list(approved(store)) == []


def test_an_approved_batch_is_approved_whole_and_on_record(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store
) -> None:
    receipt = send(decision(1), decision(2))
    reviewed = judge_batch(receipt, opinion="经核对一致")
    assert {item.id for item in approved(store)} == set(reviewed.approved) == {e.id for e in receipt.entries}
    (_, entry) = entries(store, receipt.id)
    assert (entry.operation, entry.actor, entry.batch) == ("approve", "孙审核", receipt.id)
    assert verify(store).ok
    assert "通过 2 件" in reviewed.render_text()


def test_a_batch_is_reviewed_some_of_its_decisions_at_a_time(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each version once, whatever the portions; the names that were chosen are looked for in all of them."""
    monkeypatch.setattr(import_module("gongshi.lifecycle.review"), "_AT_ONCE", 2)
    facts = "当事人雇佣驾驶员李建国运输"
    receipt = send(*map(decision, range(1, 5)), decision(5, facts=facts), decision(6, facts=facts))
    reviewed = judge_batch(receipt, mask_names=["李建国"])
    assert reviewed.approved == tuple(entry.id for entry in receipt.entries)
    assert [one.masked_names for one in approved(store)] == [frozenset()] * 4 + [frozenset({"李建国"})] * 2
    assert "李建国" not in reviewed.undecided


REFUSALS: list[tuple[str, dict[str, object], type[LifecycleError]]] = [
    ("a stranger", {"by": "李四"}, ReviewerUnknown),
    ("a submitter who is no reviewer", {"by": "赵提交"}, ReviewerUnknown),
    ("nobody", {"by": " "}, ReviewerUnknown),
    ("a return without a word", {"approve": False, "opinion": " "}, OpinionNeeded),
    ("a review of tomorrow", {"on": date(2026, 3, 3)}, ReviewAhead),
    ("a name that stands nowhere", {"mask_names": ["王二小"]}, NameNotInBatch),
    ("a name both ways", {"mask_names": ["无照"], "open_names": ["无照"]}, NameChosenTwice),
]


@pytest.mark.parametrize(("case", "options", "error"), REFUSALS, ids=[case for case, *_ in REFUSALS])
def test_what_may_not_be_reviewed_leaves_no_trace(  # noqa: PLR0917
    case: str,
    options: dict[str, object],
    error: type[LifecycleError],
    send: Callable,
    judge_batch: Callable,
    decision: Callable,
    store: Store,
) -> None:
    receipt = send(decision(1))
    before = head(store)
    with pytest.raises(error):
        judge_batch(receipt, **options)
    assert head(store) == before


def test_who_submitted_does_not_review_however_the_name_is_written(
    send: Callable, judge_batch: Callable, decision: Callable
) -> None:
    receipt = send(decision(1), by="钱兼任")
    with pytest.raises(SamePerson):
        judge_batch(receipt, by="钱 兼　任")
    assert judge_batch(receipt, by="孙审核").changed


def test_an_unknown_receipt_is_named(store: Store, instance: object, clock: dict) -> None:
    with pytest.raises(UnknownReceipt, match="20260302-x"):
        review(store, instance, "20260302-x", by="孙审核", approve=True, opinion="", **clock)


def test_reviewing_twice_alike_changes_nothing_and_otherwise_is_an_error(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store
) -> None:
    receipt = send(decision(1))
    judge_batch(receipt)
    before = head(store)
    assert not judge_batch(receipt, by="钱兼任").changed
    with pytest.raises(AlreadyReviewed, match="孙审核"):
        judge_batch(receipt, approve=False)
    assert head(store) == before


def test_a_returned_batch_keeps_its_opinion_and_what_was_approved_before(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store
) -> None:
    judge_batch(send(decision(1)))
    judge_batch(send(decision(1, content="错")), approve=False, opinion="金额与决定书不符")
    (pending,) = latest(store)
    assert (pending.review, pending.opinion) == ("returned", "金额与决定书不符")
    assert [item.decision.values["content"] for item in approved(store)] == ["罚款人民币5000元"]


def test_an_older_version_approved_after_a_newer_arrived_is_superseded(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store
) -> None:
    old, new = send(decision(1, content="旧"), decision(2)), send(decision(1, content="新"))
    reviewed = judge_batch(old)
    assert len(reviewed.approved) == len(reviewed.superseded) == 1
    assert [item.decision.values["document_number"] for item in approved(store)] == ["松试罚〔2026〕2号"]
    judge_batch(new)
    assert {item.decision.values["content"] for item in approved(store)} == {"新", "罚款人民币5000元"}


def test_an_older_version_approved_after_a_newer_was_approved_does_not_come_back(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store
) -> None:
    old: Receipt = send(decision(1, content="旧"))
    judge_batch(send(decision(1, content="新")))
    assert judge_batch(old).superseded
    assert [item.decision.values["content"] for item in approved(store)] == ["新"]


def test_choices_about_names_are_kept_with_the_versions_in_which_they_stand(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store
) -> None:
    receipt = send(decision(1, facts="当事人李建国在王府井大街经营"), decision(2))
    judge_batch(receipt, open_names=["王府井"], mask_names=["李建国"])
    one, two = sorted(approved(store), key=lambda item: item.decision.values["document_number"] or "")
    assert (one.open_names, one.masked_names) == ({"王府井"}, {"李建国"})
    assert (two.open_names, two.masked_names) == (frozenset(), frozenset())
    assert verify(store).ok


def test_choices_can_be_added_and_changed_after_the_approval(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store
) -> None:
    receipt = send(decision(1, facts="当事人李建国雇佣驾驶员赵大海运输"))
    first = judge_batch(receipt)
    assert set(first.undecided) >= {"赵大海"}
    assert "尚未确认" in first.render_text()
    assert judge_batch(receipt, open_names=first.undecided).changed
    assert not judge_batch(receipt, open_names=first.undecided).changed
    assert judge_batch(receipt, mask_names=["赵大海"]).changed
    (item,) = approved(store)
    assert item.masked_names == {"赵大海"}
    assert "赵大海" not in item.open_names


def test_a_review_carries_its_own_date(send: Callable, judge_batch: Callable, decision: Callable, store: Store) -> None:
    assert judge_batch(send(decision(1)), on=date(2026, 2, 28)).on == date(2026, 2, 28)
    assert [item.approved_on for item in approved(store)] == [date(2026, 2, 28)]


@pytest.mark.parametrize("name", ["周 示礼", "周\u200b示礼", "周示禮", "周示礼\u3000", "\u2060周示礼"])
def test_a_name_in_another_dress_is_the_same_person(name: str) -> None:
    assert normalised(name) == normalised("周示礼")
