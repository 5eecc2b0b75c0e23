"""Wall time and peak memory of steps and of whole processes, and results as Markdown in bench/results."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gongshi.store.sqlite import sqlite

RESULTS = Path(__file__).with_name("results")
NOTES = (
    "The floor is what has to be done at least: read and insert the rows, or write the bytes; same process, same run.",
    "The data is `gongshi sample`'s: brands, streets, persons and goods drawn by rank, texts put together from "
    "openings, a core per kind of violation, evidence and circumstances; hardly a text occurs twice.",
    "CPU is processor time: on a machine that does other things at once, its ratio is the one to read.",
    "Whole processes are measured from outside, start of Python and imports included.",
)
_WENT_WELL = (0, 3)
"""How a command ends that did its work; 3: and somebody has to act."""


@dataclass(frozen=True)
class Spent:
    """Seconds of wall time and of processor time; peak memory in MiB (0 where it was not measured)."""

    seconds: float
    cpu: float
    peak: float = 0.0


@dataclass(frozen=True)
class Result:
    """One line of the table: what was done, how fast, and the floor that it is held against."""

    what: str
    size: int
    spent: Spent
    floor: str
    floor_spent: Spent

    @property
    def ratio(self) -> float:
        """How many times the floor's time."""
        return self.spent.seconds / self.floor_spent.seconds

    @property
    def told(self) -> str:
        """In one line, while the next is measured."""
        return f"{self.what}, {self.size:,}: {self.spent.seconds:.2f} s, × {self.ratio:.3g}"

    @property
    def cpu_ratio(self) -> float:
        """How many times the floor's processor time: what stays true on a busy machine."""
        return self.spent.cpu / self.floor_spent.cpu


def timed(step: Callable[[], object]) -> Spent:
    """The time that `step` takes in this process."""
    started, used = time.perf_counter(), time.process_time()
    step()
    return Spent(time.perf_counter() - started, time.process_time() - used)


def peak() -> float:
    """The peak memory of this process in MiB. (Not ru_maxrss: a child inherits its parent's.)"""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def process(code: str, *arguments: str) -> Spent:
    """Time and peak memory of a whole process that runs `code`. Raises CalledProcessError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "peak"
        tell = f"import atexit, pathlib; from bench.measuring import peak; file = pathlib.Path({str(told)!r}); "
        tell += "atexit.register(lambda: file.write_text(str(peak()))); "
        started = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-c", tell + code, *arguments], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in _WENT_WELL:
            raise subprocess.CalledProcessError(child.returncode, code)
        return Spent(seconds, usage.ru_utime + usage.ru_stime, float(told.read_text()))


def gongshi(*arguments: str) -> Spent:
    """A gongshi command as a whole process."""
    return process("from gongshi.cli import main; main()", *arguments)


def keep(results: Sequence[Result], name: str = "") -> str:
    """The results as Markdown, written to bench/results/<day><name>.md, too."""
    text = markdown(results, NOTES)
    day = datetime.now(UTC).date().isoformat()
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{day}{name}.md").write_text(f"# Measured on {day}\n\n{text}", encoding="utf-8")
    return text


def markdown(results: Sequence[Result], notes: Sequence[str]) -> str:
    """The table, the notes, and the machine."""
    head = "| what | size | seconds | CPU | per second | peak MiB | floor | seconds | CPU | ratio | CPU ratio |"
    lines = [head, "|---|--:|--:|--:|--:|--:|---|--:|--:|--:|--:|"]
    lines += map(_line, results)
    return "\n".join([*lines, "", *(f"- {note}" for note in notes), *(f"- {note}" for note in _machine())]) + "\n"


def _line(result: Result) -> str:
    spent, floor = result.spent, result.floor_spent
    rate = f"{result.size / spent.seconds:,.0f}" if result.size else ""
    peak = f"{spent.peak:,.0f}" if spent.peak else ""
    return (
        f"| {result.what} | {result.size:,} | {spent.seconds:.2f} | {spent.cpu:.2f} | {rate} | {peak} "
        f"| {result.floor} | {floor.seconds:.2f} | {floor.cpu:.2f} "
        f"| {result.ratio:.3g} | {result.cpu_ratio:.3g} |"
    )


def _machine() -> list[str]:
    load = os.getloadavg()[0]
    return [
        f"Machine: {os.cpu_count()} × {_processor()}, {_memory():.0f} GiB, load {load:.1f} at the end.",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"SQLite {sqlite.sqlite_version}.",
    ]


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "processor")


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
