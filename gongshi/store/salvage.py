"""The record, read where nothing can be written: a full disk, a folder that may only be read.

SQLite needs a side file to read a database in WAL mode. Where there is no room for one, its index can be
kept in memory by whoever has the file alone; where not even that is allowed, a file without a side file
is all there is, and may be read as it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gongshi.store import projections, schema
from gongshi.store.errors import StoreOutdated
from gongshi.store.sqlite import Connection, DatabaseError, connect
from gongshi.store.store import Store

_PATIENCE = 5.0


@contextmanager
def salvaged(path: Path) -> Iterator[Store]:
    """The store at `path`, to read from, by the first way that works.

    Raises the last way's error (DatabaseError), StoreOutdated where it would have to be migrated first.
    """
    db = _first(path, (_shared, _alone, _as_it_lies))
    try:
        yield Store(path, db)
    finally:
        db.close()


def _first(path: Path, ways: tuple[Callable[[Path], Connection], ...]) -> Connection:
    for way in ways[:-1]:
        try:
            return _looked_at(way(path))
        except DatabaseError:
            continue
    return _looked_at(ways[-1](path))


def _looked_at(db: Connection) -> Connection:
    """The connection, once it has read something."""
    try:
        row = db.execute("SELECT projections FROM shape").fetchone()
        if not schema.is_current(db) or row is None or row["projections"] != projections.shape():
            raise StoreOutdated("数据库由另一版本的 gongshi 写成：请先运行 gongshi rebuild 完成升级。")
    except BaseException:
        db.close()
        raise
    return db


def _shared(path: Path) -> Connection:
    return connect(path, read_only=True, timeout=_PATIENCE)


def _alone(path: Path) -> Connection:
    db = connect(path, timeout=_PATIENCE)
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    return db


def _as_it_lies(path: Path) -> Connection:
    side = path.with_name(path.name + "-wal")
    if side.exists() and side.stat().st_size:
        raise DatabaseError("what was written last lies in a side file")
    return connect(path, read_only=True, immutable=True)
