"""What the store has of a case, for checking and taking in what comes of it next. A machine's reading, no person's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongshi.intake.cases.model import Known, KnownCase
from gongshi.store import Store
from gongshi.store.cases import CaseRow, LineRow, case_id, case_row, entered, lines
from gongshi.store.operations import Operation


@dataclass(frozen=True, slots=True)
class Newest:
    """A case as it stands: its row, the newest payload of itself, its current lines and the values of each."""

    row: CaseRow
    said: Mapping[str, Any]
    lines: Mapping[str, LineRow]
    values: Mapping[str, Mapping[str, str | None]]
    decided: str


def newest(store: Store, key: str) -> Newest | None:
    """The case of that key; None where there is none, or where it was erased."""
    case = case_id(store, key)
    row = case_row(store, case) if case else None
    if row is None:
        return None
    said, decided, values = {}, "", {}
    for entry in entered(store, case, Operation.CASE, Operation.CASE_RECORD, Operation.DECIDE):
        payload = entry.payload or {}
        if entry.operation == Operation.CASE:
            said = dict(payload)
        elif entry.operation == Operation.DECIDE:
            decided = str(payload.get("substance", ""))
        elif payload:
            values[str(payload["line"])] = payload["values"]
    return Newest(row, said, {line.line: line for line in lines(store, case)}, values, decided)


def known_cases(store: Store) -> Known:
    """For a check: what the store has of a case, by its key."""

    def known(key: str) -> KnownCase | None:
        found = newest(store, key)
        if found is None:
            return None
        return KnownCase(
            values=found.said["values"],
            parties=tuple(found.said["parties"]),
            lines={number: line.sheet for number, line in found.lines.items()},
            whats=frozenset(line.what for line in found.lines.values()),
            decided=found.decided,
            major=found.row.major,
        )

    return known
