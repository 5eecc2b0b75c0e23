"""The vault's own ledger: a line for every file that the journal names, kept beside the files.

A backup brings back a record and a vault of different days: a line whose entry the journal does not hold shows it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class Line:
    """`entry` is the hash of the journal entry that names the file, `at` its instant."""

    entry: str
    sha256: str
    size: int
    at: str


def write(path: Path, line: Line) -> None:
    """Add one line, on the disk when this returns; a line that was cut off before it is ended first."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        whole = not size or os.pread(descriptor, 1, size - 1) == b"\n"
        os.write(descriptor, (b"" if whole else b"\n") + orjson.dumps(asdict(line)) + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(path: Path) -> Iterator[Line | None]:
    """Every line in order; None for one that can not be read (cut off by a crash, or damaged)."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for text in file:
            if text.strip():
                yield _line(text)


def _line(text: bytes) -> Line | None:
    try:
        return Line(**orjson.loads(text))
    except (ValueError, TypeError):
        return None
