"""Which decisions of a file the store has already: asked for many at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson

from gongshi.records.decision import Decision
from gongshi.store.queries import chosen
from gongshi.store.store import Store

_NEWEST = "SELECT d.key, p.body FROM disclosures d JOIN payloads p ON p.seq = d.newest WHERE d.key IN ({})"
_ANY = "SELECT 1 FROM disclosures WHERE key >= ? AND key < ? LIMIT 1"


def newest_of(store: Store, keys: Sequence[str]) -> Mapping[str, Decision]:
    """The newest version of each decision of these keys that there is, by its key: what a check compares with."""
    rows = chosen(store.db, _NEWEST, keys)
    return {row["key"]: Decision.from_payload(orjson.loads(row["body"])["decision"]) for row in rows}


def has_any(store: Store, department: str) -> bool:
    """Whether the store has any decision of a department."""
    return store.db.execute(_ANY, (f"{department}/", f"{department}0")).fetchone() is not None
