"""A fingerprint of files by name, size and time of change: enough to know that nothing was touched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import gongshi
from gongshi.release.places import Places


def _entries(path: str) -> Iterator[tuple[str, int, int]]:
    if os.path.isfile(path):  # noqa: PTH113 - os.scandir is what makes this quick
        stat = os.stat(path)  # noqa: PTH116
        yield path, stat.st_size, stat.st_mtime_ns
        return
    try:
        found = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _entries(entry.path)
        else:
            stat = _stat(entry)
            yield entry.path, stat.st_size, stat.st_mtime_ns


def _stat(entry: os.DirEntry[str]) -> os.stat_result:
    """Of a link that leads nowhere (an editor's lock file) the link itself: it must stop no rebuild."""
    try:
        return entry.stat()
    except OSError:
        return entry.stat(follow_symlinks=False)


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """32 hexadecimal digits over every file at or below `paths`, and over `words`.

    Names count from the folder that holds each path, so that an instance may be moved as a whole.
    """
    digest = sha256("\0".join(words).encode())
    for path in paths:
        above = len(str(path.parent))
        for name, size, changed in _entries(str(path)):
            digest.update(os.fsencode(f"{name[above:]}\0{size}\0{changed}\n"))
    return digest.hexdigest()[:32]


@cache
def code() -> str:
    """A fingerprint of our own files, looked at once: what a process runs is what it loaded."""
    return fingerprint([Path(gongshi.__file__).parent])


_OF_RECORDS = "changes.yml"
"""What only the records of registers and lists are judged by (D25): a million decisions are not, when it changes."""


def law(reference: Path) -> str:
    """A fingerprint of what decisions are judged by: the reference data, not the door's key which lies there, too, and
    the code."""
    files = (file for file in sorted(reference.rglob("*.yml")) if not _of_no_decision(file, reference))
    return fingerprint(files, code())


def _of_no_decision(file: Path, reference: Path) -> bool:
    """What judges records or case files and no decision: requirements of the record, checklists, roles."""
    return file in (reference / _OF_RECORDS, reference / "roles.yml") or (
        file.parent == reference / "rules" and file.name.startswith(("recording", "checklists"))
    )


def registry_law(reference: Path, of_decisions: str) -> str:
    """The same of what records of registers are judged by; `of_decisions` is `law`."""
    return fingerprint([reference / _OF_RECORDS], of_decisions)


def everything(place: Places, head: str, today: date) -> str:
    """A fingerprint of all that a rebuild looks at; `head` is the journal's hash."""
    root = place.root
    looked_at = [
        place.reference,
        place.tombstones,
        root / "data" / "submissions",
        root / "site_src",
        root / "plugins",
        root / "mkdocs.yml",
    ]
    return fingerprint(looked_at, head, today.isoformat(), code())
