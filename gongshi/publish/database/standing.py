"""What a public.db that stands there says of itself: whether it is intact, what it holds, of which journal it is."""

from __future__ import annotations

from pathlib import Path

from gongshi.publish.composing.public_decision import is_as_sealed
from gongshi.publish.database import organisations, rows
from gongshi.publish.database.figures import agree
from gongshi.publish.database.record_rows import files_are_sound, stored_records
from gongshi.publish.database.shape import usable
from gongshi.publish.database.tallies import Tallies
from gongshi.publish.notices.notice import PublicNotice, seal_notice
from gongshi.publish.opening import reading
from gongshi.publish.registry import public_record
from gongshi.store.sqlite import Connection, DatabaseError


def intact(path: Path) -> bool:
    """Whether the file at `path` still says what was written into it: each decision, notice and record by its digest,
    each attachment by its hash, what is counted of them by counting again, indexes and pages of the file by SQLite's
    own checks. Reads all of it."""
    if not usable(path):
        return False
    try:
        with reading(path) as db:
            db.execute("INSERT INTO decisions_fts (decisions_fts) VALUES ('integrity-check')")
            db.execute("INSERT INTO records_fts (records_fts) VALUES ('integrity-check')")
            sound = [row[0] for row in db.execute("PRAGMA quick_check")] == ["ok"] and agree(db)
            sound = sound and _decisions_are_sound(db) and all(map(_as_sealed, rows.stored_notices(db)))
            return sound and all(map(public_record.is_as_sealed, stored_records(db))) and files_are_sound(db)
    except (DatabaseError, LookupError, TypeError, ValueError):
        return False


def _decisions_are_sound(db: Connection) -> bool:
    """Whether each decision says what its digest was made from, and the counted tables what the decisions count."""
    tallies = Tallies()
    sound = all(is_as_sealed(one) and rows.is_tagged(db, one) for one in tallies.passing(rows.stored(db)))
    return sound and tallies.agree(db) and organisations.agree(db)


def _as_sealed(notice: PublicNotice) -> bool:
    row = {name: value for name, value in notice.row.items() if name != "digest"}
    return seal_notice(row).digest == notice.digest


def count(path: Path) -> int:
    """How many decisions the file at `path` holds; by its figures."""
    with reading(path) as db:
        return int(db.execute("SELECT coalesce(sum(published), 0) FROM figures").fetchone()[0])


def count_records(path: Path) -> int:
    """How many records of registers the file at `path` holds."""
    with reading(path) as db:
        return int(db.execute("SELECT count(*) FROM records").fetchone()[0])


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
