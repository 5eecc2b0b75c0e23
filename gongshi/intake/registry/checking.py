"""Checking a batch of registers, lists, guides, boards and texts: files to records, every fault found, nothing written.

A city's registers are some thousand records: all of a batch are held at once, so that they can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gongshi.intake.answer.report import Report
from gongshi.intake.batch import SourceFile
from gongshi.intake.collected import Change, Checked, Decisions, Known, Problems, RowRef, WrongRows, found_of
from gongshi.intake.passing import Progress
from gongshi.intake.problems import Place
from gongshi.intake.readers import Limits
from gongshi.intake.registry.asked import Asked
from gongshi.intake.registry.attached import Attaching
from gongshi.intake.registry.checks import findings
from gongshi.intake.registry.crossing import cross
from gongshi.intake.registry.reading import Reader
from gongshi.intake.registry.record import Record
from gongshi.intake.values.parsers import Setting
from gongshi.records.decision import Decision
from gongshi.records.registry.key import record_key


def check(
    files: Sequence[SourceFile],
    asked: Asked,
    *,
    earlier: bool = False,
    known: Known | None = None,
    limits: Limits | None = None,
    progress: Progress = lambda done, total: None,
    attachments: Path | None = None,
) -> Report:
    """The report of one batch, each file under a name of its own. Never raises for what a file contains."""
    problems = Problems()
    reader = Reader(Setting(today=asked.today, regions=asked.instance.regions), limits, progress, problems)
    taken = tuple([file for given in files if (file := reader.file(given))])
    if earlier and taken:
        reader.tell("E545", Place(taken[0].name))
    attaching = Attaching(attachments, asked.instance.city.attachment_most_mib, reader.tell, Place(files[0].name))
    for record in reader.records:
        attaching.fill(record)
        record.key = record_key(asked.department.key, record.kind, record.values)
        for found in findings(record, asked):
            record.tell(found)
    right = cross(reader.records, asked)
    attaching.tell_unused()
    decisions = _decisions(right, asked, known)
    problems.keep(reader.order)
    return Report(
        department=asked.department.key,
        files=taken,
        decisions=decisions,
        problems=problems.sorted(),
        counts=problems.counts,
        error_count=problems.errors,
        wrong_rows=_wrong_rows(reader.records),
        rows=sum(len(record.rows) for record in reader.records),
        earlier=earlier,
        registry=True,
        attachments=attaching.kept(right),
    )


def _decisions(right: Sequence[Record], asked: Asked, known: Known | None) -> Decisions:
    """The records as they are received, with what each would be to the store."""
    found = [found_of(_decision(record, asked), order) for order, record in enumerate(right)]
    changes = known(found) if known and found else {}
    return Decisions(Checked(one, changes.get(one.key, Change.ADDED)) for one in found)


def _decision(record: Record, asked: Asked) -> Decision:
    return Decision(
        kind=record.kind.name,
        department=asked.department.key,
        key=record.key,
        values=record.values,
        parties=(),
        kept={},
    )


def _wrong_rows(records: Sequence[Record]) -> WrongRows:
    wrong = WrongRows()
    for record in records:
        for row in record.rows if record.wrong else ():
            wrong.add(RowRef(record.sheet.place.file, record.sheet.place.sheet, row))
    return wrong
