"""The other versions of a decision: what they name must not stand open in the one that is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import orjson

from gongshi.records.decision import Decision
from gongshi.store.queries import chosen
from gongshi.store.sqlite import Row
from gongshi.store.store import Store

_VERSIONS = """
SELECT v.id, p.body FROM versions v JOIN payloads p ON p.seq = v.seq
WHERE v.erased_by IS NULL AND v.id IN (SELECT id FROM versions GROUP BY id HAVING count(*) > 1)
"""
_REVIEWS = "SELECT receipt, by, reviewed_by FROM batches"


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Who submitted a batch and who reviewed it."""

    submitted_by: str
    reviewed_by: str


def versions(store: Store, ids: Collection[str] | None = None) -> Mapping[str, tuple[Decision, ...]]:
    """All versions of those decisions that have several, by id, oldest first; of `ids` only, where given."""
    found: dict[str, list[Decision]] = defaultdict(list)
    if ids is None:
        picked: Iterable[Row] = store.db.execute(f"{_VERSIONS} ORDER BY v.id, v.seq")
    else:
        picked = chosen(store.db, f"{_VERSIONS} AND v.id IN ({{}}) ORDER BY v.id, v.seq", sorted(ids))
    for row in picked:
        found[row["id"]].append(Decision.from_payload(orjson.loads(row["body"])["decision"]))
    return {record: tuple(decisions) for record, decisions in found.items()}


def reviewers(store: Store) -> Mapping[str, Reviewers]:
    """By receipt, who submitted and who reviewed."""
    return {row["receipt"]: Reviewers(row["by"], row["reviewed_by"] or "") for row in store.db.execute(_REVIEWS)}


def places(store: Store) -> set[int]:
    """Every `sort` that was ever given, so that none is given twice."""
    return {row["sort"] for row in store.db.execute("SELECT sort FROM disclosures WHERE sort IS NOT NULL")}
