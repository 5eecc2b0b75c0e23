"""Taking a checked batch into the store: whole or not at all, compared with what is there, with a receipt."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain

import orjson
from orjson import Fragment

from gongshi.instance import Instance
from gongshi.intake.answer.rendering import reminders
from gongshi.intake.batch import Batch, SourceFile
from gongshi.intake.collected import Change, Decisions, found_in
from gongshi.lifecycle.errors import NothingToSubmit, WrongDepartment
from gongshi.lifecycle.people import check_submitter
from gongshi.lifecycle.planned import RECEIVED, Plan, plans
from gongshi.lifecycle.receipt import Receipt, receipt
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.department import Department
from gongshi.store import Store, raw
from gongshi.store.journal import Draft, Ready, canonical
from gongshi.store.known import has_any
from gongshi.store.operations import Operation
from gongshi.store.queries import same_files
from gongshi.store.sqlite import Connection


def submit(
    store: Store,
    instance: Instance,
    batch: Batch,
    *,
    by: str,
    today: date,
    now: datetime,
    beside: Sequence[SourceFile] = (),
    listing: bool = True,
) -> Receipt:
    """Journal `batch`, which `by` submits today; `beside` are files that belong to it without holding rows. Without
    `listing` the receipt only counts its decisions: to look for names in each takes longer than to journal it.

    The same files from the same department again give the earlier receipt and change nothing. Every
    decision that is new or says something else becomes a version that awaits review, with the stored
    parties that the batch does not name. Attachments are kept as they were sent and as they may be published.
    When this returns, the batch is on the disk.
    Raises SubmitterUnknown, WrongDepartment or NothingToSubmit, and leaves the store as it was.
    """
    department = instance.department(batch.department)
    _check(batch, department, by)
    files = tuple(file.hashed() for file in (*batch.files, *beside))
    attached = tuple(sent for sent, _ in batch.attachments)
    mark = fingerprint((*files, *attached), earlier=batch.earlier, evidence=batch.evidence, left_out=batch.left_out)
    with store.write() as db:
        known = same_files(store, department.key, mark)
        receipt_id = known or free_receipt(db, department, today)
        if known is None:
            meta = {"by": by.strip(), "on": today.isoformat(), "earlier": batch.earlier, "evidence": batch.evidence}
            known_before = _plans(store, batch) if has_any(store, department.key, _kinds(batch)) else None
            head = {**meta, "fingerprint": mark, "rows": batch.rows, **_summary(known_before, files, batch)}
            for file in (*files, *chain.from_iterable(batch.attachments)):
                raw.keep(db, file.sha256, file.pieces(raw.PIECE))
            # What is to become of each decision is asked again: a million of answers would not fit.
            store.append(_drafts(receipt_id, department.key, head, _plans(store, batch)), now)
    return receipt(store, instance, receipt_id, again=known is not None, brief=True, listing=listing)


def fingerprint(files: Sequence[SourceFile], *, earlier: bool, evidence: str, left_out: int = 0) -> str:
    """What makes a batch the same batch: its files by content, and what was said of them.

    A file of which `left_out` rows were wrong is another batch once they are right, as they are when
    the department's new name has been registered.
    """
    said = [sorted(file.sha256 for file in files), earlier, evidence, *([left_out] if left_out else [])]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def _check(batch: Batch, department: Department, by: str) -> None:
    check_submitter(by, department)
    if not batch.decisions:
        raise NothingToSubmit("这一批没有可以接收的决定。")
    checked = isinstance(batch.decisions, Decisions)  # for this very department, and too many to look at each
    if not checked and any(decision.department != department.key for decision in batch.decisions):
        raise WrongDepartment(f"这一批里有不属于{department.name}的决定，整批不予接收。")


def _kinds(batch: Batch) -> Iterable[str]:
    decisions = batch.decisions
    return decisions.kinds if isinstance(decisions, Decisions) else {decision.kind for decision in decisions}


def _plans(store: Store, batch: Batch) -> Iterator[Plan]:
    return plans(store, batch.department, found_in(batch.decisions), earlier=batch.earlier)


_MOST_WARNINGS = 2_000
"""Warnings about single decisions that a receipt lists."""


def _summary(planned: Iterable[Plan] | None, files: Sequence[SourceFile], batch: Batch) -> Mapping[str, object]:
    """What the entry of the batch says of all of it; without `planned` every decision is added."""
    left_out = [f"有 {batch.left_out} 行有错误，没有接收，改正后另行提交。"] if batch.left_out else []
    counted: Counter[str] = Counter(added=len(batch.decisions) if planned is None else 0)
    warnings: list[str] = []
    for plan in planned or ():
        counted[plan.change] += 1
        if plan.warning and len(warnings) < _MOST_WARNINGS:
            warnings.append(plan.warning)
    return {
        "counts": {change.value: counted[change] for change in Change},
        "warnings": [*left_out, *warnings, *reminders(batch.problems)],
        "files": [
            *({"name": file.name, "sha256": file.sha256, "size": file.size} for file in files),
            *(
                {"name": sent.name, "sha256": sent.sha256, "size": sent.size, "cleaned": published.sha256}
                for sent, published in batch.attachments
            ),
        ],
    }


def _drafts(receipt_id: str, department: str, head: Mapping[str, object], planned: Iterable[Plan]) -> Iterator[Draft]:
    by, on = str(head["by"]), str(head["on"])
    yield Draft(by, department, receipt_id, "batch", receipt_id, Operation.BATCH, head)
    for plan in planned:
        if plan.change in RECEIVED:
            payload = _payload(plan, on)
            yield Draft(by, department, receipt_id, plan.found.kind, plan.record, Operation.RECEIVE, payload)


def _payload(plan: Plan, on: str) -> Ready:
    """The payload with the decision's own JSON as it is; of the decision only what the current tables look up."""
    found = plan.found
    said: dict[str, object] = {"base": plan.base, "change": plan.change, "earlier": plan.earlier, "on": on}
    declared = SUBMITTED_KINDS[found.kind]
    looked_up = {
        declared.number: found.number,
        declared.event: found.event_on,
        "withhold_review_on": found.review_on,
        "effective_to": found.until,
    }
    return Ready(
        canonical({**said, "decision": Fragment(found.body)}),
        {**said, "decision": {"key": found.key, "values": looked_up}},
    )


def free_receipt(db: Connection, department: Department, today: date) -> str:
    """A receipt number that nobody has: the day, the department's last six characters, and chance."""
    while True:
        receipt_id = f"{today:%Y%m%d}-{department.key[-6:]}-{secrets.token_hex(3)}"
        if db.execute("SELECT 1 FROM batches WHERE receipt = ?", (receipt_id,)).fetchone() is None:
            return receipt_id
