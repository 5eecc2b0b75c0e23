"""Whether the store knows anything of a department at all: if not, each of its decisions is new."""

from __future__ import annotations

from collections.abc import Iterable

from gongshi.store.store import Store

_ANY = "SELECT 1 FROM disclosures WHERE key >= ? AND key < ? LIMIT 1"


def has_any(store: Store, department: str, kinds: Iterable[str]) -> bool:
    """Whether the store has any decision or record of a department of one of these kinds."""
    ranges = ((f"{department}/{kind}/", f"{department}/{kind}0") for kind in kinds)
    return any(store.db.execute(_ANY, span).fetchone() is not None for span in ranges)
