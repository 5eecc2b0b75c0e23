"""The public figures: how many decisions are public, corrected, withdrawn, by month, department and kind (D32).

Counted from the rows of public.db alone, so that nothing of what is held, withheld or sealed is in them
and nothing of it can be worked out from them (DOMAIN.md 11): there is no number of what was formed, was
due or is missing. What leaves the public leaves the figures. A change in place adds to the months that it meets what
the new rows count and takes away what the old ones counted, which is what a count from nothing finds. Where decisions
left, the last change of their month, department and kind is looked up again among those that stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import orjson

from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.notices.notice import PublicNotice
from gongshi.store.sqlite import Connection

COLUMNS = ("published", "earlier", "in_time", "late", "corrected", "changed", "withdrawn")
"""Decisions that are public now by the month of their first publication, and of those 历史数据补录, the ones in
time and the late ones; what was 更正, 变更, 撤下并说明理由 in the month."""
_LATE = "late"
_EVENTS = {"correct": "corrected", "change": "changed"}
_COUNTED = "department, kind, first_published_on, updated_on, legal_due, due_provisional, changed_on, earlier, history"
_PLACES = "SELECT min(sort), max(sort) FROM decisions WHERE first_published_on BETWEEN ? || '-01' AND ? || '-31'"
_LAST_CHANGE = """
SELECT max(updated_on) FROM decisions
WHERE department = ? AND kind = ? AND sort BETWEEN ? AND ? AND substr(first_published_on, 1, 7) = ?
"""
_WRITE = f"INSERT OR REPLACE INTO figures VALUES ({', '.join('?' * (4 + len(COLUMNS)))})"  # noqa: S608 - our schema
_READ = "SELECT * FROM figures WHERE month = ? AND department = ? AND kind = ?"
_REMOVE = "DELETE FROM figures WHERE month = ? AND department = ? AND kind = ?"

Row = Mapping[str, Any]
Key = tuple[str, str, str]
"""Month (YYYY-MM), department, kind."""
Cell = tuple[str, str, str, str]
"""A key and a column."""
Line = tuple[str | int | None, ...]
"""A row of the table: month, department, kind, COLUMNS, then the last change of its decisions, "" without any."""


class Figures:
    """What comes to the table `figures` and what leaves it. Whether `late` says which decisions were late is the city's
    setting."""

    def __init__(self, *, late: bool) -> None:
        self._columns = tuple(column for column in COLUMNS if late or column != _LATE)
        self._counts: Counter[Cell] = Counter()
        self._updated: dict[Key, str] = {}
        self._left: set[Key] = set()
        self._of_all = False

    @classmethod
    def of(cls, db: Connection, *, late: bool) -> Figures:
        """For a change of public.db; counted anew from its rows where the city has since decided otherwise about
        `late`."""
        otherwise = db.execute("SELECT 1 FROM figures WHERE (late IS NOT NULL) <> ? LIMIT 1", (late,)).fetchone()
        return cls.counted(db, late=late) if otherwise else cls(late=late)

    @classmethod
    def counted(cls, db: Connection, *, late: bool) -> Figures:
        """Counted from nothing, from every public row."""
        found = cls(late=late)
        found._of_all = True
        for row in db.execute(f"SELECT {_COUNTED} FROM decisions"):  # noqa: S608 - our schema
            found._take(row)
        found._count(_withdrawn(row) for row in db.execute("SELECT department, kind, withdrawn_on FROM notices"))
        return found

    def passing(self, decisions: Iterable[PublicDecision]) -> Iterator[PublicDecision]:
        """The same decisions, counted as they pass."""
        for public in decisions:
            self._take(public.row)
            yield public

    def passing_notices(self, notices: Iterable[PublicNotice]) -> Iterator[PublicNotice]:
        """The same notices, counted as they pass."""
        for notice in notices:
            self._count([_withdrawn(notice.row)])
            yield notice

    def without(self, decisions: Iterable[PublicDecision], notices: Iterable[PublicNotice]) -> None:
        """Take away what these were counted for."""
        for public in decisions:
            self._counts.subtract(_decided(public.row))
            self._left.add(_key(public.row))
        self._counts.subtract(_withdrawn(notice.row) for notice in notices)

    def write(self, db: Connection) -> None:
        """Bring the table to the figures, reading and touching only rows of which something changed; `db` holds the
        decisions already."""
        if self._of_all:
            db.execute("DELETE FROM figures")
        self._updated.update(_last_changes(db, self._left))
        for key in sorted(self._keys()):
            stored = db.execute(_READ, key).fetchone()
            line = self._line(key, stored)
            if not any(line[len(key) : -1]):
                db.execute(_REMOVE, key)
            elif stored is None or tuple(stored) != line:
                db.execute(_WRITE, line)

    def lines(self) -> Iterator[Line]:
        """The rows of a table that had none, in order; a month in which nothing is counted has none."""
        return (line for key in sorted(self._keys()) if any((line := self._line(key, None))[len(key) : -1]))

    def _take(self, row: Row) -> None:
        """Count one decision."""
        self._count(_decided(row))
        key, updated_on = _key(row), row["updated_on"]
        if updated_on > self._updated.get(key, ""):
            self._updated[key] = updated_on

    def _count(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            self._counts[cell] += 1

    def _keys(self) -> set[Key]:
        return {cell[:3] for cell in self._counts}

    def _line(self, key: Key, stored: Row | None) -> Line:
        """The row of `key`, with what the `stored` one says."""
        updated = self._updated.get(key, "")
        if stored and key not in self._left:
            updated = max(updated, stored["updated_on"])
        return (*key, *(self._number(key, column, stored) for column in COLUMNS), updated)

    def _number(self, key: Key, column: str, stored: Row | None) -> int | None:
        if column not in self._columns:
            return None
        return (stored[column] if stored else 0) + self._counts[*key, column]


def as_they_are(db: Connection) -> Figures:
    """For a change of public.db, whatever the city has decided about `late` since."""
    return Figures(late=db.execute("SELECT 1 FROM figures WHERE late IS NOT NULL").fetchone() is not None)


def agree(db: Connection) -> bool:
    """Whether the table says what the rows of public.db count."""
    rows = db.execute("SELECT * FROM figures ORDER BY month, department, kind").fetchall()
    late = any(row[_LATE] is not None for row in rows)
    return [tuple(row) for row in rows] == list(Figures.counted(db, late=late).lines())


def _last_changes(db: Connection, keys: Iterable[Key]) -> Iterator[tuple[Key, str]]:
    """Of each cell the latest `updated_on` of its decisions, "" without any."""
    for month, cells in groupby(sorted(keys), key=lambda key: key[0]):
        first, last = db.execute(_PLACES, (month, month)).fetchone()
        for key in cells:
            found = db.execute(_LAST_CHANGE, (key[1], key[2], first, last, month)).fetchone()
            yield key, found[0] or ""


def _key(row: Row) -> Key:
    return row["first_published_on"][:7], row["department"], row["kind"]


def _decided(row: Row) -> Iterator[Cell]:
    """What one public decision counts for."""
    place = row["department"], row["kind"]
    first: str = row["first_published_on"]
    yield first[:7], *place, "published"
    if row["earlier"]:
        yield first[:7], *place, "earlier"
    if timely := _timely(row):
        yield first[:7], *place, timely
    for event in orjson.loads(row["history"]):
        if column := _EVENTS.get(event["event"]):
            yield event["on"][:7], *place, column


def _timely(row: Row) -> str:
    """in_time or late; empty for 历史数据补录, for a provisional date, and for a decision whose day was moved
    by its change (变更): `legal_due` is then the change's."""
    first, due, changed = row["first_published_on"], row["legal_due"], row["changed_on"]
    if row["earlier"] or row["due_provisional"] or not due or (changed and first <= changed):
        return ""
    return "in_time" if first <= due else _LATE


def _withdrawn(row: Row) -> Cell:
    return row["withdrawn_on"][:7], row["department"], row["kind"], "withdrawn"
