"""The tables `facets`, `laws` and `acts`: how many decisions there are of each combination, law and subject.

Worked out from the keys of the public rows alone (gongshi/records/keys.py). A change adds what the new rows count and
takes away what the old ones counted, which is what a count from nothing finds; what nothing counts for any more has
no row. The search shows these numbers without counting a million rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.records.keys import Keys, organisations_of
from gongshi.store.sqlite import Connection

_KEYS = {
    "facets": ("cell", "kind", "department", "region", "year", "classes", "band", "party", "state"),
    "laws": ("id", "name"),
    "acts": ("id", "kind", "name"),
}
"""What each table counts by; the first column tells its rows apart."""


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
        for table, columns in _KEYS.items():
            changed = [(*key, count) for key, count in sorted(self._counts[table].items()) if count]
            db.executemany(_MORE.format(table=table, key=columns[0], marks=_marks(columns)), changed)
            gone = ((line[0],) for line in changed if line[-1] < 0)
            db.executemany(_NOTHING_LEFT.format(table=table, key=columns[0]), gone)

    def agree(self, db: Connection) -> bool:
        """Whether the tables say what was counted, where that is every public row."""
        return all(_stored(db, table) == set(_lines(counts)) for table, counts in self._counts.items())

    def _count(self, public: PublicDecision, sign: int) -> None:
        keys = public.keyed()
        self._counts["facets"][(keys.cell, *keys.counted)] += sign
        for law in keys.laws:
            self._counts["laws"][law] += sign
        if keys.item:
            self._counts["acts"][_act(keys)] += sign
        self.organisations.update(uscc for uscc, _ in organisations_of(public.parties))


_MORE = """
INSERT INTO {table} VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET decisions = decisions + excluded.decisions
"""
_NOTHING_LEFT = "DELETE FROM {table} WHERE {key} = ? AND decisions = 0"


def _marks(columns: Iterable[str]) -> str:
    return ", ".join("?" for _ in (*columns, "decisions"))


def _act(keys: Keys) -> tuple[str, str, str]:
    return keys.item, keys.kind, keys.item_name


def _stored(db: Connection, table: str) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in db.execute(f"SELECT * FROM {table}")}  # noqa: S608 - our schema


def _lines(counts: Counter[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return ((*key, count) for key, count in counts.items() if count)
