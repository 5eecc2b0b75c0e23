"""Checking a batch of case files: rows to cases, every fault found, nothing written.

What is missing in the course of a case is no fault here: an incomplete record is taken in and told by `case check`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import orjson

from gongshi.intake.batch import SourceFile
from gongshi.intake.cases.model import CaseReport, CheckedCase, CheckedLine, Known, KnownCase, Reference, knows_none
from gongshi.intake.cases.officers import Officers
from gongshi.intake.cases.reading import Reader
from gongshi.intake.problems import Problem
from gongshi.intake.readers import Limits
from gongshi.intake.registry.look import Look, knows_nothing
from gongshi.intake.registry.record import Finding, Record
from gongshi.intake.values.parsers import Setting
from gongshi.law.recording.hours import Instant
from gongshi.records.cases.case import CASE, CASE_PARTY
from gongshi.records.cases.key import case_key
from gongshi.records.cases.lines import PROCESS_RECORD
from gongshi.records.cases.shown import token
from gongshi.records.cases.substance import differs, substance_of_case
from gongshi.records.cases.vocabulary import MEDIA, PROCEDURES
from gongshi.records.decision import Values
from gongshi.records.department import Department

_STEPS = (("handler_at", "reviewer_at"), ("reviewer_at", "approver_at"), ("handler_at", "approver_at"))
_BY_TWO = ("inquiry", "inspection_record", "sampling_notice", "coercion_sealing", "coercion_seizure")
_TWO = 2
_SUMMARY = PROCEDURES["summary"]
_SHA256 = re.compile("[0-9a-f]{64}")
_DAY = 10
_HELD = "已举行"


def check_cases(
    files: Sequence[SourceFile],
    department: Department,
    instance: Reference,
    *,
    today: date,
    known: Known = knows_none,
    look: Look = knows_nothing,
    limits: Limits | None = None,
) -> CaseReport:
    """The report of one batch, each file under a name of its own. Never raises for what a file contains.

    `known` tells what the store has of a case, `look` which officers the department has registered.
    """
    told: list[Problem] = []
    reader = Reader(Setting(today=today, regions=instance.regions), limits, told)
    taken = tuple(found for file in files if (found := reader.file(file)))
    check = _Check(department.key, instance, known, Officers(look, department.key))
    cases = check.cases(reader.records)
    order = reader.order
    problems = sorted(told, key=lambda found: (order.get((found.file, found.sheet), 0), found.row))
    return CaseReport(
        department=department.key, files=taken, cases=cases, problems=_each_once(problems), rows=len(reader.records)
    )


def _each_once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


class _Check:
    """The checks between rows: which case they belong to, and what does not fit together in it."""

    def __init__(self, department: str, instance: Reference, known: Known, officers: Officers) -> None:
        self._department = department
        self._known = known
        self._officers = officers
        self._optional = sorted(one.id for one in instance.requirements if one.not_applicable)

    def cases(self, records: Sequence[Record]) -> list[CheckedCase]:
        """The cases of the batch in the order of their first rows."""
        rows: defaultdict[str, list[Record]] = defaultdict(list)
        for record in records:
            if number := record.values["number" if record.kind is CASE else "case_number"]:
                rows[case_key(self._department, number)].append(record)
        return [self._case(key, own) for key, own in rows.items()]

    def _case(self, key: str, rows: Sequence[Record]) -> CheckedCase:
        stored = self._known(key)
        heads = [row for row in rows if row.kind is CASE]
        number = rows[0].values["number" if rows[0].kind is CASE else "case_number"] or ""
        case = CheckedCase(key, number, heads[0].values if heads else None)
        for again in heads[1:]:
            again.tell(Finding("E702", "number", {"value": number, "first": heads[0].row, "unit": _unit(again)}))
        if not heads and stored is None:
            for row in rows:
                row.tell(Finding("E701", "case_number", {"value": number}))
        parties: list[Values] = [row.values for row in rows if row.kind is CASE_PARTY]
        case.parties = parties or None
        lines = [row for row in rows if row.kind not in (CASE, CASE_PARTY)]
        case.lines = [CheckedLine(row.kind, row.values["line"] or "", row.values) for row in lines]
        for row in heads:
            self._of_case(row, stored, {token(line.kind, line.values) for line in case.lines})
        if stored and stored.decided and (heads or parties):
            _unchanged(next(row for row in rows if row.kind in (CASE, CASE_PARTY)), case, stored)
        _numbered(lines, stored)
        acting = _acting([row.values for row in rows] + ([stored.values] if stored else []))
        for row in lines:
            _told(row, _of_line(row))
            _told(row, _custody(row, acting))
            _told(row, self._officers.findings(row))
        return case

    def _of_case(self, row: Record, stored: KnownCase | None, whats: set[str]) -> None:
        values = row.values
        if values["major_by_hand"] and not values["major_reason"]:
            row.tell(Finding("E705", "major_reason", {}))
        for word in (values["not_applicable"] or "").split("、"):
            if word and word not in self._optional:
                row.tell(Finding("E714", "not_applicable", {"value": word, "allowed": "、".join(self._optional)}))
        if values["not_applicable"] and not values["not_applicable_reason"]:
            row.tell(Finding("E717", "not_applicable_reason", {}))
        if values["urgent"] == "1":
            _told(row, _bare_days(row, "started_at", "filed_at"))
        if values["hearing"] == _HELD and "hearing_record" not in whats | (stored.whats if stored else frozenset()):
            row.tell(Finding("W705", "hearing", {"value": _HELD}))
        if stored and stored.major and values["procedure"] == _SUMMARY:
            row.tell(Finding("E716", "procedure", {"value": _SUMMARY}))


def _told(row: Record, found: Iterator[Finding]) -> None:
    for finding in found:
        row.tell(finding)


def _unchanged(row: Record, case: CheckedCase, stored: KnownCase) -> None:
    """A decision that was made here stays what it was (L5)."""
    values = stored.values if case.values is None else case.values
    changed = differs(stored.decided, substance_of_case(values, case.parties or stored.parties))
    if changed:
        name = "number" if row.kind is CASE else "case_number"
        row.tell(Finding("E715", name, {"value": "、".join(changed)}))


def _unit(row: Record) -> str:
    return row.sheet.place.unit


def _numbered(lines: Sequence[Record], stored: KnownCase | None) -> None:
    """Every line has a number of its own in the case, and accompanies one that is there."""
    before = dict(stored.lines) if stored else {}
    seen: dict[str, Record] = {}
    for row in lines:
        number = row.values["line"] or ""
        if first := seen.get(number):
            other = f"“{first.kind.label}”第 {first.row} {_unit(first)}"
            row.tell(Finding("E703", "line", {"value": number, "other": other}))
        elif before.get(number, row.kind.name) != row.kind.name:
            row.tell(Finding("E703", "line", {"value": number, "other": "以前报送的另一张表里的一行"}))
        if number:
            seen.setdefault(number, row)
    for row in lines:
        about = row.values.get("about")
        if about and about not in seen and about not in before:
            row.tell(Finding("E709", "about", {"value": about}))


def _of_line(row: Record) -> Iterator[Finding]:
    values = row.values
    made, stored = values.get("made_at"), values.get("stored_at")
    if made and stored and Instant.read(stored).latest < Instant.read(made).earliest:
        yield Finding("E707", "stored_at", {"value": stored, "than": made})
    if _is_recording(row):
        yield from _bare_days(row, "made_at", "stored_at")
    digest = values.get("file_sha256")
    if digest and not _SHA256.fullmatch(digest):
        yield Finding("E708", "file_sha256", {"value": digest})
    for earlier, later in _STEPS:
        first, second = values.get(earlier), values.get(later)
        if first and second and Instant.read(second).latest < Instant.read(first).earliest:
            labels = {"later": _who(row, later), "earlier": _who(row, earlier)}
            yield Finding("E710", later, {"value": second, "than": first, **labels})
    if token(row.kind, values) in _BY_TWO and "officers" not in row.failed:
        count = len(orjson.loads(values["officers"] or "[]"))
        if count < _TWO:
            yield Finding("W704", "officers", {"count": count})


def _acting(told: Sequence[Values]) -> frozenset[str]:
    """The names of those who handle the case or acted in it."""
    listed = (values.get(name) for values in told for name in ("handlers", "officers"))
    return frozenset(person["name"] for text in listed if text for person in orjson.loads(text))


def _custody(row: Record, acting: frozenset[str]) -> Iterator[Finding]:
    """Who made a recording does not keep it (R32)."""
    if _is_recording(row) and row.values["custodian"] in acting:
        yield Finding("W708", "custodian", {})


def _is_recording(row: Record) -> bool:
    return row.kind is PROCESS_RECORD and row.values["medium"] not in (MEDIA["text"], None)


def _who(row: Record, name: str) -> str:
    return row.kind.by_name[name].label.removesuffix("时间")


def _bare_days(row: Record, *names: str) -> Iterator[Finding]:
    """Where hours count a day does not tell (R8, R32)."""
    for name in names:
        value = row.values[name]
        if value and len(value) == _DAY:
            yield Finding("W703", name, {"value": value})
