"""Checking a batch: files to typed decisions or records, with every fault found, nothing written (gongshi check)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Protocol

from gongshi.intake.answer.report import Report
from gongshi.intake.batch import SourceFile
from gongshi.intake.checks.agency import Agency
from gongshi.intake.checks.legal_review import Law as ReviewLaw
from gongshi.intake.checks.legal_review import legal_review
from gongshi.intake.checks.listed import signs
from gongshi.intake.checks.on_the_spot import on_the_spot
from gongshi.intake.checks.publish_term import Law, too_late
from gongshi.intake.checks.row_checks import Batched, Finding
from gongshi.intake.checks.spots import spots
from gongshi.intake.collected import Known
from gongshi.intake.gathering import Scattered
from gongshi.intake.passing import Asked, FoundLate, Pass, Progress
from gongshi.intake.readers import Limits, Unreadable
from gongshi.intake.registry.asked import Asked as AskedOfRecords
from gongshi.intake.registry.asked import Reference as RegistryReference
from gongshi.intake.registry.checking import check as check_records
from gongshi.intake.registry.kinds import is_registry
from gongshi.intake.registry.look import Look, knows_nothing
from gongshi.intake.values.parsers import Setting
from gongshi.law.grounds import required_fields
from gongshi.records.city import City
from gongshi.records.decision import Decision
from gongshi.records.department import Department
from gongshi.system.processes import BrokenProcessPool


class Reference(Law, ReviewLaw, RegistryReference, Protocol):
    """What checking reads of an instance: the reference data, and the law for 公示截止期 and legal review."""

    @property
    def city(self) -> City:
        """The city's settings."""
        ...


def check(
    files: Sequence[Path | SourceFile],
    department: Department,
    instance: Reference,
    *,
    today: date,
    earlier: bool = False,
    evidence: str = "",
    adults: bool = False,
    known: Known | None = None,
    limits: Limits | None = None,
    progress: Progress = lambda done, total: None,
    quick: bool = True,
    look: Look = knows_nothing,
    attachments: Path | None = None,
) -> Report:
    """Checks the files of one batch and writes nothing.

    `earlier` marks 历史数据补录, `evidence` then holds for all its rows (DOMAIN.md 21); `adults` is the
    submitter's word that natural persons without an identity number were of age (DOMAIN.md 10).
    `known` tells what the decisions are that the store has, for the report's counts; `progress` hears how much of
    how much of a file is read. Without `quick` every row goes the careful way, with the same result. Of registers
    `look` asks the store for what a record must agree with, and in the folder `attachments` lie the files that it
    names. Never raises for what a file contains: every fault is a problem of the report. A file that changes
    meanwhile is noticed when it is submitted.
    """
    sources = named(files)
    if is_registry(sources, limits):
        records = AskedOfRecords(department=department, instance=instance, today=today, look=look)
        return check_records(
            sources, records, limits=limits, progress=progress, attachments=attachments, earlier=earlier, known=known
        )
    asked = Asked(
        department=department.key,
        files=sources,
        agency=Agency(department, instance.departments),
        setting=Setting(today=today, regions=instance.regions),
        batch=Batched(
            *(earlier, evidence.strip(), required_fields(instance.rules, today)),
            *(signs(instance.rules, department.key), spots(instance.rules)),
        ),
        adults=adults,
        limits=limits,
        progress=progress,
        known=known,
        judge=partial(_against_the_law, department=department, law=instance, today=today, earlier=earlier),
        quick=quick,
        alone=False,
    )
    return _reported(asked)


def _reported(asked: Asked) -> Report:
    """As many passes as it takes."""
    refused: dict[str, Unreadable] = {}
    scattered: set[int] = set()
    while True:  # what is found late begins anew, knowing one thing more each time
        one = Pass(asked, refused, scattered)
        try:
            return one.report()
        except BrokenProcessPool:  # killed for want of memory, perhaps: this process needs no other
            asked = replace(asked, alone=True)
        except FoundLate as late:
            refused[late.name] = late.error
        except Scattered:
            scattered |= one.gatherer.again


def _against_the_law(
    decision: Decision, department: Department, law: Reference, today: date, *, earlier: bool
) -> Iterator[Finding]:
    """What the law has to say of a whole decision."""
    if told := too_late(decision, department, law, today, earlier=earlier):
        yield told
    yield from legal_review(decision, department, law)
    yield from on_the_spot(decision, department, law.rules)


def named(files: Sequence[Path | SourceFile]) -> tuple[SourceFile, ...]:
    """Two files of one name get a number each."""
    sources: list[SourceFile] = []
    for file in files:
        source = SourceFile(file.name, file) if isinstance(file, Path) else file
        sources.append(source.called(_free_name(source.name, [other.name for other in sources])))
    return tuple(sources)


def _free_name(name: str, taken: Sequence[str]) -> str:
    stem, dot, extension = name.rpartition(".")
    candidates = (f"{stem or extension}({n}){dot if stem else ''}{extension if stem else ''}" for n in count(2))
    return name if name not in taken else next(c for c in candidates if c not in taken)
