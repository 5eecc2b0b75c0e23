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
from gongshi.publish.registry.public_record import PublicRecord
from gongshi.publish.registry.wall import PreparedRecords
from gongshi.records.registry.inspection import INSPECTION_PLAN, RANDOM_INSPECTION_ITEM
from gongshi.store.queries import chosen
from gongshi.store.sqlite import Connection, Row

_FEW = 500
"""So many changes are made in place even in a small city; above it, and above a quarter of all, a fresh file wins."""

_NO_RECORDS = PreparedRecords(looked_at=())


@dataclass(frozen=True, slots=True)
class Changes:
    """What brings a public.db to the prepared rows: those to write, and the ids to take down.

    `notices` are those to write, `lifted` the ids of those to take away; `records` those of registers and lists to
    write, `unlisted` the ids of those to take down.
    """

    upserts: Sequence[PublicDecision]
    removals: tuple[str, ...]
    notices: tuple[PublicNotice, ...] = ()
    lifted: tuple[str, ...] = ()
    records: tuple[PublicRecord, ...] = ()
    unlisted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(len(self))

    def __len__(self) -> int:
        return sum(map(len, (self.upserts, self.removals, self.notices, self.lifted, self.records, self.unlisted)))

    def replaced(self) -> Iterator[str]:
        """The ids whose rows of now are not to stay: what goes, then what is written."""
        yield from self.removals
        yield from (head.id for head in heads(self.upserts))

    def replaced_records(self) -> Iterator[str]:
        """The same of records."""
        yield from self.unlisted
        yield from (one.id for one in self.records)

    def are_few(self, path: Path) -> bool:
        """Whether they are made in place in the file at `path`, or in a fresh one."""
        if len(self) <= _FEW:
            return True
        with reading(path) as db:
            count: int = db.execute("SELECT count(*) FROM decisions").fetchone()[0]
        return len(self) <= count // 4


def changes(
    path: Path,
    prepared: Prepared,
    refused: Collection[str] = (),
    records: PreparedRecords = _NO_RECORDS,
) -> Changes | None:
    """What has to be done to bring the public.db at `path` to what was prepared, `refused` ids left out; None where
    there is no file that can be changed, so that everything must be written."""
    if not usable(path):
        return None
    rows, notices = prepared.without(refused)
    listed = records.without(refused)
    if prepared.looked_at is None:
        return diff(path, rows, notices, listed)
    asked = sorted(prepared.looked_at)
    with reading(path) as db:
        before = _digests(db, "decisions", asked)
        stood = _digests(db, "notices", asked)
        known = _known_records(db, records.looked_at)
    return _between(before, stood, rows, notices, _differing(known, listed))


def diff(
    path: Path,
    decisions: Sequence[PublicDecision],
    notices: Sequence[PublicNotice] = (),
    records: Sequence[PublicRecord] = (),
) -> Changes:
    """The same where `decisions`, `notices` and `records` are everything, by place."""
    with reading(path) as db:
        new, gone = _walked(db, heads(decisions))
        stood = {row["id"]: row["digest"] for row in db.execute("SELECT id, digest FROM notices")}
        known = _known_records(db, None)
    upserts = _only(decisions, new)
    left = gone.difference(head.id for head in heads(upserts))
    written = tuple(notice for notice in notices if stood.pop(notice.id, None) != notice.digest)
    return Changes(upserts, tuple(sorted(left)), written, tuple(sorted(stood)), *_differing(known, records))


def _known_records(db: Connection, ids: Collection[str] | None) -> dict[str, str]:
    """The digests of the records that the file has, by id; of `ids` only, where given."""
    if ids is not None:
        return _digests(db, "records", sorted(ids))
    return {row["id"]: row["digest"] for row in db.execute("SELECT id, digest FROM records")}


def _differing(
    known: dict[str, str], records: Sequence[PublicRecord]
) -> tuple[tuple[PublicRecord, ...], tuple[str, ...]]:
    """The records that the file does not have as they are, and the ids of those that it has and should not."""
    written = tuple(one for one in records if known.pop(one.id, None) != one.digest)
    return written, tuple(sorted(known))


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
    before: dict[str, str],
    stood: dict[str, str],
    rows: Sequence[PublicDecision],
    notices: Sequence[PublicNotice],
    records: tuple[tuple[PublicRecord, ...], tuple[str, ...]],
) -> Changes:
    """From the digests of what was looked at, as the file has them, to the rows that came of it."""
    new = [at for at, head in enumerate(heads(rows)) if before.pop(head.id, None) != head.digest]
    written = tuple(notice for notice in notices if stood.pop(notice.id, None) != notice.digest)
    return Changes(_only(rows, new), tuple(sorted(before)), written, tuple(sorted(stood)), *records)


def _digests(db: Connection, table: str, ids: Sequence[str]) -> dict[str, str]:
    found = chosen(db, f"SELECT id, digest FROM {table} WHERE id IN ({{}})", ids)  # noqa: S608 - our schema
    return {row["id"]: row["digest"] for row in found}


class Light(NamedTuple):
    """As much of a decision as says on which pages it stands; `laws` are the ids of those that it cites, joined by
    blanks."""

    sort: int
    id: str
    kind: str
    department: str
    first_published_on: str
    item: str | None
    region: str
    laws: str


class LightNotice(NamedTuple):
    """As much of a notice as says on which pages it stands."""

    sort: int
    id: str
    kind: str
    department: str
    region: str
    first_published_on: str
    withdrawn_on: str


class LightRecord(NamedTuple):
    """As much of a record as says on which pages it stands; `files` are the beginnings of its files' hashes, joined by
    blanks."""

    id: str
    kind: str
    department: str
    region: str
    number: str | None
    act: str | None
    item: str | None
    files: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What changes alter, as it was in the file before and as it is after."""

    before: tuple[Light, ...]
    after: tuple[Light, ...]
    notices_before: tuple[LightNotice, ...]
    notices_after: tuple[LightNotice, ...]
    records_before: tuple[LightRecord, ...] = ()
    records_after: tuple[LightRecord, ...] = ()


def touched(path: Path, changes: Changes) -> Touched:
    """The light rows of what `changes` alter in the public.db at `path`; to be asked before they are made."""
    notices = [*changes.lifted, *(one.id for one in changes.notices)]
    with reading(path) as db:
        before = chosen(db, _LIGHT, list(changes.replaced()))
        stood = chosen(db, _LIGHT_NOTICES, notices)
        listed = chosen(db, f"{_LIGHT_RECORDS} WHERE id IN ({{}})", changes.replaced_records())
        listed += _related(db, [*map(_light_record, changes.records), *(LightRecord(*row) for row in listed)])
    return Touched(
        before=tuple(Light(*row) for row in before),
        after=tuple(map(_light, changes.upserts)),
        notices_before=tuple(LightNotice(*row) for row in stood),
        notices_after=tuple(LightNotice(*(one.row[name] for name in LightNotice._fields)) for one in changes.notices),
        records_before=tuple(LightRecord(*row) for row in listed),
        records_after=tuple(map(_light_record, changes.records)),
    )


_LIGHT = """
SELECT d.sort, d.id, d.kind, d.department, d.first_published_on, d.item, d.region, t.laws
FROM decisions d JOIN tags t ON t.sort = d.sort WHERE d.id IN ({})
"""
_LIGHT_NOTICES = f"SELECT {', '.join(LightNotice._fields)} FROM notices WHERE id IN ({{}})"  # noqa: S608 - our schema


def _light(one: PublicDecision) -> Light:
    known = {name: one.row[name] for name in Light._fields if name != "laws"}
    return Light(**known, laws=" ".join(law for law, _ in one.keyed().laws))


def _related(db: Connection, records: Sequence[LightRecord]) -> list[Row]:
    """The records that name one of these on their own pages: what is inspected by lot its item, a plan what is
    inspected."""
    items = sorted({one.item for one in records if one.item})
    by_lot = RANDOM_INSPECTION_ITEM.name
    planned = sorted({one.department for one in records if one.kind == by_lot})
    of_items = f"{_LIGHT_RECORDS} WHERE kind = '{by_lot}' AND item IN ({{}})"
    plans = f"{_LIGHT_RECORDS} WHERE kind = '{INSPECTION_PLAN.name}' AND department IN ({{}})"
    return chosen(db, of_items, items) + chosen(db, plans, planned)


_LIGHT_RECORDS = """
SELECT id, kind, department, region, number, act, item,
  coalesce((SELECT group_concat(substr(sha256, 1, 16), ' ') FROM record_files f WHERE f.sort = records.sort), '')
FROM records
"""


def _light_record(one: PublicRecord) -> LightRecord:
    files = " ".join(file["sha256"][:16] for file in one.files)
    known = {name: one.row[name] for name in LightRecord._fields if name != "files"}
    return LightRecord(**known, files=files)
