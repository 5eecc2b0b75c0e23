"""A city of any size lives through changes, a takedown, kills and a night, and is then what is built from nothing.

Nothing here holds all of a city in memory: tests/whole runs it at 10,000 decisions, `make soak` at a million.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench import changes, takedown, twin
from bench.city import TODAY, TOMORROW
from gongshi.instance import load

_WENT_WELL = (0, 3)


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


def differences(city: City, other: Path) -> list[str]:
    """In what the city differs from one that is built from nothing, from the same record, at `other`."""
    twin.made(city.root, other, city.today)
    return list(twin.differences(city.root, other))
