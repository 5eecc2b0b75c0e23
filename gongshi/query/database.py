"""The public database as Datasette serves it, and how a running server follows a replaced file.

Datasette keeps its connections by thread and database name, so a file put in the place of another
goes on being served from the old one, and adding it again under the same name changes nothing
(MEASURED.md, "Traps"). Here each database object keeps its own connections: a new file means a new
object under the old name, and the old one's connections are closed once no query can be using them,
so that no withdrawn byte stays open.

Handing a request to a thread and back takes longer than most searches, and threads that count hits take the
interpreter from one another. So a look is tried where the request is, for AT_ONCE seconds at most; what takes
longer, or meets a change of the file, is looked up in a thread from the beginning, while others are answered.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.sqlite import sqlite3 as engine  # Datasette's own; the tests hold it to be the store's

from gongshi.query.answers import MOST_MIB, Answers
from gongshi.query.errors import RowsRefused, TooSlow, Unavailable
from gongshi.records import DECISION_KINDS

NAME = "public"
"""The database's name and route: /data/public/…"""

PLUGIN = "gongshi"
"""The plugin's name in Datasette's metadata, for {"site": the folder of the built site, "answers": MiB of memory for
answers that were given lately}."""

GRACE = 1.0
"""Seconds beyond the time limit after which no query can still be reading a replaced file."""

COUNT_MS = 100
"""How long the rows of a table page are counted; after that the page does not say how many there are."""

_ALL = "SELECT coalesce(sum(decisions), 0) FROM facets"
COUNTED = {
    "select count(*) from decisions": _ALL,
    **{f"select count(*) from {kind}": f"{_ALL} WHERE kind = '{kind}'" for kind in DECISION_KINDS},  # noqa: S608
}
"""What Datasette asks to say how many rows a table has, and where public.db keeps the number."""

CACHE_KIB, CACHE_AT_ONCE_KIB = 16_384, 196_608
"""Memory for pages of the file (the upper levels of tables and index, and the newest rows): of one thread, and of the
connection that answers at once, which is one for the whole process. With a third of it a search of a million decisions
takes a sixth longer: to count hits by cell it reads again and again what is 50 MB by itself. Mapped into memory
instead (mmap) the file would take 600 MB, and a file cut short under it would end the process."""

AT_ONCE = 0.05
"""Seconds that a look may take while other requests wait for it. SQLite is stopped between two steps of its own; the
longest found among a million decisions, two common words that never stand together, takes half of that."""
_STEPS = 1_000
"""Steps of SQLite's after which it is asked whether a query's time is over."""

T = TypeVar("T")
Row = Mapping[str, Any]
Parameters = Sequence[object] | Mapping[str, object]


class NotAtOnce(Exception):
    """A look that was tried while others wait has to be made in a thread; nobody outside is told."""


class Reading:
    """One look at public.db: whatever is read through it is of one state of the file."""

    def __init__(
        self, connection: Any, limit_ms: int, kept: dict[str, Any], answers: Answers, until: float | None = None
    ) -> None:
        self._connection, self._limit_ms, self._kept = connection, limit_ms, kept
        self.answers, self._until = answers, until
        self._ends = 0.0
        connection.set_progress_handler(self._is_over, _STEPS)

    def rows(self, sql: str, parameters: Parameters = (), *, limit_ms: int | None = None) -> list[Row]:
        """The rows of a query, by name.

        Raises TooSlow past the time limit and Unavailable where the file can not be read; NotAtOnce for both where
        others wait.
        """
        self._ends = self._until or perf_counter() + (limit_ms or self._limit_ms) / 1000
        try:
            found = self._connection.execute(sql, parameters)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found]
        except engine.DatabaseError as error:
            if self._until:
                raise NotAtOnce from None
            raise (TooSlow if str(error) == "interrupted" else Unavailable) from None

    execute = rows
    """The same, for code that asks a connection."""

    def once(self, name: str, make: Callable[[Reading], T]) -> T:
        """What `make` works out, worked out again only after the file has changed."""
        if name not in self._kept:
            self._kept[name] = make(self)
        kept: T = self._kept[name]
        return kept

    def at_leisure(self) -> None:
        """Before what takes long in any case. Raises NotAtOnce where others wait."""
        if self._until:
            raise NotAtOnce

    def _is_over(self) -> bool:
        return perf_counter() >= self._ends


class _Kept:
    """A thread's connection to one file, and what was worked out and answered of the file's present state, answers up
    to so many bytes."""

    def __init__(self, connection: Any, most: int) -> None:
        self.connection = connection
        self._state: int | None = None
        self._worked_out: dict[str, Any] = {}
        self._most, self._answers = most, Answers(most, _later)

    def look(self, fn: Callable[[Reading], T], limit_ms: int, until: float | None = None) -> T:
        """What `fn` reads, in one transaction; where others wait, `until` then.

        Raises Unavailable or NotAtOnce, and what `fn` raises.
        """
        try:
            self.connection.execute("BEGIN")
            (state,) = self.connection.execute("PRAGMA data_version").fetchone()
        except engine.DatabaseError:
            self._end()
            raise (NotAtOnce if until else Unavailable) from None
        if state != self._state:
            self._answers.clear()
            self._state, self._worked_out, self._answers = state, {}, Answers(self._most, _later)
        try:
            return fn(Reading(self.connection, limit_ms, self._worked_out, self._answers, until))
        finally:
            self._end()

    def _end(self) -> None:
        self.connection.set_progress_handler(None, _STEPS)
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")


def _later(seconds: float, step: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_later(seconds, step)


class ServedDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """A database file with connections of its own, known by which file it is and not by its name."""

    def __init__(self, datasette: Datasette, file: Path, identity: tuple[int, int]) -> None:
        super().__init__(datasette, path=str(file), is_mutable=True)
        self.file, self.identity = file, identity
        self._by_thread = threading.local()

    async def execute(self, sql: str, params: Parameters | None = None, **options: Any) -> Any:
        """Datasette's own queries. How many rows a table has is told at once or not at all."""
        if sql.startswith("select count(*) from "):
            sql, options = COUNTED.get(sql.strip(), sql), {**options, "custom_time_limit": COUNT_MS}
        return await super().execute(sql, params, **options)

    async def look(self, fn: Callable[[Reading], T]) -> T:
        """What `fn` reads: one thread, one connection, one state of the file; begun anew where it takes long.

        Raises Unavailable, TooSlow.
        """
        limit_ms = self.ds.setting("sql_time_limit_ms")
        try:
            return self._kept(waits=False).look(fn, limit_ms, perf_counter() + AT_ONCE)
        except NotAtOnce:
            return await self._in_thread(lambda: self._kept().look(fn, limit_ms))

    async def execute_fn(self, fn: Callable[[Any], T]) -> T:
        """Run `fn` with this thread's connection to this very file: Datasette's own queries."""
        return await self._in_thread(lambda: fn(self._kept().connection))

    async def _in_thread(self, step: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, step)

    def _kept(self, *, waits: bool = True) -> _Kept:
        """This thread's connection; one that others wait for does not itself wait for a change to end."""
        kept: _Kept | None = getattr(self._by_thread, "kept", None)
        if kept is None:
            try:
                connection = self.connect()
                self.ds._prepare_connection(connection, self.name)
                connection.text_factory = str  # our own file: Datasette's is prepared for broken text, in Python
                if not waits:
                    connection.execute("PRAGMA busy_timeout = 0")
                connection.execute(f"PRAGMA cache_size = -{CACHE_KIB if waits else CACHE_AT_ONCE_KIB}")
            except engine.DatabaseError:
                raise (Unavailable if waits else NotAtOnce) from None
            self._by_thread.kept = kept = _Kept(connection, 0 if waits else self._memory_for_answers())
        return kept

    def _memory_for_answers(self) -> int:
        """Bytes. Only what answers at once keeps answers: it is one for the whole process."""
        told: int = (self.ds.plugin_config(PLUGIN) or {}).get("answers", MOST_MIB)
        return told << 20


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
    current = datasette.databases.get(NAME)
    path = current.file if isinstance(current, ServedDatabase) else public_path(datasette)
    try:
        stat = path.stat()
    except OSError:
        raise Unavailable from None
    identity = (stat.st_dev, stat.st_ino)
    if isinstance(current, ServedDatabase) and current.identity == identity:
        return current
    return _switch(datasette, ServedDatabase(datasette, path, identity))


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


async def read(db: ServedDatabase, find: Callable[[Any], T]) -> T:
    """What `find` makes of a connection, in a thread of Datasette's; it has to be quick, for no time limit stops it.

    Raises Unavailable where the file can not be read.
    """
    try:
        return await db.execute_fn(find)
    except engine.DatabaseError:
        raise Unavailable from None
