"""Taking a checked batch into the store: whole or not at all, compared with what is there, with a receipt."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

import orjson
from orjson import Fragment

from gongshi.instance import Instance
from gongshi.intake.answer.rendering import reminders
from gongshi.intake.batch import Batch, SourceFile
from gongshi.intake.collected import Decisions, Found, found_in, found_of
from gongshi.lifecycle.errors import NothingToSubmit, WrongDepartment
from gongshi.lifecycle.merge import merge, same
from gongshi.lifecycle.people import check_submitter
from gongshi.lifecycle.receipt import CHANGE_LABELS, Receipt, receipt
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision
from gongshi.records.department import Department
from gongshi.store import Store, raw
from gongshi.store.journal import Draft, Ready, canonical
from gongshi.store.known import has_any
from gongshi.store.operations import RETURNED, Operation
from gongshi.store.queries import chosen, same_files
from gongshi.store.sqlite import Connection, Row


def submit(
    store: Store,
    instance: Instance,
    batch: Batch,
    *,
    by: str,
    today: date,
    now: datetime,
    beside: Sequence[SourceFile] = (),
) -> Receipt:
    """Journal `batch`, which `by` submits today; `beside` are files that belong to it without holding rows.

    The same files from the same department again give the earlier receipt and change nothing. Every
    decision that is new or says something else becomes a version that awaits review, with the stored
    parties that the batch does not name. When this returns, the batch is on the disk.
    Raises SubmitterUnknown, WrongDepartment or NothingToSubmit, and leaves the store as it was.
    """
    department = instance.department(batch.department)
    _check(batch, department, by)
    files = tuple(file.hashed() for file in (*batch.files, *beside))
    mark = fingerprint(files, earlier=batch.earlier, evidence=batch.evidence, left_out=batch.left_out)
    with store.write() as db:
        known = same_files(store, department.key, mark)
        receipt_id = known or _free_receipt(db, department, today)
        if known is None:
            meta = {"by": by.strip(), "on": today.isoformat(), "earlier": batch.earlier, "evidence": batch.evidence}
            plans = _plans(store, batch) if has_any(store, department.key) else None
            head = {**meta, "fingerprint": mark, "rows": batch.rows, **_summary(plans, files, batch)}
            for file in files:
                raw.keep(db, file.sha256, file.pieces(raw.PIECE))
            # What is to become of each decision is asked again: a million of answers would not fit.
            store.append(_drafts(receipt_id, department.key, head, _plans(store, batch)), now)
    return receipt(store, instance, receipt_id, again=known is not None, brief=True)


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


class _Plan(NamedTuple):
    """What is to become of one decision of the batch."""

    change: str
    record: str
    found: Found
    base: int | None
    earlier: bool
    warning: str = ""

    @property
    def is_received(self) -> bool:
        return self.change not in ("unchanged", "barred")


_STORED = """
SELECT d.key, d.id, d.newest, d.stopped, d.stays_down, d.ended_by, v.earlier, v.review, v.erased_by, p.body
FROM disclosures d JOIN versions v ON v.seq = d.newest LEFT JOIN payloads p ON p.seq = v.seq WHERE d.key IN ({})
"""
_STANDING = """
SELECT p.body FROM versions v JOIN payloads p USING (seq) WHERE v.id = ? AND v.review <> ? ORDER BY v.seq DESC LIMIT 1
"""
_AT_ONCE = 500


def _plans(store: Store, batch: Batch) -> Iterator[_Plan]:
    """What is to become of each decision, some at a time. An added one gets an id of its own each time."""
    asks = has_any(store, batch.department)
    decisions = found_in(batch.decisions)
    while some := list(islice(decisions, _AT_ONCE)):
        rows = chosen(store.db, _STORED, [found.key for found in some]) if asks else ()
        stored = {row["key"]: row for row in rows}
        chance = secrets.token_hex(8 * len(some))
        for number, found in enumerate(some):
            row = stored.get(found.key)
            if row is None:
                yield _Plan("added", chance[16 * number : 16 * number + 16], found, None, batch.earlier)
            else:
                yield _again(store.db, row, found, batch.earlier)


def _again(db: Connection, row: Row, found: Found, earlier: bool) -> _Plan:
    """A decision that the store knows."""
    if row["erased_by"] is not None:
        warning = f"{found.number}：此前已依法清除，不再接收；确需重新公示的请联系管理员。"
        return _Plan("barred", row["id"], found, None, earlier, warning)
    decision = found.decision
    newest = _decision(row)
    standing = _standing(db, row)
    merged = merge(standing, decision) if standing else None
    now = merged.decision if merged else decision
    if row["review"] != RETURNED and same(newest, now) and bool(row["earlier"]) == earlier:
        return _Plan("unchanged", row["id"], found, row["newest"], earlier)
    change = "resubmitted" if row["review"] == RETURNED else "changed"
    unmatched = bool(merged and merged.unmatched)
    warning = "".join(_warnings(found.number, row, unmatched=unmatched))
    return _Plan(change, row["id"], found_of(now), row["newest"], earlier, warning)


def _warnings(number: str, row: Row, *, unmatched: bool) -> Iterator[str]:
    if unmatched:
        yield f"{number}：填写的“更正前的行政相对人名称”与已报送的行政相对人都不一致，已按新增处理，请核对。"
    if row["stays_down"] or row["ended_by"]:
        yield f"{number}：此前已经撤下，重新提交和审核不会使其恢复；确需恢复的，由两人办理恢复公示（gongshi restore）。"
    elif row["stopped"]:
        yield f"{number}：此前已停止公示或者暂缓公示，重新提交不会使其恢复，须经审核人重新审核。"


def _standing(db: Connection, row: Row) -> Decision | None:
    """The newest version that was not returned: what a returned one said of the parties does not stay."""
    if row["review"] != RETURNED:
        return _decision(row)
    found = db.execute(_STANDING, (row["id"], RETURNED)).fetchone()
    return _decision(found) if found else None


def _decision(row: Row) -> Decision:
    return Decision.from_payload(orjson.loads(row["body"])["decision"])


_MOST_WARNINGS = 2_000
"""Warnings about single decisions that a receipt lists."""


def _summary(plans: Iterable[_Plan] | None, files: Sequence[SourceFile], batch: Batch) -> Mapping[str, object]:
    """What the entry of the batch says of all of it; without `plans` every decision is added."""
    left_out = [f"有 {batch.left_out} 行有错误，没有接收，改正后另行提交。"] if batch.left_out else []
    counted: Counter[str] = Counter(added=len(batch.decisions) if plans is None else 0)
    warnings: list[str] = []
    for plan in plans or ():
        counted[plan.change] += 1
        if plan.warning and len(warnings) < _MOST_WARNINGS:
            warnings.append(plan.warning)
    return {
        "counts": {word: counted[word] for word in CHANGE_LABELS},
        "warnings": [*left_out, *warnings, *reminders(batch.problems)],
        "files": [{"name": file.name, "sha256": file.sha256, "size": file.size} for file in files],
    }


def _drafts(receipt_id: str, department: str, head: Mapping[str, object], plans: Iterable[_Plan]) -> Iterator[Draft]:
    by, on = str(head["by"]), str(head["on"])
    yield Draft(by, department, receipt_id, "batch", receipt_id, Operation.BATCH, head)
    for plan in plans:
        if plan.is_received:
            payload = _payload(plan, on)
            yield Draft(by, department, receipt_id, plan.found.kind, plan.record, Operation.RECEIVE, payload)


def _payload(plan: _Plan, on: str) -> Ready:
    """The payload with the decision's own JSON as it is; of the decision only what the current tables look up."""
    found = plan.found
    said: dict[str, object] = {"base": plan.base, "change": plan.change, "earlier": plan.earlier, "on": on}
    looked_up = {
        "document_number": found.number,
        DECISION_KINDS[found.kind].event: found.event_on,
        "withhold_review_on": found.review_on,
    }
    return Ready(
        canonical({**said, "decision": Fragment(found.body)}),
        {**said, "decision": {"key": found.key, "values": looked_up}},
    )


def _free_receipt(db: Connection, department: Department, today: date) -> str:
    """A receipt number that nobody has: the day, the department's last six characters, and chance."""
    while True:
        receipt_id = f"{today:%Y%m%d}-{department.key[-6:]}-{secrets.token_hex(3)}"
        if db.execute("SELECT 1 FROM batches WHERE receipt = ?", (receipt_id,)).fetchone() is None:
            return receipt_id
