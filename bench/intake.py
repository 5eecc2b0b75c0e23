"""Intake, check and journal, of one CSV file, against csv.reader and executemany alone.

`python -m bench.intake FOLDER` takes in FOLDER/penalty.csv and prints the seconds of each step.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from subprocess import check_output
from zoneinfo import ZoneInfo

from bench.measuring import Result, Spent, timed
from gongshi.instance import load
from gongshi.intake.check import check
from gongshi.lifecycle.submit import submit
from gongshi.sample.acts import Office
from gongshi.sample.batches import Batch
from gongshi.sample.files import layout, write_csv
from gongshi.sample.generate import PROJECT, load_departments
from gongshi.store import Store
from gongshi.store.sqlite import connect

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
FLOOR = "csv.reader + executemany"


def measure(folder: Path, decisions: int) -> Result:
    """Intake of a file with `decisions` penalties of one department, in a process of its own, and its floor."""
    folder.mkdir(parents=True)
    file = folder / "penalty.csv"
    rows = write_penalties(file, decisions)
    said = json.loads(check_output([sys.executable, "-m", "bench.intake", str(folder)], cwd=PROJECT))
    floor = timed(lambda: insert_only(file, folder / "floor.db"))
    shutil.rmtree(folder)
    spent = Spent(said["check"] + said["submit"], said["cpu"], said["peak"])
    what = f"intake: check {said['check']:.1f} s, journal {said['submit']:.1f} s"
    return Result(what, rows, spent, FLOOR, floor)


def write_penalties(file: Path, decisions: int) -> int:
    """A CSV of earlier penalties of the first department; how many rows it has."""
    rng = Random(1)
    office = Office(rng, load_departments(PROJECT)[0], TODAY)
    days = [TODAY - timedelta(days=1000 - 980 * at // decisions) for at in range(decisions)]
    acts = (office.decide("penalty", day) for day in days)
    rows = list(Batch(office.department, earlier=True).rows(acts, rng))
    write_csv(file, layout("penalty", earlier=True), rows)
    return len(rows)


def insert_only(file: Path, database: Path) -> None:
    """What any intake has to do at least: read every row and write it."""
    db = connect(database)
    with file.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.reader(source)
        header = next(reader)
        db.execute(f"CREATE TABLE penalty ({', '.join(f'c{at} TEXT' for at in range(len(header)))})")
        db.execute("BEGIN")
        db.executemany(f"INSERT INTO penalty VALUES ({', '.join('?' * len(header))})", reader)
        db.execute("COMMIT")
    db.close()


def take_in(folder: Path) -> dict[str, float]:
    """Seconds of check and of submit, and the peak memory of this process in MiB."""
    import resource

    instance = load(PROJECT)
    department = next(iter(instance.departments.values()))
    held = []
    checked = timed(
        lambda: held.append(
            check([folder / "penalty.csv"], department, instance, today=TODAY, earlier=True, evidence="bench")
        )
    )
    with Store.open(folder / "store.db") as store:
        batch = held[0].batch()
        by = department.submitters[0]
        submitted = timed(lambda: submit(store, instance, batch, by=by, today=TODAY, now=NOW))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"check": checked.seconds, "submit": submitted.seconds, "cpu": checked.cpu + submitted.cpu, "peak": peak}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(take_in(Path(sys.argv[1]))))
