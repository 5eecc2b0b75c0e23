"""What changed since an earlier look: so that a rebuild looks at that and at nothing else.

Every decision and every record of a register or list carries the seq of the newest journal entry that may change
what comes of it (`touched`): received, its batch reviewed, names or a choice decided, published, stopped, an act
of persons, erased.
What the calendar changes is no entry: the law names those days (gongshi/law/horizon.py).
"""

from __future__ import annotations

from gongshi.store.journal import last
from gongshi.store.store import Store

_SINCE = "SELECT id FROM disclosures WHERE touched > ?"
_REGISTRY = f"{_SINCE} AND registry = ?"
_FILED = (
    "SELECT department FROM disclosures INDEXED BY disclosures_touched "
    "WHERE touched > ? AND registry AND kind = 'review_catalogue'"
)
_OF_DEPARTMENT = "SELECT id FROM disclosures WHERE NOT registry AND department = ?"
_BY_HAND = f"{_SINCE} AND (suspended OR ended_by IS NOT NULL OR erased_by IS NOT NULL)"


def position(store: Store) -> int:
    """The seq of the newest entry; 0 in an empty store."""
    return last(store.db)[0]


def changed_since(store: Store, seq: int, *, registry: bool = False) -> list[str]:
    """The ids of the decisions that an entry after `seq` touched, in the order of their ids; of the records of
    registers and lists with `registry`. A catalogue of major decisions that was touched wakes all decisions of its
    department (gongshi/lifecycle/catalogued.py)."""
    touched = {row["id"] for row in store.db.execute(_REGISTRY, (seq, int(registry)))}
    if not registry:
        for department in {row["department"] for row in store.db.execute(_FILED, (seq,))}:
            touched.update(row["id"] for row in store.db.execute(_OF_DEPARTMENT, (department,)))
    return sorted(touched)


def down_by_hand(store: Store, since: int) -> list[str]:
    """Those, decisions and records, touched after `since` that persons took down and that are down now: suspended,
    ended or erased."""
    return sorted(row["id"] for row in store.db.execute(_BY_HAND, (since,)))


def down_with_notice(store: Store, since: int) -> list[str]:
    """Those of `down_by_hand` of which not even a notice may stand: a person took it down, or they were erased."""
    sql = f"{_SINCE} AND (suspended OR erased_by IS NOT NULL)"
    return sorted(row["id"] for row in store.db.execute(sql, (since,)))
