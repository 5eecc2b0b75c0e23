"""Intake, check and journal, of one batch: CSV against csv.reader and executemany alone, XLSX against calamine alone.

`python -m bench.intake FOLDER ROWS` makes files in FOLDER, takes them in (bench/taken_in.py) and prints the ratios.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from subprocess import check_output

import orjson
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from bench.measuring import NOTHING, Result, Spent, timed
from bench.taken_in import TODAY
from gongshi.sample.acts import Office
from gongshi.sample.batches import Batch
from gongshi.sample.files import layout
from gongshi.sample.generate import PROJECT, load_departments
from gongshi.store import Store, bulk
from gongshi.store.sqlite import Connection, connect

FLOOR = "csv.reader + executemany"
XLSX_FLOOR = "calamine's bare read"
ROWS_OF_XLSX = 100_000
"""As many as a workbook has here at most; a department's sheet never comes near."""


def measure(folder: Path, decisions: int) -> tuple[Result, Result]:
    """Intake of a CSV file with `decisions` penalties of one department, in a process of its own, and its floor; then
    what the journal of the same rows takes at least, against that floor."""
    folder.mkdir(parents=True)
    rows = write_penalties(folder, decisions)
    results = _taken_in(folder, rows, "CSV", FLOOR, lambda: insert_only(folder, folder / "floor.db"))
    shutil.rmtree(folder)
    return results


def measure_xlsx(folder: Path, decisions: int) -> tuple[Result, Result]:
    """The same of a workbook, against reading it and nothing else."""
    folder.mkdir(parents=True)
    write_penalties(folder, min(decisions, ROWS_OF_XLSX))
    (source,) = folder.glob("*.csv")
    rows = as_workbook(source, folder / "penalty.xlsx")
    source.unlink()
    results = _taken_in(folder, rows, "XLSX", XLSX_FLOOR, lambda: read_only(folder / "penalty.xlsx"))
    shutil.rmtree(folder)
    return results


def _taken_in(folder: Path, rows: int, form: str, floor: str, least: Callable[[], object]) -> tuple[Result, Result]:
    said = json.loads(check_output([sys.executable, "-m", "bench.taken_in", str(folder)], cwd=PROJECT))
    spent = Spent(said["check"] + said["submit"], said["cpu"], said["peak"])
    limit = journaled_again(folder)
    what = f"intake of {form}: check {said['check']:.1f} s, journal {said['submit']:.1f} s"
    least_spent = timed(least)
    of_limit = f"the journal of these rows of {form}, ready-made: hashed and inserted"
    return Result(what, rows, spent, floor, least_spent), Result(of_limit, rows, limit, floor, least_spent)


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


_KEPT = ("journal", "payloads", "raw", "raw_more", "batches", "versions", "disclosures")


def journaled_again(folder: Path) -> Spent:
    """What any journal of these rows has to do at least: hash them and insert them, where they lie ready-made.

    The store keeps of each row its payload and its file, an entry of the chain, and two rows that say how it
    stands: five times what `insert_only` writes, with the indexes by which each is found.
    """
    spent = NOTHING
    with Store.open(folder / "store.db", read_only=True) as made, Store.open(folder / "again.db") as again:
        db = again.db
        db.execute("BEGIN IMMEDIATE")
        for table in _KEPT:
            rows = made.db.execute(f"SELECT * FROM {table} ORDER BY rowid")
            names = [name for name, *_ in rows.description]
            while some := [tuple(row) for row in rows.fetchmany(1000)]:
                spent += timed(partial(_insert_hashed, db, table, names, some))
        return spent + timed(lambda: db.execute("COMMIT"))


def _insert_hashed(db: Connection, table: str, names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    if table in ("journal", "payloads"):
        for row in rows:
            hashlib.sha256(_hashed(row)).hexdigest()
    filled = [[bytearray(cell) if isinstance(cell, bytes) else cell for cell in row] for row in rows]
    bulk.insert(
        db, f"INSERT INTO {table}", [name for name, *_ in db.execute(f"SELECT * FROM {table}").description], filled
    )


def _hashed(row: tuple[object, ...]) -> bytes:
    """What the journal hashes: of a payload its text, which comes last, of an entry all of it."""
    last = row[-1]
    return last if isinstance(last, bytes) else orjson.dumps(row)


def main() -> None:
    """See the module."""
    folder = Path(sys.argv[1])
    for step in (measure, measure_xlsx):
        sys.stdout.writelines(f"{result.told}\n" for result in step(folder, int(sys.argv[2])))


if __name__ == "__main__":
    main()
