"""What last took each decision down for good, or let it come back: what the ledger of takedowns holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from gongshi.store.operations import Operation
from gongshi.store.queries import streamed
from gongshi.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The last takedown or return of one decision.

    `down` says which; `standing` what took it down (expired, withheld, sealed, withdrawn, suspended; what
    was erased counts as withdrawn), empty for a return; `ending` the kind of end, where persons ended it;
    `on` the day; `hash` that of the journal's entry.
    """

    id: str
    key: str
    down: bool
    standing: str
    ending: str
    on: date
    hash: str


_TURNS = """
SELECT d.id, d.key, d.stays_down, d.suspended, d.ended_by, d.erased_by, d.ending, j.at, j.hash FROM disclosures d
JOIN journal j ON j.seq = d.turned_by WHERE d.turned_by > ? ORDER BY d.turned_by
"""


def turns(store: Store, *, after: int = 0) -> Iterator[Turn]:
    """The last turn of every decision whose last takedown or return is an entry after `after`, in that order."""
    for row in store.db.execute(_TURNS, (after,)):
        hand = "suspended" if row["suspended"] else "withdrawn" if row["ended_by"] or row["erased_by"] else ""
        standing = hand or row["stays_down"]
        yield Turn(
            id=row["id"],
            key=row["key"],
            down=bool(standing),
            standing=standing,
            ending=row["ending"] or "",
            on=date.fromisoformat(row["at"][:10]),
            hash=row["hash"],
        )


def turned_on(store: Store, record: str) -> date | None:
    """The day of the last turn of one decision; None where it never came down."""
    sql = "SELECT j.at FROM disclosures d JOIN journal j ON j.seq = d.turned_by WHERE d.id = ?"
    row = store.db.execute(sql, (record,)).fetchone()
    return date.fromisoformat(row["at"][:10]) if row else None


def in_journal(store: Store, turned: Mapping[str, str]) -> set[str]:
    """Those that are entries of this store's journal: of `turned`, hash to the id of the decision that it turned.

    An entry is found by the decision that it is about. One that erases is about several: all of those are looked at.
    """
    about = streamed(store.db, "SELECT hash FROM journal WHERE record IN ({})", set(turned.values()))
    erasures = store.db.execute(f"SELECT hash FROM journal WHERE operation = '{Operation.ERASE}'")  # noqa: S608
    return {row["hash"] for row in chain(about, erasures)} & turned.keys()


def keys(store: Store) -> Iterator[tuple[str, str]]:
    """The id and the key of every decision."""
    for row in store.db.execute("SELECT id, key FROM disclosures WHERE key IS NOT NULL"):
        yield row["id"], row["key"]
