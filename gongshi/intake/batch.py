"""What was sent and what came of it: the files as bytes, and the checked decisions (what lifecycle takes)."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from gongshi.intake.problems import Problem
from gongshi.intake.readers import safe_name
from gongshi.records.decision import Decision


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was sent. `name` is safe to store and to show; `sha256` is of the raw bytes, in hex."""

    name: str
    raw: bytes = field(repr=False)
    sha256: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", safe_name(self.name))
        object.__setattr__(self, "sha256", sha256(self.raw).hexdigest())

    @classmethod
    def at(cls, path: Path) -> SourceFile:
        """The file at `path`."""
        return cls(path.name, path.read_bytes())


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch that may be journaled: checked, and free of errors or cut down to what is right.

    `problems` are those that remain: warnings, and with a part of a batch the errors of the rows
    left out. `rows` counts all rows that were sent, `left_out` those that were not taken.
    """

    department: str
    files: tuple[SourceFile, ...]
    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...]
    rows: int
    left_out: int = 0
    earlier: bool = False
    evidence: str = ""
