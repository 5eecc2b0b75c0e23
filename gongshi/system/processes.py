"""Several processes beside this one: each is told once what it is for, and ends when this one does.

They are begun anew and not forked: SQLite's locks do not survive a fork. What comes of the work comes in its
order, whoever did it; so it is what one process alone would have made.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, TypeVar

__all__ = ["SPAWNED", "BrokenProcessPool", "beside"]

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
) -> Iterator[Done]:
    """What `do` makes of each piece of `work`, in its order. Each of the `processes` is begun by `begin(*told)`;
    all of them together may be `ahead` pieces a process before whoever takes what they made.

    Raises BrokenProcessPool where one of them ends before its work does.
    """
    pool = ProcessPoolExecutor(processes, SPAWNED, _begun, (begin, told))
    waiting: deque[Future[Done]] = deque()
    try:
        for one in work:
            waiting.append(pool.submit(do, one))
            if len(waiting) > ahead * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _begun(begin: Callable[..., None], told: tuple[Any, ...]) -> None:
    Thread(target=_end_with_the_parent, daemon=True).start()
    begin(*told)


def _end_with_the_parent() -> None:
    """A process whose parent was killed must write nothing more: the next run is at work where it was."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
