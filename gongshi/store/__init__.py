"""The record: SQLite, an append-only journal, current tables as its projections."""

from __future__ import annotations

from gongshi.store.queries import approved, latest
from gongshi.store.store import Store, contains, head
from gongshi.store.stored import Approved, Ended, Pending, Publication
from gongshi.store.verify import Verification, verify

__all__ = [
    "Approved",
    "Ended",
    "Pending",
    "Publication",
    "Store",
    "Verification",
    "approved",
    "contains",
    "head",
    "latest",
    "verify",
]
