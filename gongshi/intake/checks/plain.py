"""The quick way through many rows: column by column it finds those of which everything is plainly right.

It says nothing of any other row: that is left to the careful way (rows.py). So what it asks for may be
stricter than what row_checks allows, never laxer; plain_checks.py has a doubt for every check there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from operator import itemgetter

import orjson

from gongshi.intake.checks.agency import Agency
from gongshi.intake.checks.plain_checks import DOUBTS, ROW_DOUBTS, View
from gongshi.intake.checks.row_checks import Batched
from gongshi.intake.collected import Found
from gongshi.intake.problems import Place, Wrong
from gongshi.intake.readers import Portion
from gongshi.intake.sheet.columns import Column, Columns
from gongshi.intake.sheet.labels import plain as plain_words
from gongshi.intake.sheet.old_template import STATE
from gongshi.intake.sheet.rows import Parsed, as_it_is
from gongshi.intake.values.bulk import is_canonical, tidy
from gongshi.intake.values.parsers import USUAL_NUMBER
from gongshi.law.document_number import in_modern_characters
from gongshi.records import DECISION_KINDS
from gongshi.records.field import FieldType, Scope

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class PlainRows:
    """A portion as the quick way saw it. `sure` says of each row whether it is plainly right; only then the rest
    holds of it: `keys`, what is `looked_up` (number, day, review date), and in `bodies` the decision that the row
    alone makes, as JSON. `kind` is the kind's name. All of it can be sent to another process."""

    kind: str
    place: Place
    numbers: Sequence[int]
    sure: bytes
    keys: Sequence[str]
    looked_up: tuple[Sequence[str | None], ...]
    bodies: Sequence[bytes]

    def found(self, at: int, order: int, department: str) -> Found:
        """The decision that this row alone makes."""
        number, event_on, review_on = [column[at] or "" for column in self.looked_up]
        key = f"{department}/{self.kind}/{self.keys[at]}"
        return Found(order, self.kind, key, number, event_on, review_on, self.bodies[at])

    def parsed(self, at: int) -> Parsed:
        """The row as the careful way would have read it."""
        kind, payload = DECISION_KINDS[self.kind], orjson.loads(self.bodies[at])
        values = {**dict.fromkeys(kind.by_name), **payload["values"], **payload["parties"][0]}
        return Parsed(kind, self.place, self.numbers[at], self.keys[at], values, payload["kept"])


class PlainReader:
    """Reads the rows of one sheet the quick way."""

    def __init__(self, columns: Columns, place: Place, *, agency: Agency, batch: Batched) -> None:
        self._columns = columns
        self._department = agency.key
        self._place = place
        self._view = (agency, batch)
        self._width = 1 + max((c.index for c in columns.columns), default=0)
        self._width = max(self._width, 1 + max((index for index, _ in columns.kept), default=0))

    @property
    def usable(self) -> bool:
        """Not for old templates, whose columns add to one another and are filled in from elsewhere."""
        old = any(column.adds for column in self._columns.columns) or self._columns.filled
        return not old and all(plain_words(label) != STATE for _, label in self._columns.kept)

    def read(self, portion: Portion) -> PlainRows:
        """The portion's rows: read, and each found sure or not."""
        table = _table(portion.cells, self._width)
        size = len(portion.cells)
        view = View(self._columns.kind, size, *self._view)
        for column in self._columns.columns:
            self._read(column, table[column.index], view)
        for doubts in (*DOUBTS.values(), *ROW_DOUBTS):
            view.doubtful.update(doubts(view))
        for column in self._columns.columns:
            if column.field.required:
                view.doubtful.update(at for at, value in enumerate(view.values[column.field.name]) if not value)
        sure = bytearray(b"\1") * size
        for at in view.doubtful:
            sure[at] = 0
        kept = {label: _as_they_are(table[index]) for index, label in sorted(self._columns.kept, key=itemgetter(1))}
        bodies = list(self._bodies(view, sure, kept))
        looked_up = tuple(map(view.column, ("document_number", view.kind.event, "withhold_review_on")))
        return PlainRows(view.kind.name, self._place, portion.numbers, bytes(sure), view.keys, looked_up, bodies)

    def _bodies(self, view: View, sure: Sequence[int], kept: Mapping[str, Cells]) -> Iterator[bytes]:
        """Each sure row's decision as `found_of` gives it, keys in order; nothing for the others."""
        kind, names = view.kind.name, sorted(view.values)
        ours = [name for name in names if view.kind.by_name[name].scope is not Scope.PARTY]
        own = [name for name in names if view.kind.by_name[name].scope is Scope.PARTY]
        values = zip(*(view.values[name] for name in ours), strict=True)
        parties = zip(*(view.values[name] for name in own), strict=True)
        for at, (is_sure, value, party) in enumerate(zip(sure, values, parties, strict=True)):
            if not is_sure:
                yield b""
                continue
            yield orjson.dumps(
                {
                    "department": self._department,
                    "key": f"{self._department}/{kind}/{view.keys[at]}",
                    "kept": {label: str(cells[at]) for label, cells in kept.items() if cells[at]},
                    "kind": kind,
                    "parties": [{name: text for name, text in zip(own, party, strict=True) if text}],
                    "values": {name: text for name, text in zip(ours, value, strict=True) if text},
                }
            )

    def _read(self, column: Column, cells: Cells, view: View) -> None:
        name = column.field.name
        if column.field.type is FieldType.DOCUMENT_NUMBER:
            view.values[name], view.keys, view.years = _numbers(cells, view.doubtful)
        elif is_canonical(cells, column.field):
            view.values[name] = cells
        else:
            view.values[name] = list(_parsed(column, cells, view.doubtful))


def _table(rows: Sequence[Cells], width: int) -> list[Cells]:
    """The columns, each as long as there are rows, "" for what is empty."""
    table: list[Cells] = []
    for cells in zip_longest(*rows, fillvalue=""):
        table.append(["" if cell is None else cell for cell in cells] if None in cells else cells)
    table += [("",) * len(rows)] * (width - len(table))
    return table


def _parsed(column: Column, cells: Cells, doubtful: set[int]) -> Sequence[str | None]:
    parsed = column.parsed
    try:
        return list(map(parsed.__getitem__, cells))
    except Wrong:
        return list(_one_by_one(column, cells, doubtful))


def _one_by_one(column: Column, cells: Cells, doubtful: set[int]) -> Iterator[str | None]:
    for at, cell in enumerate(cells):
        try:
            yield column.parsed[cell]
        except Wrong:
            doubtful.add(at)
            yield None


def _numbers(cells: Cells, doubtful: set[int]) -> tuple[list[str], list[str], list[str]]:
    """The numbers in the usual spelling, their keys and years; any other spelling is looked at with care."""
    shown, keys, years = [], [], []
    for at, cell in enumerate(cells):
        usual = USUAL_NUMBER.fullmatch(cell) if type(cell) is str else None
        if usual is None:
            doubtful.add(at)
            words, year, zeros, number = "", "", "", ""
        else:
            words, year, zeros, number = usual.groups()
        shown.append(f"{words}〔{year}〕{zeros}{number}号")
        keys.append(f"{in_modern_characters(words)}〔{year}〕{number}")
        years.append(year)
    return shown, keys, years


def _as_they_are(cells: Cells) -> Cells:
    return cells if tidy(cells) is not None else list(map(as_it_is, cells))
