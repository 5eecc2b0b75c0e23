"""Whether a batch holds case files: asked of every batch, so only names of sheets and keys are looked at."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import cache

from gongshi.intake.batch import SourceFile
from gongshi.intake.readers import Limits, Unreadable
from gongshi.intake.readers.detect import OLE2
from gongshi.intake.registry.kinds import head_of, names_in
from gongshi.intake.sheet.labels import plain
from gongshi.records.cases.case import CASE_PARTY
from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.records.kind import RecordKind


def case_kind(title: str) -> RecordKind | None:
    """The part of a case that a sheet or a key of this very name holds."""
    return _by_name().get(plain(title))


def is_case_file(file: SourceFile, limits: Limits | None = None) -> bool:
    """Whether a sheet or a key of the file names a part of a case. Decisions have parties, too: they alone do not
    tell. What cannot be read is none."""
    with suppress(Unreadable, OSError, zipfile.BadZipFile):
        if head_of(file).startswith(OLE2) and not _may_be_one(file.raw):
            return False
        return any(case_kind(name) not in (None, CASE_PARTY) for name in names_in(file, limits))
    return False


def any_case_file(files: Collection[SourceFile], limits: Limits | None = None) -> bool:
    """Whether one of the files is a case file."""
    return any(is_case_file(file, limits) for file in files)


def _may_be_one(old_workbook: bytes) -> bool:
    """Whether any of the names stands in an .xls at all: to have its sheets named it would be read twice."""
    return any(
        title.encode("utf-16-le") in old_workbook
        for kind in CASE_KINDS.values()
        for title in (*kind.sheets, kind.label)
    )


@cache
def _by_name() -> Mapping[str, RecordKind]:
    return {plain(name): kind for kind in CASE_KINDS.values() for name in (*kind.sheets, kind.label, kind.name)}
