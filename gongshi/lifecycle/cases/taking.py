"""Taking checked case files into the store: whole or not at all, compared with what is there, with a receipt.

What makes a case a major one is computed here, at every version of it, and stands in the journal from then on.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any

from gongshi.instance import Instance
from gongshi.intake.batch import SourceFile
from gongshi.intake.cases.checking import check_cases
from gongshi.intake.cases.model import CaseReport, CheckedCase, CheckedLine
from gongshi.intake.problems import Place, problem
from gongshi.law.review.major import needs_review
from gongshi.law.review.words import State
from gongshi.lifecycle.cases.errors import CaseFilesRefused
from gongshi.lifecycle.cases.known import Newest, known_cases, newest
from gongshi.lifecycle.cases.majors import RAISE, fired
from gongshi.lifecycle.cases.receipt import COUNTED, CaseReceipt, case_receipt
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.people import check_submitter
from gongshi.lifecycle.submit import fingerprint, free_receipt
from gongshi.records.cases.case import CASE
from gongshi.records.cases.shown import shown_of_case, shown_of_line, token
from gongshi.records.decision import Values
from gongshi.records.department import Department
from gongshi.store import Store, raw
from gongshi.store.journal import Draft
from gongshi.store.operations import RECORDED, Operation
from gongshi.store.queries import same_files

_DAY = 10
_PASSED = frozenset({State.AGREED, State.DISCUSSED, State.DECIDED})


def submit_cases(
    store: Store,
    instance: Instance,
    report: CaseReport,
    *,
    by: str,
    today: date,
    now: datetime,
    beside: Sequence[SourceFile] = (),
) -> CaseReceipt:
    """Journal the cases of a checked batch (R5), which `by` submits today; `beside` are files that belong to it.

    The same files from the same department again give the earlier receipt and change nothing; so does a case or a
    line that says what it said before, within a new batch. Nobody has to approve the record, and nothing of it is
    public. When this returns, the batch is on the disk.
    Raises SubmitterUnknown, and CaseFilesRefused where the check found errors, or would find some now that others
    have written; then the store is as it was.
    """
    department = instance.department(report.department)
    check_submitter(by, department)
    if not report.ok:
        raise CaseFilesRefused("这一批案卷有错误，整批不接收：请按检查报告改正后重新提交。")
    files = tuple(file.hashed() for file in (*report.files, *beside))
    mark = fingerprint(files, earlier=False, evidence="")
    with store.write() as db:
        known = same_files(store, department.key, mark)
        receipt = known or free_receipt(db, department, today)
        if known is None:
            again = check_cases(report.files, department, instance, today=today, known=known_cases(store))
            if not again.ok:
                raise CaseFilesRefused("检查之后案件有了变化，这一批没有接收：请重新检查。")
            taking = _Taking(store, determined(store, instance), department, receipt, by.strip(), today)
            drafts = list(chain.from_iterable(map(taking.case, again.cases)))
            head = taking.head(mark, again, files)
            for file in files:
                raw.keep(db, file.sha256, file.pieces(raw.PIECE))
            store.append([taking.draft("batch", receipt, Operation.BATCH, head), *drafts], now)
    return case_receipt(store, receipt, again=known is not None)


@dataclass(slots=True)
class _Taking:
    """One batch on its way into the journal: what is counted and warned of as its cases go by."""

    store: Store
    instance: Instance
    department: Department
    receipt: str
    by: str
    today: date
    counts: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)

    def draft(self, kind: str, record: str, operation: Operation, payload: Mapping[str, object]) -> Draft:
        """An entry of this batch."""
        return Draft(self.by, self.department.key, self.receipt, kind, record, operation, payload)

    def head(self, mark: str, report: CaseReport, files: Sequence[SourceFile]) -> dict[str, object]:
        """What the entry of the batch says of all of it."""
        return {
            "by": self.by,
            "on": self.today.isoformat(),
            "earlier": False,
            "evidence": "",
            "fingerprint": mark,
            "rows": report.rows,
            "counts": {word: self.counts[word] for word in COUNTED},
            "warnings": self.warnings,
            "files": [{"name": file.name, "sha256": file.sha256, "size": file.size} for file in files],
            "result": RECORDED,
        }

    def case(self, found: CheckedCase) -> Iterator[Draft]:
        """The entries of one case: what says something new."""
        stored = newest(self.store, found.key)
        record = stored.row.id if stored else secrets.token_hex(8)
        yield from self._version(record, found, stored)
        for line in found.lines:
            change = _change(line, stored)
            self.counts[f"lines_{change}"] += 1
            if change != "unchanged":
                yield self.draft("case", record, Operation.CASE_RECORD, _line(line, self.today))

    def _version(self, record: str, found: CheckedCase, stored: Newest | None) -> Iterator[Draft]:
        """The case itself, and what a person says makes it a major one."""
        before = stored.said if stored else {"values": {}, "parties": []}
        values: Values = found.values if found.values is not None else before["values"]
        parties = list(before["parties"] if found.parties is None else found.parties)
        fired = self._fired(values, tuple(parties), _whats(found, stored))
        held = stored.row.triggers if stored else frozenset()
        same = stored and values == before["values"] and parties == before["parties"]
        if same and held.issuperset(fired):
            self.counts["cases_unchanged"] += 1
            return
        self.counts["cases_changed" if stored else "cases_added"] += 1
        by_hand = _by_hand(values) - _by_hand(before["values"])
        raised = (stored.row.raised if stored else frozenset()) | by_hand
        lowered = (stored.row.lowered if stored else frozenset()) - by_hand
        major = needs_review({*held, *fired}, raised, lowered)
        shown = shown_of_case(CASE, values, self.department.key)
        self._warn(values, stored, major=major)
        said = {
            "values": values,
            "parties": parties,
            "on": self.today.isoformat(),
            "base": stored.row.seq if stored else None,
            "key": found.key,
            "shown": shown,
            "triggers": fired,
            "major": major,
        }
        yield self.draft("case", record, Operation.CASE, said)
        if by_hand:
            yield self.draft("case", record, Operation.MAJOR, _raise(values, by_hand, raised, lowered, major))

    def _fired(self, values: Values, parties: tuple[Values, ...], whats: frozenset[str]) -> list[str]:
        """The triggers that the rules see in the draft and its records, on the day of its decision where it claims to
        be made."""
        claimed = values.get("decided_at")
        on = date.fromisoformat(claimed[:_DAY]) if claimed else self.today
        return sorted(fired(self.instance, values, parties, self.department, on, whats=whats))

    def _warn(self, values: Values, stored: Newest | None, *, major: bool) -> None:
        """A decision that is claimed although no review passed here: taken in, and told (L4)."""
        passed = stored is not None and stored.row.review in _PASSED
        number = values.get("decided_number")
        if number and major and not passed:
            told = problem("W706", Place(""), number)
            self.warnings.append(f"W706 {told.message}{told.hint}")


def _whats(found: CheckedCase, stored: Newest | None) -> frozenset[str]:
    """What its records are: those of the file, and those that are there."""
    there = {number: line.what for number, line in stored.lines.items()} if stored else {}
    return frozenset({**there, **{line.line: token(line.kind, line.values) for line in found.lines}}.values())


def _by_hand(values: Values) -> frozenset[str]:
    return frozenset(filter(None, (values.get("major_by_hand") or "").split("、")))


def _raise(
    values: Values, by_hand: frozenset[str], raised: frozenset[str], lowered: frozenset[str], major: bool
) -> dict[str, object]:
    return {
        "act": RAISE,
        "triggers": sorted(by_hand),
        "reason": values.get("major_reason") or "",
        "raised": sorted(raised),
        "lowered": sorted(lowered),
        "major": major,
    }


def _change(line: CheckedLine, stored: Newest | None) -> str:
    before = stored.values.get(line.line) if stored else None
    if before is None:
        return "added"
    return "unchanged" if before == line.values else "changed"


def _line(line: CheckedLine, today: date) -> dict[str, Any]:
    return {
        "sheet": line.kind.name,
        "line": line.line,
        "what": token(line.kind, line.values),
        "values": line.values,
        "on": today.isoformat(),
        "shown": shown_of_line(line.kind, line.values),
    }
