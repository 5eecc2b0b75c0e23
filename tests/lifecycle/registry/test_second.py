"""Item lists need the legal body's review beside their department's, random-inspection lists market supervision's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle import Receipt, receipt
from gongshi.lifecycle.errors import (
    AlreadyReviewed,
    OpinionNeeded,
    ReviewAhead,
    ReviewStale,
    SamePerson,
    UnknownReceipt,
)
from gongshi.lifecycle.registry.bodies import endorsers
from gongshi.lifecycle.registry.errors import EndorserUnknown, NothingToEndorse
from gongshi.lifecycle.registry.second import SecondReviewed, second_review
from gongshi.store import Store, verify
from gongshi.store.registered import registered
from gongshi.store.second_reviews import awaiting

pytestmark = pytest.mark.article("D22")

DEPARTMENT = "112207000135491313"


@pytest.fixture(scope="session")
def lawyer(instance: Instance) -> str:
    (body,) = endorsers(instance, "legal_body", instance.departments[DEPARTMENT])
    assert body.name == "松原市司法局"
    return body.reviewers[0]


@pytest.fixture
def waiting(send: Callable, judge_batch: Callable, item: Callable, officer: Callable) -> Receipt:
    """A batch of two items and an officer, reviewed by its department."""
    found = send(item(), item("2207-CF-002"), officer())
    judge_batch(found)
    return found


@pytest.fixture
def endorse(store: Store, instance: Instance, clock: Mapping[str, Any], lawyer: str) -> Callable[..., SecondReviewed]:
    def do(receipt: Receipt, approve: bool = True, **how: Any) -> SecondReviewed:
        given = {"by": lawyer, "opinion": "意见", **clock, **how}
        return second_review(store, instance, receipt.id, approve=approve, **given)

    return do


def public(store: Store) -> list[str]:
    return [one.kind for one in registered(store)]


def test_the_department_s_review_alone_lets_no_item_through(store: Store, waiting: Receipt) -> None:
    assert public(store) == ["officer"], "an officer needs no other body"
    (one,) = awaiting(store)
    assert (one.kind, one.count, one.reviewed_by) == ("enforcement_item", 2, "孙审核")


def test_the_other_body_s_review_does(store: Store, waiting: Receipt, endorse: Callable, lawyer: str) -> None:
    done = endorse(waiting)
    assert (done.passed, done.superseded, done.changed, done.by) == (2, 0, True, lawyer)
    assert public(store) == ["enforcement_item", "enforcement_item", "officer"]
    assert "第二道审核通过（松原市司法局" in done.render_text()
    assert endorse(waiting).changed is False
    assert verify(store).ok


def test_each_is_told_what_comes_next(
    *, store: Store, instance: Instance, send: Callable, judge_batch: Callable, item: Callable, endorse: Callable
) -> None:
    sent = send(item())
    assert "通过后还须由松原市司法局审核（《松原市行政执法公示办法》第二十二条）" in sent.render_text()
    told = judge_batch(sent).render_text()
    assert "通过 1 件" in told
    assert "行政执法事项清单还须由松原市司法局审核" in told
    endorse(sent, approve=False, opinion="依据不全")
    assert "第二道审核退回" in receipt(store, instance, sent.id).render_text()
    assert "：依据不全" in receipt(store, instance, sent.id).render_text()


def test_what_the_body_returns_is_mended_and_sent_again(
    *, store: Store, waiting: Receipt, endorse: Callable, send: Callable, judge_batch: Callable, item: Callable
) -> None:
    with pytest.raises(OpinionNeeded):
        endorse(waiting, approve=False, opinion=" ")
    endorse(waiting, approve=False)
    assert public(store) == ["officer"]
    again = send(item(powers="立案、调查"))
    assert again.counts["resubmitted"] == 1
    judge_batch(again)
    endorse(again)
    assert public(store) == ["enforcement_item", "officer"]
    assert verify(store).ok


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"by": "孙审核"}, EndorserUnknown),
        ({"by": "没有此人"}, EndorserUnknown),
        ({"by": ""}, EndorserUnknown),
        ({"department": DEPARTMENT}, EndorserUnknown),
        ({"kinds": ["officer"]}, NothingToEndorse),
        ({"kinds": ["清单"]}, NothingToEndorse),
        ({"on": date(2026, 3, 3)}, ReviewAhead),
        ({"on": date(2026, 3, 1)}, ReviewStale),
    ],
)
def test_nobody_else_endorses(how: dict[str, Any], error: type[Exception], waiting: Receipt, endorse: Callable) -> None:
    with pytest.raises(error):
        endorse(waiting, **how)


def test_there_is_an_order(
    send: Callable, item: Callable, officer: Callable, judge_batch: Callable, endorse: Callable
) -> None:
    sent = send(item())
    with pytest.raises(NothingToEndorse, match="本部门审核"):
        endorse(sent)
    judge_batch(sent, approve=False)
    with pytest.raises(NothingToEndorse):
        endorse(sent)
    only = send(officer())
    judge_batch(only)
    with pytest.raises(NothingToEndorse, match="没有须由其他部门审核"):
        endorse(only)
    with pytest.raises(UnknownReceipt):
        endorse(replace(only, id="no-such-receipt"))


def test_no_answer_is_turned_round(waiting: Receipt, endorse: Callable) -> None:
    endorse(waiting, kinds=["行政执法事项清单"])
    with pytest.raises(AlreadyReviewed):
        endorse(waiting, approve=False)


@pytest.mark.article("D23")
def test_every_list_has_its_own_body(
    *,
    store: Store,
    instance: Instance,
    send: Callable,
    judge_batch: Callable,
    item: Callable,
    record: Callable,
    endorse: Callable,
) -> None:
    market = endorsers(instance, "market_supervision", instance.departments[DEPARTMENT])
    lot = record("random_inspection_item", code="2207-JC-001", name="食品抽查")
    sent = send(item(), lot)
    judge_batch(sent)
    with pytest.raises(EndorserUnknown, match="随机抽查事项清单由松原市市场监督管理局审核"):
        endorse(sent, kinds=["enforcement_item", "random_inspection_item"])
    assert endorse(sent).kinds == ("enforcement_item",)
    assert [one.body for one in awaiting(store)] == ["market_supervision"]
    assert endorse(sent, by=market[0].reviewers[0]).kinds == ("random_inspection_item",)
    assert awaiting(store) == []
    assert verify(store).ok


def test_a_body_s_own_lists_take_three_of_its_people(
    *, store: Store, instance: Instance, clock: Mapping[str, Any], send: Callable, judge_batch: Callable, item: Callable
) -> None:
    ours = replace(
        instance.departments[DEPARTMENT], second_reviews=("legal_body",), reviewers=("孙审核", "钱兼任", "李审核")
    )
    others = {key: replace(one, second_reviews=()) for key, one in instance.departments.items()}
    inside = replace(instance, departments={**others, DEPARTMENT: ours})
    sent = send(item(), by="钱兼任")
    judge_batch(sent)
    for by in ("孙审核", "钱兼任", "孫审核"):
        with pytest.raises((SamePerson, EndorserUnknown)):
            second_review(store, inside, sent.id, by=by, approve=True, opinion="", **clock)
    done = second_review(store, inside, sent.id, by="李审核", approve=True, opinion="", **clock)
    assert (done.passed, done.department) == (1, DEPARTMENT)


def test_a_county_without_a_body_turns_to_the_city(instance: Instance) -> None:
    county = next(one for one in instance.departments.values() if one.region != instance.city.region)
    assert [one.name for one in endorsers(instance, "legal_body", county)] == ["松原市司法局"]
    alone = replace(instance, city=replace(instance.city, second_review_fallback=False))
    assert endorsers(alone, "legal_body", county) == ()
