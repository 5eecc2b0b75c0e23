"""`python -m bench.run 10000 100000`: every figure of the table for each size, in one run.

A figure is written to bench/results the moment it is there: `<day>-<size>.json`, and at the end of a size
`<day>.md` with the plots (`--name=-million` puts a word behind the day). What fails is reported with the first line of
its error and costs no other figure. The plots take the newest run of each size on the same machine.

The city lies in a folder of its own below --folder (default: the system's for temporary files) and is removed. With
--keep it stays, and what is asked for later goes on where that run ended: `--keep --only audit`. The twin, the same
city built from nothing and compared file by file and row by row, is only made where it is asked for: `--only twin`.
"""

from __future__ import annotations

import argparse
import compileall
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from pathlib import Path

from bench import kept, page, report
from bench.city import City, told
from bench.kept import Run
from bench.measuring import Failure, Result
from bench.steps import STEPS, Step
from gongshi.sample.generate import PROJECT

BYTES_OF_A_DECISION = 25_000
"""What a city needs on the disk: files, record, public database, pages. Of one that is built twice a copy comes to it,
but that has room enough anywhere."""
Chosen = Callable[[Step], bool]


def measure(folder: Path, size: int, asked: Chosen, results: Path, minutes: float = inf, *, keep: bool = False) -> Run:
    """What is asked for at one size, no step begun after so many minutes. What is there is kept whatever happens."""
    began = time.monotonic()
    city = City(folder / str(size), size)
    run = kept.resumed(size, results) if city.folder.exists() else kept.begin(size)
    city.resume(run)
    wanted = [step for step in STEPS if asked(step) and step.name not in run.done and size <= (step.most or size)]
    if not all(step.alone for step in wanted):
        wanted = [step for step in STEPS if step in wanted or (step.needed and step.name not in run.done)]
    for step in wanted:
        if step.alone and not keep:
            shutil.rmtree(city.folder, ignore_errors=True)
        if time.monotonic() - began > minutes * 60 or not _taken(step, city, run, results):
            break
    run.save(results)
    if not keep:
        shutil.rmtree(city.folder, ignore_errors=True)
    return run


def _taken(step: Step, city: City, run: Run, results: Path) -> bool:
    """Take one step, writing each of its lines down at once; whether the next can be taken after it."""
    failed = False
    for line in _guarded(step, city):
        sys.stderr.write(f"{line.told}\n")
        failed |= isinstance(line, Failure)
        run.add(line)
        run.save(results)
    if not failed:
        run.facts |= step.facts(city)
        run.done.append(step.name)
        run.save(results)
    return not (failed and step.needed)


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
    options.add_argument("--without", nargs="*", default=[], help="steps to leave out")
    options.add_argument("--minutes", type=float, default=inf, help="of each size, begin no step after so many")
    options.add_argument("--keep", action="store_true", help="leave the city below --folder, or go on with it")
    options.add_argument("--results", type=Path, default=kept.RESULTS, help="where figures are kept")
    given = options.parse_args()
    wanted = chosen(given.only, given.without)
    for package in ("bench", "gongshi"):
        compileall.compile_dir(PROJECT / package, quiet=2)  # as an installed package is
    for size in given.decisions:
        with _place(given) as folder:
            _room(folder, size)
            measure(folder, size, wanted, given.results, given.minutes, keep=given.keep)
        _tell(given)
    sys.stdout.write(_tell(given))


def chosen(only: Sequence[str], without: Sequence[str]) -> Chosen:
    """Which steps are asked for. Raises SystemExit where one is not known."""
    if unknown := {*only, *without} - {step.name for step in STEPS}:
        sys.exit(f"unknown steps: {', '.join(sorted(unknown))}; known: {', '.join(step.name for step in STEPS)}")
    return lambda step: (step.name in only if only else not step.extra) and step.name not in without


@contextmanager
def _place(given: argparse.Namespace) -> Iterator[Path]:
    """Where the city lies: in a folder that goes when it is done, or that stays."""
    above = given.folder or Path(tempfile.gettempdir())
    above.mkdir(parents=True, exist_ok=True)
    if given.keep:
        yield above
    else:
        with tempfile.TemporaryDirectory(prefix="gongshi-bench-", dir=above) as folder:
            yield Path(folder)


def _tell(given: argparse.Namespace) -> str:
    """Write the report, and the page of the documentation where the results are the project's own."""
    runs = kept.latest(given.results)
    if given.results == kept.RESULTS:
        page.write(runs)
    return report.write(runs, given.results, given.name)


def _room(folder: Path, size: int) -> None:
    """Say how much room there is; raise SystemExit where it will not do. A city that is there has its own."""
    free, wanted = shutil.disk_usage(folder).free, 0 if (folder / str(size)).exists() else size * BYTES_OF_A_DECISION
    sys.stderr.write(f"{size:,} decisions in {folder}: {told(1, wanted)} wanted, {told(1, free)} free\n")
    if free < wanted:
        sys.exit("There is not enough room: give another folder with --folder")


if __name__ == "__main__":
    main()
