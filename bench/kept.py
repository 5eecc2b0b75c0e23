"""Results as they are kept: one JSON file for each size and day, written again after each figure."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.measuring import Failure, Goal, Result, Spent
from gongshi.store.sqlite import sqlite

RESULTS = Path(__file__).with_name("results")
Fact = str | float
_PACKAGES = ("datasette", "jinja2", "mkdocs", "mkdocs-material")


@dataclass
class Run:
    """What was measured at one size in one run: in the order in which it was measured."""

    size: int
    day: str
    machine: Mapping[str, str]
    facts: dict[str, Fact] = field(default_factory=dict)
    """What else is to be known of this run: how large things were, how the text was made."""
    lines: list[Result | Failure] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    """The steps that came to their end."""

    def save(self, folder: Path = RESULTS) -> None:
        """Write `folder`/<day>-<size>.json."""
        folder.mkdir(exist_ok=True)
        fresh = folder / f"{self.day}-{self.size}.new"
        fresh.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        fresh.replace(fresh.with_suffix(".json"))

    def add(self, line: Result | Failure) -> None:
        """Note a line, in place of the same one of a step that failed and was tried again."""
        self.lines = [known for known in self.lines if _name(known) != _name(line)] + [line]

    def of(self, key: str) -> Result | None:
        """The line that is plotted under `key`."""
        return next((line for line in self.lines if isinstance(line, Result) and line.key == key), None)


def begin(size: int) -> Run:
    """A run of today on this machine."""
    return Run(size, datetime.now(UTC).date().isoformat(), machine())


def load(file: Path) -> Run:
    """A run that was kept."""
    told = json.loads(file.read_text(encoding="utf-8"))
    return Run(**{**told, "lines": [_line(line) for line in told["lines"]]})


def resumed(size: int, folder: Path = RESULTS) -> Run:
    """The newest run of this size, to go on with, where there is one; what failed in it will be tried again."""
    files = sorted(folder.glob(f"*-*-*-{size}.json"))
    if not files:
        return begin(size)
    run = load(files[-1])
    run.lines = [line for line in run.lines if isinstance(line, Result)]
    return run


def latest(folder: Path = RESULTS) -> list[Run]:
    """The newest run of each size, those of one machine: that of the newest of all. The smallest size first."""
    runs = [load(file) for file in sorted(folder.glob("*-*-*-*.json"))]
    if not runs:
        return []
    newest = max(runs, key=lambda run: run.day)
    same = {run.size: run for run in runs if _hardware(run) == _hardware(newest)}
    return [same[size] for size in sorted(same)]


def machine() -> dict[str, str]:
    """What it ran on and with."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return {
        "processor": f"{os.cpu_count()} × {_processor()}",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"SQLite {sqlite.sqlite_version}, {packages}",
    }


def _name(line: Result | Failure) -> tuple[str, str]:
    return line.what, line.floor if isinstance(line, Result) else ""


def _hardware(run: Run) -> Sequence[str]:
    return run.machine["processor"], run.machine["memory"]


def _line(told: dict[str, Any]) -> Result | Failure:
    if "error" in told:
        return Failure(**told)
    spent, floor = Spent(**told["spent"]), Spent(**told["floor_spent"])
    goal = Goal(**{**told["goal"], "at": tuple(told["goal"]["at"])}) if told["goal"] else None
    return Result(**{**told, "spent": spent, "floor_spent": floor, "goal": goal})


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "processor")
