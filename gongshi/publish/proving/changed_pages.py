"""The pages of a database file that a change has touched: nothing else of the file can hold what it took out.

SQLite writes a page down in the rollback journal before it changes it (the file format, section 3): as long as the
change is not committed, the journal says which they are. So a small change is proven as quickly in a file of many
gigabytes as in a small one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from gongshi.publish.proving.file_bytes import free_pages
from gongshi.store.sqlite import Connection

_JOURNAL = "-journal"
_HEADER = struct.Struct(">8sIIIII")
_NUMBER, _SUM = 4, 4
"""Bytes before and after a page in the journal: which it is, and its check sum."""
_AT_ONCE = 1000
_BETWEEN = b"\0"
"""No word has it: none is found across two pages."""


@dataclass(frozen=True, slots=True)
class ChangedPages:
    """The `numbers` of the pages that were changed, of so many (`before`) of `size` bytes each; those that were added
    come behind."""

    numbers: frozenset[int]
    before: int
    size: int

    def blocks(self, path: Path) -> Iterator[bytes]:
        """The bytes of these pages as they are now in the file at `path`, and of its free pages."""
        pages = self._pages(path)
        while some := list(islice(pages, _AT_ONCE)):
            yield _BETWEEN.join(some)

    def now(self, path: Path) -> list[int]:
        """Their numbers, with those of the pages that were added."""
        last = path.stat().st_size // self.size
        return [*sorted(self.numbers), *range(self.before + 1, last + 1)]

    def _pages(self, path: Path) -> Iterator[bytes]:
        with path.open("rb", buffering=0) as file:
            for number in self.now(path):
                file.seek((number - 1) * self.size)
                yield file.read(self.size)
        yield from free_pages(path)


def changed_pages(db: Connection, path: Path) -> ChangedPages | None:
    """What the open transaction of `db` has changed in the file at `path`, to be asked as its last step; None where no
    journal on the disk says so."""
    db.execute("SAVEPOINT written")  # the index writes down what it has held back
    db.execute("RELEASE written")
    try:
        with path.with_name(path.name + _JOURNAL).open("rb", buffering=0) as journal:
            return _read(journal)
    except FileNotFoundError:
        return None


def _read(journal: IO[bytes]) -> ChangedPages | None:
    """One piece follows the other, each with a header; the last says how many pages it has only when it is settled."""
    end = journal.seek(0, 2)
    at, numbers, before, size = 0, set[int](), 0, 0
    while at + _HEADER.size <= end:
        journal.seek(at)
        _, count, _, pages, sector, size = _HEADER.unpack(journal.read(_HEADER.size))
        if not (sector and size):
            return None
        before = before or pages
        at += sector
        record = _NUMBER + size + _SUM
        left = (end - at) // record
        for _ in range(min(count or left, left)):
            journal.seek(at)
            numbers.add(int.from_bytes(journal.read(_NUMBER), "big"))
            at += record
        at = -(-at // sector) * sector
    return ChangedPages(frozenset(numbers), before, size) if size else None
