"""A whole case file is erased by law: proposed by one, done by another, and nothing of it is left (R33, R37).

The journal keeps that there was a case, who took it away, when and why. Of a case that has to answer for a decision
nothing is erased: without it the decision would stand as if nobody had asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongshi.instance import Instance
from gongshi.law.review.words import State
from gongshi.lifecycle.cases.access import Act, Admitted, admit
from gongshi.lifecycle.cases.errors import CaseNotErasable, ReasonNeeded
from gongshi.lifecycle.people import normalised
from gongshi.store import Store
from gongshi.store.cases import CaseRow, Entered, entered
from gongshi.store.erase_cases import erase_case, erased_evidence
from gongshi.store.evidence import kept
from gongshi.store.operations import Operation
from gongshi.vault import Vault

_OVER = frozenset({"", State.DECIDED, State.NOT_DECIDED, State.TRANSFERRED})


@dataclass(frozen=True, slots=True)
class Erasure:
    """How far an erasure is: `done` by the second person, with the hashes of the files that left the vault."""

    case: str
    done: bool
    files: tuple[str, ...] = ()


def erase(store: Store, instance: Instance, vault: Vault, case: str, *, by: str, reason: str, now: datetime) -> Erasure:
    """Propose to erase a case, or, where another person proposed it, do so: heads, archivists and supervisors may.

    `reason` stays on record and must name nobody. Raises CaseNotFound, AccessRefused, ReasonNeeded, CaseNotErasable,
    ErasureIncomplete where a reader keeps the old bytes for now, VaultUnwritable.
    """
    if not reason.strip():
        raise ReasonNeeded("清除案卷须写明依据和理由（--why），不要写个人信息。")
    admitted = admit(store, instance, case, Act.ERASE, by=by, why=reason, now=now)
    _check(admitted.case)
    if not _proposed_by_another(store, admitted):
        return Erasure(case, done=False)
    department = admitted.case.department
    files = erase_case(store, case, reason=reason.strip(), by=admitted.by, department=department, now=now)
    finish(store, vault)
    return Erasure(case, done=True, files=files)


def finish(store: Store, vault: Vault) -> None:
    """Remove from the vault what the journal orders and no case names: also what a run that was killed left."""
    if orders := erased_evidence(store):
        with store.write():  # whoever names such a file meanwhile waits, and finds it gone
            for sha256 in sorted(orders - {one.sha256 for one in kept(store)}):
                vault.forget(sha256)


def _check(case: CaseRow) -> None:
    if case.review not in _OVER:
        raise CaseNotErasable("本案正在法制审核，不能清除：审核结束、作出决定或者终止以后再办理。")
    if case.major and case.claimed_key and not case.decided_seq:
        raise CaseNotErasable("本案的决定没有经过系统内的法制审核，案卷是核实的依据，不能清除。")


def _proposed_by_another(store: Store, admitted: Admitted) -> bool:
    """Whether the last proposal before this one is somebody else's."""
    asked = [one for one in entered(store, admitted.case.id, Operation.ACCESS) if _is_proposal(one)]
    return any(normalised(one.actor) != normalised(admitted.by) for one in asked)


def _is_proposal(one: Entered) -> bool:
    return bool(one.payload and one.payload["act"] == Act.ERASE and not one.payload["refused"])
