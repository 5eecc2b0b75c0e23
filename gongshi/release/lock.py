"""One rebuild at a time: a lock that names its holder and is freed when that process dies."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import orjson


class RebuildRunning(RuntimeError):
    """Another rebuild holds the lock. `exit_status` is its own, so that a timer can ignore it."""

    code = "R001"
    exit_status = 4


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: process, host, since when (the city's clock, in words), by which command."""

    pid: int
    host: str
    since: str
    command: str

    @classmethod
    def of_this_process(cls, since: str, command: str) -> Holder:
        """This process, on this host."""
        return cls(os.getpid(), socket.gethostname(), since, command)

    def render_text(self) -> str:
        """For the person who has to wait."""
        return f"进程 {self.pid}，主机 {self.host}，{self.since} 开始，命令 {self.command}"


@contextmanager
def exclusive(path: Path, since: str = "", command: str = "gongshi rebuild") -> Iterator[None]:
    """Hold the lock of `path` while the body runs.

    What is locked is the folder of `path`, so that neither a full disk nor a folder that may only be
    read gets in the way; `path` only says who holds it. Raises RebuildRunning, naming the process.
    The kernel frees the lock with the process, so a killed rebuild never blocks the next one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _lock(folder, path)
        with suppress(OSError):
            path.write_bytes(orjson.dumps(Holder.of_this_process(since, command)))
        yield
    finally:
        os.close(folder)


def _lock(folder: int, path: Path) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise RebuildRunning(
            f"R001 另一个更新正在进行（{_holder(path)}），请等它结束后再试；"
            "那个进程一旦结束（包括被强行结束），就可以再次运行，不必清理任何文件。"
        ) from None


def _holder(path: Path) -> str:
    """What the holder wrote; it may be about to."""
    try:
        return Holder(**orjson.loads(path.read_bytes())).render_text()
    except (OSError, orjson.JSONDecodeError, TypeError):
        return "尚未登记名字的进程"
