"""Who may read a case, and the record of every reading (R33, R35).

Whatever hands out more of a case than its counts takes an `Admitted`: it is made here alone, and only after the
reading stands in the journal. A reading that was refused stands there, too. What machines count (checks, reports, the
rebuild) reads no person and is no reading by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gongshi.instance import Instance
from gongshi.law.recording.hours import CITY_CLOCK
from gongshi.lifecycle.cases.errors import AccessRefused, CaseNotFound, ReasonNeeded
from gongshi.lifecycle.cases.people import handlers
from gongshi.lifecycle.people import is_one_of
from gongshi.store import Store
from gongshi.store.cases import CaseRow, case_row
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation


class Act(StrEnum):
    """What somebody does with a case that lets them read it."""

    SHOW = "show"
    DOSSIER = "dossier"
    PRINT = "print"
    """The documents of its legal review."""
    EVIDENCE = "evidence"
    """A file of the vault leaves it."""
    ACCESSES = "accesses"
    """Who read it."""
    ERASE = "erase"
    """All of it is to go; this stands on record as a reading does (gongshi/lifecycle/cases/erasing.py)."""


class Office(StrEnum):
    """In what capacity somebody reads."""

    HANDLER = "handler"
    LEGAL = "legal"
    HEAD = "head"
    ARCHIVIST = "archivist"
    SUPERVISOR = "supervisor"


OFFICES: Mapping[str, str] = {
    Office.HANDLER: "承办人",
    Office.LEGAL: "法制审核人员",
    Office.HEAD: "负责人",
    Office.ARCHIVIST: "案卷保管人",
    Office.SUPERVISOR: "监督人员",
}
_NOT_SUBMITTED = ("", "prepared")


def _always(_case: CaseRow) -> bool:
    return True


def _submitted(case: CaseRow) -> bool:
    """From the submission on a case is the legal body's to read."""
    return case.review not in _NOT_SUBMITTED


def _ended(case: CaseRow) -> bool:
    """An archivist keeps what has ended; what is confidential stays with those who work on it (R35)."""
    return bool(case.ended_on) and not case.confidential


_READS: Mapping[Office, Callable[[CaseRow], bool]] = {
    Office.HANDLER: _always,
    Office.LEGAL: _submitted,
    Office.HEAD: _always,
    Office.ARCHIVIST: _ended,
    Office.SUPERVISOR: _always,
}
_KEEPERS = (Office.HEAD, Office.ARCHIVIST, Office.SUPERVISOR)
PERMITTED: Mapping[Act, Mapping[Office, Callable[[CaseRow], bool]]] = {
    Act.SHOW: _READS,
    Act.DOSSIER: _READS,
    Act.PRINT: {office: _READS[office] for office in (Office.HANDLER, Office.LEGAL, Office.HEAD, Office.SUPERVISOR)},
    Act.EVIDENCE: _READS,
    Act.ACCESSES: {office: _READS[office] for office in _KEEPERS},
    Act.ERASE: {office: _READS[office] for office in _KEEPERS},
}
"""Who may do what, in which state of the case."""
_EXPLAINED = frozenset({Office.LEGAL, Office.HEAD, Office.ARCHIVIST, Office.SUPERVISOR})
"""Whoever reads a case that is not their own says why."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A reading that stands in the journal: of which case, by whom in what office, for what act."""

    case: CaseRow
    by: str
    office: Office
    act: Act


def admit(
    store: Store, instance: Instance, case: str, act: Act, *, by: str, now: datetime, why: str = "", target: str = ""
) -> Admitted:
    """Journal that `by` reads the case of that id, then let them: `target` says what of it (a line, a file's hash).

    Raises CaseNotFound, AccessRefused (journaled, too) and ReasonNeeded; StoreBusy or StoreUnwritable where the
    reading can not be recorded: then nothing is read.
    """
    found = case_row(store, case)
    if found is None:
        raise CaseNotFound(f"没有编号为 {case} 的案件，或者已依法清除。")
    allowed = [office for office in offices_of(store, instance, found, by, now) if _may(act, office, found)]
    refused = AccessRefused.code if not allowed else ""
    reason = why.strip()
    if allowed and allowed[0] in _EXPLAINED and not reason:
        raise ReasonNeeded(f"以{OFFICES[allowed[0]]}身份查阅案卷要写明事由（--why）。")
    said = {"role": allowed[0] if allowed else "", "act": act, "target": target, "purpose": reason, "refused": refused}
    with store.write():
        store.append([Draft(by.strip(), found.department, "", "case", found.id, Operation.ACCESS, said)], now)
    if refused:
        raise AccessRefused(
            f"“{by}”不能这样查阅本案：承办人、负责人、监督人员可以查阅，法制审核人员从送审起、案卷保管人从结案起可以查阅。"
            "这次查阅请求已经记录。"
        )
    return Admitted(found, by.strip(), allowed[0], act)


def offices_of(store: Store, instance: Instance, case: CaseRow, by: str, now: datetime) -> Iterator[Office]:
    """The offices that `by` holds in this case at that time, the nearest to it first; a reviewer's ends with the
    registration."""
    roles, day = instance.roles, now.astimezone(CITY_CLOCK).date()
    own = roles.of(case.department)
    if is_one_of(by, handlers(store, case.id)):
        yield Office.HANDLER
    mine = (one for one in roles.reviewers if case.department in one.departments and one.holds_on(day))
    if is_one_of(by, (one.name for one in mine)):
        yield Office.LEGAL
    if is_one_of(by, own.heads):
        yield Office.HEAD
    if is_one_of(by, own.archivists):
        yield Office.ARCHIVIST
    if is_one_of(by, (one.name for one in roles.supervisors if one.over(case.department))):
        yield Office.SUPERVISOR


def _may(act: Act, office: Office, case: CaseRow) -> bool:
    condition = PERMITTED[act].get(office)
    return condition is not None and condition(case)
