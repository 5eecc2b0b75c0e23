"""Decisions, notices and records taken out of public.db before or without a rebuild: in place, without room on the
disk, or not at all.

What can not be proven clean is taken away whole: then there is no search until the next rebuild, but
nothing that had to come down is found (DESIGN.md promises 7 and 8).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import Enum
from pathlib import Path

from gongshi.publish import opening
from gongshi.publish.database import organisations, rows
from gongshi.publish.database.figures import as_they_are
from gongshi.publish.database.leftovers import swept
from gongshi.publish.database.record_rows import attached, delete_record, detach, stored_records
from gongshi.publish.database.shape import is_of_these_versions, usable
from gongshi.publish.database.tallies import Tallies
from gongshi.publish.proving import derived, proof
from gongshi.publish.proving.attachments import samples
from gongshi.publish.proving.changed_pages import changed_pages
from gongshi.publish.proving.departed import Public
from gongshi.publish.proving.proof import TakedownUnproven
from gongshi.store.queries import chosen
from gongshi.store.sqlite import DatabaseError, OperationalError

_JOURNALS = ("DELETE", "MEMORY")
"""How a change may be undone: by a file; where there is no room for one, in memory (a crash then damages public.db,
which the next rebuild sees and writes anew)."""


class Left(Enum):
    """What became of the file: it stands without them, it was taken away, or it could not be touched."""

    CLEAN = "clean"
    AWAY = "away"
    TOUCHED_NOT = "not_possible"


_HELD = ("SELECT id, publish_until FROM decisions", "SELECT id, '' AS publish_until FROM records")


def held(path: Path, ids: Collection[str] | None = None) -> dict[str, str]:
    """The decisions and records in public.db, or those of `ids`, each with the last day on which it may be shown (""
    where there is none: a record's row does not say it)."""
    if not usable(path):
        return {}
    with opening.reading(path) as db:
        if ids is None:
            rows_held = [row for asked in _HELD for row in db.execute(asked).fetchall()]
        else:
            asked_for = sorted(ids)
            rows_held = [row for asked in _HELD for row in chosen(db, f"{asked} WHERE id IN ({{}})", asked_for)]
    return {row["id"]: row["publish_until"] or "" for row in rows_held}


def records_in(path: Path) -> frozenset[str]:
    """The records of registers in public.db."""
    if not usable(path):
        return frozenset()
    with opening.reading(path) as db:
        return frozenset(row["id"] for row in db.execute("SELECT id FROM records"))


def own_files(path: Path, ids: Collection[str]) -> frozenset[str]:
    """The files (by sha256) that no other record than those of `ids` has; nothing where the file can not be read."""
    if not path.is_file():
        return frozenset()
    try:
        with opening.reading(path) as db:
            found = attached(stored_records(db, sorted(ids)))
            kept = chosen(db, _WHOSE, sorted(found))
    except DatabaseError:
        return frozenset()
    return found.difference(row["sha256"] for row in kept if row["id"] not in ids)


_WHOSE = "SELECT f.sha256, r.id FROM record_files f JOIN records r ON r.sort = f.sort WHERE f.sha256 IN ({})"


def standing_among(path: Path, ids: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Those of `ids` of which public.db has the decision or the record, and those of which it has the notice."""
    asked = sorted(ids)
    with opening.reading(path) as db:
        decisions, records, notices = (
            chosen(db, f"SELECT id FROM {table} WHERE id IN ({{}})", asked)  # noqa: S608 - our schema
            for table in ("decisions", "records", "notices")
        )
    return frozenset(row["id"] for row in (*decisions, *records)), frozenset(row["id"] for row in notices)


def past(path: Path, today: date) -> frozenset[str]:
    """What in public.db whose own last day is over."""
    on = today.isoformat()
    return frozenset(one for one, until in held(path).items() if until and until < on)


def shown(path: Path, ids: Collection[str], notices: Collection[str]) -> tuple[Public, ...] | None:
    """The decisions and records of `ids` that the public.db at `path` holds; None where neither they nor one of
    `notices` is there, or where there is no file that can be read."""
    if not path.is_file():
        return None
    try:
        with opening.reading(path) as db:
            found: tuple[Public, ...] = (*rows.stored(db, sorted(ids)), *stored_records(db, sorted(ids)))
            return found if found or any(True for _ in rows.stored_notices(db, sorted(notices))) else None
    except DatabaseError:
        return None


def take_out(path: Path, ids: Collection[str], notices: Collection[str] | None = None) -> Left:
    """Take the decisions and records `ids` out of the public.db at `path`, and their notices (with `notices` these
    alone).

    Never raises for what the disk or the file is like.
    """
    if not path.exists():
        return Left.CLEAN
    for journal in _JOURNALS:
        try:
            _in_place(path, ids, ids if notices is None else notices, journal)
        except OperationalError as error:
            if "locked" in str(error):  # whoever reads it holds up no takedown
                break
            continue
        except (DatabaseError, OSError, TakedownUnproven, LookupError, TypeError, ValueError):
            break
        return Left.CLEAN
    return _away(path)


def _in_place(path: Path, ids: Collection[str], notices: Collection[str], journal: str) -> None:
    with opening.changing(path, journal) as db:
        figures, tallies = as_they_are(db), Tallies()
        gone = list(rows.stored(db, sorted(ids)))
        lifted = list(rows.stored_notices(db, sorted(notices)))
        unlisted = list(stored_records(db, sorted(ids)))
        if (gone or unlisted) and not is_of_these_versions(db):
            raise TakedownUnproven("-", path.name)
        files = samples(db, attached(unlisted))
        figures.without(gone, lifted)
        tallies.without(gone)
        for public in gone:
            rows.delete(db, public)
        for notice in lifted:
            rows.delete_notice(db, notice)
        for record in unlisted:
            delete_record(db, record)
        detach(db, attached(unlisted))
        figures.write(db)
        tallies.write(db)
        organisations.bring(db, tallies.organisations)
        derived.forgotten(db, gone)
        proof.forgotten(db, gone)
        proof.forgotten(db, unlisted, proof.RECORDS)
        touched = changed_pages(db, path)
    with opening.reading(path) as db:
        swept(db, path, touched.now(path) if touched else None)
        proof.no_bytes(path, db, [*gone, *lifted, *unlisted], touched=touched, files=files)


def _away(path: Path) -> Left:
    try:
        opening.remove(path)
    except OSError:
        try:
            path.open("r+b").truncate(0)
        except OSError:
            return Left.TOUCHED_NOT
    return Left.AWAY
