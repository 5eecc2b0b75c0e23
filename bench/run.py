"""`python -m bench.run 10000 100000`: every figure of the table for each size, in one run.

A figure is written to bench/results the moment it is there: `<day>-<size>.json`, and at the end of a size
`<day>.md` with the plots (`--name=-million` puts a word behind the day). What fails is reported with the first line of
its error and costs no other figure. The plots take the newest run of each size on the same machine.

The city lies in a folder of its own below --folder (default: the system's for temporary files) and is removed.
"""

from __future__ import annotations

import argparse
import compileall
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import kept, page, report
from bench.city import City, told
from bench.measuring import Failure, Result
from bench.steps import STEPS, Step
from gongshi.sample.generate import PROJECT

BYTES_OF_A_DECISION = 32_000
"""What a city needs on the disk while it is measured: files, record, public database, pages, and a copy of these."""


def measure(folder: Path, size: int, chosen: Callable[[Step], bool], results: Path) -> kept.Run:
    """All steps at one size, those that change the city last. What is there is kept whatever happens."""
    run = kept.begin(size)
    city = City(folder / str(size), size)
    for step in filter(chosen, STEPS):
        for line in _guarded(step, city):
            sys.stderr.write(f"{line.told}\n")
            run.lines.append(line)
            run.save(results)
        if step.needed and any(isinstance(line, Failure) for line in run.lines):
            break
        run.facts |= step.facts(city)
    run.save(results)
    shutil.rmtree(city.folder, ignore_errors=True)
    return run


def _guarded(step: Step, city: City) -> Iterator[Result | Failure]:
    """The step's lines; what it raises is the last of them."""
    try:
        yield from step.measure(city)
    except Exception as error:
        traceback.print_exc()
        said = next(iter(str(error).splitlines()), "")
        yield Failure(step.name, city.size, f"{type(error).__name__}: {said}"[:200])


def main() -> None:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("decisions", type=int, nargs="*", help="decisions in the city, one size after the other")
    options.add_argument("--folder", type=Path, help="where the cities lie meanwhile: a disk or a tmpfs with room")
    options.add_argument("--name", default="", help="a word behind the day in the report's name")
    options.add_argument("--only", nargs="*", default=[], help="steps to take; those that they need as well")
    options.add_argument("--results", type=Path, default=kept.RESULTS, help="where figures are kept")
    chosen = options.parse_args()
    for package in ("bench", "gongshi"):
        compileall.compile_dir(PROJECT / package, quiet=2)  # as an installed package is
    if chosen.folder:
        chosen.folder.mkdir(parents=True, exist_ok=True)
    for size in chosen.decisions:
        with tempfile.TemporaryDirectory(prefix="gongshi-bench-", dir=chosen.folder) as folder:
            _room(Path(folder), size)
            wanted = lambda step: step.needed or not chosen.only or step.name in chosen.only  # noqa: E731
            measure(Path(folder), size, wanted, chosen.results)
        _tell(chosen)
    sys.stdout.write(_tell(chosen))


def _tell(chosen: argparse.Namespace) -> str:
    """Write the report, and the page of the documentation where the results are the project's own."""
    runs = kept.latest(chosen.results)
    if chosen.results == kept.RESULTS:
        page.write(runs)
    return report.write(runs, chosen.results, chosen.name)


def _room(folder: Path, size: int) -> None:
    """Say how much room there is; raise SystemExit where it will not do."""
    free, wanted = shutil.disk_usage(folder).free, size * BYTES_OF_A_DECISION
    sys.stderr.write(f"{size:,} decisions in {folder}: {told(1, wanted)} wanted, {told(1, free)} free\n")
    if free < wanted:
        sys.exit("There is not enough room: give another folder with --folder")


if __name__ == "__main__":
    main()
