"""The tables `facets`, `laws`, `acts` and `figures_more`: how many decisions there are of each combination, law,
subject and heading of the figures.

Worked out from the keys of the public rows alone (gongshi/records/keys.py). A change adds what the new rows count and
takes away what the old ones counted, which is what a count from nothing finds; what nothing counts for any more has
no row. The search shows these numbers without counting a million rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from gongshi.publish.composing import figures_more
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.records.keys import cell_of, organisations_of
from gongshi.store.sqlite import Connection

_KEYS = {
    "facets": ("cell",),
    "laws": ("id",),
    "acts": ("id",),
    "figures_more": ("month", "department", "kind", "what", "value"),
}
"""The columns that tell the rows of each table apart, which are its first."""


class Tallies:
    """What comes to these tables and what leaves them; `organisations` are the codes of the legal persons that it
    touches (organisations.py)."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[tuple[Any, ...]]] = {table: Counter() for table in _KEYS}
        self.organisations: set[str] = set()

    def passing(self, decisions: Iterable[PublicDecision]) -> Iterator[PublicDecision]:
        """The same decisions, counted as they pass."""
        for public in decisions:
            self._count(public, 1)
            yield public

    def without(self, decisions: Iterable[PublicDecision]) -> None:
        """Take away what these were counted for."""
        for public in decisions:
            self._count(public, -1)

    def write(self, db: Connection) -> None:
        """Bring the tables to the counts, touching only rows of which something changed."""
        for table, key in _KEYS.items():
            if changed := sorted(self._lines(table)):
                marks = ", ".join("?" * len(changed[0]))
                db.executemany(_MORE.format(table=table, key=", ".join(key), marks=marks), changed)
                fewer = (line[: len(key)] for line in changed if line[-1] < 0)
                db.executemany(_NOTHING_LEFT.format(table=table, key=" AND ".join(f"{one} = ?" for one in key)), fewer)

    def agree(self, db: Connection) -> bool:
        """Whether the tables say what was counted, where that is every public row."""
        return all(_stored(db, table) == set(self._lines(table)) for table in _KEYS)

    def _count(self, public: PublicDecision, sign: int) -> None:
        keys = public.keyed()
        self._counts["facets"][keys.counted] += sign
        for law in keys.laws:
            self._counts["laws"][law] += sign
        if keys.item:
            self._counts["acts"][keys.item, keys.item_name] += sign
        if figure := figures_more.counted(public):
            self._counts["figures_more"][figure] += sign
        self.organisations.update(uscc for uscc, _ in organisations_of(public.parties))

    def _lines(self, table: str) -> Iterator[tuple[Any, ...]]:
        """The rows that a table would have if it had none; counts below nothing for what leaves."""
        found = ((key, count) for key, count in self._counts[table].items() if count)
        if table == "facets":
            return ((cell_of(key), *key, count) for key, count in found)
        return ((*key, count) for key, count in found)


_MORE = """
INSERT INTO {table} VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET decisions = decisions + excluded.decisions
"""
_NOTHING_LEFT = "DELETE FROM {table} WHERE {key} AND decisions = 0"


def _stored(db: Connection, table: str) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in db.execute(f"SELECT * FROM {table}")}  # noqa: S608 - our schema
