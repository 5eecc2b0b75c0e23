"""`python -m bench.arriving FOLDER DAY`: take in all that the city in FOLDER has in data/submissions, and nothing else.

It is how `gongshi rebuild` begins: check, journal and review of every file. Measured alone, so that the first build
after it is a build of everything, and no second one is needed to know what that takes.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from gongshi.instance import load
from gongshi.lifecycle.submissions import take_in
from gongshi.store import Store


def arrive(folder: Path, today: date) -> int:
    """The number of batches that were taken in. Raises RuntimeError where a file was not."""
    now = datetime.combine(today, time(9), ZoneInfo("Asia/Shanghai"))
    with Store.open(folder / "data" / "store.db") as store:
        taken = take_in(store, load(folder), today=today, now=now)
    if taken.faults:
        raise RuntimeError(f"{len(taken.faults)} files were not taken in")
    return len(taken.receipts)


if __name__ == "__main__":
    sys.stdout.write(f"{arrive(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))} batches\n")
