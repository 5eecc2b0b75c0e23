"""Intake, check and journal, of one batch of CSV, against csv.reader and executemany alone.

`python -m bench.intake FOLDER` takes in FOLDER/*.csv and prints the seconds of each step.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from subprocess import check_output
from zoneinfo import ZoneInfo

from bench.measuring import Result, Spent, peak, timed
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
IN_A_FILE = 50_000
FLOOR = "csv.reader + executemany"


def measure(folder: Path, decisions: int) -> Result:
    """Intake of a file with `decisions` penalties of one department, in a process of its own, and its floor."""
    folder.mkdir(parents=True)
    rows = write_penalties(folder, decisions)
    said = json.loads(check_output([sys.executable, "-m", "bench.intake", str(folder)], cwd=PROJECT))
    floor = timed(lambda: insert_only(folder, folder / "floor.db"))
    shutil.rmtree(folder)
    spent = Spent(said["check"] + said["submit"], said["cpu"], said["peak"])
    what = f"intake: check {said['check']:.1f} s, journal {said['submit']:.1f} s"
    return Result(what, rows, spent, FLOOR, floor)


def write_penalties(folder: Path, decisions: int) -> int:
    """Earlier penalties of the first department, 50,000 to a file; how many rows they have."""
    rng = Random(1)
    office = Office(rng, load_departments(PROJECT)[0], TODAY)
    days = (TODAY - timedelta(days=1000 - 980 * at // decisions) for at in range(decisions))
    acts = (office.decide("penalty", day) for day in days)
    rows = 0
    for number in range(-(-decisions // IN_A_FILE)):
        chunk = list(Batch(office.department, earlier=True).rows(islice(acts, IN_A_FILE), rng))
        write_csv(folder / f"penalty-{number}.csv", layout("penalty", earlier=True), chunk)
        rows += len(chunk)
    return rows


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
    """Seconds of check and of submit, and the peak memory of this process in MiB."""
    instance = load(PROJECT)
    department = next(iter(instance.departments.values()))
    held = []
    checked = timed(
        lambda: held.append(
            check(sorted(folder.glob("*.csv")), department, instance, today=TODAY, earlier=True, evidence="bench")
        )
    )
    with Store.open(folder / "store.db") as store:
        batch = held[0].batch()
        by = department.submitters[0]
        submitted = timed(lambda: submit(store, instance, batch, by=by, today=TODAY, now=NOW))
    return {"check": checked.seconds, "submit": submitted.seconds, "cpu": checked.cpu + submitted.cpu, "peak": peak()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(take_in(Path(sys.argv[1]))))
