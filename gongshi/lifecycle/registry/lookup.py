"""What the check of records asks the store: the records that stand, each as it was last received."""

from __future__ import annotations

from functools import partial

from gongshi.intake.registry.look import Look
from gongshi.store import Store
from gongshi.store.registered import current_values


def look(store: Store) -> Look:
    """Asks `store`; good for as long as it is open."""
    return partial(current_values, store)
