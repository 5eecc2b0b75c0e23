"""What came through the wall before, so that a run some minutes later looks again only at what changed.

A decision comes out the same when nothing that its row is made of changed: its own state and versions in
the store, the day, the reference data and the code. That is remembered as hashes, beside public.db; the
rows themselves are read back from there, each by its own digest. Whatever does not fit is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import orjson

from gongshi.publish import opening, rows
from gongshi.publish.public_decision import PublicDecision, seal
from gongshi.store.operations import APPROVED
from gongshi.store.sqlite import DatabaseError
from gongshi.store.store import Store

_STATES = """
SELECT d.*, v.*, b.by, b.reviewed_by,
  (SELECT group_concat(o.seq || ':' || coalesce(o.erased_by, '')) FROM versions o WHERE o.id = d.id) AS others
FROM disclosures d JOIN versions v ON v.seq = d.approved LEFT JOIN batches b ON b.receipt = v.batch
WHERE v.review = ? AND v.erased_by IS NULL
"""


@dataclass(frozen=True, slots=True)
class State:
    """Where an approved decision stands: its version, and a hash of everything in the store that its row is made of."""

    version: int
    hash: str


def states(store: Store) -> dict[str, State]:
    """Every approved decision's state, by id. Payloads need not be read: they never change under their number."""
    return {
        row["id"]: State(row["approved"], hashlib.sha256(repr(tuple(row)).encode()).hexdigest()[:16])
        for row in store.db.execute(_STATES, (APPROVED,))
    }


@dataclass(slots=True)
class Memory:
    """`mark` stands for the day, the reference data and the code; `known` maps an id to its state's hash and the
    digest of the row that came of it. One with another mark knows nothing."""

    mark: str
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path, mark: str) -> Memory:
        """The memory at `path`; an empty one where there is none, a damaged one or one of another mark."""
        try:
            found = orjson.loads(path.read_bytes())
            known = {record: (state, digest) for record, (state, digest) in found["known"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return cls(mark)
        return cls(mark, known) if found.get("mark") == mark else cls(mark)

    def content(self) -> bytes:
        """What is kept: ids and hashes, nothing else."""
        return orjson.dumps({"mark": self.mark, "known": self.known})

    def unchanged(self, store: Store, public_db: Path, but: Collection[str]) -> list[PublicDecision]:
        """The rows in public.db that would come out again as they are; never one of the ids `but`."""
        if not (self.known and public_db.is_file()):
            return []
        now = states(store)
        same = {
            record: now[record].version
            for record, (state, _) in self.known.items()
            if record in now and now[record].hash == state and record not in but
        }
        found: list[PublicDecision] = []
        with suppress(DatabaseError, LookupError, TypeError, ValueError), opening.reading(public_db) as db:
            for public in rows.stored(db):
                if public.id in same and self.known[public.id][1] == public.digest and is_as_sealed(public):
                    found.append(replace(public, version=same[public.id]))
        return found

    def after(self, store: Store, made: Iterable[PublicDecision], but: Collection[str]) -> Memory:
        """What to remember of a run that made these rows; nothing of the ids `but`, which are looked at again."""
        now = states(store)
        known = {
            one.id: (now[one.id].hash, one.digest)
            for one in made
            if one.id not in but and one.id in now and now[one.id].version == one.version
        }
        return Memory(self.mark, known)


def is_as_sealed(public: PublicDecision) -> bool:
    """Whether a stored row still says what its digest was made from."""
    row = {name: value for name, value in public.row.items() if name != "digest"}
    return seal(row, public.own, public.parties, 0).digest == public.digest
