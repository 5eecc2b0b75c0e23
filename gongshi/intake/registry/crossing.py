"""What must hold between records: of a batch with each other, and with what the store has."""

from __future__ import annotations

from collections.abc import Sequence

from gongshi.intake.registry.asked import Asked
from gongshi.intake.registry.record import Finding, Record


def cross(records: Sequence[Record], asked: Asked) -> list[Record]:
    """The right records, each once, after all that they say against others is told."""
    first: dict[str, Record] = {}
    for record in records:
        if any(name in record.failed or not record.values[name] for name in record.kind.identity):
            continue
        other = first.setdefault(record.key, record)
        if other is not record:
            _again(record, other)
    return [record for record in first.values() if not record.wrong]


def _again(record: Record, other: Record) -> None:
    """A second record of one identity: the same once more, or another, and then both are kept out."""
    number = record.kind.identity[0] if record.kind.identity else record.kind.number
    value, at = record.values[number] or "", f"第 {other.row} {other.sheet.place.unit}"
    if record.values == other.values:
        record.tell(Finding("W401", number, {"other": at, "value": value}))
        record.wrong = other.wrong
        return
    other.wrong = record.wrong = True
    if record.kind.name == "officer":
        record.tell(Finding("E521", number, {"value": value, "detail": f"与{at}的相同", "advice": ""}))
    else:
        record.tell(Finding("E503", number, {"value": value, "other": at}))
