"""Whether the store knows a department at all: if not, each of its decisions is new."""

from __future__ import annotations

from gongshi.store.store import Store

_ANY = "SELECT 1 FROM disclosures WHERE key >= ? AND key < ? LIMIT 1"


def has_any(store: Store, department: str) -> bool:
    """Whether the store has any decision of a department."""
    return store.db.execute(_ANY, (f"{department}/", f"{department}0")).fetchone() is not None
