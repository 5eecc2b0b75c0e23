"""Taking a checked batch into the store: whole or not at all, compared with what is there, with a receipt."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson

from gongshi.instance import Instance
from gongshi.intake.batch import Batch, SourceFile
from gongshi.intake.rendering import reminders
from gongshi.lifecycle.errors import NothingToSubmit, WrongDepartment
from gongshi.lifecycle.merge import merge, same
from gongshi.lifecycle.people import check_submitter
from gongshi.lifecycle.receipt import CHANGE_LABELS, Receipt, receipt
from gongshi.records.decision import Decision
from gongshi.records.department import Department
from gongshi.store import Store
from gongshi.store.journal import Draft
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
    files = (*batch.files, *beside)
    mark = fingerprint(files, earlier=batch.earlier, evidence=batch.evidence, left_out=batch.left_out)
    with store.write() as db:
        known = same_files(store, department.key, mark)
        receipt_id = known or _free_receipt(db, department, today)
        if known is None:
            plans = list(_plans(db, batch))
            meta = {"by": by.strip(), "on": today.isoformat(), "earlier": batch.earlier, "evidence": batch.evidence}
            head = {**meta, "fingerprint": mark, "rows": batch.rows, **_summary(plans, files, batch)}
            _keep_raw(db, files)
            store.append(_drafts(receipt_id, department.key, head, plans), now)
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
    if any(decision.department != department.key for decision in batch.decisions):
        raise WrongDepartment(f"这一批里有不属于{department.name}的决定，整批不予接收。")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to become of one decision of the batch."""

    change: str
    record: str
    decision: Decision
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


def _plans(db: Connection, batch: Batch) -> Iterator[_Plan]:
    stored = {row["key"]: row for row in chosen(db, _STORED, [decision.key for decision in batch.decisions])}
    seen: set[str] = set()
    for decision in batch.decisions:
        if decision.key in seen:
            raise ValueError("a batch holds one decision twice: intake groups its rows")
        seen.add(decision.key)
        row = stored.get(decision.key)
        if row is None:
            yield _Plan("added", secrets.token_hex(8), decision, None, batch.earlier)
        else:
            yield _again(db, row, decision, batch.earlier)


def _again(db: Connection, row: Row, decision: Decision, earlier: bool) -> _Plan:
    """A decision that the store knows."""
    number = decision.values.get("document_number")
    if row["erased_by"] is not None:
        warning = f"{number}：此前已依法清除，不再接收；确需重新公示的请联系管理员。"
        return _Plan("barred", row["id"], decision, None, earlier, warning)
    newest = _decision(row)
    standing = _standing(db, row)
    merged = merge(standing, decision) if standing else None
    now = merged.decision if merged else decision
    if row["review"] != RETURNED and same(newest, now) and bool(row["earlier"]) == earlier:
        return _Plan("unchanged", row["id"], now, row["newest"], earlier)
    change = "resubmitted" if row["review"] == RETURNED else "changed"
    warnings = []
    if merged and merged.unmatched:
        warnings.append(f"{number}：填写的“更正前的行政相对人名称”与已报送的行政相对人都不一致，已按新增处理，请核对。")
    if row["stays_down"] or row["ended_by"]:
        warnings.append(
            f"{number}：此前已经撤下，重新提交和审核不会使其恢复；确需恢复的，由两人办理恢复公示（gongshi restore）。"
        )
    elif row["stopped"]:
        warnings.append(f"{number}：此前已停止公示或者暂缓公示，重新提交不会使其恢复，须经审核人重新审核。")
    return _Plan(change, row["id"], now, row["newest"], earlier, "".join(warnings))


def _standing(db: Connection, row: Row) -> Decision | None:
    """The newest version that was not returned: what a returned one said of the parties does not stay."""
    if row["review"] != RETURNED:
        return _decision(row)
    found = db.execute(_STANDING, (row["id"], RETURNED)).fetchone()
    return _decision(found) if found else None


def _decision(row: Row) -> Decision:
    return Decision.from_payload(orjson.loads(row["body"])["decision"])


def _summary(plans: Sequence[_Plan], files: Sequence[SourceFile], batch: Batch) -> Mapping[str, object]:
    left_out = [f"有 {batch.left_out} 行有错误，没有接收，改正后另行提交。"] if batch.left_out else []
    counted = Counter(plan.change for plan in plans)
    return {
        "counts": {word: counted[word] for word in CHANGE_LABELS},
        "warnings": [*left_out, *(plan.warning for plan in plans if plan.warning), *reminders(batch.problems)],
        "files": [{"name": file.name, "sha256": file.sha256, "size": len(file.raw)} for file in files],
    }


def _keep_raw(db: Connection, files: Sequence[SourceFile]) -> None:
    """The bytes as they came, once for each content; what was erased by law is not kept again."""
    db.executemany(
        "INSERT OR IGNORE INTO raw (sha256, body) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM erased WHERE target = ?)",
        [(file.sha256, file.raw, file.sha256) for file in files],
    )


def _drafts(receipt_id: str, department: str, head: Mapping[str, object], plans: Sequence[_Plan]) -> Iterator[Draft]:
    by = str(head["by"])
    yield Draft(by, department, receipt_id, "batch", receipt_id, Operation.BATCH, head)
    for plan in plans:
        if plan.is_received:
            payload = {
                "decision": plan.decision.to_payload(),
                "earlier": plan.earlier,
                "on": head["on"],
                "base": plan.base,
                "change": plan.change,
            }
            yield Draft(by, department, receipt_id, plan.decision.kind, plan.record, Operation.RECEIVE, payload)


def _free_receipt(db: Connection, department: Department, today: date) -> str:
    """A receipt number that nobody has: the day, the department's last six characters, and chance."""
    while True:
        receipt_id = f"{today:%Y%m%d}-{department.key[-6:]}-{secrets.token_hex(3)}"
        if db.execute("SELECT 1 FROM batches WHERE receipt = ?", (receipt_id,)).fetchone() is None:
            return receipt_id
