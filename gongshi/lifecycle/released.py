"""What answers for the legal review of a decision in the record (gongshi/law/review/attestation.py).

The one module beside those of cases that asks for a case: what comes out is a word, of which nothing can be told but
that a decision waits.
"""

from __future__ import annotations

from datetime import date

import orjson

from gongshi.law.facts import DecisionFacts
from gongshi.law.review.attestation import CaseLink, ReviewStanding, needed, standing
from gongshi.law.review.words import Event
from gongshi.law.rules import RuleSet
from gongshi.records.cases.key import case_key
from gongshi.records.cases.substance import differs, substance_of_decision
from gongshi.records.decision import Decision
from gongshi.records.facts import attested
from gongshi.store import Approved, Pending, Store
from gongshi.store.cases import CaseRow, case_id, case_of_decision, case_row, entered
from gongshi.store.operations import Operation
from gongshi.store.projections import IS_OPEN
from gongshi.store.queries import decision_of

UNVERIFIED, MISSING = "legal_review_unverified", "legal_review_missing"
"""The two codes under which a decision waits for this (gongshi/law/publishability.py)."""
_HELD = (
    "SELECT department, id, reasons FROM disclosures INDEXED BY disclosures_open "  # noqa: S608
    f"WHERE {IS_OPEN} AND +stopped = 'held' AND reasons LIKE '%legal_review_%' ORDER BY newest"
)
"""The sign keeps SQLite from putting the word into the condition by which it knows the index."""


def review_of(store: Store, one: Approved | Pending, facts: DecisionFacts, rules: RuleSet) -> ReviewStanding | None:
    """What answers for the review of the version at hand; None where it needs none."""
    case = _case(store, one.decision)
    link = _link(store, case, one.decision) if case else None
    if not needed(facts, rules, link):
        return None
    return standing(
        facts,
        attested=attested(one.decision),
        case=link,
        instruction=instruction_of(store, one),
        public_already=_public_already(store, one),
    )


def held_for_review(store: Store) -> list[tuple[str, str, str]]:
    """Department, id and code of the decisions that wait for it since the last rebuild; no value of them is read."""
    return [
        (row["department"], row["id"], code)
        for row in store.db.execute(_HELD)
        for code in orjson.loads(row["reasons"])
        if code in (UNVERIFIED, MISSING)
    ]


def _case(store: Store, decision: Decision) -> CaseRow | None:
    """The case in which it was made, by the number that it got there, or which its sheet names; where these are two,
    the one that needs review answers."""
    found = case_of_decision(store, decision.key)
    number = decision.values.get("case_number")
    if (found and found.major) or not number:
        return found
    named = case_row(store, case_id(store, case_key(decision.department, number)))
    return named if named and (found is None or named.major) else found


def _link(store: Store, case: CaseRow, decision: Decision) -> CaseLink:
    """A case that was major once stays so, though it is sent again under summary procedure: as the gate has it. Of one
    that became major after its decision no review came before that."""
    decided = entered(store, case.id, Operation.DECIDE) if case.major else ()
    made = [one.payload for one in decided if one.payload and one.payload["state"]]
    if not made:
        return CaseLink(needs=case.major)
    return CaseLink(
        needs=True,
        decided=True,
        differs=_differs(made[-1]["substance"], decision),
        meeting_on=_meeting(store, case),
    )


def _differs(made: str, decision: Decision) -> tuple[str, ...]:
    """A draft may leave the class of penalty to its words; the sheet of a decision never does."""
    drafted = orjson.loads(made)
    if not drafted.get("classes"):
        drafted.pop("classes", None)
    return differs(orjson.dumps(drafted).decode(), substance_of_decision(decision))


def _meeting(store: Store, case: CaseRow) -> date | None:
    """The day of the last meeting of the heads."""
    steps = [one.payload for one in entered(store, case.id, Operation.LEGAL) if one.payload]
    days = [str(step["at"])[:10] for step in steps if step["event"] == Event.DISCUSS]
    return date.fromisoformat(days[-1]) if days else None


def instruction_of(store: Store, one: Approved | Pending) -> str:
    """The supervisor's instruction (publish, revoke or empty) for this version, or the last that decides the same."""
    rows = store.db.execute(
        "SELECT seq, instruction FROM versions WHERE id = ? AND seq <= ? AND instruction IS NOT NULL "
        "AND erased_by IS NULL ORDER BY seq DESC",
        (one.id, one.version),
    ).fetchall()
    return next((row["instruction"] for row in rows if _same(store, one, row["seq"])), "")


def _public_already(store: Store, one: Approved | Pending) -> bool:
    """Whether this version was public, or the one that was public last decides the same."""
    if one.published_version is None:
        return False
    return any(one.version == past.version for past in one.history) or _same(store, one, one.published_version)


def _same(store: Store, one: Approved | Pending, version: int) -> bool:
    """Whether another version of a decision decides the same: what is corrected beside that was reviewed with it."""
    if version == one.version:
        return True
    other = decision_of(store, version)
    return other is not None and not differs(substance_of_decision(other), substance_of_decision(one.decision))
