"""The pages of a whole site from its public.db, in one process and in two, against `cp -r` of what comes out.

`python -m bench.site <instance> <folder>` writes them (`--processes 1`); `measure` does so and copies them. The
narrative pages of MkDocs and the manifest are not among it: bench/city.py measures the full build with all.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from multiprocessing import get_context
from pathlib import Path

from bench.measuring import Goal, Result, Spent, command
from gongshi.render.look.environment import environment
from gongshi.render.look.served import NO_SHELL
from gongshi.render.look.shell import Shell
from gongshi.render.pages import Plan
from gongshi.store.sqlite import connect
from gongshi.system.files import write_new

GOAL = Goal(ratio=1.5, at=(100_000,))


def measure(folder: Path, size: int = 0) -> list[Result]:
    """The site of the built instance in `folder` into fresh folders beside it; `size` is its number of decisions."""
    results = []
    for processes in (1, 2):
        made, copied = (folder / f"bench-site-{name}" for name in ("made", "copied"))
        words = ("--processes", str(processes), str(folder), str(made))
        spent = command(sys.executable, "-m", "bench.site", *words)
        floor = command("cp", "-r", str(made), str(copied))
        pages = sum(1 for path in made.rglob("*") if path.is_file())
        weight = sum(path.stat().st_size for path in made.rglob("*") if path.is_file()) / 2**20
        for one in (made, copied):
            shutil.rmtree(one)
        what = f"site, {processes} at once: {pages:,} files, {_each(spent, pages)} µs CPU each"
        floor_told = f"cp -r, {weight:,.0f} MiB, {_each(floor, pages)} µs each"
        goal, key = (GOAL, "site") if processes > 1 else (None, "")
        results.append(Result(what, size or pages, spent, floor_told, floor, goal, key))
    return results


def _each(spent: Spent, pages: int) -> str:
    return f"{spent.cpu / pages * 1e6:.0f}"


def write(instance: Path, target: Path, which: int, shares: int) -> None:
    """Make one of so many shares of the pages and write them below `target`, a folder into which nobody looks yet, as
    a first build does."""
    build = instance / "build"
    shell = Shell.load(build / "shell") if (build / "shell").is_dir() else NO_SHELL
    db = connect(build / "public.db", read_only=True)
    try:
        plan = Plan(db, environment(instance / "site_src" / "templates"), shell)
        for page in plan.everything(which, shares):
            write_new(target / page.path, page.render())
    finally:
        db.close()


def main() -> None:
    """Write the site in one process or in several."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("instance", type=Path)
    options.add_argument("folder", type=Path)
    given = options.parse_args()
    spawn = get_context("spawn")
    workers = [
        spawn.Process(target=write, args=(given.instance, given.folder, which, given.processes))
        for which in range(given.processes)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.exit(any(worker.exitcode for worker in workers))


if __name__ == "__main__":
    main()
