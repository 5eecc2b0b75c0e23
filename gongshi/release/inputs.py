"""A fingerprint of files by name, size and time of change: enough to know that nothing was touched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path


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
