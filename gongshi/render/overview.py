"""One pass over all published decisions: what the lists hold, and what each list shows.

The pass goes from the oldest day of first publication to the newest and keeps one month at a time,
so that its memory does not grow with the years.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from gongshi.render.database import Rows

NEWEST = 20
"""How many decisions an index shows before it leads on to the months."""

_ENTRIES = """
SELECT sort, id, kind, department, first_published_on AS day, updated_on, digest
FROM decisions ORDER BY first_published_on, sort
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision as a list counts it; `mark` changes with anything that a page can show of it."""

    sort: int
    id: str
    kind: str
    department: str
    day: str
    updated_on: str
    mark: str


@dataclass(slots=True)
class Tally:
    """The decisions of one index (all, one kind, one department): how many per month, the newest, the last change."""

    months: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    newest: deque[Entry] = field(default_factory=lambda: deque(maxlen=NEWEST))
    updated_on: str = ""

    @property
    def total(self) -> int:
        """How many decisions there are."""
        return self.months.total()

    def add(self, entry: Entry) -> None:
        """Count one decision; entries come oldest first."""
        self.months[entry.day[:7]] += 1
        self.kinds[entry.kind] += 1
        self.newest.append(entry)
        self.updated_on = max(self.updated_on, entry.updated_on)

    def marks(self) -> Iterator[str]:
        """Everything that an index page made from this shows."""
        yield self.updated_on
        yield from (f"{month}:{count}" for month, count in sorted(self.months.items()))
        yield from (f"{kind}:{count}" for kind, count in sorted(self.kinds.items()))
        yield from (entry.mark for entry in self.newest)


@dataclass(slots=True)
class Overview:
    """The tallies of all decisions, of each kind and of each department."""

    all: Tally = field(default_factory=Tally)
    kinds: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    departments: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def add(self, entry: Entry) -> None:
        """Count one decision wherever it is listed."""
        for tally in (self.all, self.kinds[entry.kind], self.departments[entry.department]):
            tally.add(entry)


def months(db: Rows) -> Iterator[tuple[str, list[Entry]]]:
    """Each month of first publication with its decisions, the oldest first."""
    entries = map(_entry, db.execute(_ENTRIES))
    for month, group in groupby(entries, key=lambda entry: entry.day[:7]):
        yield month, list(group)


def grouped(entries: Iterable[Entry], key: str) -> dict[str, list[Entry]]:
    """`entries` by one of their attributes, in their order."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(getattr(entry, key), []).append(entry)
    return found


def _entry(row: Any) -> Entry:
    return Entry(
        row["sort"],
        row["id"],
        row["kind"],
        row["department"],
        row["day"],
        row["updated_on"],
        f"{row['id']}{row['digest']}",
    )
