"""A city of any size lives through changes, a takedown, kills and a night, and is then what is built from nothing.

Nothing here holds all of a city in memory: tests/whole runs it at 10,000 decisions, `make soak` at a million.
"""

from __future__ import annotations

import filecmp
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from bench import changes, takedown
from bench.city import TODAY, TOMORROW
from gongshi.instance import load
from gongshi.store import sqlite

_WENT_WELL = (0, 3)
_NOT_COMPARED = ("decisions_fts_", "sqlite_")
"""Tables that are the index's own: its words are compared."""


@dataclass
class City:
    """A city, and the day that it lives in."""

    root: Path
    today: str = TODAY

    def __call__(self, *words: str, ends: tuple[int, ...] = _WENT_WELL) -> None:
        """A gongshi command as a process of its own."""
        child = self._started(*words)
        said = child.communicate()[1].decode()
        assert child.returncode in ends, said[-2000:]

    def killed(self, sign: Path, *words: str) -> bool:
        """Kill the command as soon as it has written to the file `sign`; whether it was still at work."""
        before = _written(sign)
        child = self._started(*words)
        while child.poll() is None and _written(sign) == before:
            time.sleep(0.002)
        child.kill()
        child.communicate()
        return child.returncode < 0

    def _started(self, *words: str) -> subprocess.Popen[bytes]:
        command = (sys.executable, "-m", "gongshi.cli", *words, "--root", str(self.root), "--today", self.today)
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _written(path: Path) -> tuple[int, int]:
    """What changes when a file is written to."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return 0, 0
    return stat.st_size, stat.st_mtime_ns


def begin(root: Path, decisions: int) -> City:
    """A sampled city, taken in and built."""
    sample = (sys.executable, "-m", "gongshi.cli", "sample", "--decisions", str(decisions), "--today", TODAY, str(root))
    subprocess.run(sample, check=True, capture_output=True)
    city = City(root)
    city("rebuild")
    return city


def change(city: City, count: int, turn: int) -> None:
    """New, corrected and revoked decisions, public after one rebuild."""
    changes.commit(city.root, count, turn, city.today)
    city("rebuild")


def change_and_kill(city: City, count: int, turn: int) -> int:
    """The same, with rebuilds that are killed as they begin, as they journal and as they change public.db, before one
    that comes to its end; how many were still at work."""
    changes.commit(city.root, count, turn, city.today)
    signs = ("data/.rebuild.lock", "data/store.db-wal", "build/public.db")
    kills = sum(city.killed(city.root / sign, "rebuild") for sign in signs)
    city("rebuild")
    return kills


def take_down(city: City) -> None:
    """The newest penalty is suspended while the city is served: gone from each surface and from every file."""
    (decision,) = takedown.newest(city.root, 1)
    by = load(city.root).departments[decision.department].submitters[0]
    words = ("suspend", decision.id, "--by", by, "--why", "待核实", "--root", str(city.root), "--today", city.today)
    with takedown.served(city.root) as server:
        takedown.taken_down(server.client, city.root, decision, *words)


def sleep(city: City) -> None:
    """A night passes; what has expired is gone."""
    city.today = TOMORROW
    city("rebuild")


def differences(city: City, twin: Path) -> list[str]:
    """In what the city differs from one that is built from nothing, from the same record, at `twin`."""
    shutil.copytree(city.root, twin, ignore=shutil.ignore_patterns("build"), copy_function=shutil.copy2)
    City(twin, city.today)("build", "--full")
    return [*_files(city.root, twin), *_tables(city.root, twin)]


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
        for name in sorted(set(_names(first)) | set(_names(second))):
            order = "" if name == "words" else f" ORDER BY {_order(first, name)}"
            rows = zip_longest(*(db.execute(f"SELECT * FROM {name}{order}") for db in (first, second)))
            if any(tuple(a or ()) != tuple(b or ()) for a, b in rows):
                yield f"table {name}"


def _names(db: sqlite.Connection) -> list[str]:
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, decisions_fts, row)")
    found = db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
    return ["words", *(row["name"] for row in found if not row["name"].startswith(_NOT_COMPARED))]


def _order(db: sqlite.Connection, name: str) -> str:
    """All columns: rows have no other order that both files share."""
    return ", ".join(str(at + 1) for at in range(len(list(db.execute(f"PRAGMA table_info({name})")))))
