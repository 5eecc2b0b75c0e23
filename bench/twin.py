"""A city and its twin: whether what was kept up to date for months is what is made from nothing, to the last byte.

The twin has a copy of the record and no `build/`; it is built from nothing. Then every file of both sites is read and
compared, and every row of every table and every word of the index. Nothing here holds all of a city in memory.
"""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from bench.measuring import Spent, gongshi
from gongshi.store import sqlite

_INDEX_OWN = ("decisions_fts_", "records_fts_", "sqlite_")
"""Tables that are an index's own: its words are compared."""
_INDEXES = ("decisions_fts", "records_fts")


def made(root: Path, twin: Path, today: str) -> Spent:
    """Copy the record of the city at `root` to `twin` and build it there from nothing; what the building took."""
    shutil.copytree(root, twin, ignore=shutil.ignore_patterns("build"), copy_function=shutil.copy2)
    return gongshi("build", "--full", "--root", str(twin), "--today", today)


def weight(root: Path) -> int:
    """Bytes that a twin needs on the disk."""
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


def differences(one: Path, other: Path) -> Iterator[str]:
    """The files and the tables in which two built cities differ."""
    yield from _files(one, other)
    yield from _tables(one, other)


def _files(one: Path, other: Path) -> Iterator[str]:
    sites = [root / "build" / "site" for root in (one, other)]
    paths = [{path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} for site in sites]
    yield from (f"only in one: {path}" for path in sorted(paths[0] ^ paths[1]))
    for path in sorted(paths[0] & paths[1]):
        if not filecmp.cmp(sites[0] / path, sites[1] / path, shallow=False):
            yield path


def _tables(one: Path, other: Path) -> Iterator[str]:
    with (
        closing(sqlite.connect(one / "build/public.db", read_only=True)) as first,
        closing(sqlite.connect(other / "build/public.db", read_only=True)) as second,
    ):
        for name in sorted({*_names(first), *_names(second)}):
            rows = zip_longest(*(db.execute(f"SELECT * FROM {name}{_order(first, name)}") for db in (first, second)))
            if any(tuple(a or ()) != tuple(b or ()) for a, b in rows):
                yield f"table {name}"


def _names(db: sqlite.Connection) -> list[str]:
    words = [f"{index}_words" for index in _INDEXES]
    for index, name in zip(_INDEXES, words, strict=True):
        db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name} USING fts5vocab(main, {index}, row)")
    found = db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
    return [*words, *(row["name"] for row in found if not row["name"].startswith(_INDEX_OWN))]


def _order(db: sqlite.Connection, name: str) -> str:
    """By the key; where there is none, by all columns, for rows have no other order that both files share. An index
    lists its words in their order."""
    if name.endswith("_words"):
        return ""
    columns = list(db.execute(f"PRAGMA table_info({name})"))
    key = sorted((row["pk"], row["name"]) for row in columns if row["pk"])
    by = [name for _, name in key] or [str(at + 1) for at in range(len(columns))]
    return f" ORDER BY {', '.join(by)}"
