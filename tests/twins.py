"""Whether a city that was built step by step is the one that is built from nothing."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from gongshi.publish.database.standing import published_head
from gongshi.store import Store, sqlite
from tests import killing
from tests.histories import WENT_WELL, History
from tests.whole.conftest import Commands

_DOWN = "SELECT id FROM disclosures WHERE stays_down <> '' OR stopped IS NOT NULL OR approved IS NULL"


def check(history: History, twin: Path) -> None:
    """The city and its twin, made from nothing at `twin`, are the same; the record and the audit are clean."""
    assert '"nothing_changed": true' in history.command("rebuild", "--json", ok=WENT_WELL).stdout, history.told()
    shutil.copytree(history.root, twin, copy_function=shutil.copy2)
    shutil.rmtree(twin / "build")
    other = History(twin, history.seed)
    other.today, other.done = history.today, [*history.done, "and from nothing"]
    other.rebuild()
    one, two = (killing.state(Commands(root)) for root in (history.root, twin))
    assert killing.differences(one, two) == [], other.told()
    heads, indexes = (
        [look(root / "build" / "public.db") for root in (history.root, twin)] for look in (published_head, terms)
    )
    assert heads[0] == heads[1], f"something was journaled: {other.told()}"
    assert indexes[0] == indexes[1], other.told()
    assert brought_back(history.root) == [], history.told()
    history.command("verify")
    history.command("audit")


def terms(public_db: Path) -> list[str]:
    """Every term of the search indexes, with where it stands."""
    with closing(sqlite.connect(public_db, read_only=True)) as db:
        for index in ("decisions_fts", "records_fts"):
            db.execute(f"CREATE VIRTUAL TABLE temp.{index}_terms USING fts5vocab(main, {index}, instance)")
        both = "SELECT 1, * FROM temp.decisions_fts_terms UNION ALL SELECT 2, * FROM temp.records_fts_terms"
        return sorted(repr(tuple(row)) for row in db.execute(both))


def brought_back(root: Path) -> list[str]:
    """Ids of decisions and records that the store says are down, and public.db still has."""
    with Store.open(root / "data" / "store.db", read_only=True) as store:
        down = {row["id"] for row in store.db.execute(_DOWN)}
    with closing(sqlite.connect(root / "build" / "public.db", read_only=True)) as db:
        shown = db.execute("SELECT id FROM decisions UNION ALL SELECT id FROM records")
        return sorted(down & {row["id"] for row in shown})
