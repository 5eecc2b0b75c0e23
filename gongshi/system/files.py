"""Files that are either there whole or not at all, and folders without empty leaves."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".part"
"""Suffix of a file that is being written; a reader and a web server never look at it."""


def write_whole(path: Path, content: bytes) -> os.stat_result:
    """Put `content` at `path` so that nobody ever sees half of it; what the file is like then."""
    there = str(path)
    try:
        stat = _written(there + TEMPORARY, content)
    except OSError:
        with suppress(OSError):
            os.unlink(there + TEMPORARY)  # noqa: PTH108
        raise
    os.replace(there + TEMPORARY, there)  # noqa: PTH105 - a Path costs as much as the call of the system
    return stat


def write_new(path: Path, content: bytes) -> os.stat_result:
    """Put `content` at `path` in a folder into which nobody looks yet; what the file is like then."""
    return _written(str(path), content)


def _written(path: str, content: bytes) -> os.stat_result:
    try:
        return _write(path, content)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        return _write(path, content)


def _write(path: str, content: bytes) -> os.stat_result:
    """Four calls of the system where Path.write_bytes makes six: for a small page that is half of the time."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
        return os.fstat(file)
    finally:
        os.close(file)


def write_safe(path: Path, content: bytes, mode: int | None = None) -> None:
    """Like `write_whole`, and on the disk before this returns (manifests and keys, not pages).

    `mode` is exactly who may read it, from its first moment and whatever the umask; None leaves it to the umask.
    What fails leaves nothing beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + TEMPORARY)
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666 if mode is None else mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if mode is not None:
                os.fchmod(descriptor, mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


def remove(path: Path, top: Path) -> None:
    """Delete a file, a half-written one beside it, and the folders below `top` that this empties.

    In a folder that may only be read the file is emptied at least; raises OSError all the same.
    """
    for one in (path, path.with_name(path.name + TEMPORARY)):
        try:
            one.unlink(missing_ok=True)
        except OSError:
            os.truncate(one, 0)
            raise
    folder = path.parent
    while folder != top and top in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
