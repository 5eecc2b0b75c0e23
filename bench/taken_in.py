"""`python -m bench.taken_in FOLDER`: check and journal what lies in FOLDER (`*.csv`, `*.xlsx`), and say what it cost.

A process of its own, which loads no more than `gongshi submit` does: so does the one that it begins beside it.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.measuring import Memory, timed
from gongshi.instance import load
from gongshi.intake.check import check
from gongshi.lifecycle.submit import submit
from gongshi.store import Store

PROJECT = Path(__file__).parent.parent
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def take_in(folder: Path) -> dict[str, float]:
    """Seconds of check and of submit, their processor time, and the peak memory in MiB, of all processes together."""
    memory, before = Memory(os.getpid()), os.times()
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
    cpu = sum(now - then for now, then in zip(os.times()[:4], before[:4], strict=True))
    return {"check": checked.seconds, "submit": submitted.seconds, "cpu": cpu, "peak": memory.peak()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(take_in(Path(sys.argv[1]))))
