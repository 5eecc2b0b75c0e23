"""build/public.db: written fresh and switched to, or changed in place in one transaction, with one outcome.

A running server notices a new file by its inode and sees a change in place at once (MEASURED.md). After
either way nothing of what was taken down is left: in tables, index, free pages, side files (promise 8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gongshi.instance import Instance
from gongshi.publish import opening, proof, rows
from gongshi.publish.departed import Departed
from gongshi.publish.figures import Figures, agree
from gongshi.publish.memory import is_as_sealed
from gongshi.publish.notice import PublicNotice, seal_notice
from gongshi.publish.opening import changing, reading
from gongshi.publish.proof import TakedownUnproven
from gongshi.publish.public_decision import PublicDecision
from gongshi.publish.reference_rows import VERSIONS, Table, tables
from gongshi.publish.schema import statements
from gongshi.store.sqlite import Connection, DatabaseError, OperationalError, can_secure_delete, connect

Progress = Callable[[int, int], None]
"""Told (done, total)."""
Step = Callable[[str], None]
"""Called with a step's name as it begins: tests kill the process there."""


_MOST_LOOKED_FOR = 2000
"""So many of what a fresh file no longer has are looked for in it: seconds, not minutes."""
_FEW = 500
"""So many changes are made in place even in a small city; above it, and above a quarter of all, a fresh file wins."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What brings a public.db to the prepared rows: those to write, and the ids to take down.

    `notices` are those to write, `lifted` the ids of those to take away.
    """

    upserts: tuple[PublicDecision, ...]
    removals: tuple[str, ...]
    notices: tuple[PublicNotice, ...] = ()
    lifted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(len(self))

    def __len__(self) -> int:
        return sum(map(len, (self.upserts, self.removals, self.notices, self.lifted)))


def bring_to(
    path: Path,
    decisions: Sequence[PublicDecision],
    instance: Instance,
    head: str,
    *,
    notices: Sequence[PublicNotice] = (),
    full: bool = False,
    progress: Progress = lambda done, total: None,
) -> Changes | None:
    """Bring public.db to `decisions` and `notices` (by place) the cheaper way; None where it was written from nothing.

    A change in place that can not be proven clean, or that a reader holds up, is followed by a full write,
    which waits for nobody; what went is looked for in that, too. Raises TakedownUnproven, naming the place,
    where it is still there: nothing of this is called done then. `progress` hears how many decisions of how
    many a full write has written.
    """
    opening.remove(opening.fresh(path))
    if not usable(path):
        write_full(path, instance, _told(decisions, progress), head, notices)
        return None
    changes = diff(path, decisions, notices)
    gone = leaving(path, changes)
    if not full and len(changes) <= max(_FEW, len(decisions) // 4):
        with suppress(TakedownUnproven, OperationalError):
            apply(path, changes, instance, head)
            return changes
    write_full(path, instance, _told(decisions, progress), head, notices)
    with reading(path) as db:
        proof.forgotten(db, (one for one in gone if one.id in changes.removals))
        proof.no_bytes(path, db, gone, {one.id: one for one in changes.upserts})
    return None


def _told(decisions: Sequence[PublicDecision], progress: Progress) -> Iterator[PublicDecision]:
    for done, public in enumerate(decisions, start=1):
        yield public
        progress(done, len(decisions))


def leaving(path: Path, changes: Changes) -> tuple[PublicDecision, ...]:
    """What `changes` take out of the public.db at `path`: decisions that go, then versions that are replaced;
    no more of them than can be looked for one by one."""
    ids = [*changes.removals, *(one.id for one in changes.upserts)]
    with reading(path) as db:
        return tuple(rows.stored(db, ids[:_MOST_LOOKED_FOR]))


def departing(path: Path, decisions: Iterable[PublicDecision]) -> tuple[Departed, ...]:
    """What will tell of the decisions that leave when the public.db at `path` becomes `decisions`; nothing where
    there is no file that can be read."""
    if not usable(path):
        return ()
    changes = diff(path, decisions)
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
        _create(db)
        db.execute("BEGIN")
        for table in tables(instance, head):
            _fill(db, table)
        count = rows.insert(db, figures.passing(decisions))
        rows.insert_notices(db, figures.passing_notices(notices))
        figures.write(db)
        db.execute("COMMIT")
        db.execute("INSERT INTO decisions_fts (decisions_fts) VALUES ('optimize')")
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
        gone = list(rows.stored(db, [*changes.removals, *(one.id for one in changes.upserts)]))
        lifted = list(rows.stored_notices(db, [*changes.lifted, *(one.id for one in changes.notices)]))
        figures = Figures.read(db, late=instance.city.show_late)
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
        rows.insert(db, figures.passing(sorted(changes.upserts, key=lambda one: one.sort)))
        rows.insert_notices(db, figures.passing_notices(sorted(changes.notices, key=lambda one: one.sort)))
        figures.write(db)
        step("commit")
    with reading(path) as db:
        proof.no_bytes(path, db, [*gone, *lifted], {one.id: one for one in changes.upserts})


def diff(path: Path, decisions: Iterable[PublicDecision], notices: Iterable[PublicNotice] = ()) -> Changes:
    """What `apply` has to do to bring the public.db at `path` to `decisions` and `notices`, by id and digest."""
    with reading(path) as db:
        before = _digests(db, "decisions")
        stood = _digests(db, "notices")
    upserts = tuple(public for public in decisions if before.pop(public.id, None) != public.digest)
    written = tuple(notice for notice in notices if stood.pop(notice.id, None) != notice.digest)
    return Changes(upserts, tuple(sorted(before)), written, tuple(sorted(stood)))


def _digests(db: Connection, table: str) -> dict[str, str]:
    return {row["id"]: row["digest"] for row in db.execute(f"SELECT id, digest FROM {table}")}  # noqa: S608 - our schema


def usable(path: Path) -> bool:
    """Whether the file at `path` can be changed in place: it is whole and of this very schema and tokeniser.

    Otherwise a full write is due. A change that was cut off is rolled back by looking.
    """
    if not path.is_file():
        return False
    try:
        with reading(path) as db:
            shape = _shape(db)
            meta = {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM meta")}
    except DatabaseError:
        return False
    return shape == _expected_shape() and VERSIONS.items() <= meta.items()


def intact(path: Path) -> bool:
    """Whether the file at `path` still says what was written into it: each decision and notice by its digest,
    the figures by counting again, and the index and every page of the file by SQLite's own checks. Reads all of it."""
    if not usable(path):
        return False
    try:
        with reading(path) as db:
            db.execute("INSERT INTO decisions_fts (decisions_fts) VALUES ('integrity-check')")
            sound = [row[0] for row in db.execute("PRAGMA quick_check")] == ["ok"] and agree(db)
            return sound and all(map(is_as_sealed, rows.stored(db))) and all(map(_as_sealed, rows.stored_notices(db)))
    except (DatabaseError, LookupError, TypeError, ValueError):
        return False


def _as_sealed(notice: PublicNotice) -> bool:
    row = {name: value for name, value in notice.row.items() if name != "digest"}
    return seal_notice(row).digest == notice.digest


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


def _create(db: Connection) -> None:
    for script in statements():
        db.executescript(script)


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


def _shape(db: Connection) -> list[str]:
    return [row["sql"] for row in db.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")]


def _expected_shape() -> list[str]:
    db = connect(":memory:")
    try:
        _create(db)
        return _shape(db)
    finally:
        db.close()


def _rewrite(path: Path, changes: Changes, instance: Instance, head: str) -> None:
    """The slow way: everything that stays, and what is new, into a fresh file."""
    touched = {*changes.removals, *(one.id for one in changes.upserts)}
    moved = {*changes.lifted, *(one.id for one in changes.notices)}
    with reading(path) as db:
        kept = [one for one in rows.stored(db) if one.id not in touched]
        stand = [one for one in rows.stored_notices(db) if one.id not in moved]
    decisions = sorted([*kept, *changes.upserts], key=lambda one: one.sort)
    notices = sorted([*stand, *changes.notices], key=lambda one: one.sort)
    write_full(path, instance, decisions, head, notices)
