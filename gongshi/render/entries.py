"""The published decisions as lists count them: asked for by index, or a month at a time where all are wanted.

`sort` is the order of the days of first publication, so the places of a month bound what an index has to look at;
the day itself decides. Nothing here reads all decisions but `Whole`, and that never holds more than a month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from sys import intern
from typing import Any, NamedTuple

from gongshi.render.database import Rows

_COLUMNS = "SELECT sort, id, kind, department, first_published_on, updated_on, digest FROM decisions"
_IN_ORDER = "ORDER BY first_published_on, sort"
_OF_MONTH = "first_published_on BETWEEN ? || '-01' AND ? || '-31'"
_PLACES = f"SELECT min(sort), max(sort) FROM decisions WHERE {_OF_MONTH}"  # noqa: S608 - our own words
_MONTHS = "SELECT min(first_published_on) FROM decisions WHERE first_published_on > ?"


class Entry(NamedTuple):
    """One decision as a list counts it; `mark` changes with anything that a page can show of it."""

    sort: int
    id: str
    kind: str
    department: str
    day: str
    updated_on: str
    mark: str

    @property
    def month(self) -> str:
        """The month of its first publication, YYYY-MM."""
        return self.day[:7]


class Entries:
    """The decisions of a public.db, each answer from an index, oldest first."""

    def __init__(self, db: Rows) -> None:
        self._db = db
        self._places = cache(self._places_of)

    def one(self, decision_id: str) -> Entry | None:
        """The decision with this id, if it is public."""
        return next(iter(self._read("WHERE id = ?", decision_id)), None)

    def of_day(self, day: str) -> Sequence[Entry]:
        """Those first published on a day."""
        return self._read(f"WHERE first_published_on = ? {_IN_ORDER}", day)

    def of_kind(self, kind: str, month: str) -> Sequence[Entry]:
        """Those of a kind, first published in a month."""
        return self._in_month("kind", kind, month)

    def of_department(self, key: str, month: str) -> Sequence[Entry]:
        """Those of a department, first published in a month."""
        return self._in_month("department", key, month)

    def newest(self, most: int, **only: str) -> Sequence[Entry]:
        """The newest `most`, newest first: of all, or `only` of a `kind` or a `department`."""
        where = "".join(f"WHERE {column} = ?" for column in only)
        return self._read(f"{where} ORDER BY sort DESC LIMIT ?", *only.values(), most)

    def month_of(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """All decisions of the month that `entries` are of, where they are at hand; otherwise nothing."""
        return ()

    def _in_month(self, column: str, value: str, month: str) -> Sequence[Entry]:
        first, last = self._places(month)
        where = f"WHERE {column} = ? AND sort BETWEEN ? AND ? AND {_OF_MONTH}"
        return self._read(f"{where} {_IN_ORDER}", value, first, last, month, month)

    def _places_of(self, month: str) -> tuple[int, int]:
        first, last = next(iter(self._db.execute(_PLACES, (month, month))))
        return first or 0, last or 0

    def _read(self, where: str, *values: Any) -> list[Entry]:
        return [_entry(row) for row in self._db.execute(f"{_COLUMNS} {where}", values)]


class Whole(Entries):
    """The same where everything is wanted: each month is read once and held until the next."""

    def __init__(self, db: Rows) -> None:
        super().__init__(db)
        self._hold([])

    def months(self) -> Iterator[Sequence[Entry]]:
        """The decisions of each month, oldest month first; whatever is asked for meanwhile is of that month."""
        month = ""
        while day := next(iter(self._db.execute(_MONTHS, (f"{month}-99",))))[0]:
            month = day[:7]
            held = self._read(f"WHERE {_OF_MONTH} {_IN_ORDER}", month, month)
            self._hold(held)
            yield held
        self._hold([])

    def one(self, decision_id: str) -> Entry | None:
        return self._by_id.get(decision_id) or super().one(decision_id)

    def of_day(self, day: str) -> Sequence[Entry]:
        return self._by_word.get(day, ())

    def of_kind(self, kind: str, month: str) -> Sequence[Entry]:
        return self._by_word.get(kind, ())

    def of_department(self, key: str, month: str) -> Sequence[Entry]:
        return self._by_word.get(key, ())

    def month_of(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        return self._held if self._held and all(entry.month == self._held[0].month for entry in entries) else ()

    def _hold(self, entries: Sequence[Entry]) -> None:
        self._held = entries
        self._by_id = {entry.id: entry for entry in entries}
        self._by_word: dict[str, list[Entry]] = {}
        for entry in entries:
            for word in (entry.day, entry.kind, entry.department):
                self._by_word.setdefault(word, []).append(entry)


def _entry(row: Any) -> Entry:
    sort, decision_id, kind, department, day, updated_on, digest = row
    return Entry(
        sort, decision_id, intern(kind), intern(department), intern(day), intern(updated_on), decision_id + digest
    )
