"""The store looked at in slices: what a process does with one, be it alone or one of several.

It lays the rows into its spool; what it hands back are their places there, and what did not become public.
"""

from __future__ import annotations

import marshal
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.preparing.packing import packed
from gongshi.publish.preparing.spool import Part, Spool, Spooled
from gongshi.publish.preparing.wall import Looked, Wall
from gongshi.store.changes import position
from gongshi.store.queries import Approved, approved, approved_between
from gongshi.store.store import Store

_AT_ONCE = 500
_BORDERS = """
SELECT at FROM (SELECT rowid AS at, row_number() OVER (ORDER BY rowid) - 1 AS n FROM disclosures
  WHERE approved IS NOT NULL AND NOT registry)
WHERE n % ? = 0 ORDER BY at
"""
_BETWEEN = "SELECT count(*) FROM disclosures WHERE rowid >= ? AND rowid < ? AND approved IS NOT NULL AND NOT registry"
_BEHIND_ALL = 2**63 - 1
"""Greater than every rowid."""

Wanted = tuple[int, int] | list[str]
"""A slice: the first row of the table and the one behind the last, or the ids themselves. What arrived together lies
together in the file; by id each payload would be a page from somewhere else."""


@dataclass(slots=True)
class Slice:
    """What came of a slice: the newest entry that was seen, how many were looked at, where their rows and their
    days lie, and what else there is."""

    position: int
    count: int
    rows: list[Spooled]
    wakes: Part
    looked: Looked


def slices(store: Store, ids: Collection[str] | None) -> list[Wanted]:
    """All approved decisions in slices as they arrived, or `ids` in slices by id."""
    if ids is None:
        borders = [row["at"] for row in store.db.execute(_BORDERS, (_AT_ONCE,))]
        return list(pairwise((*borders, _BEHIND_ALL)))
    ordered = sorted(ids)
    return [ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE)]


class Worker:
    """One process's store, wall and spool; all that it looks at is one state of the store."""

    def __init__(self, store: Store, wall: Wall, spool: Spool) -> None:
        self._store, self._wall, self._spool = store, wall, spool
        if not store.db.in_transaction:
            store.db.execute("BEGIN")
        self._position = position(store)

    def look(self, wanted: Wanted) -> Slice:
        """Look at a slice; its rows and days are in the spool when this returns."""
        found: list[tuple[int, bytes, bytes]] = []

        def put(public: PublicDecision) -> None:
            found.append((public.sort, *packed(public)))

        looked = self._wall.look(self._approved(wanted), put)
        days = marshal.dumps([(record, day.toordinal()) for record, day in looked.wakes])
        looked.wakes = []
        part = self._spool.add([*(piece for _, *both in found for piece in both), days])
        return Slice(self._position, self._count(wanted), *_places(part, found, len(days)), looked)

    def _approved(self, wanted: Wanted) -> list[Approved]:
        return list(
            approved(self._store, wanted) if isinstance(wanted, list) else approved_between(self._store, *wanted)
        )

    def _count(self, wanted: Wanted) -> int:
        if isinstance(wanted, list):
            return len(wanted)
        found: int = self._store.db.execute(_BETWEEN, wanted).fetchone()[0]
        return found


def _places(part: Part, found: Sequence[tuple[int, bytes, bytes]], days: int) -> tuple[list[Spooled], Part]:
    """Where each row of a slice lies, and its days behind them."""
    rows, at = list[Spooled](), part.at
    for sort, head, body in found:
        rows.append(Spooled(sort, part.spool, at, len(head), len(body)))
        at += len(head) + len(body)
    return rows, Part(part.spool, at, days)


def wakes_in(data: bytes) -> Iterator[tuple[str, date]]:
    """The days of a slice, by id."""
    found: list[tuple[str, int]] = marshal.loads(data)  # noqa: S302 - our own bytes of this very run
    return ((record, date.fromordinal(day)) for record, day in found)
