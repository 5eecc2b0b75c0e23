"""Officers whose certificate runs out soon: their department renews it or ends them (D7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gongshi.law.registry import Validity, validity
from gongshi.records.registry.officer import OFFICER
from gongshi.store import Store
from gongshi.store.registered import Registered, ids_between, registered

SOON = timedelta(days=30)


def running_out(store: Store, today: date) -> Iterator[Registered]:
    """The officers whose certificate holds today and no longer `SOON` after, none of those that were taken down."""
    for one in registered(store, ids_between(store, OFFICER.name, "valid_to", today, today + SOON)):
        values = one.decision.values
        since, until = (date.fromisoformat(values[name] or "") for name in ("valid_from", "valid_to"))
        holds = validity(values["state"] or "", since, until, today) is Validity.VALID
        if holds and until <= today + SOON and not (one.suspended or one.ended or one.stays_down):
            yield one
