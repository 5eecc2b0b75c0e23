"""From when to when each version of a register's records counts, where records steer the law: what was suspended, ended
or erased counts for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gongshi.store.registered import Registered, StoredVersion, registered, registered_ids
from gongshi.store.store import Store

_DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """A version of a record and the last day on which it is in force; None where no end is known."""

    record: Registered
    version: StoredVersion
    until: date | None


def stretches(store: Store, kind: str) -> Iterator[Stretch]:
    """Of every record of a kind each version that is in force at a time, up to the day before the next takes effect."""
    for one in registered(store, registered_ids(store, kind)):
        if not (one.suspended or one.ended or one.stays_down):
            yield from _of(one)


def _of(one: Registered) -> Iterator[Stretch]:
    by_day = {version.effective_from: version for version in one.versions}
    in_order = [by_day[day] for day in sorted(by_day)]
    for place, version in enumerate(in_order):
        yield Stretch(one, version, _last_day(version, in_order[place + 1 :]))


def _last_day(version: StoredVersion, later: Sequence[StoredVersion]) -> date | None:
    days = (version.effective_to, later[0].effective_from - _DAY if later else None)
    return min((day for day in days if day is not None), default=None)
