"""The results as Markdown: a table with goal and whether it was reached, growth over the sizes, the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.goals import LIMIT, PEAK, SECONDS, Reached, reached
from bench.kept import Run
from bench.measuring import Failure, Result
from bench.plots import PLOTS, draw

MILLION = 1_000_000
_HEAD = (
    "| what | decisions | seconds | CPU s | peak MiB | against | seconds | ratio | CPU ratio | goal | met |",
    "|---|--:|--:|--:|--:|---|--:|--:|--:|---|---|",
)
_GROWTH_HEAD = ("| cost, over the sizes | from | to | grew by | goal | met |", "|---|--:|--:|--:|---|---|")
_NOTES = (
    "A floor is what has to be done at least: write the bytes, insert the rows; a peer is what one would pick instead. "
    "Both are measured in the same run.",
    "CPU is processor time, of all processes that took part: on a machine that does other things at once, its ratio "
    "is the one to read.",
    "Whole processes are measured from outside, start of Python and imports included; peak memory is that of all "
    "processes of a command together.",
    "The data is `gongshi sample`'s (gongshi.sample.generate says how it is made); how uneven its texts are, measured, "
    "stands below.",
)
LINEAR, FLAT = "linear", "flat"
_GROWTH = {LINEAR: 1.2, FLAT: 2.0}
"""By how much more than the number of decisions, or than not at all, a cost may grow from one size to the next."""
_LIMITS = {
    f"search page {share}": (f"{LIMIT} {share}", f"其中 SQLite 只读词的位置，{share}") for share in ("p50", "p99")
}
"""Costs that can not grow less than what nothing can do without: its key, and what it is called."""


def write(runs: Sequence[Run], folder: Path, name: str = "") -> str:
    """The report of `runs`, also as `folder`/<day><name>.md with its plots beside it."""
    day = max(run.day for run in runs)
    text = f"# Measured on {day}\n\n{markdown(runs)}"
    (folder / f"{day}{name}.md").write_text(text, encoding="utf-8")
    for plot in PLOTS:
        (folder / f"{plot.name}.svg").write_bytes(draw(plot, runs))
    return text


def markdown(runs: Sequence[Run]) -> str:
    """Goals, tables, notes, machines."""
    lines = [*_goals(runs), *_HEAD, *(_line(line) for run in runs for line in run.lines)]
    if grown := list(map(_grown, growth(runs))):
        lines += ["", *_GROWTH_HEAD, *grown]
    lines += ["", *(f"![{plot.title}]({plot.name}.svg)" for plot in PLOTS), "", *(f"- {note}" for note in _NOTES)]
    for run in runs:
        lines += [f"- {run.size:,} decisions, {run.day}: {'; '.join(run.machine.values())}."]
        lines += [f"    - {what}: {told if isinstance(told, str) else f'{told:,}'}" for what, told in run.facts.items()]
    return "\n".join([*lines, f"- Load {os.getloadavg()[0]:.1f} at the end."]) + "\n"


def _goals(runs: Sequence[Run]) -> Iterator[str]:
    """What is to be reached, and how near each size came."""
    if goals := list(reached(runs)):
        yield f"| goal | at most | {' | '.join(f'{run.size:,}' for run in runs)} | met |"
        yield f"|---|--:|{'--:|' * len(runs)}---|"
        yield from map(_goal, goals)
        yield ""


def _goal(one: Reached) -> str:
    def told(value: float | None) -> str:
        return _value(value, one.measure)

    limit = f", the limit is {told(one.limit)}{' alone' if one.beyond else ''}" if one.limit is not None else ""
    cells = (told(one.most), *map(told, one.values), f"{met(one.met) or 'not measured'}{limit}")
    return f"| {one.english} | {' | '.join(cells)} |"


def _value(value: float | None, measure: str) -> str:
    """As large as it is, in its unit."""
    if value is None:
        return ""
    units = {SECONDS: f"{seconds(value)} s", PEAK: f"{value:,.0f} MiB"}
    return units.get(measure, f"× {value:.3g}")


def _line(line: Result | Failure) -> str:
    if isinstance(line, Failure):
        return f"| {line.what} | {line.size:,} | failed: {line.error.replace('|', '/')} | | | | | | | | |"
    spent, floor = line.spent, line.floor_spent
    cells = (
        line.what,
        f"{line.size:,}",
        seconds(spent.seconds),
        seconds(spent.cpu) if spent.cpu else "",
        f"{spent.peak:,.0f}" if spent.peak else "",
        line.floor,
        f"{seconds(floor.seconds)}{f' ({floor.peak:,.0f} MiB)' if floor.peak else ''}" if floor.seconds else "",
        f"{line.ratio:.3g}" if line.ratio is not None else "",
        f"{line.cpu_ratio:.3g}" if line.cpu_ratio is not None else "",
        str(line.goal or ""),
        met(line.met),
    )
    return f"| {' | '.join(cells)} |"


def seconds(value: float) -> str:
    """Seconds, as exact as is sensible."""
    return f"{value:.2f}" if value >= 1 else f"{value:.3g}"


def met(answer: bool | None) -> str:
    """Yes, no, or nothing where no goal was set."""
    return "" if answer is None else "yes" if answer else "**no**"


@dataclass(frozen=True)
class Grown:
    """A cost from one size to the next: how many times more it is, and how many times more it may be; what is a limit
    itself (`kind` and `allowed` empty) may be what it is."""

    label: str
    small: int
    large: int
    times: float
    kind: str
    allowed: float | None

    @property
    def met(self) -> bool | None:
        """Whether it grew as little as it should; None of a limit."""
        return None if self.allowed is None else self.times <= self.allowed


def growth(runs: Sequence[Run]) -> Iterator[Grown]:
    """Each cost that has a goal, from each size to the next; behind it how what limits it grew."""
    for key, label, kind in (line for plot in PLOTS for line in plot.lines if line[2] in _GROWTH):
        for small, large in pairwise(runs):
            allowed = _GROWTH[kind] * (large.size / small.size if kind == LINEAR else 1)
            yield from _grew(key, label, small, large, kind, allowed)
            if key in _LIMITS:
                yield from _grew(*_LIMITS[key], small, large)


def _grew(  # noqa: PLR0917 - of what, from where to where, how much it may
    key: str, label: str, small: Run, large: Run, kind: str = "", allowed: float | None = None
) -> Iterator[Grown]:
    before, after = small.of(key), large.of(key)
    if before and after and before.spent.seconds:
        yield Grown(label, small.size, large.size, after.spent.seconds / before.spent.seconds, kind, allowed)


def _grown(one: Grown) -> str:
    goal = f"{one.kind}: at most × {one.allowed:.4g}" if one.allowed else "a limit"
    return f"| {one.label} | {one.small:,} | {one.large:,} | × {one.times:.3g} | {goal} | {met(one.met)} |"
