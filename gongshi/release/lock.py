"""One rebuild at a time: a lock that names its holder and is freed when that process dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RebuildRunning(RuntimeError):
    """Another rebuild holds the lock."""

    code = "R001"


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock at `path` while the body runs.

    Raises RebuildRunning, naming the process that holds it. The kernel frees the lock with the
    process, so a killed rebuild never blocks the next one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise RebuildRunning(
                f"R001 另一个更新正在进行（进程 {file.read().strip() or '未知'}），请等它结束后再试。"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
