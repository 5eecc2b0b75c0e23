"""Decisions and notices taken out of public.db when a rebuild fails: in place, without room on the disk, or not at all.

What can not be proven clean is taken away whole: then there is no search until the next rebuild, but
nothing that had to come down is found (DESIGN.md promises 7 and 8).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import Enum
from pathlib import Path

from gongshi.publish import opening, proof, rows
from gongshi.publish.proof import TakedownUnproven
from gongshi.publish.public_db import usable
from gongshi.store.sqlite import DatabaseError


class Left(Enum):
    """What became of the file: it stands without them, it was taken away, or it could not be touched."""

    CLEAN = "clean"
    AWAY = "away"
    TOUCHED_NOT = "not_possible"


def held(path: Path) -> dict[str, str]:
    """The decisions in public.db, each with the last day on which it may be shown ("" where there is none)."""
    if not usable(path):
        return {}
    with opening.reading(path) as db:
        return {row["id"]: row["publish_until"] or "" for row in db.execute("SELECT id, publish_until FROM decisions")}


def past(path: Path, today: date) -> frozenset[str]:
    """The decisions in public.db whose own last day is over."""
    on = today.isoformat()
    return frozenset(one for one, until in held(path).items() if until and until < on)


def take_out(path: Path, ids: Collection[str]) -> Left:
    """Take the decisions `ids` and their notices out of the public.db at `path`.

    Never raises for what the disk or the file is like.
    """
    if not path.exists():
        return Left.CLEAN
    try:
        _in_place(path, ids)
    except (DatabaseError, OSError, TakedownUnproven, LookupError, TypeError, ValueError):
        return _away(path)
    return Left.CLEAN


def _in_place(path: Path, ids: Collection[str]) -> None:
    """With the journal in memory: a crash damages the file, which the next rebuild sees and writes anew."""
    with opening.changing(path, journal="MEMORY") as db:
        gone = list(rows.stored(db, sorted(ids)))
        for public in gone:
            rows.delete(db, public)
        for notice in list(rows.stored_notices(db, sorted(ids))):
            rows.delete_notice(db, notice)
        proof.forgotten(db, gone)
    with opening.reading(path) as db:
        proof.no_bytes(path, db, gone)


def _away(path: Path) -> Left:
    try:
        opening.remove(path)
    except OSError:
        try:
            path.open("r+b").truncate(0)
        except OSError:
            return Left.TOUCHED_NOT
    return Left.AWAY
