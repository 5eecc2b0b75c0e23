"""What one decision's row needs of the others': its other versions, who reviewed its batch, which places are taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import orjson

from gongshi.records.decision import Decision
from gongshi.store.queries import chosen
from gongshi.store.store import Store

_SEVERAL = "SELECT id FROM versions WHERE id IN ({}) GROUP BY id HAVING count(*) > 1"
_VERSIONS = """
SELECT v.id, p.body FROM versions v JOIN payloads p ON p.seq = v.seq
WHERE v.erased_by IS NULL AND v.id IN ({}) ORDER BY v.id, v.seq
"""
_REVIEW = "SELECT by, reviewed_by FROM batches WHERE receipt = ?"
_TAKEN = "SELECT 1 FROM disclosures WHERE sort = ?"


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Who submitted a batch and who reviewed it."""

    submitted_by: str
    reviewed_by: str


class Reviews:
    """Who submitted and who reviewed, by receipt; each batch is asked for once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Reviewers | None] = {}

    def of(self, receipt: str) -> Reviewers | None:
        """Of that batch; None where there is none."""
        if receipt not in self._known:
            row = self._store.db.execute(_REVIEW, (receipt,)).fetchone()
            self._known[receipt] = Reviewers(row["by"], row["reviewed_by"] or "") if row else None
        return self._known[receipt]


class Places:
    """Which places can not be drawn any more: what the store ever gave, what this run drew, and what is another
    process's. `share` is this process's number and how many there are."""

    def __init__(self, store: Store, share: tuple[int, int] = (0, 1)) -> None:
        self._store = store
        self._which, self._of = share
        self._drawn: set[int] = set()

    def take(self, place: int) -> bool:
        """Whether the place was free; then it is not any more."""
        if place % self._of != self._which or place in self._drawn:
            return False
        if self._store.db.execute(_TAKEN, (place,)).fetchone():
            return False
        self._drawn.add(place)
        return True


def versions(store: Store, ids: Collection[str]) -> Mapping[str, tuple[Decision, ...]]:
    """All versions of those of `ids` that have several, by id, oldest first."""
    several = [row["id"] for row in chosen(store.db, _SEVERAL, sorted(ids))]
    found: dict[str, list[Decision]] = defaultdict(list)
    for row in chosen(store.db, _VERSIONS, several):
        found[row["id"]].append(Decision.from_payload(orjson.loads(row["body"])["decision"]))
    return {record: tuple(decisions) for record, decisions in found.items()}
