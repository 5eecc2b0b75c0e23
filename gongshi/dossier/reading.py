"""Everything that the journal has of a case, for one reading that stands on record (R33)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gongshi.lifecycle.cases.access import PERMITTED, Act, Admitted
from gongshi.records.cases.key import number_in
from gongshi.records.cases.vocabulary import label_of
from gongshi.store import Store
from gongshi.store.cases import CaseRow, Entered, entered
from gongshi.store.operations import Operation

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """The newest version of a line of a case: the entry that holds it, and the files of the vault that belong to it."""

    number: str
    sheet: str
    what: str
    values: Mapping[str, str | None]
    entry: Entered
    files: tuple[Payload, ...]

    @property
    def label(self) -> str:
        """What it is, in words."""
        return label_of(self.what)

    @property
    def stage(self) -> str:
        """The code of its stage; empty where it has none of its own."""
        stage: str = self._shown.get("stage") or ""
        return stage

    @property
    def at(self) -> str:
        """When it happened; empty where nobody said."""
        at: str = self._shown.get("at") or ""
        return at

    @property
    def _shown(self) -> Payload:
        return (self.entry.payload or {}).get("shown") or {}


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its entries, in the order in which they were recorded; payloads that were erased are None."""

    admitted: Admitted
    entries: tuple[Entered, ...]

    @property
    def case(self) -> CaseRow:
        """What the tables hold of it."""
        return self.admitted.case

    @property
    def values(self) -> Mapping[str, str | None]:
        """The fields of its newest version; empty where they were erased."""
        values: Mapping[str, str | None] = self._newest.get("values", {})
        return values

    def as_of(self, seq: int) -> CaseFile:
        """The file as it was when that entry was recorded."""
        return replace(self, entries=tuple(one for one in self.entries if one.seq <= seq))

    @property
    def parties(self) -> Sequence[Mapping[str, str | None]]:
        """The parties of its newest version."""
        parties: Sequence[Mapping[str, str | None]] = self._newest.get("parties", ())
        return parties

    @property
    def number(self) -> str:
        """Its number as the department writes it."""
        return self.values.get("number") or number_in(self.case.key)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its current lines, in the order in which their numbers first came."""
        files: dict[str, list[Payload]] = {}
        for _, payload in self.of(Operation.EVIDENCE):
            files.setdefault(payload["line"], []).append(payload)
        newest = {payload["line"]: (entry, payload) for entry, payload in self.of(Operation.CASE_RECORD)}
        return tuple(
            Line(number, said["sheet"], said["what"], said["values"], entry, tuple(files.get(number, ())))
            for number, (entry, said) in newest.items()
        )

    @property
    def accesses(self) -> tuple[tuple[Entered, Payload], ...] | None:
        """Who read it; None where the reader's office does not see that (R33)."""
        return tuple(self.of(Operation.ACCESS)) if self.admitted.office in PERMITTED[Act.ACCESSES] else None

    def of(self, operation: Operation) -> Iterator[tuple[Entered, Payload]]:
        """The entries of one operation whose payload is there."""
        return ((one, one.payload) for one in self.entries if one.operation == operation and one.payload)

    @property
    def _newest(self) -> Payload:
        return next((payload for _, payload in reversed(list(self.of(Operation.CASE)))), {})


def read(store: Store, admitted: Admitted) -> CaseFile:
    """The whole of a case, for whoever was admitted to it."""
    return CaseFile(admitted, entered(store, admitted.case.id))
