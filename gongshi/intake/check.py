"""Checking a batch: files to typed decisions, with every fault found, nothing written (issue: gongshi check)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Protocol

from gongshi.intake.agency import Agency
from gongshi.intake.batch import SourceFile
from gongshi.intake.columns import Columns, read_header
from gongshi.intake.grouping import group
from gongshi.intake.header import LOOKED_AT, Header, find_header
from gongshi.intake.old_template import DERIVED
from gongshi.intake.problems import Place, Problem, Severity, problem
from gongshi.intake.publish_term import Law, too_late
from gongshi.intake.readers import Limits, Row, Sheet, Unreadable, read, safe_name, unmerged
from gongshi.intake.report import Change, Report, RowRef
from gongshi.intake.row_checks import Batched, Finding
from gongshi.intake.rows import Parsed, RowReader
from gongshi.intake.values.parsers import Setting
from gongshi.law.grounds import required_fields
from gongshi.records import DECISION_KINDS
from gongshi.records.city import Region
from gongshi.records.decision import Decision
from gongshi.records.department import Department

Progress = Callable[[int, int], None]
"""Hears how many are done, of how many."""
_TOLD_EVERY = 500
_LONG_AGO = 365
"""Days after which a decision that nobody has sent before is rather historical than late."""

Known = Callable[[str], Decision | None]
"""A decision's key to the stored version, None where there is none."""


class Reference(Law, Protocol):
    """What checking reads of an instance: the reference data, and the law for 公示截止期."""

    @property
    def departments(self) -> Mapping[str, Department]:
        """All departments by key."""
        ...

    @property
    def regions(self) -> Mapping[str, Region]:
        """All regions by code."""
        ...


@dataclass(slots=True)
class _Run:
    """One check while it runs. `problems` are collected in the order of files, sheets and rows."""

    agency: Agency
    setting: Setting
    batch: Batched
    adults: bool
    limits: Limits | None
    progress: Progress | None
    problems: list[Problem] = field(default_factory=list)
    groups: dict[tuple[str, str], list[Parsed]] = field(default_factory=dict)
    strays: list[Parsed] = field(default_factory=list)
    """Wrong rows whose 文号 could not be read."""
    rows: int = 0
    places: dict[str, Place] = field(default_factory=dict)
    """The sheet of each right decision by its key."""
    order: dict[tuple[str, str], int] = field(default_factory=dict)
    """File and sheet to their place in the report."""


def check(
    files: Sequence[Path | SourceFile],
    department: Department,
    instance: Reference,
    *,
    today: date,
    earlier: bool = False,
    evidence: str = "",
    adults: bool = False,
    known: Known | Mapping[str, Decision] | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Report:
    """Checks the files of one batch and writes nothing.

    `earlier` marks 历史数据补录, `evidence` then holds for all its rows (DOMAIN.md 21); `adults` is the
    submitter's word that natural persons without an identity number were of age (DOMAIN.md 10).
    `known` tells which decisions the store has, for the diff in the report; `progress` hears how many
    rows of how many in a sheet are read. Never raises for what a
    file contains: every fault is a problem of the report.
    """
    run = _Run(
        Agency(department, instance.departments),
        Setting(today=today, regions=instance.regions),
        Batched(earlier, evidence.strip(), required_fields(instance.rules, today)),
        adults,
        limits,
        progress,
    )
    sources = _read_files(files, run)
    judge = partial(too_late, department=department, law=instance, today=today, earlier=earlier)
    decisions, wrong = _decisions(department.key, run, judge)
    changes = _changes(decisions, known)
    if not earlier:
        run.problems += _historical(decisions, changes, run, today)
    return Report(
        department=department.key,
        files=sources,
        decisions=decisions,
        changes=changes,
        problems=_sorted(run),
        wrong_rows=wrong,
        rows=run.rows,
        earlier=earlier,
        evidence=run.batch.evidence,
    )


def _read_files(files: Sequence[Path | SourceFile], run: _Run) -> tuple[SourceFile, ...]:
    """The files that can be read, their rows now in `run`. Two files of one name get a number each."""
    taken: list[SourceFile] = []
    for file in files:
        name = _free_name(safe_name(file.name), [source.name for source in taken])
        run.order.setdefault((name, ""), len(run.order))
        try:
            sheets = read(file if isinstance(file, Path) else file.raw, name, run.limits)
            filled = [(sheet, unmerged(sheet)) for sheet in sheets]
        except Unreadable as error:
            run.order.setdefault((name, error.sheet), len(run.order))
            run.problems.append(_unreadable(error, name))
            continue
        taken.append(SourceFile(name, file.read_bytes() if isinstance(file, Path) else file.raw))
        _check_file(name, filled, run)
    return tuple(taken)


def _free_name(name: str, taken: Sequence[str]) -> str:
    stem, dot, extension = name.rpartition(".")
    candidates = (f"{stem or extension}({n}){dot if stem else ''}{extension if stem else ''}" for n in count(2))
    return name if name not in taken else next(c for c in candidates if c not in taken)


def _unreadable(error: Unreadable, name: str) -> Problem:
    return Problem(
        code=error.code,
        severity=Severity.ERROR,
        file=name,
        sheet=error.sheet,
        row=error.row or 0,
        message=error.message,
        hint=error.hint,
        unit=error.unit,
    )


def _check_file(name: str, sheets: Sequence[tuple[Sheet, Sequence[Row]]], run: _Run) -> None:
    """All sheets of one file. Sheets without a header are passed over where another sheet has one."""
    found = [(sheet, rows, None if sheet.hidden else find_header(rows, sheet.name + name)) for sheet, rows in sheets]
    recognised = any(isinstance(header, Header) for _, _, header in found)
    before = run.rows
    for sheet, rows, header in found:
        place = Place(name, sheet.name, unit=sheet.unit)
        run.order.setdefault((name, sheet.name), len(run.order))
        if sheet.hidden:
            run.problems.append(problem("W102", place, label=sheet.name))
        elif isinstance(header, Header):
            _check_sheet(header, rows, place, run)
        elif not any(row.cells for row in rows):
            continue
        elif recognised:
            run.problems.append(problem("W103", place, label=sheet.name))
        else:
            kinds = "（可能是" + "、".join(kind.label for kind in header.kinds) + "）" if header else ""
            run.problems.append(problem("E102", place, rows=LOOKED_AT, kinds=kinds))
    if run.rows == before and not any(p.is_error and p.file == name for p in run.problems):
        run.problems.append(problem("E107" if recognised else "E101", Place(name)))


def _check_sheet(header: Header, rows: Sequence[Row], place: Place, run: _Run) -> None:
    """The header's faults, or else the rows."""
    at = Place(place.file, place.sheet, header.row)
    columns = read_header(header, at, run.setting, earlier=run.batch.earlier)
    run.problems += columns.problems
    if columns.usable:
        _read_rows(columns, rows[header.data_from :], place, run)


def _read_rows(columns: Columns, rows: Sequence[Row], place: Place, run: _Run) -> None:
    reader = RowReader(columns, place, agency=run.agency, batch=run.batch, adults=run.adults, problems=run.problems)
    kind = columns.kind.name
    for number, row in enumerate(rows, start=1):
        if run.progress and (number % _TOLD_EVERY == 0 or number == len(rows)):
            run.progress(number, len(rows))
        parties = reader.read(row)
        run.rows += bool(parties)
        for parsed in parties:
            if parsed.key:
                run.groups.setdefault((kind, parsed.key), []).append(parsed)
            else:
                run.strays.append(parsed)
    if reader.derived:
        label = columns.kind.by_name[DERIVED].label
        run.problems.append(problem("W310", Place(place.file, place.sheet, 0, label), count=reader.derived))


def _decisions(
    department: str, run: _Run, judge: Callable[[Decision], Finding | None]
) -> tuple[tuple[Decision, ...], tuple[RowRef, ...]]:
    """The right decisions in the order of their first rows, and the wrong rows.

    A 文号's rows are let go as soon as its decision is made: cells are never held twice.
    """
    decisions: list[Decision] = []
    wrong = {_ref(row) for row in run.strays}
    for key in list(run.groups):
        rows = run.groups.pop(key)
        decision = group(rows, department, run.problems)
        if decision is None:
            wrong.update(map(_ref, rows))
            continue
        decisions.append(decision)
        run.places[decision.key] = replace(rows[0].place, row=0)
        if found := judge(decision):
            at = replace(rows[0].place, row=rows[0].row, column=rows[0].kind.by_name[found.field].label)
            run.problems.append(problem(found.code, at, **found.words))
    return tuple(decisions), tuple(sorted(wrong))


def _ref(row: Parsed) -> RowRef:
    return RowRef(row.place.file, row.place.sheet, row.row)


def _changes(decisions: Sequence[Decision], known: Known | Mapping[str, Decision] | None) -> dict[str, Change]:
    """What each decision would be to the store; everything is new where the store is not asked."""
    stored = known.get if isinstance(known, Mapping) else known or (lambda key: None)
    changes = {}
    for decision in decisions:
        was = stored(decision.key)
        changes[decision.key] = Change.ADDED if was is None else Change.UNCHANGED if was == decision else Change.CHANGED
    return changes


def _historical(
    decisions: Sequence[Decision], changes: Mapping[str, Change], run: _Run, today: date
) -> Iterator[Problem]:
    """W311, once for each sheet: new decisions so old that they are rather 历史数据 sent as new (DOMAIN.md 21)."""
    limit = (today - timedelta(days=_LONG_AGO)).isoformat()
    found: dict[Place, list[str]] = {}
    for decision in decisions:
        day = decision.values.get(DECISION_KINDS[decision.kind].event)
        if day and day < limit and changes[decision.key] is Change.ADDED:
            found.setdefault(run.places[decision.key], []).append(day)
    for place, days in found.items():
        yield problem("W311", place, count=len(days), days=_LONG_AGO, earliest=min(days))


def _sorted(run: _Run) -> tuple[Problem, ...]:
    return tuple(sorted(run.problems, key=lambda p: (run.order[p.file, p.sheet], p.row, p.position, p.code)))
