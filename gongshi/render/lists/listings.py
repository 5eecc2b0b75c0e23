"""The rows of lists: what a list tells of a decision, read once for all the lists of a month where all are planned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongshi.render.addresses import address
from gongshi.render.contexts import Listed
from gongshi.render.database import Rows
from gongshi.render.decisions.steps import is_changed
from gongshi.render.lists.entries import Entries, Entry
from gongshi.render.words import shortened

_COLUMNS = """
SELECT sort, id, kind, department_name, title, parties, document_number, content, facts, decided_on,
  first_published_on, corrected, history
FROM decisions WHERE sort
"""
_SUMMARY = 70
_PARTIES = 40


class Listings:
    """Holds what was read last: a list's rows, or those of the month that is being planned."""

    def __init__(self, db: Rows, entries: Entries) -> None:
        self._db, self._entries = db, entries
        self._held: dict[int, Listed] = {}

    def of(self, entries: Sequence[Entry]) -> tuple[Listed, ...]:
        """The rows of a list, in the order of `entries`."""
        if not all(entry.sort in self._held for entry in entries):
            self._held = {row["sort"]: _listed(row) for row in self._read(entries)}
        return tuple(self._held[entry.sort] for entry in entries)

    def _read(self, entries: Sequence[Entry]) -> Any:
        month = self._entries.month_of(entries)
        if month:
            return self._db.execute(f"{_COLUMNS} BETWEEN ? AND ?", (month[0].sort, month[-1].sort))
        places = [entry.sort for entry in entries]
        return self._db.execute(f"{_COLUMNS} IN ({','.join('?' * len(places))})", places)


def _listed(row: Any) -> Listed:
    return Listed(
        href=address(row["id"]),
        name=row["document_number"] or row["title"],
        party=shortened(row["parties"], _PARTIES),
        summary=shortened(row["content"] or row["facts"] or "", _SUMMARY),
        department=row["department_name"],
        kind=row["kind"],
        decided_on=row["decided_on"],
        published_on=row["first_published_on"],
        corrected=bool(row["corrected"]),
        changed=is_changed(row),
    )
