"""What brings a public.db to the rows that were prepared, found by what was looked at and not by all there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.database.shape import usable
from gongshi.publish.notices.notice import PublicNotice
from gongshi.publish.opening import reading
from gongshi.publish.preparing.packing import Head
from gongshi.publish.preparing.prepared import Prepared
from gongshi.publish.preparing.spool import Rows, heads
from gongshi.store.queries import chosen
from gongshi.store.sqlite import Connection

_FEW = 500
"""So many changes are made in place even in a small city; above it, and above a quarter of all, a fresh file wins."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What brings a public.db to the prepared rows: those to write, and the ids to take down.

    `notices` are those to write, `lifted` the ids of those to take away.
    """

    upserts: Sequence[PublicDecision]
    removals: tuple[str, ...]
    notices: tuple[PublicNotice, ...] = ()
    lifted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(len(self))

    def __len__(self) -> int:
        return sum(map(len, (self.upserts, self.removals, self.notices, self.lifted)))

    def replaced(self) -> Iterator[str]:
        """The ids whose rows of now are not to stay: what goes, then what is written."""
        yield from self.removals
        yield from (head.id for head in heads(self.upserts))

    def are_few(self, path: Path) -> bool:
        """Whether they are made in place in the file at `path`, or in a fresh one."""
        if len(self) <= _FEW:
            return True
        with reading(path) as db:
            count: int = db.execute("SELECT count(*) FROM decisions").fetchone()[0]
        return len(self) <= count // 4


def changes(path: Path, prepared: Prepared, refused: Collection[str] = ()) -> Changes | None:
    """What has to be done to bring the public.db at `path` to what was prepared, `refused` ids left out; None where
    there is no file that can be changed, so that everything must be written."""
    if not usable(path):
        return None
    rows, notices = prepared.without(refused)
    if prepared.looked_at is None:
        return diff(path, rows, notices)
    asked = sorted(prepared.looked_at)
    with reading(path) as db:
        before = _digests(db, "decisions", asked)
        stood = _digests(db, "notices", asked)
    return _between(before, stood, rows, notices)


def diff(path: Path, decisions: Sequence[PublicDecision], notices: Sequence[PublicNotice] = ()) -> Changes:
    """The same where `decisions` and `notices` are everything, by place."""
    with reading(path) as db:
        new, gone = _walked(db, heads(decisions))
        stood = {row["id"]: row["digest"] for row in db.execute("SELECT id, digest FROM notices")}
    upserts = _only(decisions, new)
    left = gone.difference(head.id for head in heads(upserts))
    written = tuple(notice for notice in notices if stood.pop(notice.id, None) != notice.digest)
    return Changes(upserts, tuple(sorted(left)), written, tuple(sorted(stood)))


def _walked(db: Connection, wanted: Iterator[Head]) -> tuple[list[int], set[str]]:
    """The positions of the heads that the file does not have as they are, and the ids that it has otherwise; both
    are walked by place, side by side."""
    new, gone = list[int](), set[str]()
    stored = db.execute("SELECT sort, id, digest FROM decisions ORDER BY sort")
    there = stored.fetchone()
    for position, head in enumerate(wanted):
        while there is not None and there["sort"] < head.sort:
            gone.add(there["id"])
            there = stored.fetchone()
        if there is None or tuple(there) != (head.sort, head.id, head.digest):
            new.append(position)
        else:
            there = stored.fetchone()
    while there is not None:
        gone.add(there["id"])
        there = stored.fetchone()
    return new, gone


def _only(rows: Sequence[PublicDecision], positions: Sequence[int]) -> Sequence[PublicDecision]:
    return rows.only(positions) if isinstance(rows, Rows) else tuple(rows[at] for at in positions)


def _between(
    before: dict[str, str], stood: dict[str, str], rows: Sequence[PublicDecision], notices: Sequence[PublicNotice]
) -> Changes:
    """From the digests of what was looked at, as the file has them, to the rows that came of it."""
    new = [at for at, head in enumerate(heads(rows)) if before.pop(head.id, None) != head.digest]
    written = tuple(notice for notice in notices if stood.pop(notice.id, None) != notice.digest)
    return Changes(_only(rows, new), tuple(sorted(before)), written, tuple(sorted(stood)))


def _digests(db: Connection, table: str, ids: Sequence[str]) -> dict[str, str]:
    found = chosen(db, f"SELECT id, digest FROM {table} WHERE id IN ({{}})", ids)  # noqa: S608 - our schema
    return {row["id"]: row["digest"] for row in found}


class Light(NamedTuple):
    """As much of a decision as says on which pages it stands."""

    sort: int
    id: str
    kind: str
    department: str
    first_published_on: str


class LightNotice(NamedTuple):
    """As much of a notice as says on which pages it stands."""

    sort: int
    id: str
    kind: str
    department: str
    first_published_on: str
    withdrawn_on: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What changes alter, as it was in the file before and as it is after."""

    before: tuple[Light, ...]
    after: tuple[Light, ...]
    notices_before: tuple[LightNotice, ...]
    notices_after: tuple[LightNotice, ...]


def touched(path: Path, changes: Changes) -> Touched:
    """The light rows of what `changes` alter in the public.db at `path`; to be asked before they are made."""
    notices = [*changes.lifted, *(one.id for one in changes.notices)]
    with reading(path) as db:
        before = chosen(db, _light("decisions", Light), list(changes.replaced()))
        stood = chosen(db, _light("notices", LightNotice), notices)
    return Touched(
        before=tuple(Light(*row) for row in before),
        after=tuple(Light(*(one.row[name] for name in Light._fields)) for one in changes.upserts),
        notices_before=tuple(LightNotice(*row) for row in stood),
        notices_after=tuple(LightNotice(*(one.row[name] for name in LightNotice._fields)) for one in changes.notices),
    )


def _light(table: str, shape: type[Light] | type[LightNotice]) -> str:
    return f"SELECT {', '.join(shape._fields)} FROM {table} WHERE id IN ({{}})"  # noqa: S608 - our schema
