"""Rebuilds after few changes, and a takedown at a running server, each as a share of the full build of the same run.

`python -m bench.changing 100000` measures the large city and keeps it in bench/results/<day>-changing.md. It takes
about half an hour on a quiet machine: the first build and the full one alone are several minutes each.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import changes, takedown
from bench.building import TODAY
from bench.measuring import Result, Spent, gongshi, keep

TOMORROW = "2026-11-23"
CHANGES = 100
FLOOR = "the full build"


def measure(folder: Path, decisions: int) -> Iterator[Result]:
    """Sample and build; then change, take down, and let a day pass: each rebuild a whole process."""
    root = str(folder)
    gongshi("sample", "--decisions", str(decisions), "--seed", "1", "--today", TODAY, root)
    _rebuild(folder)
    built = gongshi("build", "--full", "--root", root, "--today", TODAY)
    yield Result("rebuild after it: looks for new submissions", decisions, _rebuild(folder), FLOOR, built)
    for turn, count in enumerate((1, CHANGES), start=1):
        done = changes.commit(folder, count, turn, TODAY)
        told = " + ".join(f"{number} {sort}" for sort, number in done.items() if number)
        yield Result(f"rebuild after {told}", decisions, _rebuild(folder), FLOOR, built)
    yield Result("rebuild, nothing changed", decisions, _rebuild(folder), FLOOR, built)
    yield from _takedowns(folder, decisions, built)
    yield Result("the first rebuild of the next day", decisions, _rebuild(folder, TOMORROW), FLOOR, built)
    shutil.rmtree(folder)


def _rebuild(folder: Path, today: str = TODAY) -> Spent:
    return gongshi("rebuild", "--root", str(folder), "--today", today)


def _takedowns(folder: Path, decisions: int, built: Spent) -> Iterator[Result]:
    """One that a person suspends, one whose revocation a second person confirms: both commands rebuild at once."""
    departments = changes.load(folder).departments
    common = ("--root", str(folder), "--today", TODAY)
    suspended, revoked = takedown.newest(folder, 2)
    sender, reviewer = departments[suspended.department].submitters[0], departments[revoked.department].reviewers[0]
    _propose(revoked, departments[revoked.department].submitters[0], common)
    with takedown.served(folder) as client:
        down = takedown.taken_down(
            client, folder, suspended, "suspend", suspended.id, "--by", sender, "--why", "待核实", *common
        )
        yield Result(f"suspended, until proven gone (from {down})", decisions, down.spent, FLOOR, built)
        down = takedown.taken_down(client, folder, revoked, "confirm", revoked.id, "--by", reviewer, *common)
        yield Result(f"revocation confirmed, until proven gone (from {down})", decisions, down.spent, FLOOR, built)


def _propose(decision: takedown.Decision, by: str, common: tuple[str, ...]) -> None:
    stated = {**changes.REVOCATION, **dict.fromkeys(("instrument_date", "effective_on", "received_on"), TODAY)}
    fields = (part for name, value in stated.items() for part in (f"--{name.replace('_', '-')}", value))
    gongshi("withdraw", decision.id, "--by", by, "--ending", "撤销", *fields, *common)


def main() -> None:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("decisions", type=int, nargs="+", help="decisions in the city")
    found = []
    with tempfile.TemporaryDirectory(prefix="gongshi-bench-") as folder:
        for size in options.parse_args().decisions:
            for result in measure(Path(folder) / str(size), size):
                sys.stderr.write(f"{result.told}\n")
                found.append(result)
    sys.stdout.write(keep(found, "-changing"))


if __name__ == "__main__":
    main()
