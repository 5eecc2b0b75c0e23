"""Where rows wait, ready-made, until all are there and can be written by place: a file without a name.

It lies on the instance's disk, only its owner can read it, and it is gone when the process ends, however
it ends: it never had a name. So a million rows need no memory, and nothing has to be swept up.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import IO, Any, NamedTuple, overload

from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.preparing.packing import Head, head_of, unpacked, unpacked_head


class Part(NamedTuple):
    """Where something lies: the spool's number, the first byte, how many."""

    spool: int
    at: int
    size: int


class Spooled(NamedTuple):
    """Where a row lies: its place among all rows, the spool's number, the first byte, the sizes of head and body."""

    sort: int
    spool: int
    at: int
    head: int
    body: int


class Spool:
    """One such file; `number` tells it from those of the other processes."""

    def __init__(self, folder: Path, number: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.number = number
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `close`, or with the process
        self._end = 0

    def __getstate__(self) -> tuple[int, Any, int]:
        """For a process that is begun: the very same file."""
        return self.number, DupFd(self._file.fileno()), self._end

    def __setstate__(self, state: tuple[int, Any, int]) -> None:
        self.number, file, self._end = state
        self._file = os.fdopen(file.detach(), "r+b")

    def add(self, pieces: Iterable[bytes]) -> Part:
        """Put the pieces behind what is there; on the file when this returns."""
        data = b"".join(pieces)
        part = Part(self.number, self._end, len(data))
        self._file.write(data)
        self._file.flush()
        self._end += len(data)
        return part

    def read(self, at: int, size: int) -> bytes:
        """These bytes, whichever process wrote them."""
        return os.pread(self._file.fileno(), size, at)

    def close(self) -> None:
        """Give the room on the disk back."""
        self._file.close()


class InMemory(Spool):
    """The same where nothing can be written on any disk."""

    def __init__(self) -> None:
        self.number = 0
        self._data = bytearray()

    def add(self, pieces: Iterable[bytes]) -> Part:
        """Put the pieces behind what is there."""
        at = len(self._data)
        self._data += b"".join(pieces)
        return Part(self.number, at, len(self._data) - at)

    def read(self, at: int, size: int) -> bytes:
        """These bytes."""
        return bytes(self._data[at : at + size])

    def close(self) -> None:
        """Forget them."""
        self._data.clear()


class Rows(Sequence[PublicDecision]):
    """The rows in spools, by place; each is read when it is asked for."""

    def __init__(self, spools: Sequence[Spool], found: Iterable[Spooled] = ()) -> None:
        self._spools = spools
        self._columns = tuple(array("q") for _ in Spooled._fields)
        self._order: Sequence[int] = ()
        self.extend(found)

    def extend(self, found: Iterable[Spooled]) -> None:
        """More of them."""
        for one in found:
            for column, value in zip(self._columns, one, strict=True):
                column.append(value)

    def only(self, chosen: Iterable[int]) -> Rows:
        """Those at these positions, by place."""
        return Rows(self._spools, map(self._spooled, chosen))

    def sorts(self) -> Iterable[int]:
        """The places of all."""
        return self._columns[0]

    def heads(self) -> Iterator[Head]:
        """The heads of all, by place."""
        return (self._head(self._spooled(position)) for position in range(len(self)))

    def heads_as_found(self) -> Iterator[Head]:
        """The heads of all in the order in which they were found."""
        return (self._head(Spooled(*found)) for found in zip(*self._columns, strict=True))

    def ready(self) -> Iterator[PublicDecision]:
        """All of them by place, with their tokens."""
        return (self._read(position, with_tokens=True) for position in range(len(self)))

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, position: int) -> PublicDecision: ...
    @overload
    def __getitem__(self, position: slice) -> list[PublicDecision]: ...
    def __getitem__(self, position: int | slice) -> PublicDecision | list[PublicDecision]:
        chosen = range(len(self))[position]
        return self._read(chosen) if isinstance(chosen, int) else [self._read(one) for one in chosen]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def _read(self, position: int, *, with_tokens: bool = False) -> PublicDecision:
        one = self._spooled(position)
        return unpacked(self._spools[one.spool].read(one.at + one.head, one.body), with_tokens=with_tokens)

    def _head(self, one: Spooled) -> Head:
        return unpacked_head(self._spools[one.spool].read(one.at, one.head))

    def _spooled(self, position: int) -> Spooled:
        if len(self._order) != len(self):
            self._order = sorted(range(len(self)), key=self._columns[0].__getitem__)
        at = self._order[position]
        return Spooled(*(column[at] for column in self._columns))


def heads(rows: Iterable[PublicDecision]) -> Iterator[Head]:
    """The heads of rows, wherever they wait."""
    return rows.heads() if isinstance(rows, Rows) else map(head_of, rows)


def ready(rows: Iterable[PublicDecision]) -> Iterable[PublicDecision]:
    """Rows for whoever writes them: those that waited in a spool with their tokens."""
    return rows.ready() if isinstance(rows, Rows) else rows
