"""The rows behind decisions' pages: those of one, or of many that follow each other, in three readings altogether."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.render.database import Rows, all_named
from gongshi.render.entries import Entry

_SOME = "SELECT * FROM decisions WHERE sort >= ? ORDER BY sort LIMIT ?"
_PARTIES = "SELECT * FROM parties WHERE sort BETWEEN ? AND ? ORDER BY sort, position"
_OWN = {kind.name: f"SELECT * FROM {kind.name} WHERE sort BETWEEN ? AND ?" for kind in DECISION_KINDS.values()}  # noqa: S608
AT_ONCE = 200
"""How many decisions are read at once where the next ones will be wanted, too."""

Record = tuple[Mapping[str, Any], list[Mapping[str, Any]]]
"""The columns of a decision (its kind's among them) and of its parties, in their order."""


class Records:
    """Reads `at_once` decisions from the one that is wanted, and keeps them until another is."""

    def __init__(self, db: Rows, at_once: int) -> None:
        self._db, self._at_once = db, at_once
        self._held: dict[int, Record] = {}

    def of(self, entry: Entry) -> Record:
        """The rows of a decision. Raises LookupError where public.db no longer holds it."""
        if entry.sort not in self._held:
            self._held = self._from(entry.sort)
        return self._held[entry.sort]

    def _from(self, first: int) -> dict[int, Record]:
        found = {row["sort"]: row for row in all_named(self._db.execute(_SOME, (first, self._at_once)))}
        last = max(found, default=first)
        for kind in dict.fromkeys(row["kind"] for row in found.values()):
            for own in all_named(self._db.execute(_OWN[kind], (first, last))):
                found[own["sort"]] = own | found[own["sort"]]  # a column that both have is the decision's
        records: dict[int, Record] = {sort: (row, []) for sort, row in found.items()}
        for party in all_named(self._db.execute(_PARTIES, (first, last))):
            records[party["sort"]][1].append(party)
        return records
