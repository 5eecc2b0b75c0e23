"""The one traversal of what was approved: judged, composed, gated. What comes out is all that the public gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from gongshi.instance import Instance
from gongshi.law.horizon import next_era
from gongshi.lifecycle.determined import determined
from gongshi.publish.composing.dates import Draw, drawn
from gongshi.publish.preparing.prepared import Prepared
from gongshi.publish.preparing.slices import Slice, Worker, slices
from gongshi.publish.preparing.spool import Spool
from gongshi.publish.preparing.wall import FAILED, Wall
from gongshi.publish.preparing.workers import Order, looked
from gongshi.store.changes import position
from gongshi.store.store import Store

__all__ = ["FAILED", "Prepared", "prepare"]

_FEW = 4
"""So many slices are looked at by this process alone: others take longer to begin than these take."""
_TRIES = 3
Progress = Callable[[int, int], None]


class _Moved(Exception):
    """Somebody wrote into the store while the processes opened it: they do not all see the same."""


def prepare(
    store: Store,
    instance: Instance,
    today: dt.date,
    draw: Draw = drawn,
    *,
    ledger: Mapping[str, str] = MappingProxyType({}),
    ids: Collection[str] | None = None,
    workers: int = 1,
    spool: Path | Spool | None = None,
    progress: Progress = lambda done, total: None,
) -> Prepared:
    """Every approved decision, or those of `ids`, as the law of `today` and the gate let it out.

    `draw` gives random bits for the places of decisions that are public for the first time. `ledger` says of
    ids that the store does not know to be down which standing took them down: an older backup brings nothing
    back. A record that fails, in whatever way, is reported and stops no other (DESIGN.md promise 7). `workers`
    is the number of processes where there is much to look at (WorkerDied where one of them dies); `spool` the
    folder on whose disk the rows wait, the store's own where none is given. `progress` hears how many of how
    many have been looked at.
    """
    instance = determined(store, instance)
    order = Order(store=store.path, instance=instance, today=today, draw=draw, ledger=dict(ledger))
    folder = spool if isinstance(spool, Path) else store.path.parent
    with store.snapshot():
        wanted = slices(store, ids)
        for _ in range(_TRIES if workers > 1 and len(wanted) > _FEW and not isinstance(spool, Spool) else 0):
            spools = [Spool(folder, number) for number in range(workers)]
            try:
                return _gathered(store, order, ids, spools, looked(order, wanted, spools), progress)
            except _Moved:
                continue
        spools = [spool if isinstance(spool, Spool) else Spool(folder)]
        worker = Worker(store, Wall(store, instance, today, draw, ledger), spools[0])
        return _gathered(store, order, ids, spools, map(worker.look, wanted), progress)


def _gathered(  # noqa: PLR0917
    store: Store,
    order: Order,
    ids: Collection[str] | None,
    spools: Sequence[Spool],
    found: Iterable[Slice],
    progress: Progress,
) -> Prepared:
    prepared = Prepared(
        spools=spools,
        looked_at=None if ids is None else frozenset(ids),
        position=position(store),
        era=next_era(order.instance.rules, order.today),
    )
    total = _total(store) if ids is None else len(ids)
    done = 0
    for one in found:
        if one.position != prepared.position:
            raise _Moved
        prepared.take(one)
        done += one.count
        progress(done, total)
    prepared.notices.sort(key=lambda notice: notice.sort)
    return prepared


def _total(store: Store) -> int:
    sql = "SELECT count(*) FROM disclosures WHERE approved IS NOT NULL AND NOT registry"
    found: int = store.db.execute(sql).fetchone()[0]
    return found
