"""Intake, check and journal, of one batch: CSV against csv.reader and executemany alone, XLSX against calamine alone.

`python -m bench.intake FOLDER` takes in what lies in FOLDER (`*.csv`, `*.xlsx`) and prints the seconds of each step.
`python -m bench.intake FOLDER ROWS` makes such a folder first, measures both and prints the ratios.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from subprocess import check_output
from zoneinfo import ZoneInfo

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from bench.measuring import Result, Spent, peak, timed
from gongshi.instance import load
from gongshi.intake.check import check
from gongshi.lifecycle.submit import submit
from gongshi.sample.acts import Office
from gongshi.sample.batches import Batch
from gongshi.sample.files import layout
from gongshi.sample.generate import PROJECT, load_departments
from gongshi.store import Store
from gongshi.store.sqlite import connect

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
FLOOR = "csv.reader + executemany"
XLSX_FLOOR = "calamine's bare read"
ROWS_OF_XLSX = 100_000
"""As many as a workbook has here at most; a department's sheet never comes near."""


def measure(folder: Path, decisions: int) -> Result:
    """Intake of a CSV file with `decisions` penalties of one department, in a process of its own, and its floor."""
    folder.mkdir(parents=True)
    rows = write_penalties(folder, decisions)
    result = _taken_in(folder, rows, "CSV", FLOOR, lambda: insert_only(folder, folder / "floor.db"))
    shutil.rmtree(folder)
    return result


def measure_xlsx(folder: Path, decisions: int) -> Result:
    """The same of a workbook, against reading it and nothing else."""
    folder.mkdir(parents=True)
    write_penalties(folder, min(decisions, ROWS_OF_XLSX))
    (source,) = folder.glob("*.csv")
    rows = as_workbook(source, folder / "penalty.xlsx")
    source.unlink()
    result = _taken_in(folder, rows, "XLSX", XLSX_FLOOR, lambda: read_only(folder / "penalty.xlsx"))
    shutil.rmtree(folder)
    return result


def _taken_in(folder: Path, rows: int, form: str, floor: str, least: Callable[[], object]) -> Result:
    said = json.loads(check_output([sys.executable, "-m", "bench.intake", str(folder)], cwd=PROJECT))
    spent = Spent(said["check"] + said["submit"], said["cpu"], said["peak"])
    what = f"intake of {form}: check {said['check']:.1f} s, journal {said['submit']:.1f} s"
    return Result(what, rows, spent, floor, timed(least))


def write_penalties(folder: Path, decisions: int) -> int:
    """A CSV file with earlier penalties of the first department; how many rows it has."""
    rng = Random(1)
    office = Office(rng, load_departments(PROJECT)[0], TODAY)
    days = (TODAY - timedelta(days=1000 - 980 * at // decisions) for at in range(decisions))
    acts = (office.decide("penalty", day) for day in days)
    plan, rows = layout("penalty", earlier=True), 0
    with (folder / "penalty.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(plan.header)
        while chunk := list(Batch(office.department, earlier=True).rows(islice(acts, IN_MEMORY), rng)):
            writer.writerows(map(plan.cells, chunk))
            rows += len(chunk)
    return rows


IN_MEMORY = 10_000
"""Decisions that are made before they are written."""


def as_workbook(source: Path, target: Path) -> int:
    """The rows of a CSV file as a workbook; how many there are without the header."""
    book = Workbook(target, {"constant_memory": True})
    sheet, number = book.add_worksheet("行政处罚"), 0
    with source.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file)):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell)
    book.close()
    return number


def read_only(file: Path) -> object:
    """What any intake of a workbook has to do at least."""
    return CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()


def insert_only(folder: Path, database: Path) -> None:
    """What any intake has to do at least: read every row and write it."""
    db = connect(database)
    columns = len(layout("penalty", earlier=True).columns)
    db.execute(f"CREATE TABLE penalty ({', '.join(f'c{at} TEXT' for at in range(columns))})")
    db.execute("BEGIN")
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as source:
            db.executemany(f"INSERT INTO penalty VALUES ({', '.join('?' * columns)})", csv.reader(source))
    db.execute("COMMIT")
    db.close()


def take_in(folder: Path) -> dict[str, float]:
    """Seconds of check and of submit, their processor time, and the peak memory of this process in MiB."""
    files = [*sorted(folder.glob("*.csv")), *sorted(folder.glob("*.xlsx"))]
    instance = load(PROJECT)
    department = next(iter(instance.departments.values()))
    held = []
    checked = timed(
        lambda: held.append(check(files, department, instance, today=TODAY, earlier=True, evidence="bench"))
    )
    with Store.open(folder / "store.db") as store:
        batch = held[0].batch()
        by = department.submitters[0]
        submitted = timed(lambda: submit(store, instance, batch, by=by, today=TODAY, now=NOW))
    return {"check": checked.seconds, "submit": submitted.seconds, "cpu": checked.cpu + submitted.cpu, "peak": peak()}


def main() -> None:
    """See the module."""
    folder = Path(sys.argv[1])
    if len(sys.argv) == 2:
        sys.stdout.write(json.dumps(take_in(folder)))
        return
    for step in (measure, measure_xlsx):
        result = step(folder, int(sys.argv[2]))
        sys.stdout.write(f"{result.told}, CPU × {result.cpu_ratio:.3g}, peak {result.spent.peak:.0f} MiB\n")


if __name__ == "__main__":
    main()
