"""Records of registers and lists lie in the same journal as decisions, and are told apart wherever it matters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from gongshi.records import REGISTRY_KINDS
from gongshi.records.decision import Decision
from gongshi.records.registry.key import record_key
from gongshi.store import Store, approved, latest, verify
from gongshi.store.changes import changed_since, down_by_hand, position
from gongshi.store.erase import erase
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation
from gongshi.store.queries import approved_between, still_open
from gongshi.store.registered import (
    current_values,
    ids_between,
    ids_of,
    open_records,
    registered,
    registered_ids,
    taking_effect,
    upheld,
)
from gongshi.store.second_reviews import awaiting, kinds_in, second_reviews
from tests.plans import scans, statements

DEPARTMENT = "112207000135491313"
LAWYERS = "112207000135499999"
CASE, OFFICER, ITEM = "a" * 16, "b" * 16, "c" * 16
DAY = "2026-03-04"


def record(kind: str, effective_from: str = "2026-01-01", **values: str) -> Decision:
    declared = REGISTRY_KINDS[kind]
    given = {"effective_from": effective_from, **values}
    key = record_key(DEPARTMENT, declared, given)
    return Decision(kind=kind, department=DEPARTMENT, key=key, values=given, parties=(), kept={})


def officer(effective_from: str = "2026-01-01", **values: str) -> Decision:
    return record("officer", effective_from, certificate_number="22070100001", name="示例员", **values)


def item(effective_from: str = "2026-01-01", **values: str) -> Decision:
    return record("enforcement_item", effective_from, code="2207-CF-001", name="处罚", **values)


@pytest.fixture
def journal(store: Store, now: datetime) -> Callable[..., None]:
    def do(operation: Operation, record: str, actor: str = "审核人", **payload: Any) -> None:
        given = {"on": DAY, "opinion": "同意", "source": "", **payload}
        with store.write():
            store.append([Draft(actor, DEPARTMENT, "", "", record, operation, given)], now)

    return do


def endorsed(journal: Callable, operation: Operation = Operation.ENDORSE) -> None:
    journal(operation, "r1", "法制人", kinds=["enforcement_item"], department=LAWYERS)


@pytest.fixture
def filled(store: Store, decision: Callable, receive: Callable, journal: Callable) -> Store:
    """A decision, an officer and an item of one batch; the item waits for the legal body."""
    receive(store, "r1", [(CASE, decision(1)), (OFFICER, officer()), (ITEM, item())])
    journal(Operation.APPROVE, "r1", awaits={"enforcement_item": "legal_body"})
    return store


def test_what_means_decisions_does_not_see_records(filled: Store) -> None:
    assert [one.id for one in approved(filled)] == [CASE]
    assert [one.id for one in approved_between(filled, 0, 99)] == [CASE]
    assert [one.id for one in latest(filled)] == [CASE]
    assert [one.id for one in still_open(filled)] == [CASE]
    assert changed_since(filled, 0) == [CASE]
    assert list(approved(filled, [OFFICER])) == []


def test_what_means_records_does_not_see_decisions(filled: Store) -> None:
    assert registered_ids(filled) == [OFFICER, ITEM]
    assert changed_since(filled, 0, registry=True) == [OFFICER, ITEM]
    assert [one.id for one in registered(filled)] == [OFFICER], "the item waits"
    assert [one.id for one in approved(filled, registry=True)] == [OFFICER]
    assert [one.id for one in latest(filled, registry=None)] == [CASE, OFFICER, ITEM]


def test_a_record_is_looked_up_by_its_own_number(filled: Store) -> None:
    rows = filled.db.execute("SELECT id, number, event_on, review_on FROM disclosures WHERE registry ORDER BY id")
    assert [tuple(row) for row in rows] == [
        (OFFICER, "22070100001", "2026-01-01", None),
        (ITEM, "2207-CF-001", "2026-01-01", None),
    ]


@pytest.mark.article("D22")
def test_another_body_has_the_last_word(filled: Store, journal: Callable) -> None:
    (waits,) = awaiting(filled)
    assert (waits.batch, waits.kind, waits.body, waits.count) == ("r1", "enforcement_item", "legal_body", 1)
    assert (waits.by, waits.reviewed_by, waits.since) == ("提交人", "审核人", date(2026, 3, 4))
    assert awaiting(filled, "market_supervision") == awaiting(filled, department=LAWYERS) == []
    before = position(filled)
    endorsed(journal)
    assert changed_since(filled, before, registry=True) == [ITEM]
    (one,) = registered(filled, [ITEM])
    assert one.newest.endorsed is not None
    assert (one.newest.endorsed.body, one.newest.endorsed.by) == ("legal_body", "法制人")
    assert awaiting(filled) == []
    assert verify(filled).ok


def test_what_the_other_body_returns_is_no_longer_waiting(filled: Store, journal: Callable) -> None:
    endorsed(journal, Operation.RETURN)
    assert awaiting(filled) == []
    (one,) = open_records(filled)
    assert (one.id, one.review, one.opinion) == (ITEM, "returned", "同意")
    assert [one.id for one in registered(filled)] == [OFFICER]
    assert [one.id for one in approved(filled)] == [CASE], "the rest of the batch stays as its department reviewed it"
    assert verify(filled).ok


def test_a_newer_version_is_not_overtaken(filled: Store, receive: Callable, journal: Callable) -> None:
    receive(filled, "r2", [(ITEM, item(object="改"))])
    assert awaiting(filled) == [], "what was sent again is what the body should look at"
    endorsed(journal)
    assert list(registered(filled, [ITEM])) == []
    assert verify(filled).ok


def test_all_approved_versions_are_there_with_their_days(filled: Store, receive: Callable, journal: Callable) -> None:
    receive(filled, "r2", [(OFFICER, officer("2026-06-01", effective_to="2027-01-01", state="有效"))])
    assert [(one.id, one.review, one.approved) for one in open_records(filled)] == [
        (OFFICER, "received", True),
        (ITEM, "reviewed", False),
    ]
    assert [one.values.get("state") for one in current_values(filled, "officer")] == ["有效"]
    journal(Operation.APPROVE, "r2")
    (one,) = registered(filled, [OFFICER])
    assert [(v.effective_from, v.effective_to) for v in one.versions] == [
        (date(2026, 1, 1), None),
        (date(2026, 6, 1), date(2027, 1, 1)),
    ]
    assert (one.decision, one.batch) == (one.versions[1].decision, "r2")
    assert verify(filled).ok


def test_records_are_picked_by_kind_department_and_day(filled: Store, receive: Callable) -> None:
    receive(filled, "r2", [(OFFICER, officer("2026-06-01"))])
    assert ids_of(filled, ["officer"], []) == [OFFICER]
    assert set(ids_of(filled, [], [DEPARTMENT])) == {OFFICER, ITEM}
    assert ids_of(filled, [], ["another"]) == []
    assert taking_effect(filled, date(2026, 5, 31)) == [OFFICER]
    assert taking_effect(filled, date(2026, 6, 1)) == []
    picked = [
        ids_between(filled, "officer", "effective_from", date(2026, first, 1), date(2026, last, 1))
        for first, last in ((1, 1), (2, 5), (2, 6), (7, 9))
    ]
    assert picked == [[OFFICER], [], [OFFICER], []]


@pytest.mark.article("D25")
def test_what_a_change_leaves_as_it_is(filled: Store, journal: Callable, now: datetime) -> None:
    before = position(filled)
    journal(Operation.UPHOLD, OFFICER, change="law-1")
    assert upheld(filled, OFFICER) == {"law-1"}
    assert changed_since(filled, before, registry=True) == [OFFICER]
    assert verify(filled).ok
    erase(filled, [OFFICER], reason="x", by="y", department="z", now=now)
    assert upheld(filled, OFFICER) == frozenset(), "what persons wrote goes with it"
    assert verify(filled).ok


def test_an_erased_record_leaves_nothing_but_its_row(filled: Store, journal: Callable, now: datetime) -> None:
    before = position(filled)
    erase(filled, [OFFICER, ITEM], reason="x", by="y", department="z", now=now)
    assert registered_ids(filled) == [OFFICER, ITEM]
    assert list(registered(filled)) == list(open_records(filled)) == awaiting(filled) == []
    assert list(current_values(filled, "officer")) == []
    assert down_by_hand(filled, before) == [OFFICER, ITEM]
    endorsed(journal)
    assert verify(filled).ok


def test_suspended_by_hand_it_says_so(filled: Store, journal: Callable) -> None:
    before = position(filled)
    journal(Operation.PROPOSE, OFFICER, act="suspend", ending="", fields={}, reason="x")
    (one,) = registered(filled, [OFFICER])
    assert (one.suspended, one.stopped, one.standing) == (True, True, "suspended")
    assert down_by_hand(filled, before) == [OFFICER]
    assert verify(filled).ok


@pytest.mark.parametrize(
    "ask",
    [
        registered_ids,
        lambda store: list(registered(store)),
        lambda store: list(current_values(store, "officer")),
        lambda store: list(open_records(store)),
        awaiting,
        lambda store: ids_of(store, ["officer"], []),
        lambda store: taking_effect(store, date(2026, 1, 1)),
        lambda store: ids_between(store, "officer", "effective_from", date(2026, 1, 1), date(2026, 1, 2)),
        lambda store: upheld(store, OFFICER),
        lambda store: second_reviews(store, "r1"),
        lambda store: kinds_in(store, "r1"),
    ],
)
def test_asking_for_records_reads_no_decision(ask: Callable[[Store], object], filled: Store) -> None:
    with statements(filled) as heard:
        ask(filled)
    assert heard
    assert scans(filled, heard) == []


def test_the_same_tables_come_from_the_journal_alone(filled: Store, journal: Callable) -> None:
    endorsed(journal)
    tables = ("disclosures", "versions", "second_reviews")
    wanted = [[tuple(row) for row in filled.db.execute(f"SELECT * FROM {name} ORDER BY 1")] for name in tables]
    with filled.write() as db:
        db.execute("UPDATE shape SET projections = 'older'")
    with Store.open(filled.path) as reopened:
        found = [[tuple(row) for row in reopened.db.execute(f"SELECT * FROM {name} ORDER BY 1")] for name in tables]
    assert found == wanted
