"""What the store tells of other bodies' reviews: what waits for one, what came of it (D22, D23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongshi.records import REGISTRY_KINDS
from gongshi.store.operations import REVIEWED
from gongshi.store.queries import day
from gongshi.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReview:
    """Another body's review of one kind of records in a batch: awaited `since`; `result` is empty until it came."""

    kind: str
    body: str
    since: date
    result: str
    department: str
    by: str
    on: date | None
    opinion: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """Some records of one kind in a batch that its department reviewed and another body has to review (D22, D23).

    `by` submitted, `reviewed_by` reviewed for the department, on the day `since`; `count` records wait.
    """

    batch: str
    kind: str
    body: str
    department: str
    by: str
    reviewed_by: str
    since: date
    count: int


_AWAITING = f"""
SELECT s.batch, s.kind, s.body, b.department, b.by, b.reviewed_by, s.waits_since AS since, count(*) AS count
FROM second_reviews s INDEXED BY second_reviews_waiting CROSS JOIN batches b ON b.receipt = s.batch
CROSS JOIN versions v ON v.batch = s.batch AND v.kind = s.kind AND v.review = '{REVIEWED}' AND v.erased_by IS NULL
CROSS JOIN disclosures d ON d.id = v.id AND d.newest = v.seq
WHERE s.result IS NULL AND (?1 = '' OR s.body = ?1) AND (?2 = '' OR b.department = ?2)
GROUP BY s.key ORDER BY s.waits_since, b.seq, s.kind
"""  # noqa: S608


def awaiting(store: Store, body: str = "", department: str = "") -> list[Awaiting]:
    """What waits for the review by another body, oldest first; for that `body`, of that `department`."""
    return [
        Awaiting(**{**dict(row), "since": date.fromisoformat(row["since"])})
        for row in store.db.execute(_AWAITING, (body, department))
    ]


def second_reviews(store: Store, receipt: str) -> tuple[SecondReview, ...]:
    """What other bodies review of a batch, or reviewed: one for each kind, in the order of their names."""
    rows = store.db.execute("SELECT * FROM second_reviews WHERE batch = ? ORDER BY kind", (receipt,))
    return tuple(
        SecondReview(
            kind=row["kind"],
            body=row["body"],
            since=date.fromisoformat(row["waits_since"]),
            result=row["result"] or "",
            department=row["department"] or "",
            by=row["by"] or "",
            on=day(row["reviewed_on"]),
            opinion=row["opinion"] or "",
            source=row["source"] or "",
        )
        for row in rows
    )


def endorsed_from(store: Store, department: str, source: str) -> str | None:
    """The receipt whose other review came from the committed file with this mark, or None."""
    sql = (
        "SELECT s.batch FROM second_reviews s JOIN batches b ON b.receipt = s.batch "
        "WHERE b.department = ? AND s.source = ? ORDER BY b.seq LIMIT 1"
    )
    row = store.db.execute(sql, (department, source)).fetchone()
    return row["batch"] if row else None


def kinds_in(store: Store, receipt: str) -> tuple[str, ...]:
    """The kinds of the records in a batch; none where it holds decisions, of which a batch may have a million."""
    first = store.db.execute("SELECT kind FROM versions WHERE batch = ? ORDER BY seq LIMIT 1", (receipt,)).fetchone()
    if first is None or first["kind"] not in REGISTRY_KINDS:
        return ()
    rows = store.db.execute("SELECT DISTINCT kind FROM versions WHERE batch = ? AND erased_by IS NULL", (receipt,))
    found = {row["kind"] for row in rows}
    return tuple(kind for kind in REGISTRY_KINDS if kind in found)
