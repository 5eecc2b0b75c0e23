"""The public figures: how many decisions are public, corrected, withdrawn, by month, department and kind (D32).

Counted from the rows of public.db alone, so that nothing of what is held, withheld or sealed is in them
and nothing of it can be worked out from them (DOMAIN.md 11): there is no number of what was formed, was
due or is missing. What leaves the public leaves the figures. A change in place adds what the new rows
count and takes away what the old ones counted, which is what a count from nothing finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from gongshi.publish.notice import PublicNotice
from gongshi.publish.public_decision import PublicDecision
from gongshi.store.sqlite import Connection

COLUMNS = ("published", "earlier", "in_time", "late", "corrected", "changed", "withdrawn")
"""Decisions that are public now by the month of their first publication, and of those 历史数据补录, the ones in
time and the late ones; what was 更正, 变更, 撤下并说明理由 in the month."""
_LATE = "late"
_EVENTS = {"correct": "corrected", "change": "changed"}
_COUNTED = "department, kind, first_published_on, legal_due, due_provisional, changed_on, earlier, history"

Row = Mapping[str, Any]
Cell = tuple[str, str, str, str]
"""Month (YYYY-MM), department, kind, column."""
Line = tuple[str | int | None, ...]
"""A row of the table: month, department, kind, then COLUMNS."""


class Figures:
    """The table `figures`. Whether `late` says which decisions were late is the city's setting."""

    def __init__(self, *, late: bool) -> None:
        self._columns = tuple(column for column in COLUMNS if late or column != _LATE)
        self._counts: Counter[Cell] = Counter()
        self._stored: list[Line] = []

    @classmethod
    def read(cls, db: Connection, *, late: bool) -> Figures:
        """What public.db has; counted anew from its rows where the city has since decided otherwise about `late`."""
        rows = _rows(db)
        if any((row[_LATE] is not None) is not late for row in rows):
            found = cls.counted(db, late=late)
        else:
            found = cls(late=late)
            for row in rows:
                key = row["month"], row["department"], row["kind"]
                found._counts.update({(*key, column): row[column] for column in found._columns})
        found._stored = [tuple(row.values()) for row in rows]
        return found

    @classmethod
    def counted(cls, db: Connection, *, late: bool) -> Figures:
        """Counted from nothing, from every public row."""
        found = cls(late=late)
        found._count(cell for row in db.execute(f"SELECT {_COUNTED} FROM decisions") for cell in _decided(row))  # noqa: S608
        found._count(_withdrawn(row) for row in db.execute("SELECT department, kind, withdrawn_on FROM notices"))
        return found

    def passing(self, decisions: Iterable[PublicDecision]) -> Iterator[PublicDecision]:
        """The same decisions, counted as they pass."""
        for public in decisions:
            self._count(_decided(public.row))
            yield public

    def passing_notices(self, notices: Iterable[PublicNotice]) -> Iterator[PublicNotice]:
        """The same notices, counted as they pass."""
        for notice in notices:
            self._count([_withdrawn(notice.row)])
            yield notice

    def without(self, decisions: Iterable[PublicDecision], notices: Iterable[PublicNotice]) -> None:
        """Take away what these were counted for."""
        self._counts.subtract(cell for public in decisions for cell in _decided(public.row))
        self._counts.subtract(_withdrawn(notice.row) for notice in notices)

    def write(self, db: Connection) -> None:
        """Bring the table to the figures, touching it only where it differs."""
        lines = list(self.lines())
        if lines != self._stored:
            db.execute("DELETE FROM figures")
            marks = ", ".join("?" * (3 + len(COLUMNS)))
            db.executemany(f"INSERT INTO figures VALUES ({marks})", lines)  # noqa: S608 - our schema

    def _count(self, cells: Iterable[Cell]) -> None:
        self._counts.update(cells)

    def lines(self) -> Iterator[Line]:
        """The rows of the table in order; a month in which nothing is counted has none."""
        keys = sorted({cell[:3] for cell, count in self._counts.items() if count and cell[3] in self._columns})
        for key in keys:
            numbers = (self._counts[*key, column] if column in self._columns else None for column in COLUMNS)
            yield (*key, *numbers)


def agree(db: Connection) -> bool:
    """Whether the table says what the rows of public.db count."""
    rows = _rows(db)
    late = any(row[_LATE] is not None for row in rows)
    return [tuple(row.values()) for row in rows] == list(Figures.counted(db, late=late).lines())


def _rows(db: Connection) -> list[dict[str, Any]]:
    found = db.execute("SELECT * FROM figures ORDER BY month, department, kind")
    return [dict(zip(row.keys(), row, strict=True)) for row in found]


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
