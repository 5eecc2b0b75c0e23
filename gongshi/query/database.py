"""The public database as Datasette serves it, and how a running server follows a replaced file.

Datasette keeps its connections by thread and database name, so a file put in the place of another
goes on being served from the old one, and adding it again under the same name changes nothing
(MEASURED.md, "Traps"). Here each database object keeps its own connections: a new file means a new
object under the old name, and the old one's connections are closed once no query can be using them,
so that no withdrawn byte stays open.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.utils.sqlite import sqlite3 as engine  # Datasette's own; the tests hold it to be the store's

from gongshi.query.errors import RowsRefused, TooSlow, Unavailable

NAME = "public"
"""The database's name and route: /data/public/…"""

GRACE = 1.0
"""Seconds beyond the time limit after which no query can still be reading a replaced file."""

T = TypeVar("T")
Row = Mapping[str, Any]
Parameters = Sequence[object] | Mapping[str, object]


class ServedDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """A database file with connections of its own, known by which file it is and not by its name."""

    def __init__(self, datasette: Datasette, path: str, identity: tuple[int, int]) -> None:
        super().__init__(datasette, path=path, is_mutable=True)
        self.identity = identity
        self._by_thread = threading.local()

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        """Run `fn` with this thread's connection to this very file."""

        def in_thread() -> Any:
            connection = getattr(self._by_thread, "connection", None)
            if connection is None:
                connection = self.connect()
                self.ds._prepare_connection(connection, self.name)
                self._by_thread.connection = connection
            return fn(connection)

        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, in_thread)


def public_path(datasette: Datasette) -> Path:
    """Where the public database lies, whether or not it is there just now."""
    served = datasette.databases.get(NAME)
    found = [served] if served else [db for db in datasette.databases.values() if db.path]
    if not found:
        raise Unavailable
    return Path(found[0].path)


def follow(datasette: Datasette) -> ServedDatabase:
    """The database as it lies on the disk now; one stat when nothing changed.

    Raises Unavailable where there is no file.
    """
    path = public_path(datasette)
    try:
        stat = path.stat()
    except OSError:
        raise Unavailable from None
    identity = (stat.st_dev, stat.st_ino)
    current = datasette.databases.get(NAME)
    if isinstance(current, ServedDatabase) and current.identity == identity:
        return current
    return _switch(datasette, ServedDatabase(datasette, str(path), identity))


def _switch(datasette: Datasette, fresh: ServedDatabase) -> ServedDatabase:
    """Serve `fresh` in the place of every database file before it."""
    for name, old in list(datasette.databases.items()):
        if old.path:
            datasette.remove_database(name)
            limit = datasette.setting("sql_time_limit_ms") / 1000 + GRACE
            asyncio.get_running_loop().call_later(limit, old.close)
    datasette.add_database(fresh, name=NAME)
    return fresh


async def answered(datasette: Datasette, ask: Callable[[ServedDatabase], Awaitable[T]]) -> T:
    """What `ask` makes of the database as it lies now; asked again where the file was replaced meanwhile.

    A reader of the old file takes the journal of a change in the new one for its own, and fails.
    Raises what `ask` raises.
    """
    while True:
        db = follow(datasette)
        try:
            return await ask(db)
        except (Unavailable, RowsRefused):
            if follow(datasette) is db:
                raise


async def rows(db: Database, sql: str, parameters: Parameters = (), *, limit_ms: int | None = None) -> list[Row]:
    """The rows of a query, by name.

    Raises TooSlow past the time limit and Unavailable where the file can not be read.
    """
    try:
        result = await db.execute(sql, parameters, custom_time_limit=limit_ms, log_sql_errors=False)
    except QueryInterrupted:
        raise TooSlow from None
    except (engine.OperationalError, engine.DatabaseError):
        raise Unavailable from None
    return [dict(row) for row in result.rows]


async def read(db: Database, find: Callable[[Any], T]) -> T:
    """What `find` makes of a connection, in a thread of Datasette's; it has to be quick, for no time limit stops it.

    Raises Unavailable where the file can not be read.
    """
    try:
        found: T = await db.execute_fn(find)
    except (engine.OperationalError, engine.DatabaseError):
        raise Unavailable from None
    return found
