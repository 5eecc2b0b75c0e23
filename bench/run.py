"""`python -m bench.run`: every figure a ratio against a floor in the same run, printed and kept as Markdown.

Results go to bench/results/<day>.md. `--intake`, `--build`, `--change` and `--audit` give the sizes; the defaults
take minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import auditing, building, changing, intake
from bench.measuring import Result, keep


def results(folder: Path, chosen: argparse.Namespace) -> Iterator[Result]:
    """Each measurement when it is there."""
    for size in chosen.intake:
        yield intake.measure(folder / f"intake-{size}", size)
    for size in chosen.build:
        yield from building.measure(folder / f"build-{size}", size)
    for size in chosen.change:
        yield from changing.measure(folder / f"change-{size}", size)
    for size in chosen.audit:
        yield from auditing.measure(folder / f"audit-{size}", size)


def main() -> None:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--intake", type=int, nargs="*", default=[10_000, 100_000], help="decisions in the CSV")
    options.add_argument("--build", type=int, nargs="*", default=[10_000], help="decisions in the site")
    options.add_argument("--change", type=int, nargs="*", default=[10_000], help="decisions in the site that changes")
    options.add_argument("--audit", type=int, nargs="*", default=[10_000], help="decisions in the site that is audited")
    chosen = options.parse_args()
    found = []
    with tempfile.TemporaryDirectory(prefix="gongshi-bench-") as folder:
        for result in results(Path(folder), chosen):
            sys.stderr.write(f"{result.told}\n")
            found.append(result)
    sys.stdout.write(keep(found))


if __name__ == "__main__":
    main()
