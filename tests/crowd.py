"""A store with very many decisions of which little stands open, journaled directly and quickly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from gongshi.lifecycle import record_publication
from gongshi.store import Store
from gongshi.store.changes import position
from gongshi.store.journal import Draft
from gongshi.store.operations import LEDGER, Operation

DEPARTMENT = "11220700MB990003XN"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
ON = DAY.isoformat()
CLOSED: tuple[tuple[bool, str], ...] = (
    (True, ""),
    (True, "expired"),
    (False, "withheld"),
    (False, "sealed"),
    (True, ""),
)
"""Whether it was public, and what stopped it: in turn."""
PUBLIC = ("suspended", "proposed", "sent again", "ledger", "ended")
OPEN = ("unreviewed", "returned", "held", "scheduled", "review", *PUBLIC)
"""One decision each that somebody has to look at."""


def record(name: str) -> str:
    """The id of a decision by its name."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


class Crowd:
    """Writes into one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sorts = iter(range(1, 10_000_000))

    def closed(self, count: int) -> None:
        """So many decisions that nobody has to look at any more, some with answered requests about them."""
        names = [f"closed {number}" for number in range(count)]
        self.receive("r1", names)
        self.review("r1")
        fates = [(name, *CLOSED[at % len(CLOSED)]) for at, name in enumerate(names)]
        self.publish(name for name, public, _ in fates if public)
        self.stop({name: standing for name, _, standing in fates if standing})
        for at in range(0, count, 50):
            self.request(f"answered {at}", names[at])
            self.journal(Operation.ANSWER, f"answered {at}", {"on": ON, "reason": "x", "to": ""}, kind="corrected")

    def open(self) -> None:
        """One of each of OPEN, and a request."""
        self.receive("r2", [name for name in OPEN if name not in ("unreviewed", "returned")])
        self.review("r2")
        self.receive("r3", ["unreviewed"])
        self.receive("r4", ["returned"])
        self.review("r4", Operation.RETURN)
        self.publish(PUBLIC)
        self.stop({"held": "held", "review": "withheld", "sent again": "expired"})
        self.stop({"ledger": "withdrawn"}, LEDGER)
        self.receive("r5", ["sent again"])
        self.review("r5")
        self.propose("suspended", "suspend")
        self.propose("proposed", "withdraw", "mistake")
        self.propose("ended", "withdraw", "ground", {"review_on": "2026-02-26"})
        said = {"of": position(self._store), "opinion": "", "on": ON, "ending": "", "fields": {}}
        self.journal(Operation.CONFIRM, record("ended"), said)
        self.request("open", "scheduled")

    def receive(self, receipt: str, names: Iterable[str]) -> None:
        """A batch of these."""
        of = {"by": "甲", "on": ON, "earlier": False, "evidence": "", "fingerprint": receipt, "rows": 1}
        self.journal(Operation.BATCH, receipt, {**of, "counts": {}, "files": []}, receipt, "batch")
        version = {"earlier": False, "on": ON, "base": None, "change": "added"}
        self._append(
            _draft(Operation.RECEIVE, record(name), {"decision": _decision(name), **version}, receipt) for name in names
        )

    def review(self, receipt: str, result: Operation = Operation.APPROVE) -> None:
        """Its review."""
        self.journal(result, receipt, {"on": ON, "opinion": "", "source": ""}, receipt, "batch")

    def publish(self, names: Iterable[str]) -> None:
        """All become public."""
        newest = dict(self._store.db.execute("SELECT id, newest FROM disclosures").fetchall())
        shown = [(one, newest[one], next(self._sorts), DAY) for one in map(record, names)]
        assert not record_publication(self._store, shown, [], DAY, NOW).refused

    def stop(self, standings: Mapping[str, str], reason: str = "x") -> None:
        """Each by the law, or the ledger, with its standing."""
        stops = [(record(name), standing, [reason]) for name, standing in standings.items()]
        assert not record_publication(self._store, [], stops, DAY, NOW).refused

    def propose(self, name: str, act: str, ending: str = "", fields: Mapping[str, str] | None = None) -> None:
        """An act for a second person."""
        said = {"act": act, "ending": ending, "fields": fields or {}, "reason": "x", "on": ON, "source": ""}
        self.journal(Operation.PROPOSE, record(name), said)

    def request(self, number: str, about: str) -> None:
        """A citizen asks for a correction."""
        said = {"status": number, "decision": record(about), "on": ON, "capacity": "party", "files": []}
        self.journal(Operation.REQUEST, number, {**said, "sealed": None})

    def journal(
        self, operation: Operation, name: str, said: Mapping[str, Any], batch: str = "", kind: str = ""
    ) -> None:
        """One entry."""
        self._append([_draft(operation, name, said, batch, kind or "penalty")])

    def _append(self, drafts: Iterable[Draft]) -> None:
        with self._store.write():
            self._store.append(drafts, NOW)


def _draft(operation: Operation, name: str, said: Mapping[str, Any], batch: str = "", kind: str = "penalty") -> Draft:
    return Draft("甲", DEPARTMENT, batch, kind, name, operation, said)


def _decision(name: str) -> dict[str, Any]:
    values = {"document_number": name, "decided_on": "2026-02-20", "secrecy_checked": "0" if name == "held" else "1"}
    if name == "review":
        values |= {"withhold_ground": "危及安全稳定", "withhold_review_on": "2026-02-25"}
    parties = [{"party_name": "示例公司", "party_type": "法人及非法人组织"}]
    of = {"kind": "penalty", "department": DEPARTMENT, "key": f"{DEPARTMENT}/penalty/{name}"}
    return {**of, "values": values, "parties": parties, "kept": {}}
