"""One audit of an instance, from the store to the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from gongshi.instance import Instance
from gongshi.publish.audit.gathering import gather
from gongshi.publish.audit.patterns import Patterns
from gongshi.publish.audit.report import Report
from gongshi.store.store import Store, head

Progress = Callable[[int, int], None]
_TRIES = 3
_WORKERS = 2


def audit(
    opened: Callable[[], Store],
    instance: Instance,
    today: dt.date,
    site_src: Path,
    look: Callable[[Patterns], Report],
    *,
    ledger: Callable[[Store], Mapping[str, str]] = lambda store: {},
    progress: Progress = lambda done, total: None,
) -> Report:
    """Gather what must not be public as of `today`, and let `look` look for it.

    Nothing is locked, for a takedown must not wait for an audit: where something was found and the record moved
    on meanwhile, it is looked at anew, a few times. `opened` opens the store; `ledger` says what only the ledger of
    takedowns keeps down; `progress` hears of the gathering.
    """
    for _ in range(_TRIES):
        with opened() as store:
            before = head(store)
            known = ledger(store)
            patterns = gather(store, instance, today, site_src, ledger=known, workers=_WORKERS, progress=progress)
        report = look(patterns)
        with opened() as store:
            if report.ok or head(store) == before:
                break
    return report
