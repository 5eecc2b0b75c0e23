"""The one module that imports SQLite, so that a process never mixes two builds of it.

Two builds in one process drop each other's locks, and FTS5's secure-delete needs 3.42 while Debian 12
has 3.40; so: pysqlite3-binary where there is a wheel, the interpreter's own where it is new enough.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import sqlite3
    from types import ModuleType

NEEDED = (3, 42, 0)
SLOW_ERASE = "GONGSHI_SLOW_ERASE"
"""Set to 1 to run on an older SQLite that erases from the search index by rewriting it."""
_SCRATCH_MEMORY = "cache_size = -65536"
"""KiB of a scratch database that stay in memory."""


class SQLiteTooOld(RuntimeError):
    """The SQLite at hand can not erase from a search index."""


def _choose() -> ModuleType:
    try:
        return importlib.import_module("pysqlite3")
    except ImportError:
        return importlib.import_module("sqlite3")


sqlite = _choose()

if TYPE_CHECKING:
    Connection = sqlite3.Connection
    Row = sqlite3.Row
    DatabaseError = sqlite3.DatabaseError
    OperationalError = sqlite3.OperationalError
else:
    Connection = sqlite.Connection
    Row = sqlite.Row
    DatabaseError = sqlite.DatabaseError
    OperationalError = sqlite.OperationalError


def require(version: tuple[int, ...] = sqlite.sqlite_version_info) -> None:
    """Raise SQLiteTooOld where this SQLite can not erase, unless the slow way was asked for."""
    if version < NEEDED and os.environ.get(SLOW_ERASE) != "1":
        raise SQLiteTooOld(
            f"SQLite {'.'.join(map(str, version))} 无法从全文索引中彻底清除内容，需要 3.42 以上版本："
            f"请安装 pysqlite3-binary；确需使用旧版本时设置环境变量 {SLOW_ERASE}=1（每次撤下都重写索引，较慢）。"
        )


def can_secure_delete() -> bool:
    """Whether FTS5 secure-delete works in this SQLite."""
    return bool(sqlite.sqlite_version_info >= NEEDED)


def connect(
    path: Path | str, *, read_only: bool = False, immutable: bool = False, timeout: float = 30.0
) -> sqlite3.Connection:
    """Open a database with rows by name, foreign keys on and freed bytes overwritten.

    `immutable`, beside `read_only`, reads the file as it lies, without locks and without a side file.
    """
    require()
    mode = "?mode=ro&immutable=1" if immutable else "?mode=ro"
    target = f"{Path(path).resolve().as_uri()}{mode}" if read_only else str(path)
    db = sqlite.connect(target, uri=read_only, timeout=timeout, isolation_level=None)
    db.row_factory = sqlite.Row
    db.execute("PRAGMA foreign_keys = ON")
    if not read_only:
        db.execute("PRAGMA secure_delete = ON")
    return cast("sqlite3.Connection", db)


def scratch() -> sqlite3.Connection:
    """A database for what does not fit into memory meanwhile: a file without a name, which nobody else can open and
    which is gone when the connection or the process ends. (SQLite's own, `connect("")`, some builds keep in memory,
    and only without a journal may the file that it writes lose its name.) It can not be rolled back.

    It lies in TMPDIR, otherwise in /var/tmp, otherwise where Python keeps temporary files: /tmp may be memory, too.
    """
    lasting = Path("/var/tmp")  # noqa: S108 - mkstemp makes a name of its own there
    folder = None if "TMPDIR" in os.environ or not os.access(lasting, os.W_OK) else lasting
    handle, name = tempfile.mkstemp(prefix="gongshi-", dir=folder)
    os.close(handle)
    try:
        db = connect(name)
        for setting in ("journal_mode = OFF", "locking_mode = EXCLUSIVE", "secure_delete = OFF", _SCRATCH_MEMORY):
            db.execute(f"PRAGMA {setting}")
    finally:
        Path(name).unlink()
    return db
