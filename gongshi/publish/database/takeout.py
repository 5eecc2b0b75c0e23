"""Decisions and notices taken out of public.db before or without a rebuild: in place, without room on the disk, or not
at all.

What can not be proven clean is taken away whole: then there is no search until the next rebuild, but
nothing that had to come down is found (DESIGN.md promises 7 and 8).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import Enum
from pathlib import Path

from gongshi.publish import opening
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.database import rows
from gongshi.publish.database.figures import as_they_are
from gongshi.publish.database.leftovers import swept
from gongshi.publish.database.shape import usable
from gongshi.publish.proving import proof
from gongshi.publish.proving.changed_pages import changed_pages
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


def held(path: Path, ids: Collection[str] | None = None) -> dict[str, str]:
    """The decisions in public.db, or those of `ids`, each with the last day on which it may be shown ("" where there is
    none)."""
    if not usable(path):
        return {}
    with opening.reading(path) as db:
        if ids is None:
            rows_held = db.execute("SELECT id, publish_until FROM decisions").fetchall()
        else:
            rows_held = chosen(db, "SELECT id, publish_until FROM decisions WHERE id IN ({})", sorted(ids))
    return {row["id"]: row["publish_until"] or "" for row in rows_held}


def standing_among(path: Path, ids: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Those of `ids` of which public.db has the decision, and those of which it has the notice."""
    asked = sorted(ids)
    with opening.reading(path) as db:
        decisions = chosen(db, "SELECT id FROM decisions WHERE id IN ({})", asked)
        notices = chosen(db, "SELECT id FROM notices WHERE id IN ({})", asked)
    return frozenset(row["id"] for row in decisions), frozenset(row["id"] for row in notices)


def past(path: Path, today: date) -> frozenset[str]:
    """The decisions in public.db whose own last day is over."""
    on = today.isoformat()
    return frozenset(one for one, until in held(path).items() if until and until < on)


def shown(path: Path, decisions: Collection[str], notices: Collection[str]) -> tuple[PublicDecision, ...] | None:
    """Those of `decisions` that the public.db at `path` holds; None where neither they nor one of `notices` is there,
    or where there is no file that can be read."""
    if not path.is_file():
        return None
    try:
        with opening.reading(path) as db:
            found = tuple(rows.stored(db, sorted(decisions)))
            return found if found or any(True for _ in rows.stored_notices(db, sorted(notices))) else None
    except DatabaseError:
        return None


def take_out(path: Path, ids: Collection[str], notices: Collection[str] | None = None) -> Left:
    """Take the decisions `ids` out of the public.db at `path`, and their notices (with `notices` these alone).

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
        figures = as_they_are(db)
        gone = list(rows.stored(db, sorted(ids)))
        lifted = list(rows.stored_notices(db, sorted(notices)))
        figures.without(gone, lifted)
        for public in gone:
            rows.delete(db, public)
        for notice in lifted:
            rows.delete_notice(db, notice)
        figures.write(db)
        proof.forgotten(db, gone)
        touched = changed_pages(db, path)
    with opening.reading(path) as db:
        swept(db, path, touched.now(path) if touched else None)
        proof.no_bytes(path, db, [*gone, *lifted], touched=touched)


def _away(path: Path) -> Left:
    try:
        opening.remove(path)
    except OSError:
        try:
            path.open("r+b").truncate(0)
        except OSError:
            return Left.TOUCHED_NOT
    return Left.AWAY
