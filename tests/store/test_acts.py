"""What two persons do lies in the journal: the current tables follow from it, and a changed one is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from gongshi.store import Store, approved, verify
from gongshi.store.acts import act, acts, waiting
from gongshi.store.journal import Draft
from gongshi.store.operations import LEDGER, Operation
from gongshi.store.turns import in_journal, turned_on, turns

RECORD = "a" * 16
DAY = "2026-03-04"


@pytest.fixture
def journal(store: Store, now: datetime) -> Callable[..., int]:
    def do(operation: Operation, actor: str = "甲", **payload: Any) -> int:
        with store.write() as db:
            store.append([Draft(actor, "department", "", "penalty", RECORD, operation, payload)], now)
            return int(db.execute("SELECT max(seq) FROM journal").fetchone()[0])

    return do


@pytest.fixture
def public(store: Store, decision: Callable, receive: Callable, reviewed: Callable, journal: Callable) -> None:
    receive(store, "r1", [(RECORD, decision())])
    reviewed(store, "r1")
    journal(Operation.PUBLISH, version=2, sort=7, first=DAY, on=DAY, manner="publish", corrected=False)


def proposed(journal: Callable, kind: str, ending: str = "") -> int:
    return journal(Operation.PROPOSE, act=kind, ending=ending, fields={"note": "x"}, reason="y", on=DAY, source="mark")


def test_an_act_is_known_by_its_number_its_decision_and_its_file(store: Store, public: None, journal: Callable) -> None:
    number = proposed(journal, "withdraw", "mistake")
    assert [one.number for one in waiting(store)] == [number]
    assert act(store, number) == acts(store, RECORD)[0]
    assert act(store, number + 1) is None
    journal(Operation.CONFIRM, "乙", of=number, opinion="同意", on="2026-03-05", ending="", fields={})
    found = act(store, number)
    assert found is not None
    assert (found.result, found.decided_by, str(found.decided_on)) == ("confirmed", "乙", "2026-03-05")
    assert waiting(store) == []
    assert verify(store).ok


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("acts", "result = 'confirmed'"),
        ("acts", "by = '丙'"),
        ("disclosures", "suspended = 0, stopped = NULL"),
        ("disclosures", "stays_down = 'expired'"),
        ("disclosures", "history = '[]'"),
        ("disclosures", "turned_by = NULL"),
    ],
)
def test_a_changed_act_is_found_by_the_replay(
    table: str, change: str, store: Store, public: None, journal: Callable
) -> None:
    proposed(journal, "suspend")
    assert verify(store).ok
    store.db.execute(f"UPDATE {table} SET {change}")
    assert [breach.code for breach in verify(store).breaches] == ["replay_differs"]


def test_the_last_turn_of_a_decision_is_what_the_ledger_gets(store: Store, public: None, journal: Callable) -> None:
    assert (list(turns(store)), turned_on(store, RECORD)) == ([], None)
    number = proposed(journal, "suspend")
    (turn,) = turns(store)
    assert (turn.down, turn.standing, turn.id) == (True, "suspended", RECORD)
    assert in_journal(store, {turn.hash: RECORD, "0" * 64: RECORD}) == {turn.hash}
    journal(Operation.DECLINE, of=number, opinion="不同意", on=DAY)
    (turn,) = turns(store)
    assert (turn.down, turn.standing) == (False, "")
    journal(Operation.STOP, standing="held", reasons=["x"], on=DAY)
    assert [one.down for one in turns(store)] == [False], "what only waits is no takedown"
    journal(Operation.STOP, standing="expired", reasons=["x"], on=DAY)
    assert [(one.down, one.standing) for one in turns(store)] == [(True, "expired")]
    assert str(turned_on(store, RECORD)) == "2026-03-02"
    assert verify(store).ok


@pytest.mark.parametrize(("reason", "kept"), [(LEDGER, "withdrawn"), ("withheld", "")])
def test_what_never_was_public_here_stays_down_by_the_ledger_only(  # noqa: PLR0917
    reason: str, kept: str, store: Store, decision: Callable, receive: Callable, reviewed: Callable, journal: Callable
) -> None:
    receive(store, "r1", [(RECORD, decision())])
    reviewed(store, "r1")
    journal(Operation.STOP, standing="withdrawn", reasons=[reason], on=DAY)
    (item,) = approved(store)
    assert item.stays_down == kept
    assert verify(store).ok
