"""`python -m bench.run`: every figure a ratio against a floor in the same run, printed and kept as Markdown.

Results go to bench/results/<day>.md. `--intake`, `--build` and `--audit` give the sizes; the defaults take minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import auditing, building, intake
from bench.measuring import Result, markdown

RESULTS = Path(__file__).with_name("results")
NOTES = (
    "The floor is what has to be done at least: read and insert the rows, or write the bytes; same process, same run.",
    "The data is `gongshi sample`'s: brands, streets, persons and goods drawn by rank, texts put together from "
    "openings, a core per kind of violation, evidence and circumstances; hardly a text occurs twice.",
    "CPU is processor time: on a machine that does other things at once, its ratio is the one to read.",
    "Whole processes are measured from outside, start of Python and imports included.",
)


def results(folder: Path, intake_sizes: list[int], build_sizes: list[int], audit_sizes: list[int]) -> Iterator[Result]:
    """Each measurement when it is there."""
    for size in intake_sizes:
        yield intake.measure(folder / f"intake-{size}", size)
    for size in build_sizes:
        yield from building.measure(folder / f"build-{size}", size)
    for size in audit_sizes:
        yield from auditing.measure(folder / f"audit-{size}", size)


def main() -> None:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--intake", type=int, nargs="*", default=[10_000, 100_000], help="decisions in the CSV")
    options.add_argument("--build", type=int, nargs="*", default=[10_000], help="decisions in the site")
    options.add_argument("--audit", type=int, nargs="*", default=[10_000], help="decisions in the site that is audited")
    chosen = options.parse_args()
    found = []
    with tempfile.TemporaryDirectory(prefix="gongshi-bench-") as folder:
        for result in results(Path(folder), chosen.intake, chosen.build, chosen.audit):
            sys.stderr.write(f"{result.what}, {result.size:,}: {result.spent.seconds:.2f} s, × {result.ratio:.2f}\n")
            found.append(result)
    text = markdown(found, NOTES)
    sys.stdout.write(text)
    RESULTS.mkdir(exist_ok=True)
    day = datetime.now(UTC).date().isoformat()
    (RESULTS / f"{day}.md").write_text(f"# Measured on {day}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
