"""Whether a file is a public.db that can be changed: whole, of this very schema and of this tokeniser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gongshi.publish.composing.schema import behind_statements, statements, table_statements
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
            return _shape(db) == _expected_shape() and is_of_these_versions(db)
    except DatabaseError:
        return False


def is_of_these_versions(db: Connection) -> bool:
    """Whether a file was written with this very tokeniser and these keys: erased with others, ghosts would stay."""
    meta = {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM meta")}
    return VERSIONS.items() <= meta.items()


def create(db: Connection) -> None:
    """Make the tables of an empty public.db."""
    for script in statements():
        db.executescript(script)


def create_tables(db: Connection) -> None:
    """Make the tables of an empty public.db that is to be filled at once: without indexes, and with a
    search that lays down what it is given in pieces, for they are merged in the end."""
    for script in table_statements():
        db.executescript(script)
    db.executemany(_SEARCH_IS, _WHILE_FILLING.items())


def finish(db: Connection) -> None:
    """Make what `create_tables` left out, and the search one piece."""
    for index in ("decisions_fts", "records_fts"):
        db.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - our schema
    db.executemany("DELETE FROM decisions_fts_config WHERE k = ?", ((setting,) for setting in _WHILE_FILLING))
    for script in behind_statements():
        db.executescript(script)


_SEARCH_IS = "INSERT INTO decisions_fts (decisions_fts, rank) VALUES (?, ?)"
_WHILE_FILLING = {"hashsize": 4 << 20, "automerge": 0, "crisismerge": 1500}
"""FTS5's own settings: bytes of new entries in memory, no more than the processor keeps close (64 MB take a fifth
longer); no merging of the pieces on the way, a hundred of 100,000 decisions, unless they get near the 2,000 that FTS5
can have."""


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
