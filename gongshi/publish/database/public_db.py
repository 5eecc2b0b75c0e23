"""build/public.db: written fresh and switched to, or changed in place in one transaction, with one outcome.

A running server notices a new file by its inode and sees a change in place at once (MEASURED.md). After
either way nothing of what was taken down is left: in tables, index, free pages, side files (promise 8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from gongshi.instance import Instance
from gongshi.publish import opening
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.database import organisations, rows
from gongshi.publish.database.changes import Changes, diff
from gongshi.publish.database.figures import Figures
from gongshi.publish.database.leftovers import swept
from gongshi.publish.database.record_rows import (
    attached,
    delete_record,
    detach,
    insert_records,
    stored_records,
)
from gongshi.publish.database.reference_rows import Table, tables
from gongshi.publish.database.review_figures import table
from gongshi.publish.database.shape import create_tables, finish, usable
from gongshi.publish.database.tallies import Tallies
from gongshi.publish.notices.notice import PublicNotice
from gongshi.publish.opening import changing, reading
from gongshi.publish.preparing.spool import ready
from gongshi.publish.proving import derived, proof
from gongshi.publish.proving.attachments import samples
from gongshi.publish.proving.changed_pages import changed_pages
from gongshi.publish.proving.departed import Departed, Public
from gongshi.publish.proving.proof import TakedownUnproven
from gongshi.publish.registry.public_record import PublicRecord
from gongshi.records.review_figures import ReviewYear
from gongshi.store.sqlite import Connection, OperationalError, can_secure_delete

Progress = Callable[[int, int], None]
"""Told (done, total)."""
Step = Callable[[str], None]
"""Called with a step's name as it begins: tests kill the process there."""


_MOST_LOOKED_FOR = 2000
"""So many of what a fresh file no longer has are looked for in it: seconds, not minutes."""


def bring_to(
    path: Path,
    decisions: Sequence[PublicDecision],
    instance: Instance,
    head: str,
    *,
    notices: Sequence[PublicNotice] = (),
    records: Sequence[PublicRecord] = (),
    reviews: Sequence[ReviewYear] = (),
    changes: Changes | None = None,
    full: bool = False,
    progress: Progress = lambda done, total: None,
) -> Changes | None:
    """Bring public.db to `decisions`, `notices` and `records` (by place) the cheaper way; None where it was written
    from nothing.

    They are everything, unless `changes` say what they bring of a part that was looked at: then everything else
    stays as it is in the file. `reviews` are the years of legal review that the city publishes. A change in place that
    can not be proven clean, or that a reader holds up, is followed by a fresh file, which waits for nobody; what went
    is looked for in that, too. Raises TakedownUnproven, naming the place, where it is still there: nothing of this is
    called done then. `progress` hears how many decisions of how many a full write has written.
    """
    opening.remove(opening.fresh(path))
    whole = changes is None
    if changes is None:
        if not usable(path):
            write_full(path, instance, _told(decisions, progress), head, notices, records=records, reviews=reviews)
            return None
        changes = diff(path, decisions, notices, records)
    gone, unlisted, files = leaving(path, changes)
    if not full and changes.are_few(path):
        with suppress(TakedownUnproven, OperationalError):
            if whole:  # the last run may have died before it had done so
                _sweep(path)
            apply(path, changes, instance, head, reviews=reviews)
            return changes
    if whole:
        write_full(path, instance, _told(decisions, progress), head, notices, records=records, reviews=reviews)
    else:
        _rewrite(path, changes, instance, head, reviews)
    with reading(path) as db:
        proof.forgotten(db, (one for one in gone if one.id in changes.removals))
        derived.forgotten(db, gone)
        proof.forgotten(db, (one for one in unlisted if one.id in changes.unlisted), proof.RECORDS)
        proof.no_bytes(path, db, [*gone, *unlisted], _now(changes), files=files)
    return None


def _told(decisions: Sequence[PublicDecision], progress: Progress) -> Iterator[PublicDecision]:
    for done, public in enumerate(ready(decisions), start=1):
        yield public
        progress(done, len(decisions))


class Leaving(NamedTuple):
    """What changes take out of a public.db: decisions and records that go, then versions that are replaced, no more
    than can be looked for one by one; and pieces of the files attached to these (proving/attachments.py)."""

    decisions: tuple[PublicDecision, ...]
    records: tuple[PublicRecord, ...]
    files: Mapping[bytes, str]


def leaving(path: Path, changes: Changes) -> Leaving:
    """What `changes` take out of the public.db at `path`."""
    with reading(path) as db:
        decisions = tuple(rows.stored(db, islice(changes.replaced(), _MOST_LOOKED_FOR)))
        records = tuple(stored_records(db, islice(changes.replaced_records(), _MOST_LOOKED_FOR)))
        return Leaving(decisions, records, samples(db, attached(records)))


def departing(path: Path, changes: Changes | None) -> tuple[Departed, ...]:
    """What will tell of what leaves when `changes` are made in the public.db at `path`; nothing where there is no file
    that can be changed."""
    if changes is None:
        return ()
    now, leave = _now(changes), leaving(path, changes)
    gone: tuple[Public, ...] = (*leave.decisions, *leave.records)
    return tuple(Departed.of(one, now.get(one.id)) for one in gone)


def _now(changes: Changes) -> dict[str, Public]:
    """What takes the place of what is replaced."""
    new: tuple[Public, ...] = (*changes.upserts, *changes.records)
    return {one.id: one for one in new}


def write_full(
    path: Path,
    instance: Instance,
    decisions: Iterable[PublicDecision],
    head: str,
    notices: Iterable[PublicNotice] = (),
    *,
    records: Iterable[PublicRecord] = (),
    reviews: Sequence[ReviewYear] = (),
) -> int:
    """Write public.db from nothing beside `path` and switch to it; returns how many decisions it holds.

    `decisions`, `notices` and `records` come by place, so that the same input gives the same rows and the same index.
    `head` is the hash of the journal's newest entry. Killed at any moment, the old file stays as it was.
    """
    new = opening.fresh(path)
    figures, tallies = Figures(late=instance.city.show_late), Tallies()
    with opening.filling(new) as db:
        create_tables(db)
        db.execute("BEGIN")
        for given in (*tables(instance, head), table(reviews)):
            _fill(db, given)
        count = rows.insert(db, tallies.passing(figures.passing(decisions)))
        rows.insert_notices(db, figures.passing_notices(notices))
        insert_records(db, records)
        figures.write(db)
        tallies.write(db)
        db.execute("COMMIT")
        finish(db)
        organisations.fill(db)
    _sweep(new)
    opening.switch(new, path)
    return count


def apply(
    path: Path,
    changes: Changes,
    instance: Instance,
    head: str,
    step: Step = lambda name: None,
    *,
    reviews: Sequence[ReviewYear] = (),
) -> None:
    """Change public.db in place: all of it in one transaction, or nothing; then prove that what went is gone.

    Raises TakedownUnproven where something is left: then `write_full`. On an SQLite that can not erase
    from an index the file is written fresh instead.
    """
    if not can_secure_delete():
        _rewrite(path, changes, instance, head, reviews)
        return
    with changing(path) as db:
        gone = list(rows.stored(db, changes.replaced()))
        lifted = list(rows.stored_notices(db, [*changes.lifted, *(one.id for one in changes.notices)]))
        unlisted = list(stored_records(db, changes.replaced_records()))
        files = samples(db, attached(unlisted))
        figures, tallies = Figures.of(db, late=instance.city.show_late), Tallies()
        figures.without(gone, lifted)
        tallies.without(gone)
        step("delete")
        _take_out(db, gone, lifted, unlisted)
        step("insert")
        given = (*tables(instance, head), table(reviews))
        changed = {one[0] for one in given if _refill(db, one)}
        rows.insert(db, tallies.passing(figures.passing(sorted(changes.upserts, key=_place))))
        rows.insert_notices(db, figures.passing_notices(sorted(changes.notices, key=_place)))
        insert_records(db, sorted(changes.records, key=_place))
        detach(db, attached(unlisted))
        figures.write(db)
        tallies.write(db)
        organisations.bring(db, tallies.organisations, everyone="regions" in changed)
        derived.forgotten(db, gone)
        touched = changed_pages(db, path)
        step("commit")
    if touched:
        _sweep(path, touched.now(path))
    with reading(path) as db:
        proof.no_bytes(path, db, [*gone, *lifted, *unlisted], _now(changes), touched, files=files)


def _take_out(
    db: Connection, gone: Iterable[PublicDecision], lifted: Iterable[PublicNotice], unlisted: Iterable[PublicRecord]
) -> None:
    """Raises TakedownUnproven."""
    for public in gone:
        rows.delete(db, public)
    for notice in lifted:
        rows.delete_notice(db, notice)
    for record in unlisted:
        delete_record(db, record)
    proof.forgotten(db, gone)
    proof.forgotten(db, unlisted, proof.RECORDS)


def _sweep(path: Path, pages: Iterable[int] | None = None) -> None:
    with reading(path) as db:
        swept(db, path, pages)


def _fill(db: Connection, given: Table) -> None:
    name, columns, values = given
    marks = ", ".join("?" * len(columns))
    db.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", values)  # noqa: S608 - our schema


def _refill(db: Connection, given: Table) -> bool:
    """Bring a reference table to its rows, touching it only where it differs; whether it did."""
    name, columns, values = given
    now = [tuple(row) for row in db.execute(f"SELECT {', '.join(columns)} FROM {name}")]  # noqa: S608 - our schema
    differs = sorted(map(repr, now)) != sorted(map(repr, values))
    if differs:
        db.execute(f"DELETE FROM {name}")  # noqa: S608 - our schema
        _fill(db, given)
    return differs


def _rewrite(path: Path, changes: Changes, instance: Instance, head: str, reviews: Sequence[ReviewYear]) -> None:
    """The slow way: everything that stays, and what is new, into a fresh file; row by row, for they are many."""
    touched = frozenset(changes.replaced())
    moved = {*changes.lifted, *(one.id for one in changes.notices)}
    relisted = frozenset(changes.replaced_records())
    with reading(path) as old, reading(path) as also:
        kept = (one for one in rows.stored(old) if one.id not in touched)
        stand = (one for one in rows.stored_notices(also) if one.id not in moved)
        decisions = merge(kept, sorted(changes.upserts, key=_place), key=_place)
        notices = merge(stand, sorted(changes.notices, key=_place), key=_place)
        listed = (one for one in stored_records(also) if one.id not in relisted)
        records = merge(listed, sorted(changes.records, key=_place), key=_place)
        write_full(path, instance, decisions, head, notices, records=records, reviews=reviews)


def _place(one: PublicDecision | PublicNotice | PublicRecord) -> int:
    return one.sort
