"""build/public.db: written fresh and switched to, or changed in place in one transaction, with one outcome.

A running server notices a new file by its inode and sees a change in place at once (MEASURED.md). After
either way nothing of what was taken down is left: in tables, index, free pages, side files (promise 8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from heapq import merge
from itertools import islice
from pathlib import Path

from gongshi.instance import Instance
from gongshi.publish import opening
from gongshi.publish.composing.public_decision import PublicDecision, is_as_sealed
from gongshi.publish.database import facets, rows
from gongshi.publish.database.changes import Changes, diff
from gongshi.publish.database.figures import Figures, agree
from gongshi.publish.database.leftovers import swept
from gongshi.publish.database.reference_rows import Table, tables
from gongshi.publish.database.shape import create_tables, finish, usable
from gongshi.publish.notices.notice import PublicNotice, seal_notice
from gongshi.publish.opening import changing, reading
from gongshi.publish.preparing.spool import ready
from gongshi.publish.proving import proof
from gongshi.publish.proving.changed_pages import changed_pages
from gongshi.publish.proving.departed import Departed
from gongshi.publish.proving.proof import TakedownUnproven
from gongshi.store.sqlite import Connection, DatabaseError, OperationalError, can_secure_delete

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
    changes: Changes | None = None,
    full: bool = False,
    progress: Progress = lambda done, total: None,
) -> Changes | None:
    """Bring public.db to `decisions` and `notices` (by place) the cheaper way; None where it was written from nothing.

    They are everything, unless `changes` say what they bring of a part that was looked at: then everything else
    stays as it is in the file. A change in place that can not be proven clean, or that a reader holds up, is
    followed by a fresh file, which waits for nobody; what went is looked for in that, too. Raises
    TakedownUnproven, naming the place, where it is still there: nothing of this is called done then. `progress`
    hears how many decisions of how many a full write has written.
    """
    opening.remove(opening.fresh(path))
    whole = changes is None
    if changes is None:
        if not usable(path):
            write_full(path, instance, _told(decisions, progress), head, notices)
            return None
        changes = diff(path, decisions, notices)
    gone = leaving(path, changes)
    if not full and changes.are_few(path):
        with suppress(TakedownUnproven, OperationalError):
            if whole:  # the last run may have died before it had done so
                _sweep(path)
            apply(path, changes, instance, head)
            return changes
    if whole:
        write_full(path, instance, _told(decisions, progress), head, notices)
    else:
        _rewrite(path, changes, instance, head)
    with reading(path) as db:
        proof.forgotten(db, (one for one in gone if one.id in changes.removals))
        proof.no_bytes(path, db, gone, {one.id: one for one in changes.upserts})
    return None


def _told(decisions: Sequence[PublicDecision], progress: Progress) -> Iterator[PublicDecision]:
    for done, public in enumerate(ready(decisions), start=1):
        yield public
        progress(done, len(decisions))


def leaving(path: Path, changes: Changes) -> tuple[PublicDecision, ...]:
    """What `changes` take out of the public.db at `path`: decisions that go, then versions that are replaced;
    no more of them than can be looked for one by one."""
    ids = islice(changes.replaced(), _MOST_LOOKED_FOR)
    with reading(path) as db:
        return tuple(rows.stored(db, ids))


def departing(path: Path, changes: Changes | None) -> tuple[Departed, ...]:
    """What will tell of the decisions that leave when `changes` are made in the public.db at `path`; nothing where
    there is no file that can be changed."""
    if changes is None:
        return ()
    now = {one.id: one for one in changes.upserts}
    return tuple(Departed.of(one, now.get(one.id)) for one in leaving(path, changes))


def write_full(
    path: Path,
    instance: Instance,
    decisions: Iterable[PublicDecision],
    head: str,
    notices: Iterable[PublicNotice] = (),
) -> int:
    """Write public.db from nothing beside `path` and switch to it; returns how many decisions it holds.

    `decisions` and `notices` come by place, so that the same input gives the same rows and the same index.
    `head` is the hash of the journal's newest entry. Killed at any moment, the old file stays as it was.
    """
    new = opening.fresh(path)
    figures = Figures(late=instance.city.show_late)
    with opening.filling(new) as db:
        create_tables(db)
        db.execute("BEGIN")
        for table in tables(instance, head):
            _fill(db, table)
        count = rows.insert(db, figures.passing(decisions))
        rows.insert_notices(db, figures.passing_notices(notices))
        figures.write(db)
        db.execute("COMMIT")
        finish(db)
    _sweep(new)
    opening.switch(new, path)
    return count


def apply(path: Path, changes: Changes, instance: Instance, head: str, step: Step = lambda name: None) -> None:
    """Change public.db in place: all of it in one transaction, or nothing; then prove that what went is gone.

    Raises TakedownUnproven where something is left: then `write_full`. On an SQLite that can not erase
    from an index the file is written fresh instead.
    """
    if not can_secure_delete():
        _rewrite(path, changes, instance, head)
        return
    with changing(path) as db:
        gone = list(rows.stored(db, changes.replaced()))
        lifted = list(rows.stored_notices(db, [*changes.lifted, *(one.id for one in changes.notices)]))
        figures = Figures.of(db, late=instance.city.show_late)
        figures.without(gone, lifted)
        step("delete")
        for public in gone:
            rows.delete(db, public)
        for notice in lifted:
            rows.delete_notice(db, notice)
        proof.forgotten(db, gone)
        step("insert")
        for table in tables(instance, head):
            _refill(db, table)
        rows.insert(db, figures.passing(sorted(changes.upserts, key=_place)))
        rows.insert_notices(db, figures.passing_notices(sorted(changes.notices, key=_place)))
        figures.write(db)
        touched = changed_pages(db, path)
        step("commit")
    if touched:
        _sweep(path, touched.now(path))
    with reading(path) as db:
        proof.no_bytes(path, db, [*gone, *lifted], {one.id: one for one in changes.upserts}, touched)


def _sweep(path: Path, pages: Iterable[int] | None = None) -> None:
    with reading(path) as db:
        swept(db, path, pages)


def intact(path: Path) -> bool:
    """Whether the file at `path` still says what was written into it: each decision and notice by its digest,
    figures and facets by counting again, index and pages of the file by SQLite's own checks. Reads all of it."""
    if not usable(path):
        return False
    try:
        with reading(path) as db:
            db.execute("INSERT INTO decisions_fts (decisions_fts) VALUES ('integrity-check')")
            sound = [row[0] for row in db.execute("PRAGMA quick_check")] == ["ok"] and agree(db) and facets.agree(db)
            return sound and all(map(is_as_sealed, rows.stored(db))) and all(map(_as_sealed, rows.stored_notices(db)))
    except (DatabaseError, LookupError, TypeError, ValueError):
        return False


def _as_sealed(notice: PublicNotice) -> bool:
    row = {name: value for name, value in notice.row.items() if name != "digest"}
    return seal_notice(row).digest == notice.digest


def count(path: Path) -> int:
    """How many decisions the file at `path` holds; by its figures."""
    with reading(path) as db:
        return int(db.execute("SELECT coalesce(sum(published), 0) FROM figures").fetchone()[0])


def published_head(path: Path) -> str:
    """The hash of the journal's newest entry when the file at `path` was written; "" where it can not be read."""
    if not path.is_file():
        return ""
    try:
        with reading(path) as db:
            found = db.execute("SELECT value FROM meta WHERE key = 'head'").fetchone()
    except DatabaseError:
        return ""
    return str(found["value"]) if found else ""


def _fill(db: Connection, table: Table) -> None:
    name, columns, values = table
    marks = ", ".join("?" * len(columns))
    db.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", values)  # noqa: S608 - our schema


def _refill(db: Connection, table: Table) -> None:
    """Bring a reference table to its rows, touching it only where it differs."""
    name, columns, values = table
    now = [tuple(row) for row in db.execute(f"SELECT {', '.join(columns)} FROM {name}")]  # noqa: S608 - our schema
    if sorted(map(repr, now)) != sorted(map(repr, values)):
        db.execute(f"DELETE FROM {name}")  # noqa: S608 - our schema
        _fill(db, table)


def _rewrite(path: Path, changes: Changes, instance: Instance, head: str) -> None:
    """The slow way: everything that stays, and what is new, into a fresh file; row by row, for they are many."""
    touched = frozenset(changes.replaced())
    moved = {*changes.lifted, *(one.id for one in changes.notices)}
    with reading(path) as old, reading(path) as also:
        kept = (one for one in rows.stored(old) if one.id not in touched)
        stand = (one for one in rows.stored_notices(also) if one.id not in moved)
        decisions = merge(kept, sorted(changes.upserts, key=_place), key=_place)
        notices = merge(stand, sorted(changes.notices, key=_place), key=_place)
        write_full(path, instance, decisions, head, notices)


def _place(one: PublicDecision | PublicNotice) -> int:
    return one.sort
