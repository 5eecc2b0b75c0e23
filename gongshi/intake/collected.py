"""What a check finds, kept in bounded memory however large the files: decisions or records, problems, wrong rows."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, overload

import orjson

from gongshi.intake.catalogue import CATALOGUE, Severity
from gongshi.intake.problems import Problem
from gongshi.intake.readers import Fault
from gongshi.intake.spool import Spool
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.decision import Decision


class Change(StrEnum):
    """What a decision is to the store. Only the first three are received and await review."""

    ADDED = "added"
    CHANGED = "changed"
    RESUBMITTED = "resubmitted"
    UNCHANGED = "unchanged"
    BARRED = "barred"


_CHANGES: Mapping[str, Change] = {change.value: change for change in Change}
"""By its word: a look-up takes a fifth of making the enumeration's member from it."""
CHANGE_LABELS: Mapping[str, str] = {
    Change.ADDED: "新增",
    Change.CHANGED: "变化",
    Change.RESUBMITTED: "退回后重报",
    Change.UNCHANGED: "无变化",
    Change.BARRED: "已清除不再接收",
}
"""In a check's report and in a receipt."""


@dataclass(frozen=True, slots=True, order=True)
class RowRef:
    """A row of a file: the file's name, the sheet's, and the file's own row number."""

    file: str
    sheet: str
    row: int


class WrongRows(Collection[RowRef]):
    """Rows that cannot be taken, in the order of files' names, sheets and rows: a byte for each row of a sheet."""

    def __init__(self) -> None:
        self._sheets: dict[tuple[str, str], bytearray] = {}
        self._count = 0

    def add(self, ref: RowRef) -> None:
        """Add a row; again, nothing happens."""
        rows = self._sheets.setdefault((ref.file, ref.sheet), bytearray())
        if len(rows) <= ref.row:
            rows.extend(bytes(ref.row + 1 - len(rows)))
        self._count += not rows[ref.row]
        rows[ref.row] = 1

    def in_file(self, file: str) -> int:
        """How many rows of one file are wrong."""
        return sum(rows.count(1) for (name, _), rows in self._sheets.items() if name == file)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[RowRef]:
        for (file, sheet), rows in sorted(self._sheets.items()):
            at = rows.find(1)
            while at >= 0:
                yield RowRef(file, sheet, at)
                at = rows.find(1, at + 1)

    def __contains__(self, ref: object) -> bool:
        if not isinstance(ref, RowRef):
            return False
        rows = self._sheets.get((ref.file, ref.sheet), b"")
        return ref.row < len(rows) and bool(rows[ref.row])


_RANKS = {code: rank for rank, code in enumerate(sorted({*CATALOGUE, *(fault.value for fault in Fault)}))}
_PROBLEM = ("code", "severity", "file", "sheet", "row", "column", "position", "value", "message", "hint", "unit")


def _encoded(problem: Problem) -> bytes:
    return orjson.dumps([getattr(problem, name) for name in _PROBLEM])


def _problem(raw: bytes) -> Problem:
    values = dict(zip(_PROBLEM, orjson.loads(raw), strict=True))
    return Problem(**{**values, "severity": Severity(values["severity"])})


class Problems:
    """Every problem, counted by code. `recent` are those that may still be taken back."""

    def __init__(self) -> None:
        self.recent: list[Problem] = []
        self.counts: Counter[str] = Counter()
        self.errors = 0
        self._all: Spool[Problem] = Spool(_encoded, _problem)
        self._places: list[int] = []

    def keep(self, order: Mapping[tuple[str, str], int]) -> None:
        """Put the recent ones away for good; `order` is that of files and sheets."""
        if not self.recent:
            return
        for problem in self.recent:
            self.counts[problem.code] += 1
            self.errors += problem.is_error
            self._places.append(_place(problem, order[problem.file, problem.sheet]))
        self._all.extend_raw(map(_encoded, self.recent))
        self.recent.clear()

    def sorted(self) -> Spool[Problem]:
        """All of them by file, sheet, row and column."""
        order = sorted(range(len(self._places)), key=self._places.__getitem__)
        if order == list(range(len(order))):
            return self._all
        found: Spool[Problem] = Spool(_encoded, _problem)
        for at in order:
            found.extend_raw(self._all.raw(at, at + 1))
        return found


def _place(problem: Problem, sheet: int) -> int:
    """A number that sorts as (sheet, row, column, code) do."""
    return (((sheet << 24) + problem.row << 16) + min(problem.position, 0xFFFF) << 10) + _RANKS[problem.code]


class Found(NamedTuple):
    """One right decision or record: where it began (`order`), its full key, what is looked up by its value, its
    payload. `until` is a record's last day in force, empty where it has none."""

    order: int
    kind: str
    key: str
    number: str
    event_on: str
    review_on: str
    body: bytes
    until: str = ""

    @property
    def decision(self) -> Decision:
        """The decision itself."""
        return Decision.from_payload(orjson.loads(self.body))


Known = Callable[[Sequence[Found]], Mapping[str, Change]]
"""What those of the decisions are that the store knows, by their keys."""


def found_of(decision: Decision, order: int = 0) -> Found:
    """The decision as it is kept."""
    value, kind = decision.values.get, SUBMITTED_KINDS[decision.kind]
    return Found(
        order=order,
        kind=decision.kind,
        key=decision.key,
        number=value(kind.number) or "",
        event_on=value(kind.event) or "",
        review_on=value("withhold_review_on") or "",
        body=orjson.dumps(decision.to_payload(), option=orjson.OPT_SORT_KEYS),
        until=value("effective_to") or "",
    )


class Checked(NamedTuple):
    """A right decision and what it would be to the store."""

    found: Found
    change: Change


def encoded(checked: Checked) -> bytes:
    """A line that says what it is and what is looked up, a line with the payload."""
    *head, body, until = checked.found
    return orjson.dumps([*head, until, checked.change]) + b"\n" + body


def checked_of(raw: bytes) -> Checked:
    """What `encoded` wrote."""
    head, _, body = raw.partition(b"\n")
    order, kind, key, number, event_on, review_on, until, change = orjson.loads(head)
    return Checked(Found(order, kind, key, number, event_on, review_on, body, until), _CHANGES[change])


class Decisions(Sequence[Decision]):
    """The right decisions of a batch in the order of their first rows. `counts` says what they are to the store,
    `kinds` of which kinds they are."""

    def __init__(self, checked: Iterable[Checked] = ()) -> None:
        self.counts: Counter[Change] = Counter()
        self.kinds: Counter[str] = Counter()
        self.checked: Spool[Checked] = Spool(encoded, checked_of)
        self._orders = array("Q")
        self.extend(checked)

    def extend(self, checked: Iterable[Checked]) -> None:
        """Add decisions."""
        some = checked if isinstance(checked, list) else list(checked)
        self.counts.update(one.change for one in some)
        self.kinds.update(one.found.kind for one in some)
        self._orders.extend(one.found.order for one in some)
        self.checked.extend_raw(map(encoded, some))

    def sorted(self) -> Decisions:
        """The same by their first rows: those whose rows were scattered have come last."""
        if all(one <= other for one, other in pairwise(self._orders)):
            return self
        places = sorted(range(len(self)), key=self._orders.__getitem__)
        return Decisions(self.checked[place] for place in places)

    def __len__(self) -> int:
        return len(self.checked)

    def __iter__(self) -> Iterator[Decision]:
        return (checked.found.decision for checked in self.checked)

    @overload
    def __getitem__(self, at: int) -> Decision: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Decision]: ...
    def __getitem__(self, at: int | slice) -> Decision | Sequence[Decision]:
        if isinstance(at, slice):
            return [one.found.decision for one in self.checked[at]]
        return self.checked[at].found.decision


def found_in(decisions: Sequence[Decision]) -> Iterator[Found]:
    """Each decision as it is kept. Raises ValueError where one comes twice among such as no check has gathered."""
    if isinstance(decisions, Decisions):
        yield from (checked.found for checked in decisions.checked)
        return
    if len({decision.key for decision in decisions}) < len(decisions):
        raise ValueError("a batch holds one decision twice: intake groups its rows")
    yield from map(found_of, decisions)
