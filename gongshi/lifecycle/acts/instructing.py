"""What the supervisor instructs where a major decision came without a passed review (S3, L4): publish, or revoke.

A missing review is no ground of D18: the decision is neither refused nor withheld, it waits for this. Instructed to be
revoked it goes on waiting, and its department ends it as it ends any other. What is public already stays so until then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from gongshi.instance import Instance
from gongshi.law.review.attestation import TOLD, ReviewStanding
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.errors import DecisionNotFound, InstructNotAsked, ReasonNeeded, SamePerson, SupervisorUnknown
from gongshi.lifecycle.people import is_one_of, normalised
from gongshi.lifecycle.registry.told import cited
from gongshi.lifecycle.released import instruction_of
from gongshi.lifecycle.stored_facts import facts_of
from gongshi.records.department import Department
from gongshi.store import Pending, Store, latest
from gongshi.store.journal import Draft
from gongshi.store.operations import PUBLISH_IT, REVOKE_IT, Operation
from gongshi.store.queries import batch

LABELS = {PUBLISH_IT: "公示", REVOKE_IT: "撤销"}
_NEXT = {
    PUBLISH_IT: "审核人审核过的，下一次 rebuild 公示。",
    REVOKE_IT: "没有公示的继续暂缓，已经公示的由部门按 gongshi withdraw 撤下。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructed:
    """What was instructed for one version; `changed` is false where it was on record before."""

    id: str
    document_number: str
    version: int
    instruction: str
    by: str
    changed: bool

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return asdict(self)

    def render_text(self) -> str:
        """For the supervisor, in Chinese."""
        again = "（此前已有相同的指示，没有改动）" if not self.changed else ""
        said = f"{self.document_number}：监督人员{self.by}指示{LABELS[self.instruction]}{again}。"
        return said + _NEXT[self.instruction]


def asked_of(store: Store, instance: Instance, receipt: str) -> tuple[str, ...]:
    """The decisions of a receipt of which nobody said that they were reviewed; none where it is no receipt.

    Those that a receipt shows to be made without review are instructed one by one.
    """
    if batch(store, receipt) is None:
        return ()
    rules = determined(store, instance).rules
    rows = store.db.execute(
        "SELECT d.id FROM versions v JOIN disclosures d ON d.newest = v.seq WHERE v.batch = ? ORDER BY v.seq",
        (receipt,),
    )
    return tuple(
        one.id
        for one in latest(store, [row["id"] for row in rows])
        if facts_of(one, instance.department(one.decision.department), store, rules).review == ReviewStanding.UNVERIFIED
    )


def instruct(
    store: Store,
    instance: Instance,
    records: Sequence[str],
    *,
    instruction: str,
    reason: str,
    document: str,
    by: str,
    today: date,
    now: datetime,
) -> tuple[Instructed, ...]:
    """Record `by`'s instruction (publish or revoke) for the newest version of each of `records`, all or none.

    Raises SupervisorUnknown, SamePerson for who submits or reviews for the department, ReasonNeeded without reason or
    number of the document, InstructNotAsked where the review is no question.
    """
    if not (reason.strip() and document.strip()):
        raise ReasonNeeded("监督机构的指示须写明理由（--why）和文号（--document）。")
    with store.write():
        found = list(latest(store, records))
        if not found or len(found) != len(set(records)):
            raise DecisionNotFound("没有这个决定，或者它的内容已经依法清除。")
        rules = determined(store, instance).rules
        done, drafts = [], []
        for newest in found:
            department = instance.department(newest.decision.department)
            _check_person(instance, by, department, newest)
            _check_asked(facts_of(newest, department, store, rules).review, newest)
            changed = instruction_of(store, newest) != instruction
            if changed:
                said = {"version": newest.version, "instruction": instruction, "reason": reason.strip()}
                payload = {**said, "document": document.strip(), "on": today.isoformat()}
                kind = newest.decision.kind
                drafts.append(Draft(by.strip(), department.key, "", kind, newest.id, Operation.INSTRUCT, payload))
            done.append(_told(newest, instruction, by, changed=changed))
        if drafts:
            store.append(drafts, now)
    return tuple(done)


def _told(newest: Pending, instruction: str, by: str, *, changed: bool) -> Instructed:
    return Instructed(
        id=newest.id,
        document_number=cited(newest.decision),
        version=newest.version,
        instruction=instruction,
        by=by.strip(),
        changed=changed,
    )


def _check_person(instance: Instance, by: str, department: Department, newest: Pending) -> None:
    """A registered supervisor of the department who has no part in what it publishes."""
    if not any(
        normalised(one.name) == normalised(by) and one.over(department.key) for one in instance.roles.supervisors
    ):
        raise SupervisorUnknown(
            f"“{by}”不是{department.name}的监督人员，请由 data/reference/roles.yml 登记的监督人员办理。"
        )
    if is_one_of(by, (*department.submitters, *department.reviewers, newest.by)):
        raise SamePerson(f"“{by}”是{department.name}的提交人或者审核人，须由另一位监督人员指示。")


def _check_asked(review: str, newest: Pending) -> None:
    if review not in {*TOLD, ReviewStanding.INSTRUCTED}:
        raise InstructNotAsked(
            f"{cited(newest.decision)}不需要监督机构指示：不是须经法制审核的决定，或者已经核实经过审核。"
        )
