"""Whether a file is a public.db that can be changed: whole, of this very schema and of this tokeniser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gongshi.publish.composing.schema import statements
from gongshi.publish.database.reference_rows import VERSIONS
from gongshi.publish.opening import reading
from gongshi.store.sqlite import Connection, DatabaseError, connect


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


def create(db: Connection) -> None:
    """Make the tables of an empty public.db."""
    for script in statements():
        db.executescript(script)


def _shape(db: Connection) -> tuple[str, ...]:
    return tuple(row["sql"] for row in db.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"))


@cache
def _expected_shape() -> tuple[str, ...]:
    db = connect(":memory:")
    try:
        create(db)
        return _shape(db)
    finally:
        db.close()
