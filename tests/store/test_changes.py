"""The change sequence: each entry that may change what comes of a decision marks it, and no other decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import pytest

from gongshi.store import Store, projections, verify
from gongshi.store.changes import changed_since, down_by_hand, position
from gongshi.store.erase import erase
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation
from gongshi.store.queries import remember

OURS, ALSO, OTHER = "a" * 16, "b" * 16, "c" * 16
DAY = "2026-03-04"
PUBLISHED = {"version": 2, "sort": 7, "first": DAY, "on": DAY, "manner": "publish", "corrected": False}
SUSPENDED = {"act": "suspend", "ending": "", "fields": {}, "reason": "x", "on": DAY, "source": ""}
REVIEWED = {"on": DAY, "opinion": "", "source": ""}
DECIDED = {"of": 9, "on": DAY, "opinion": "", "ending": "mistake", "fields": {}}

CASE: Mapping[str, Any] = {"key": "k", "values": {}, "parties": [], "triggers": [], "major": False, "shown": {}}
_NOWHEN = {"stage": "start", "medium": "text", "about": "", "at": DAY, "stored_at": "", "due": "", "days": None}
LINE = {"sheet": "service", "line": "1", "what": "service.direct", "values": {}, "on": DAY} | {
    "shown": {**_NOWHEN, "filled": [], "contents": [], "signed": []}
}
EVIDENCE = {"line": "1", "sha256": "f" * 64, "size": 1, "medium": "photo", "made_at": DAY, "stored_at": DAY}


class Case(NamedTuple):
    """What is journaled after a batch of two decisions (1 to 3) and one of another (4, 5), its approvals (6, 7),
    a publication (8) and a suspension (9) of the first: about which record, and which decisions it touches."""

    record: str
    payload: Mapping[str, Any]
    touches: set[str]
    by_hand: bool = True


ALL: dict[Operation, Case] = {
    Operation.BATCH: Case(
        "r3",
        {
            "by": "x",
            "on": DAY,
            "earlier": False,
            "evidence": "",
            "fingerprint": "",
            "rows": 0,
            "counts": {},
            "files": [],
        },
        set(),
    ),
    Operation.RECEIVE: Case(OURS, {}, {OURS}),
    Operation.APPROVE: Case("r1", REVIEWED, {OURS, ALSO}),
    Operation.RETURN: Case("r1", REVIEWED, {OURS, ALSO}),
    Operation.ENDORSE: Case("r1", {**REVIEWED, "kinds": ["penalty"], "department": "x"}, {OURS, ALSO}),
    Operation.UPHOLD: Case(OURS, {"change": "x", "on": DAY, "opinion": ""}, {OURS}),
    Operation.NAMES: Case(OURS, {"version": 2, "open": [], "masked": []}, {OURS}),
    Operation.PUBLISH: Case(OURS, PUBLISHED, {OURS}),
    Operation.STOP: Case(OURS, {"standing": "held", "reasons": ["x"], "on": DAY}, {OURS}),
    Operation.PROPOSE: Case(OURS, {**SUSPENDED, "act": "restore"}, {OURS}),
    Operation.CONFIRM: Case(OURS, DECIDED, {OURS}),
    Operation.DECLINE: Case(OURS, DECIDED, {OURS}, by_hand=False),
    Operation.CHOOSE: Case(OURS, {"version": 2, "choice": "publish", "reason": "", "on": DAY}, {OURS}),
    Operation.REQUEST: Case(
        "q1", {"status": "s", "decision": OURS, "on": DAY, "capacity": "", "files": [], "sealed": None}, set()
    ),
    Operation.ANSWER: Case("q1", {"on": DAY, "reason": "", "to": ""}, set()),
    Operation.CASE: Case("k1", {**CASE, "shown": {"claimed_key": "key-c"}}, set()),
    Operation.CASE_RECORD: Case("k1", LINE, set()),
    Operation.EVIDENCE: Case("k1", EVIDENCE, set()),
    Operation.MAJOR: Case("k1", {"act": "raise", "raised": ["L3-1"], "lowered": [], "major": True}, set()),
    Operation.LEGAL: Case("k1", {"event": "submit", "round": 1, "at": DAY, "state": "submitted", "fields": {}}, set()),
    Operation.DECIDE: Case("k1", {"state": "decided", "key": "nobody's"}, set()),
    Operation.ACCESS: Case("k1", {"role": "head", "act": "show", "target": "", "purpose": "x", "refused": ""}, set()),
    Operation.INSTRUCT: Case(OURS, {"version": 2, "instruction": "publish", "reason": "x", "on": DAY}, {OURS}),
    Operation.ERASE: Case("e1", {"versions": [2], "entries": [2], "raw": [], "keys": {OURS: "key"}}, {OURS}),
}
"""Every word of the journal. A new one needs its row here."""


@pytest.fixture
def journal(store: Store, now: datetime) -> Callable[[Operation, str, Mapping[str, Any]], None]:
    def do(operation: Operation, record: str, payload: Mapping[str, Any]) -> None:
        batch = "r1" if operation in {Operation.RECEIVE, Operation.NAMES} else ""
        with store.write():
            store.append([Draft("甲", "department", batch, "penalty", record, operation, payload)], now)

    return do


@pytest.fixture
def filled(store: Store, decision: Callable, receive: Callable, reviewed: Callable, journal: Callable) -> Store:
    receive(store, "r1", [(OURS, decision(1)), (ALSO, decision(2))])
    receive(store, "r2", [(OTHER, decision(3))])
    reviewed(store, "r1")
    reviewed(store, "r2")
    journal(Operation.PUBLISH, OURS, PUBLISHED)
    journal(Operation.PROPOSE, OURS, SUSPENDED)
    return store


@pytest.mark.parametrize("operation", Operation)
def test_every_entry_touches_what_it_speaks_of_and_nothing_else(
    operation: Operation, filled: Store, decision: Callable, journal: Callable
) -> None:
    case, before = ALL[operation], position(filled)
    received = {"decision": decision(1).to_payload(), "earlier": False, "on": DAY, "base": None, "change": "changed"}
    journal(operation, case.record, received if operation is Operation.RECEIVE else case.payload)
    assert position(filled) == before + 1
    assert set(changed_since(filled, before)) == case.touches
    assert changed_since(filled, before + 1) == []
    assert down_by_hand(filled, before) == ([OURS] if OURS in case.touches and case.by_hand else [])
    touched = {row["touched"] for record in case.touches for row in _row(filled, record)}
    assert touched <= {before + 1}
    assert [breach for breach in verify(filled).breaches if breach.code == "replay_differs"] == []


def _row(store: Store, record: str) -> list[Mapping[str, Any]]:
    return store.db.execute("SELECT touched FROM disclosures WHERE id = ?", (record,)).fetchall()


def test_an_empty_store_stands_at_nothing(store: Store) -> None:
    assert (position(store), changed_since(store, 0), down_by_hand(store, 0)) == (0, [], [])


def test_everything_changed_since_the_beginning(filled: Store) -> None:
    assert changed_since(filled, 0) == [OURS, ALSO, OTHER]
    assert down_by_hand(filled, 0) == [OURS], "what only waits, or is public, was taken down by nobody"


def test_what_persons_had_erased_is_down_by_hand(filled: Store, now: datetime) -> None:
    before = position(filled)
    erase(filled, [ALSO], reason="x", by="y", department="z", now=now)
    assert down_by_hand(filled, before) == [ALSO]
    assert verify(filled).ok


def test_what_is_remembered_of_files_changes_nothing(filled: Store) -> None:
    before = position(filled)
    remember(filled, ["mark"])
    assert (position(filled), changed_since(filled, before)) == (before, [])


def test_a_store_without_the_sequence_gets_it_from_its_journal(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "SELECT id, touched FROM disclosures ORDER BY id"
    wanted = [tuple(row) for row in filled.db.execute(told)]
    older = projections.STATE["disclosures"].replace("touched INTEGER NOT NULL", "touched INTEGER")
    with monkeypatch.context() as patched:
        patched.setitem(projections.STATE, "disclosures", older)
        with Store.open(filled.path) as reopened:
            reopened.db.execute("UPDATE disclosures SET touched = NULL")
    with Store.open(filled.path) as reopened:
        assert [tuple(row) for row in reopened.db.execute(told)] == wanted
        assert verify(reopened).ok


@pytest.mark.parametrize("sql", ["changed_since", "down_by_hand"])
def test_asking_what_changed_reads_no_other_decision(sql: str, filled: Store) -> None:
    statements: list[str] = []
    filled.db.set_trace_callback(statements.append)
    {"changed_since": changed_since, "down_by_hand": down_by_hand}[sql](filled, 3)
    filled.db.set_trace_callback(None)
    plan = [row["detail"] for one in statements for row in filled.db.execute(f"EXPLAIN QUERY PLAN {one}")]
    assert plan
    assert all("disclosures_touched" in step and step.startswith("SEARCH") for step in plan)
