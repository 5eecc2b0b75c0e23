"""One SQLite build in the process, and only a new enough one."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils.utils import sqlite3 as utils_sqlite

from gongshi.store.sqlite import SQLiteTooOld, connect, require, scratch, sqlite


def test_sqlite_utils_uses_the_build_that_gongshi_chose() -> None:
    assert utils_sqlite is sqlite
    assert isinstance(sqlite_utils.Database(memory=True).conn, sqlite.Connection)


def test_an_older_sqlite_is_refused_unless_the_slow_way_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SQLiteTooOld, match=r"3\.42"):
        require((3, 40, 1))
    monkeypatch.setenv("GONGSHI_SLOW_ERASE", "1")
    require((3, 40, 1))


def test_a_path_with_signs_of_a_uri_is_read_as_a_path(tmp_path: Path) -> None:
    path = tmp_path / "公示?mode=rwc#%20.db"
    connect(path).execute("CREATE TABLE t (a)")
    assert connect(path, read_only=True).execute("SELECT name FROM sqlite_master").fetchone()[0] == "t"


def test_a_scratch_database_lies_on_the_disk_and_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    db = scratch()
    db.execute("CREATE TABLE t (a)")
    db.execute("BEGIN")
    db.executemany("INSERT INTO t VALUES (zeroblob(1000))", [()] * 100_000)  # more than stays in memory
    assert list(tmp_path.iterdir()) == []
    assert _opened(tmp_path) > 10_000_000
    assert db.execute("SELECT count(*) FROM t").fetchone()[0] == 100_000
    db.close()
    assert _opened(tmp_path) == 0


def _opened(folder: Path) -> int:
    """The bytes of the files below `folder` that this process has open, with a name or without."""
    ours = [handle for handle in Path("/proc/self/fd").iterdir() if _target(handle).startswith(str(folder))]
    return sum(handle.stat().st_size for handle in ours)


def _target(handle: Path) -> str:
    try:
        return str(handle.readlink())
    except FileNotFoundError:  # that of the listing itself
        return ""
