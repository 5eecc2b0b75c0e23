"""Processes beside this one: each ends when this one does, however that ends. Of several that do the same work each is
told once what it is for.

They are begun anew and not forked: SQLite's locks do not survive a fork. What comes of the work comes in its
order, whoever did it; so it is what one process alone would have made.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

__all__ = ["SPAWNED", "BrokenProcessPool", "beside", "run"]

_PR_SET_PDEATHSIG = 1
SPAWNED = multiprocessing.get_context("spawn")
Work = TypeVar("Work")
Done = TypeVar("Done")


def beside(
    work: Iterable[Work],
    do: Callable[[Work], Done],
    processes: int,
    begin: Callable[..., None],
    *told: Any,
    ahead: int,
    here: Callable[[Work], Done] | None = None,
) -> Iterator[Done]:
    """What `do` makes of each piece of `work`, in its order. Each of the `processes` is begun by `begin(*told)`;
    all of them together may be `ahead` pieces a process before whoever takes what they made. `here` makes the same
    in this process: of the pieces for which it would else wait for the others.

    Raises BrokenProcessPool where one of them ends before its work does.
    """
    pool = ProcessPoolExecutor(processes, SPAWNED, _begun, (begin, told))
    waiting: deque[Future[Done]] = deque()
    enough = ahead * processes
    try:
        for one in work:
            if here is not None and sum(not one.done() for one in waiting) >= enough:
                waiting.append(_made(here(one)))
            else:
                waiting.append(_asked(pool, do, one))
            if waiting[0].done() or len(waiting) > (enough if here is None else 2 * enough):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _asked(pool: ProcessPoolExecutor, do: Callable[[Work], Done], one: Work) -> Future[Done]:
    """What another process is asked to make. A pool that breaks while it begins one closes the pipes under it."""
    try:
        return pool.submit(do, one)
    except (OSError, ValueError) as error:
        raise BrokenProcessPool("a process ended before its work did") from error


def _made(done: Done) -> Future[Done]:
    """What this process made, as if another had."""
    future: Future[Done] = Future()
    future.set_result(done)
    return future


def run(command: Sequence[str | Path], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command of our own to its end and say what it wrote; on Linux it is killed where this process dies."""
    return subprocess.run(  # noqa: S603 - no shell
        command,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_die_with(os.getpid()) if sys.platform == "linux" else None,
    )


def _die_with(parent: int) -> Callable[[], None]:
    """What a new process says to the kernel before it becomes another program (prctl(2))."""
    prctl = ctypes.CDLL(None).prctl

    def say() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return say


def _begun(begin: Callable[..., None], told: tuple[Any, ...]) -> None:
    Thread(target=_end_with_the_parent, daemon=True).start()
    begin(*told)


def _end_with_the_parent() -> None:
    """A process whose parent was killed must write nothing more: the next run is at work where it was."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
