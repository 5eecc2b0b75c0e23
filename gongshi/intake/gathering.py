"""Rows in the order in which they come, to decisions, each as soon as its rows are together.

The rows of a decision nearly always lie one below the other. Where they do not, that is found by the second
lot of them (`Scattered`); the check then begins anew, knowing their 文号, whose rows wait in a private file
until all have come.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

import orjson

from gongshi.intake.checks.plain import PlainRows
from gongshi.intake.checks.row_checks import Finding
from gongshi.intake.collected import Found, Problems, RowRef, WrongRows, found_of
from gongshi.intake.problems import Place, problem
from gongshi.intake.sheet.grouping import group
from gongshi.intake.sheet.rows import Parsed
from gongshi.intake.spool import Spool
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision

Key = tuple[str, str]
"""Kind and normalised 文号."""


class Scattered(Exception):
    """Rows of one 文号 do not lie together. `Gatherer.again` says of which."""


@dataclass(slots=True)
class _Together:
    """The neighbouring rows of one 文号. A single plain row stays where it is: (its portion, its place in it)."""

    key: Key
    order: int
    plain: tuple[PlainRows, int] | None = None
    rows: list[Parsed] = field(default_factory=list)

    def parsed(self) -> list[Parsed]:
        return ([self.plain[0].parsed(self.plain[1])] if self.plain else []) + self.rows


class Gatherer:
    """Collects rows; `ready` are the right decisions that have come of them, with the sheet of each."""

    def __init__(
        self,
        department: str,
        judge: Callable[[Decision], Iterable[Finding]],
        problems: Problems,
        wrong: WrongRows,
        scattered: Collection[int],
    ) -> None:
        self._department = department
        self._judge = judge
        self._problems = problems
        self._wrong = wrong
        self._scattered = scattered
        self._held = _Held()
        self._begun = array("q")
        """Hashes of the keys, each as its rows begin: eight bytes a decision, where a set would take sixty. Should
        two keys share one, we look twice and find nothing."""
        self._current: _Together | None = None
        self._count = 0
        self.again: set[int] = set()
        """Hashes of the keys of which rows came that do not lie with those before."""
        self.ready: list[tuple[Found, Place]] = []

    def plain(self, rows: PlainRows, at: int) -> None:
        """A row that is plainly right."""
        key = (rows.kind, rows.keys[at])
        if self._current is not None and self._current.key == key:
            self._current.rows.append(rows.parsed(at))
        elif self._scattered and hash(key) in self._scattered:
            self._held.add(rows.parsed(at), self._next())
        else:
            self._begin(_Together(key, self._next(), (rows, at)))

    def careful(self, parsed: Parsed) -> None:
        """A row that was read the careful way."""
        key = (parsed.kind.name, parsed.key)
        if not parsed.key:
            self._wrong.add(_ref(parsed))
        elif self._current is not None and self._current.key == key:
            self._current.rows.append(parsed)
        elif self._scattered and hash(key) in self._scattered:
            self._held.add(parsed, self._next())
        else:
            self._begin(_Together(key, self._next(), rows=[parsed]))

    def finish(self) -> None:
        """All rows have come. Raises Scattered where those of one decision came in several lots."""
        self._close()
        self.again = {one for one, other in pairwise(sorted(self._begun)) if one == other}
        if self.again:
            raise Scattered
        for key, order, rows in self._held.groups():
            self._make(_Together(key, order, rows=rows))

    def _begin(self, together: _Together) -> None:
        self._close()
        self._begun.append(hash(together.key))
        self._current = together

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _close(self) -> None:
        current, self._current = self._current, None
        if current is not None:
            self._make(current)

    def _make(self, together: _Together) -> None:
        if together.plain and not together.rows:
            rows, at = together.plain
            self.ready.append((rows.found(at, together.order, self._department), rows.place))
            return
        parsed = together.parsed()
        decision = group(parsed, self._department, self._problems.recent)
        if decision is None:
            for row in parsed:
                self._wrong.add(_ref(row))
            return
        first = parsed[0]
        for told in self._judge(decision):
            at_fault = replace(first.place, row=first.row, column=first.kind.by_name[told.field].label)
            self._problems.recent.append(problem(told.code, at_fault, **told.words))
        self.ready.append((found_of(decision, together.order), first.place))


def _ref(row: Parsed) -> RowRef:
    return RowRef(row.place.file, row.place.sheet, row.row)


class _Held:
    """Rows that wait for others of their decision."""

    def __init__(self) -> None:
        self._rows: Spool[bytes] = Spool(bytes, bytes)
        self._orders, self._marks = array("Q"), array("q")

    def add(self, row: Parsed, order: int) -> None:
        place, kind = row.place, row.kind.name
        told = [kind, place.file, place.sheet, place.unit, row.row, row.key, row.values, row.kept, row.wrong]
        self._rows.append(orjson.dumps(told))
        self._orders.append(order)
        self._marks.append(hash((kind, row.key)))

    def groups(self) -> Iterator[tuple[Key, int, list[Parsed]]]:
        """Each key, the place of its first row among all that came, and its rows."""
        places = sorted(range(len(self._marks)), key=self._marks.__getitem__)
        for _, same in groupby(places, key=self._marks.__getitem__):
            by_key: dict[Key, list[tuple[int, Parsed]]] = {}
            for at in same:
                row = _parsed(self._rows[at])
                by_key.setdefault((row.kind.name, row.key), []).append((self._orders[at], row))
            for key, rows in by_key.items():
                yield key, rows[0][0], [row for _, row in rows]


def _parsed(raw: bytes) -> Parsed:
    kind, file, sheet, unit, row, key, values, kept, wrong = orjson.loads(raw)
    return Parsed(DECISION_KINDS[kind], Place(file, sheet, unit=unit), row, key, values, kept, wrong)
