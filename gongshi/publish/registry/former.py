"""What a record was for the public before, worked out again from the store (see proving/former.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from gongshi.instance import Instance
from gongshi.law.registry import Standing
from gongshi.publish.proving.departed import Departed
from gongshi.publish.registry.composing import RecordDates, files_of, row_of
from gongshi.publish.registry.looking import Seen
from gongshi.publish.registry.public_record import PublicRecord, seal_record
from gongshi.store.registered import Registered, registered
from gongshi.store.store import Store


def former_records(store: Store, instance: Instance, ids: Collection[str]) -> tuple[Departed, ...]:
    """What tells of the records `ids`, from every version that was ever public; nothing of one that was erased."""
    return tuple(Departed.of(public) for one in registered(store, ids) for public in _forms(one, instance))


def _forms(one: Registered, instance: Instance) -> Iterator[PublicRecord]:
    if one.department not in instance.departments:
        return
    published = {publication.version for publication in one.history}
    dates = RecordDates(sort=one.sort or 0, first_published_on=dt.date.min, updated_on=dt.date.min)
    for version in one.versions:
        if version.seq in published:
            row = row_of(one, Seen(version, Standing.IN_FORCE, None, None), dates, instance)
            yield seal_record(row, files_of(version.decision)[0])
