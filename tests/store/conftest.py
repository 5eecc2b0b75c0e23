"""Decisions by hand, and a store in a real file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision
from gongshi.store import Store
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation

DEPARTMENT = "112207000135491313"
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

MakeDecision = Callable[..., Decision]
Receive = Callable[..., list[str]]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def decision() -> MakeDecision:
    """A penalty numbered `number`, with named fields as given."""

    def make(
        number: int = 1, *, kind: str = "penalty", parties: Sequence[str] = ("张三丰",), **values: str
    ) -> Decision:
        return Decision(
            kind=kind,
            department=DEPARTMENT,
            key=f"{DEPARTMENT}/{kind}/松市监罚2026-{number}",
            values={"document_number": f"松市监罚〔2026〕{number}号", "decided_on": "2026-02-20", **values},
            parties=tuple({"party_name": name, "party_type": "自然人"} for name in parties),
            kept={},
        )

    return make


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data" / "store.db") as opened:
        yield opened


@pytest.fixture
def batch_draft() -> Callable[[str, bytes], Draft]:
    def make(receipt: str, raw: bytes) -> Draft:
        payload: dict[str, Any] = {
            "by": "提交人",
            "on": "2026-03-02",
            "earlier": False,
            "evidence": "",
            "fingerprint": hashlib.sha256(raw).hexdigest(),
            "rows": 1,
            "counts": {"added": 1},
            "files": [{"name": "a.xlsx", "sha256": hashlib.sha256(raw).hexdigest(), "size": len(raw)}],
        }
        return Draft("提交人", DEPARTMENT, receipt, "batch", receipt, Operation.BATCH, payload)

    return make


@pytest.fixture
def receive(batch_draft: Callable[[str, bytes], Draft]) -> Receive:
    """Journal a batch with these (id, decision) pairs."""

    def do(store: Store, receipt: str, versions: Sequence[tuple[str, Decision]]) -> list[str]:
        raw = f"raw bytes of {receipt}".encode()
        drafts = [batch_draft(receipt, raw)]
        drafts += [
            Draft(
                "提交人",
                DEPARTMENT,
                receipt,
                decision.kind,
                record,
                Operation.RECEIVE,
                {
                    "decision": decision.to_payload(),
                    "earlier": False,
                    "on": "2026-03-02",
                    "base": None,
                    "change": "added",
                },
            )
            for record, decision in versions
        ]
        with store.write() as db:
            digest = hashlib.sha256(raw).hexdigest()
            db.execute("INSERT OR IGNORE INTO raw (sha256, body) VALUES (?, ?)", (digest, raw))
            store.append(drafts, NOW)
        return [record for record, _ in versions]

    return do


@pytest.fixture
def reviewed() -> Callable[..., None]:
    """Journal the review of a batch."""

    def do(store: Store, receipt: str, operation: Operation = Operation.APPROVE) -> None:
        payload = {"on": "2026-03-03", "opinion": "同意", "source": ""}
        with store.write():
            store.append([Draft("审核人", DEPARTMENT, receipt, "batch", receipt, operation, payload)], NOW)

    return do


@pytest.fixture
def full_decision() -> MakeDecision:
    """A penalty with every field filled, as wide as the sheets are."""

    def make(number: int) -> Decision:
        kind = DECISION_KINDS["penalty"]
        return Decision(
            kind="penalty",
            department=DEPARTMENT,
            key=f"{DEPARTMENT}/penalty/{number}",
            values={field.name: f"{field.label}{number}" for field in kind.decision_fields},
            parties=({field.name: f"{field.label}{number}" for field in kind.party_fields},),
            kept={},
        )

    return make
