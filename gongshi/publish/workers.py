"""Slices looked at by several processes, each with its own connection to the store and its own spool.

They are begun anew and not forked: SQLite's locks do not survive a fork. Outcomes come in the order of the
slices, whoever looked; so what comes out is what one process alone would have made.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from gongshi.instance import Instance
from gongshi.publish.dates import Draw
from gongshi.publish.slices import Slice, Wanted, Worker
from gongshi.publish.spool import Spool
from gongshi.publish.wall import Wall
from gongshi.store.store import Store

_AHEAD = 8
"""Slices that a process may be ahead of whoever takes them: so few wait in memory."""


class WorkerDied(RuntimeError):
    """A process beside this one ended in the midst of its work."""

    code: ClassVar[str] = "R010"

    def __init__(self) -> None:
        super().__init__(
            "R010 适用规则的一个子进程意外结束（内存不足，或者被终止），没有公示任何新内容：请检查内存后再运行一次。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What each process is told: the store, the law of a day, how many they are."""

    store: Path
    instance: Instance
    today: date
    draw: Draw
    ledger: Mapping[str, str]


def looked(order: Order, wanted: Sequence[Wanted], spools: Sequence[Spool]) -> Iterator[Slice]:
    """What comes of each slice, in their order; as many processes as there are `spools`.

    Raises WorkerDied where one of them ends before its work does.
    """
    spawned = multiprocessing.get_context("spawn")
    mine = spawned.SimpleQueue()
    for spool in spools:
        mine.put(spool.number)
    pool = ProcessPoolExecutor(len(spools), spawned, _begin, (order, spools, mine))
    waiting: deque[Future[Slice]] = deque()
    try:
        for one in wanted:
            waiting.append(pool.submit(_look, one))
            if len(waiting) > _AHEAD * len(spools):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise WorkerDied from error
    finally:
        pool.shutdown(cancel_futures=True)


_at_work: list[Worker] = []
"""The worker of this process, where it was begun for that."""


def _begin(order: Order, spools: Sequence[Spool], numbers: Any) -> None:
    number: int = numbers.get()
    store = Store.open(order.store, read_only=True)
    wall = Wall(store, order.instance, order.today, order.draw, order.ledger, (number, len(spools)))
    _at_work.append(Worker(store, wall, spools[number]))


def _look(wanted: Wanted) -> Slice:
    return _at_work[0].look(wanted)
