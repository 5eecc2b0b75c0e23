"""Slices looked at by several processes, each with its own connection to the store and its own spool."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from gongshi.instance import Instance
from gongshi.publish.composing.dates import Draw
from gongshi.publish.preparing.slices import Slice, Wanted, Worker
from gongshi.publish.preparing.spool import Spool
from gongshi.publish.preparing.wall import Wall
from gongshi.store.store import Store
from gongshi.system.processes import SPAWNED, BrokenProcessPool, beside

_OBJECTS = 50_000
"""New objects after which the collector looks for what holds itself."""
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
    mine = SPAWNED.SimpleQueue()
    for spool in spools:
        mine.put(spool.number)
    try:
        yield from beside(wanted, _look, len(spools), _begin, order, spools, mine, ahead=_AHEAD)
    except BrokenProcessPool as error:
        raise WorkerDied from error


_at_work: list[Worker] = []
"""The worker of this process, where it was begun for that."""


def _begin(order: Order, spools: Sequence[Spool], numbers: Any) -> None:
    number: int = numbers.get()
    store = Store.open(order.store, read_only=True)
    wall = Wall(store, order.instance, order.today, order.draw, order.ledger, (number, len(spools)))
    _at_work.append(Worker(store, wall, spools[number]))
    gc.freeze()  # what is loaded stays, and hardly anything of a decision holds itself: the collector may rest
    gc.set_threshold(_OBJECTS)


def _look(wanted: Wanted) -> Slice:
    return _at_work[0].look(wanted)
