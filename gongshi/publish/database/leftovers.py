"""What SQLite leaves in the unused middle of a page: rows that it moved to another one when a page was full.

secure_delete overwrites what is deleted where it stands, not the copy that an earlier move left behind: an id of a
decision that was taken down years later would still lie in the file, in a page that the takedown does not touch. So
the middle of every page that a change wrote is made empty after it, in the file itself, and that of every page of a
fresh file before it is switched to: indexes that were filled with ids in no order have split many times by then. To
SQLite these bytes mean nothing (the file format, section 1.6), whatever moment the process dies.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from gongshi.store.sqlite import Connection

_FILE_HEADER = 100
_INTERIOR, _LEAF = (2, 5), (10, 13)
"""The kinds of page that hold cells, by their first byte. Every other begins with the number of a page, whose first
byte is 0 up to 64 GB."""
_LARGEST_PAGE = 65536
_MOST_PAGES = 2**24


def swept(db: Connection, path: Path, pages: Iterable[int] | None = None) -> int:
    """Empty the unused middle of these pages of the database at `path` (None: of all) while `db` keeps others from
    writing; how many had something in it. Readers are not held up."""
    db.execute("BEGIN IMMEDIATE")
    try:
        size: int = db.execute("PRAGMA page_size").fetchone()[0]
        last: int = db.execute("PRAGMA page_count").fetchone()[0]
        if last > _MOST_PAGES:
            return 0
        numbers = range(1, last + 1) if pages is None else [number for number in pages if number <= last]
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            count = sum(1 for number in numbers if _emptied(file, (number - 1) * size, size))
            if count:
                os.fsync(file)
        finally:
            os.close(file)
    finally:
        db.execute("ROLLBACK")
    return count


def _emptied(file: int, start: int, size: int) -> bool:
    """Whether there was something to empty in the page that begins at `start`."""
    page = os.pread(file, size, start)
    first, end = unused(page, _FILE_HEADER if start == 0 else 0)
    if not page[first:end].strip(b"\0"):
        return False
    os.pwrite(file, bytes(end - first), start + first)
    return True


def unused(page: bytes, at: int = 0) -> tuple[int, int]:
    """From where to where a page has nothing: behind its list of cells, before the first of them. `at` is where its
    header begins."""
    if page[at] not in (*_INTERIOR, *_LEAF):
        return 0, 0
    cells = int.from_bytes(page[at + 3 : at + 5], "big")
    content = int.from_bytes(page[at + 5 : at + 7], "big") or _LARGEST_PAGE
    return at + (12 if page[at] in _INTERIOR else 8) + 2 * cells, content
