"""The published decisions as lists count them: asked for by index; many that will be wanted are read at once.

What a list of a day or a month counts stands in one index, a month of it in one piece: the decisions' own rows, which
are long and lie apart, are not read. No more is held than the decisions that were announced, those of one month, and
those of the kinds, departments and months that were asked for last: both the list of a kind and its downloads need
them, both the list of a department and its bulletin.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from gongshi.render.database import Rows

_COLUMNS = "SELECT sort, id, kind, department, first_published_on, updated_on, id || digest FROM decisions"
_IN_ORDER = "ORDER BY first_published_on, sort"
_BY_DAYS = "INDEXED BY decisions_published WHERE first_published_on"
_OF_MONTH = f"{_BY_DAYS} BETWEEN ? || '-01' AND ? || '-31'"
_CITING = "SELECT rowid FROM decisions_fts WHERE decisions_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
"""Of the search index, as gongshi.query.tokens.key_text has it: the only place where decisions stand by law."""
_AT_ONCE = 500
"""So many are named in one statement."""
_KINDS = 7
"""So many kinds of a month are kept."""
_DEPARTMENTS = 24
"""So many departments of a month are kept: where lists of more are wanted, the whole month is read at once."""


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
        self._kind = lru_cache(_KINDS)(lambda kind, month: self._in_month("kind", kind, month))
        self._department = lru_cache(_DEPARTMENTS)(lambda key, month: self._in_month("department", key, month))
        self._announced: dict[str, Entry] = {}
        self._order: dict[int, int] = {}
        self._month: Sequence[Entry] = ()
        self._by_word: dict[str, list[Entry]] = {}

    def announce(self, ids: Sequence[str]) -> list[Entry]:
        """Those of `ids` that are public, in the order of their places: they will be asked for one by one."""
        chunks = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
        found = [one for some in chunks for one in self._read(f"WHERE id IN ({','.join('?' * len(some))})", *some)]
        found.sort()
        self._announced = {entry.id: entry for entry in found}
        self._order = {entry.sort: at for at, entry in enumerate(found)}
        return found

    def one(self, decision_id: str) -> Entry | None:
        """The decision with this id, if it is public."""
        return self._announced.get(decision_id) or next(iter(self._read("WHERE id = ?", decision_id)), None)

    def following(self, entry: Entry, most: int) -> Sequence[Entry]:
        """A decision with those that were announced to come after it, so many at most."""
        at = self._order.get(entry.sort)
        return (entry,) if at is None else [*islice(self._announced.values(), at, at + most)]

    def hold(self, month: str) -> None:
        """Read a month at once: most of its lists will be asked for."""
        self._month = self._read(f"{_OF_MONTH} {_IN_ORDER}", month, month)
        self._by_word = {}
        for entry in self._month:
            for word in (entry.day, entry.kind, entry.department):
                self._by_word.setdefault(word, []).append(entry)

    def month_of(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """All decisions of the month that `entries` are of, where it is held; otherwise nothing."""
        return self._month if all(self._holds(entry.month) for entry in entries) else ()

    def of_day(self, day: str) -> Sequence[Entry]:
        """Those first published on a day."""
        if self._holds(day[:7]):
            return self._by_word.get(day, ())
        return self._read(f"{_BY_DAYS} = ? {_IN_ORDER}", day)

    def of_kind(self, kind: str, month: str) -> Sequence[Entry]:
        """Those of a kind, first published in a month."""
        return self._by_word.get(kind, ()) if self._holds(month) else self._kind(kind, month)

    def of_department(self, key: str, month: str) -> Sequence[Entry]:
        """Those of a department, first published in a month."""
        return self._by_word.get(key, ()) if self._holds(month) else self._department(key, month)

    def newest(self, most: int, **only: str) -> Sequence[Entry]:
        """The newest `most`, newest first: of all, or `only` of a `kind`, a `department`, a `region` or an `item`, or
        those that cite a `law`, by its id."""
        if law := only.get("law"):
            return self._read(f"WHERE sort IN ({_CITING}) ORDER BY sort DESC", f'facet:"law={law}"', most)
        where = "".join(f"WHERE {column} = ?" for column in only)
        return self._read(f"{where} ORDER BY sort DESC LIMIT ?", *only.values(), most)

    def _in_month(self, column: str, value: str, month: str) -> Sequence[Entry]:
        return self._read(f"{_OF_MONTH} AND {column} = ? {_IN_ORDER}", month, month, value)

    def _holds(self, month: str) -> bool:
        return bool(self._month) and self._month[0].month == month

    def _read(self, where: str, *values: Any) -> list[Entry]:
        return [Entry._make(row) for row in self._db.execute(f"{_COLUMNS} {where}", values)]
