"""A procedure must come to an end (D10, D24): the law's faults of its steps in the submitter's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongshi.intake.registry.asked import Asked
from gongshi.intake.registry.record import Finding, Record
from gongshi.law.procedure import Fault, FaultKind, faults, number

_CODES = {
    FaultKind.LOOP: "E513",
    FaultKind.DEAD_END: "E514",
    FaultKind.UNREACHABLE: "E515",
    FaultKind.UNKNOWN: "E516",
    FaultKind.TWICE: "E517",
    FaultKind.NO_END: "E517",
}
_AT = {FaultKind.TWICE: "steps.number", FaultKind.UNREACHABLE: "steps.number"}


def steps(record: Record, asked: Asked) -> Iterator[Finding]:
    """What keeps somebody from coming to an end. A step with a refused cell says nothing of the others."""
    if "steps" in record.failed:
        return
    rows = {number(row.cells.get("number", "")): row for row in reversed(record.tables["steps"])}
    found = list(faults([row.cells for row in record.tables["steps"]]))
    kinds = {fault.kind for fault in found}
    for fault in found:
        follows = fault.kind is FaultKind.NO_END and kinds & {FaultKind.LOOP, FaultKind.DEAD_END}
        dead = fault.kind is FaultKind.DEAD_END and FaultKind.UNKNOWN in kinds
        if not follows and not (dead and any(f.kind is FaultKind.UNKNOWN and f.step == fault.step for f in found)):
            yield Finding(_CODES[fault.kind], _AT.get(fault.kind, "steps.next"), _words(fault), rows.get(fault.step))


def _words(fault: Fault) -> Mapping[str, object]:
    match fault.kind:
        case FaultKind.LOOP:
            return {"value": fault.step, "path": "→".join(fault.path)}
        case FaultKind.TWICE:
            return {"value": fault.step, "detail": f"步骤编号“{fault.step}”写了几次"}
        case FaultKind.NO_END:
            return {"detail": "没有一步是结束"}
        case _:
            return {"value": fault.step, "target": fault.target}
