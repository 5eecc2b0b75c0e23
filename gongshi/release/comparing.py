"""What is planned beside what lies there: which files go and which are made. In tables, not in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from gongshi.release.manifest import Manifest
from gongshi.release.paths import joined, split
from gongshi.release.planning import Plan, Planned
from gongshi.release.tables import UNFINISHED
from gongshi.store.sqlite import Connection

_AT_ONCE = 250
"""Parts in a batch."""
_FEW = 2000
"""So many pages are held from their planning to their making; more are planned again, batch by batch."""
_TABLES = (
    "CREATE TEMP TABLE IF NOT EXISTS planned "
    "(folder TEXT, name TEXT, part TEXT, mark TEXT, PRIMARY KEY (folder, name)) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS due (part TEXT, folder TEXT, name TEXT, PRIMARY KEY (part, folder, name)) "
    "WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS asked (part TEXT PRIMARY KEY) WITHOUT ROWID",
    *(f"DELETE FROM temp.{name}" for name in ("planned", "due", "asked")),  # noqa: S608
)
_GONE = """
SELECT folder, name FROM main.pages g
WHERE NOT EXISTS (SELECT 1 FROM temp.planned p WHERE p.folder = g.folder AND p.name = g.name)
"""
_DUE = """
INSERT INTO temp.due SELECT p.part, p.folder, p.name
FROM temp.planned p LEFT JOIN main.pages g USING (folder, name)
WHERE g.mark IS NOT p.mark OR g.part <> p.part
"""
_SIZE = "SELECT coalesce(sum(g.size), 0) FROM temp.due JOIN main.pages g USING (folder, name)"
_ENTER = f"INSERT OR REPLACE INTO main.pages SELECT folder, name, part, '{UNFINISHED}', 0, 0 FROM temp.due"  # noqa: S608

Batch = tuple[Collection[str], Collection[str] | None]
"""Parts, and the paths of theirs that are to be made; None where that is all of them."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gone` are the files that nobody plans any more; of the others `due` have to be made, which take the place of
    `size` bytes, `planned` is how many there are in all; `few` are those that are due, in the order of their planning,
    where they are few."""

    gone: tuple[str, ...]
    due: int
    size: int
    planned: int
    few: tuple[Planned, ...] | None
    _db: Connection

    def batches(self) -> Iterator[Batch]:
        """What is to be made, so many parts at a time."""
        parts = (row["part"] for row in self._db.execute("SELECT DISTINCT part FROM temp.due"))
        while some := list(islice(parts, _AT_ONCE)):
            yield some, {path for part in some for path in self._paths(part)}

    def _paths(self, part: str) -> Iterator[str]:
        return (joined(*row) for row in self._db.execute("SELECT folder, name FROM temp.due WHERE part = ?", (part,)))


def compared(manifest: Manifest, plan: Plan, parts: Collection[str] | None) -> Comparison:
    """What has to be done so that the site is as `plan` says of `parts` (None: all of it).

    Entered as unfinished and unproven, on the disk when this returns.
    """
    db = manifest.db
    with manifest.changing():
        for statement in _TABLES:
            db.execute(statement)
        due_pages = list[Planned]()
        pages = plan.of(parts) if parts is None else _noted(plan.of(parts), manifest, due_pages)
        rows = ((*split(one.path), one.part, one.fingerprint) for one in pages)
        db.executemany("INSERT OR REPLACE INTO temp.planned VALUES (?, ?, ?, ?)", rows)
        gone = tuple(joined(*row) for row in db.execute(_GONE + _asked(db, parts)))
        due = db.execute(_DUE).rowcount
        size = db.execute(_SIZE).fetchone()[0]
        db.execute(_ENTER)
        manifest.work_in(row["folder"] for row in db.execute("SELECT DISTINCT folder FROM temp.due").fetchall())
        manifest.unfinish(gone)
        manifest.owe(unproven=gone)
        planned = db.execute("SELECT count(*) FROM temp.planned").fetchone()[0]
    return Comparison(gone, due, size, planned, tuple(due_pages) if due == len(due_pages) else None, db)


def _noted(pages: Iterable[Planned], manifest: Manifest, due: list[Planned]) -> Iterator[Planned]:
    """The same pages; into `due` go the first that are not as the manifest has them."""
    for page in pages:
        if len(due) < _FEW:
            known = manifest.find(page.path)
            if known is None or (known.mark, known.part) != (page.fingerprint, page.part):
                due.append(page)
        yield page


def everything(plan: Plan) -> Iterator[Batch]:
    """All that is planned, where nothing lies there yet."""
    parts = plan.parts()
    while some := list(islice(parts, _AT_ONCE)):
        yield some, None


def _asked(db: Connection, parts: Collection[str] | None) -> str:
    """Only pages of the parts that are asked for can be gone."""
    if parts is None:
        return ""
    db.executemany("INSERT OR IGNORE INTO temp.asked VALUES (?)", ((part,) for part in parts))
    return "AND part IN (SELECT part FROM temp.asked)"
