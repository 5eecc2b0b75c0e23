"""Wall time, processor time and peak memory of steps and of whole processes, and what is held against them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_WENT_WELL = (0, 3)
"""How a command ends that did its work; 3: and somebody has to act."""
_PATIENCE = 3600.0
_NONE: Mapping[str, str] = MappingProxyType({})
_OFTEN, _SELDOM = 0.02, 0.2
"""Seconds between two looks at a process's memory: in its first second, and later."""


@dataclass(frozen=True)
class Spent:
    """Seconds of wall time and of processor time; peak memory in MiB (0 where it was not measured)."""

    seconds: float
    cpu: float
    peak: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        """One after the other."""
        return Spent(self.seconds + other.seconds, self.cpu + other.cpu, max(self.peak, other.peak))


NOTHING = Spent(0.0, 0.0)


@dataclass(frozen=True)
class Goal:
    """What is to be reached: at most so many times the floor's wall time, seconds, MiB, or times its memory.

    `at` names the sizes for which it was set; none: every size. A smaller city is measured all the same.
    """

    ratio: float | None = None
    seconds: float | None = None
    peak: float | None = None
    peak_ratio: float | None = None
    at: tuple[int, ...] = ()

    def __str__(self) -> str:
        parts = (
            f"× {self.ratio:.4g}" if self.ratio is not None else "",
            f"{self.seconds:.4g} s" if self.seconds is not None else "",
            f"{self.peak:,.0f} MiB" if self.peak is not None else "",
            f"memory × {self.peak_ratio:.4g}" if self.peak_ratio is not None else "",
        )
        return ", ".join(filter(None, parts))


@dataclass(frozen=True)
class Result:
    """One line of the table: what was done, how fast, and the floor or the peer that it is held against.

    `key` names what is plotted over the sizes, `goal` what the line has to reach.
    """

    what: str
    size: int
    spent: Spent
    floor: str = ""
    floor_spent: Spent = NOTHING
    goal: Goal | None = None
    key: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor's time; None where there is no floor."""
        return self.spent.seconds / self.floor_spent.seconds if self.floor_spent.seconds else None

    @property
    def cpu_ratio(self) -> float | None:
        """How many times the floor's processor time: what stays true on a busy machine."""
        return self.spent.cpu / self.floor_spent.cpu if self.floor_spent.cpu else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where none was set for this size."""
        goal = self.goal
        if goal is None or (goal.at and self.size not in goal.at):
            return None
        floor_peak = self.floor_spent.peak
        pairs = (
            (self.ratio, goal.ratio),
            (self.spent.seconds, goal.seconds),
            (self.spent.peak, goal.peak),
            (self.spent.peak / floor_peak if floor_peak else None, goal.peak_ratio),
        )
        return all(most is None or (is_ is not None and is_ <= most) for is_, most in pairs)

    @property
    def told(self) -> str:
        """In one line, while the next is measured."""
        times = "" if self.ratio is None else f", × {self.ratio:.3g} (CPU × {self.cpu_ratio or 0:.3g}) {self.floor}"
        goal = "" if self.met is None else f" [goal {self.goal}: {'met' if self.met else 'MISSED'}]"
        peak = f", {self.spent.peak:,.0f} MiB" if self.spent.peak else ""
        return f"{self.what}, {self.size:,}: {self.spent.seconds:.4g} s{peak}{times}{goal}"


@dataclass(frozen=True)
class Failure:
    """A measurement that did not come to its end, and the first line of why."""

    what: str
    size: int
    error: str

    @property
    def told(self) -> str:
        """In one line."""
        return f"{self.what}, {self.size:,}: FAILED: {self.error}"


class NotFinished(Exception):
    """A process ended otherwise than it should, or was ended because it took too long."""


def environment() -> dict[str, str]:
    """What a process is told that is measured: as usual, and it may use the compiled files of an installed package."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def timed(step: Callable[[], object]) -> Spent:
    """The time that `step` takes in this process."""
    started, used = time.perf_counter(), time.process_time()
    step()
    return Spent(time.perf_counter() - started, time.process_time() - used)


def peak() -> float:
    """The peak memory of this process in MiB. (Not ru_maxrss: a child inherits its parent's.)"""
    return _field(os.getpid(), "status", "VmHWM")


def command(
    *words: str, ends: Sequence[int] = _WENT_WELL, patience: float = _PATIENCE, env: Mapping[str, str] = _NONE
) -> Spent:
    """Time and peak memory of a whole process, those that it starts included.

    Raises NotFinished where it ends with another code than one of `ends` or is not done after `patience` seconds.
    """
    started = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**environment(), **env})
    said: list[bytes] = []
    listening = threading.Thread(target=lambda: said.extend(child.stderr or ()), daemon=True)
    listening.start()
    memory = Memory(child.pid)
    late = threading.Timer(patience, child.kill)
    late.start()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    late.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    listening.join(1.0)
    if child.returncode not in ends:
        last = next((line.decode().strip() for line in reversed(said) if line.strip()), "")
        why = f"not done after {patience:.0f} s" if seconds >= patience else f"exit {child.returncode}: {last}"
        raise NotFinished(f"{' '.join(words[-6:])}: {why}"[:300])
    return Spent(seconds, usage.ru_utime + usage.ru_stime, memory.peak())


def process(code: str, *arguments: str) -> Spent:
    """Time and peak memory of a whole process that runs `code`. Raises NotFinished where it fails."""
    return command(sys.executable, "-c", code, *arguments)


def gongshi(*arguments: str, ends: Sequence[int] = _WENT_WELL, patience: float = _PATIENCE) -> Spent:
    """A gongshi command as a whole process."""
    return command(sys.executable, "-m", "gongshi.cli", *arguments, ends=ends, patience=patience)


class Memory:
    """The peak memory of a process and of all that it starts, in MiB, looked at while it runs.

    One process: the most that it ever had in memory. Several: the most that they had together, what they share
    counted once."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._done = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def peak(self) -> float:
        """What it was, when the process has ended (or is not watched any longer)."""
        self._done.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        started = time.perf_counter()
        while not self._done.wait(_OFTEN if time.perf_counter() - started < 1 else _SELDOM):
            self._peak = max(self._peak, _memory(self._pid))


def _memory(pid: int) -> float:
    pids = [pid, *_children(pid)]
    try:
        return _field(pid, "status", "VmHWM") if len(pids) == 1 else sum(_field(p, "smaps_rollup", "Pss") for p in pids)
    except (OSError, StopIteration):  # it ended meanwhile
        return 0.0


def _children(pid: int) -> list[int]:
    try:
        own = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []
    return own + [below for child in own for below in _children(child)]


def _field(pid: int, file: str, name: str) -> float:
    lines = Path(f"/proc/{pid}/{file}").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024
