"""Case files: what it takes to check, report, watch and verify very many of them, each with 20 records.

`python -m bench.cases FOLDER CASES` fills a city in FOLDER (bench/case_files.py) and prints the ratios. Each line is a
whole process; the floor reads the same rows and does nothing with them.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.case_files import LINES, TODAY, fill
from bench.measuring import Goal, Result, Spent, gongshi, process

SHARE = 10
"""Decisions for every case: most are made on the spot, or on application."""
_MEMORY = 200.0
_READ = """
import sys
from pathlib import Path
from gongshi.store.sqlite import connect
db = connect(Path(sys.argv[1]), read_only=True)
for sql in ("SELECT * FROM cases ORDER BY id", "SELECT * FROM case_records WHERE replaced_by IS NULL ORDER BY case_id"):
    rows = db.execute(sql)
    while rows.fetchmany(1000):
        pass
"""
_WATCHED = """
import sys
from datetime import date
from pathlib import Path
from gongshi.instance import load
from gongshi.store import Store
from gongshi.watch.standing import Look, standing
root = Path(sys.argv[1])
with Store.open(root / "data" / "store.db", read_only=True) as store:
    standing(Look(store, load(root), root, date.fromisoformat(sys.argv[2])))
"""
_PATIENCE = 7200.0


def measure(folder: Path, cases: int, size: int = 0) -> Iterator[Result]:
    """The commands that look at case files, in a city that has so many of them; `size` is what the lines are kept
    under, the number of cases where nothing else is given."""
    fill(folder, cases)
    floor = "reading the rows in sqlite3", process(_READ, str(folder / "data" / "store.db"))

    def result(what: str, spent: Spent, key: str) -> Result:
        told = f"{what}: {cases:,} cases × {LINES} records, {spent.cpu / cases * 1e6:,.0f} µs a case"
        return Result(told, size or cases, spent, *floor, Goal(peak=_MEMORY), key)

    for words in (("case", "check"), ("report",), ("due",), ("verify",)):
        spent = gongshi(*words, "--root", str(folder), "--today", str(TODAY), ends=(0, 1, 3), patience=_PATIENCE)
        yield result(f"gongshi {' '.join(words)}", spent, f"case-{words[-1]}")
    yield result("what the status page watches", process(_WATCHED, str(folder), str(TODAY)), "case-watch")
    shutil.rmtree(folder)


def main() -> None:
    """See the module."""
    sys.stdout.writelines(f"{result.told}\n" for result in measure(Path(sys.argv[1]), int(sys.argv[2])))


if __name__ == "__main__":
    main()
