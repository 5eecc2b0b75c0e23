"""A decision that comes back under another 文号: who sends it and who reviews it are told (D30)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle import Receipt, receipt
from gongshi.records.decision import Decision
from gongshi.store import Store

pytestmark = pytest.mark.article("D30")

Send = Callable[..., Receipt]
Make = Callable[..., Decision]
NUMBER = "松试罚〔2026〕1号"

DOWN: dict[str, Callable[[Any, str], object]] = {
    "withdrawn": lambda acts, record: acts.confirm(acts.withdraw(record).number),
    "suspended": lambda acts, record: acts.suspend(record),
}


def told(found: Receipt) -> list[str]:
    return [warning for warning in found.warnings if "相似" in warning]


@pytest.mark.parametrize("down", DOWN.values(), ids=DOWN.keys())
def test_the_same_under_another_number_is_told_to_both(  # noqa: PLR0917
    down: Callable[[Any, str], object],
    public: Any,
    acts: Any,
    rebuild: Any,
    send: Send,
    decision: Make,
    store: Store,
    instance: Instance,
) -> None:
    down(acts, public())
    rebuild()
    found = send(decision(2), decision(3, "另一公司"))
    (warning,) = told(found)
    assert warning.startswith("松试罚〔2026〕2号：与已撤下的决定相似")
    assert NUMBER in warning
    assert "请核对是否同一决定" in warning
    assert "松原示例公司" not in warning
    assert warning in receipt(store, instance, found.id).render_text(for_review=True)


def test_what_came_down_after_it_was_sent_is_told_to_the_reviewer(  # noqa: PLR0917
    public: Any, acts: Any, send: Send, decision: Make, store: Store, instance: Instance, judge_batch: Any
) -> None:
    record = public()
    found = send(decision(2))
    assert told(found) == []
    acts.suspend(record)
    assert len(told(receipt(store, instance, found.id))) == 1
    assert "相似" in judge_batch(found).render_text()


def test_a_ground_of_the_law_counts_though_it_never_was_public(
    send: Send, judge_batch: Any, rebuild: Any, decision: Make
) -> None:
    judge_batch(send(decision(1, withhold_ground="危及安全稳定", withhold_reason="经研判")))
    rebuild()
    assert len(told(send(decision(2)))) == 1


def test_a_person_is_known_in_other_writing_and_a_company_by_its_code(
    public: Any, acts: Any, send: Send, decision: Make, party: Any
) -> None:
    acts.suspend(public(party("松原示例公司", party_uscc="91220702MA14XXXX1T"), "张建国"))
    renamed = decision(2, party("松原新名公司", party_uscc="91220702ma14xxxx1t"))
    assert len(told(send(renamed, decision(3, "張 建国")))) == 2


OTHERS: dict[str, Callable[[Make], Decision]] = {
    "another day": lambda make: make(2, decided_on="2026-02-26"),
    "another party": lambda make: make(2, "另一公司"),
    "the same decision again": lambda make: make(1, facts="另一种说法"),
    "another kind": lambda make: replace(make(2), kind="coercion"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_another_decision_is_not_told(
    other: Callable[[Make], Decision], public: Any, acts: Any, send: Send, decision: Make
) -> None:
    acts.suspend(public())
    assert told(send(other(decision))) == []


def test_what_is_public_is_no_reason(public: Any, send: Send, decision: Make) -> None:
    public()
    assert told(send(decision(2))) == []


def test_what_is_down_is_found_by_its_index(store: Store) -> None:
    """By the days of what was received: how many of a department are down in all plays no part."""
    from gongshi.lifecycle.similar import _ANY_DOWN, _DOWN, _RECEIVED

    asked = {_ANY_DOWN: ("x", "penalty"), _DOWN: ("x", "penalty", "[]"), _RECEIVED: ("x", "penalty")}
    plans = [store.db.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall() for sql, values in asked.items()]
    steps = [row["detail"] for plan in plans for row in plan]
    assert [step for step in steps if step.startswith("SCAN")] == ["SCAN json_each VIRTUAL TABLE INDEX 1:"], steps
    assert sum("disclosures_down" in step for step in steps) == 2
    assert any("disclosures_down (department=? AND kind=? AND event_on=?)" in step for step in steps)
