"""What checking a case file gives: cases with their parties and lines, and what the check has to know beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gongshi.intake.batch import SourceFile
from gongshi.intake.problems import Problem
from gongshi.law.recording.model import Requirement
from gongshi.records.city import Region
from gongshi.records.decision import Values
from gongshi.records.kind import RecordKind


class Reference(Protocol):
    """What is read of an instance."""

    @property
    def regions(self) -> Mapping[str, Region]: ...
    @property
    def requirements(self) -> tuple[Requirement, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCase:
    """What the store has of a case: its values and parties, its lines with the sheet of each, whether it needs legal
    review, and, where its decision was made here, what that decided (gongshi/records/cases/substance.py)."""

    values: Values
    parties: tuple[Values, ...]
    lines: Mapping[str, str]
    whats: frozenset[str]
    decided: str = ""
    major: bool = False


Known = Callable[[str], KnownCase | None]
"""By the key of a case (department and normalised number)."""


def knows_none(_key: str) -> KnownCase | None:
    """A store without cases."""
    return None


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line of a case: its kind (the sheet), its number within the case, its values."""

    kind: RecordKind
    line: str
    values: Values


@dataclass(slots=True)
class CheckedCase:
    """A case as the files tell it. `values` are None where they only bring lines or parties of a case that the store
    has; `parties` are None where they name none: those of the store stay."""

    key: str
    number: str
    values: Values | None = None
    parties: list[Values] | None = None
    lines: list[CheckedLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """What checking one batch of case files found; `rows` counts the rows of all sheets."""

    department: str
    files: tuple[SourceFile, ...]
    cases: Sequence[CheckedCase]
    problems: Sequence[Problem]
    rows: int

    @property
    def error_count(self) -> int:
        """How many problems keep the batch out."""
        return sum(problem.is_error for problem in self.problems)

    nested = True
    """Whether a field may be a table of its own: people are, in JSON and YAML."""

    def refused(self, file: str) -> str:
        """What of a file can not be taken, for the copy that goes back."""
        return "案卷整批接收，有错误就整批不接收" if self.error_count else "可以接收"

    @property
    def ok(self) -> bool:
        """Whether the batch may be taken: case files come whole or not at all."""
        return bool(self.cases) and not self.error_count
