"""Case files in the record: what the tables say is what a replay says, after any history and after an erasure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any

import pytest

from gongshi.records.cases.key import case_key
from gongshi.store import Store, verify
from gongshi.store.cases import case_id, case_of_decision, case_row, entered, judged_lines, lines, scan, under_review
from gongshi.store.changes import changed_since, position
from gongshi.store.erase_cases import erase_case, erased_evidence
from gongshi.store.errors import NotErasable
from gongshi.store.evidence import kept
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation

DEPARTMENT = "112207000135491313"
SHOWN = {
    "kind": "penalty",
    "procedure": "general",
    "stage": "investigation",
    "started_at": "2026-03-02T09:30+08:00",
    "hearing": "未涉及",
    "circumstances": ["inspected"],
    "not_applicable": [],
    "filled": ["started_at", "handlers"],
    "confidential": 0,
}
WHEN = {"stage": "investigation", "about": "", "at": "2026-03-02T10:00+08:00", "stored_at": "", "due": "", "days": None}

STORED = "2026-03-02T20:00+08:00"
Write = Callable[..., None]


def a_case(number: int = 1, **shown: object) -> dict[str, Any]:
    values = {"number": f"松市监案〔2026〕{number}号"}
    key = case_key(DEPARTMENT, values["number"])
    return {"key": key, "values": values, "parties": [], "triggers": [], "major": False, "shown": SHOWN | shown}


def a_line(line: str = "1", what: str = "inspection_record", **shown: object) -> dict[str, Any]:
    held = {"medium": "text", "filled": ["officers"], "contents": [], "signed": ["officers"], **WHEN, **shown}
    return {"sheet": "process_record", "line": line, "what": what, "values": {"place": "某处"}, "shown": held}


def a_file(line: str = "1", name: str = "a") -> dict[str, Any]:
    return {"line": line, "sha256": name * 64, "size": 5, "medium": "video", "made_at": "", "stored_at": STORED}


def a_step(event: str, state: str, **fields: str) -> dict[str, Any]:
    return {"event": event, "round": 1, "at": "2026-03-05T09:00+08:00", "state": state, "fields": fields}


@pytest.fixture
def write(store: Store, now: datetime) -> Write:
    def do(record: str, *entries: tuple[Operation, Mapping[str, Any]]) -> None:
        drafts = [Draft("张示一", DEPARTMENT, "", "case", record, operation, said) for operation, said in entries]
        with store.write():
            store.append(drafts, now)

    return do


K = "k" * 16


@pytest.mark.article("R2")
def test_a_case_is_found_with_its_current_lines_and_without_persons(store: Store, write: Write) -> None:
    write(
        K,
        (Operation.CASE, a_case()),
        (Operation.CASE_RECORD, a_line()),
        (Operation.CASE_RECORD, a_line("2", "recording", medium="video", about="1")),
        (Operation.CASE_RECORD, a_line("1", signed=["officers", "party"])),
        (Operation.EVIDENCE, a_file("2")),
    )
    assert case_id(store, a_case()["key"]) == K
    row = case_row(store, K)
    assert row
    assert (row.kind, row.circumstances, row.review, row.major) == ("penalty", frozenset({"inspected"}), "", False)
    assert [(one.line, one.signed, one.has_file) for one in lines(store, K)] == [
        ("2", frozenset({"officers"}), True),
        ("1", frozenset({"officers", "party"}), False),
    ]
    assert ["evidence" in one.filled for one in lines(store, K)] == [True, False], "a file is what a requirement asks"
    assert [(one.line, one.sha256) for one in kept(store)] == [("2", "a" * 64)]
    assert verify(store).ok


def test_a_trigger_once_fired_stays_though_the_case_is_edited(store: Store, write: Write) -> None:
    write(K, (Operation.CASE, {**a_case(), "triggers": ["list"], "major": True}))
    write(K, (Operation.CASE, {**a_case(), "major": True}))
    row = case_row(store, K)
    assert row
    assert (row.triggers, row.major, row.major_at_start, row.review) == (frozenset({"list"}), True, True, "prepared")


@pytest.mark.article("L11")
def test_the_clock_of_a_review_is_looked_up(store: Store, write: Write) -> None:
    for at, record in enumerate(("a" * 16, "b" * 16), start=1):
        write(record, (Operation.CASE, {**a_case(at), "major": True}))
    write("b" * 16, (Operation.LEGAL, a_step("submit", "submitted")))
    write("b" * 16, (Operation.LEGAL, a_step("request_materials", "incomplete", until="2026-03-09")))
    write("b" * 16, (Operation.LEGAL, a_step("extend", "incomplete")))
    (found,) = under_review(store)
    assert (found.id, found.review, found.extended, found.asked_until) == ("b" * 16, "incomplete", True, "2026-03-09")
    write("b" * 16, (Operation.LEGAL, a_step("submit", "submitted")))
    assert [(one.extended, one.asked_until) for one in under_review(store)] == [(False, "")]
    write("b" * 16, (Operation.LEGAL, a_step("opine", "agreed", opinion="agree")))
    assert under_review(store) == []


def test_a_decision_made_or_claimed_wakes_that_decision_alone(
    store: Store, write: Write, receive: Callable, decision: Callable, now: datetime
) -> None:
    receive(store, "r1", [("d" * 16, decision(1)), ("e" * 16, decision(2))])
    key = store.db.execute("SELECT key FROM disclosures WHERE id = ?", ("d" * 16,)).fetchone()[0]
    before = position(store)
    write(K, (Operation.CASE, a_case()), (Operation.CASE_RECORD, a_line()), (Operation.LEGAL, a_step("submit", "x")))
    assert changed_since(store, before) == [], "a case file wakes no decision"
    write(K, (Operation.DECIDE, {"state": "decided", "key": key}))
    assert changed_since(store, before) == ["d" * 16]
    found = case_of_decision(store, key)
    assert found
    assert (found.id, found.review) == (K, "decided")
    named = decision(3, case_number="松市监案(2026) 1号")
    receive(store, "r2", [("f" * 16, named)])
    major = {"act": "raise", "raised": ["L3-1"], "lowered": [], "major": True}
    for said, woken in (
        ((K, (Operation.CASE, a_case())), ["f" * 16]),
        ((K, (Operation.MAJOR, major)), ["d" * 16, "f" * 16]),
        ((K, (Operation.CASE_RECORD, a_line())), []),
        (("m" * 16, (Operation.CASE, a_case(8))), []),
    ):
        before = position(store)
        write(*said)
        assert changed_since(store, before) == woken
    before = position(store)
    other = store.db.execute("SELECT key FROM disclosures WHERE id = ?", ("e" * 16,)).fetchone()[0]
    write("m" * 16, (Operation.CASE, a_case(9, claimed_key=other)))
    assert changed_since(store, before) == ["e" * 16]
    before = position(store)
    write("m" * 16, (Operation.CASE, a_case(9)))
    assert changed_since(store, before) == ["e" * 16], "what it claims no more may come out otherwise, too"
    before = position(store)
    erase_case(store, K, reason="依法", by="甲", department=DEPARTMENT, now=now)
    assert changed_since(store, before) == ["d" * 16, "f" * 16]
    assert verify(store).ok


def test_an_erased_case_leaves_that_it_was(store: Store, write: Write, now: datetime) -> None:
    write(K, (Operation.CASE, a_case()), (Operation.CASE_RECORD, a_line()), (Operation.EVIDENCE, a_file()))
    write(K, (Operation.ACCESS, {"role": "head", "act": "show", "target": "", "purpose": "甲", "refused": ""}))
    write("m" * 16, (Operation.CASE, a_case(2)), (Operation.EVIDENCE, a_file(name="b")))
    write(K, (Operation.EVIDENCE, a_file(name="b")))
    assert erase_case(store, K, reason="依法", by="甲", department=DEPARTMENT, now=now) == ("a" * 64,)
    assert erased_evidence(store) == {"a" * 64}, "a file that another case has stays"
    assert case_row(store, K) is None
    assert lines(store, K) == ()
    assert [one.payload for one in entered(store, K)] == [None] * 5
    assert [row.id for row, _ in scan(store)] == ["m" * 16]
    assert verify(store).ok
    with pytest.raises(NotErasable):
        erase_case(store, "0" * 16, reason="依法", by="甲", department=DEPARTMENT, now=now)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_the_tables_are_what_a_replay_says(
    store: Store, write: Write, now: datetime, seed: int
) -> None:
    draw = Random(seed)
    cases = [letter * 16 for letter in "kmn"]
    gone: set[str] = set()

    def entry(number: int) -> tuple[Operation, dict[str, Any]]:
        return draw.choice(
            [
                (Operation.CASE, {**a_case(number), "triggers": draw.sample(["list", "L3-3"], 1), "major": True}),
                (Operation.CASE_RECORD, a_line(str(draw.randrange(4)), medium=draw.choice(["text", "video"]))),
                (Operation.CASE_RECORD, a_line(str(draw.randrange(4)), "service.direct")),
                (Operation.EVIDENCE, a_file(str(draw.randrange(4)), draw.choice("abc"))),
                (Operation.LEGAL, a_step(draw.choice(["submit", "extend"]), "submitted")),
                (Operation.MAJOR, {"act": "raise", "raised": ["L3-1"], "lowered": [], "major": True}),
                (Operation.DECIDE, {"state": None, "key": "x"}),
                (Operation.ACCESS, {"role": "", "act": "show", "target": "", "purpose": "", "refused": ""}),
            ]
        )

    for number, record in enumerate(cases):
        write(record, (Operation.CASE, a_case(number)))
    for _ in range(30):
        at = draw.randrange(3)
        if cases[at] in gone:
            continue
        if draw.random() < 0.05:
            erase_case(store, cases[at], reason="依法", by="甲", department=DEPARTMENT, now=now)
            gone.add(cases[at])
        else:
            write(cases[at], *(entry(at) for _ in range(draw.randrange(1, 5))))
    assert verify(store).breaches == ()
    scanned = {row.id: own for row, own in scan(store)}
    assert scanned.keys() == set(cases) - gone
    for id, own in scanned.items():
        assert sorted(own, key=lambda one: one.seq) == list(judged_lines(store, id))
        assert set(lines(store, id)) <= set(own)


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE case_records SET signed = '[]' WHERE line = '2'", 3),
        ("DELETE FROM case_records WHERE line = '2'", 3),
        ("UPDATE evidence SET sha256 = 'b'", 4),
        ("DELETE FROM evidence", 4),
        ("UPDATE cases SET review = 'agreed'", 4),
        ("DELETE FROM cases", 4),
    ],
)
def test_a_row_that_was_changed_or_removed_is_named(store: Store, write: Write, change: str, seq: int) -> None:
    records = ((Operation.CASE_RECORD, a_line(number)) for number in ("1", "2"))
    write(K, (Operation.CASE, a_case()), *records, (Operation.EVIDENCE, a_file()))
    store.db.execute(change)
    (breach,) = verify(store).breaches
    assert (breach.seq, breach.code) == (seq, "replay_differs")
    assert f"第 {seq} 条" in breach.message
