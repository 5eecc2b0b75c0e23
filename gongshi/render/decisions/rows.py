"""The rows behind decisions' pages, those of many at once: a reading of each table and not of each page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.render.database import Rows, all_named
from gongshi.render.lists.entries import Entries, Entry

_DECISIONS = """
SELECT d.*, t.item AS subject FROM decisions d LEFT JOIN tags t ON t.sort = d.sort WHERE d.sort IN ({})
"""
_PARTIES = "SELECT * FROM parties WHERE sort IN ({}) ORDER BY sort, position"
_OWN = {kind.name: f"SELECT * FROM {kind.name} WHERE sort IN ({{}})" for kind in DECISION_KINDS.values()}  # noqa: S608 - ours
AT_ONCE = 200
"""How many decisions are read at once."""

Record = tuple[Mapping[str, Any], list[Mapping[str, Any]]]
"""The columns of a decision (its kind's among them; `subject` is what its tag calls `item`) and of its parties, in
their order."""


class Records:
    """Reads a decision with those that were announced to follow it, and keeps them until another is wanted."""

    def __init__(self, db: Rows, entries: Entries) -> None:
        self._db, self._entries = db, entries
        self._held: dict[int, Record] = {}

    def of(self, entry: Entry) -> Record:
        """The rows of a decision. Raises LookupError where public.db no longer holds it."""
        if entry.sort not in self._held:
            self._held = self._read(self._entries.following(entry, AT_ONCE))
        return self._held[entry.sort]

    def _read(self, entries: Sequence[Entry]) -> dict[int, Record]:
        found = {row["sort"]: row for row in self._rows(_DECISIONS, entries)}
        for kind in dict.fromkeys(entry.kind for entry in entries):
            for own in self._rows(_OWN[kind], [entry for entry in entries if entry.kind == kind]):
                found[own["sort"]] = own | found[own["sort"]]  # a column that both have is the decision's
        records: dict[int, Record] = {sort: (row, []) for sort, row in found.items()}
        for party in self._rows(_PARTIES, entries):
            records[party["sort"]][1].append(party)
        return records

    def _rows(self, sql: str, entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
        marks = ",".join("?" * len(entries))
        return all_named(self._db.execute(sql.format(marks), [entry.sort for entry in entries]))
