"""What was sent and what came of it: the files as bytes, and the checked decisions (what lifecycle takes)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from gongshi.intake.problems import Problem
from gongshi.intake.readers import safe_name
from gongshi.records.decision import Decision

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was sent: its bytes, or where they lie. `name` is safe to store and to show; `sha256` is of the
    raw bytes, in hex: empty until `hashed`, `size` likewise."""

    name: str
    content: bytes | Path = field(repr=False)
    sha256: str = ""
    size: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", safe_name(self.name))
        if isinstance(self.content, bytes):
            object.__setattr__(self, "sha256", sha256(self.content).hexdigest())
            object.__setattr__(self, "size", len(self.content))

    @classmethod
    def at(cls, path: Path) -> SourceFile:
        """The file at `path`, read piece by piece when it is asked for. Raises OSError."""
        return cls(path.name, path).hashed()

    @property
    def raw(self) -> bytes:
        """All of it at once."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()

    def pieces(self, size: int = _PIECE) -> Iterator[bytes]:
        """The bytes, `size` at a time."""
        with io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open("rb") as file:
            while piece := file.read(size):
                yield piece

    def hashed(self) -> SourceFile:
        """The same with its digest and its size."""
        if self.sha256:
            return self
        digest, size = sha256(), 0
        for piece in self.pieces():
            digest.update(piece)
            size += len(piece)
        return replace(self, sha256=digest.hexdigest(), size=size)

    def called(self, name: str) -> SourceFile:
        """The same under another name."""
        return self if name == self.name else replace(self, name=name)


Attachment = tuple[SourceFile, SourceFile]
"""A file that records name: as it was sent, and as it may be published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch that may be journaled: checked, and free of errors or cut down to what is right.

    `problems` are those that remain: warnings, and with a part of a batch the errors of the rows
    left out. `rows` counts all rows that were sent, `left_out` those that were not taken.
    """

    department: str
    files: tuple[SourceFile, ...]
    decisions: Sequence[Decision]
    problems: Sequence[Problem]
    rows: int
    left_out: int = 0
    earlier: bool = False
    evidence: str = ""
    attachments: tuple[Attachment, ...] = ()
