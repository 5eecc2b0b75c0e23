"""What the other rooms ask of the store: what is approved, what is newest, which batches there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar

import orjson

from gongshi.records.decision import Decision
from gongshi.store.operations import APPROVED
from gongshi.store.projections import IS_OPEN
from gongshi.store.sqlite import Connection, Row
from gongshi.store.store import Store
from gongshi.store.stored import Approved, Ended, Pending, Publication, StoredBatch

__all__ = [
    "Approved",
    "Ended",
    "Pending",
    "Publication",
    "StoredBatch",
    "approved",
    "approved_between",
    "batch",
    "batched",
    "by_hand",
    "chosen",
    "day",
    "decision_of",
    "is_seen",
    "latest",
    "newest",
    "remember",
    "reviewed_after",
    "reviewed_from",
    "same_files",
    "still_open",
    "streamed",
    "versions_of",
]

_AT_ONCE = 500
T = TypeVar("T")


def batched(values: Iterable[T]) -> Iterator[list[T]]:
    """Lists of some hundred values, so that memory stays bounded however many there are."""
    remaining = iter(values)
    while some := list(islice(remaining, _AT_ONCE)):
        yield some


def streamed(db: Connection, sql: str, values: Iterable[object]) -> Iterator[Row]:
    """The rows of a query whose `IN ({})` takes any number of values, some hundred at a time; ordered within those."""
    for some in batched(values):
        yield from db.execute(sql.format(", ".join("?" * len(some))), some).fetchall()


def chosen(db: Connection, sql: str, values: Iterable[object]) -> list[Row]:
    """All of `streamed`."""
    return list(streamed(db, sql, values))


_HAND = "d.comes_back, d.ended_by, d.ending, d.ended_on, d.ended_fields, d.suspended, d.stays_down, d.history, v.choice"
_APPROVED = f"""
SELECT d.id, d.sort, d.first_published_on, d.last_published_on, d.published_version, d.corrected, d.stopped, d.reasons,
  {_HAND}, v.seq, v.batch, v.earlier, v.received_on, v.reviewed_on, v.open_names, v.masked_names, p.body
FROM disclosures d JOIN versions v ON v.seq = d.approved JOIN payloads p ON p.seq = v.seq
WHERE v.review = '{APPROVED}' AND v.erased_by IS NULL
"""  # noqa: S608

_LATEST = f"""
SELECT d.id, d.approved, d.first_published_on, d.last_published_on, d.published_version, d.corrected, d.manner,
  {_HAND}, d.stopped, d.reasons, d.is_open,
  v.seq, v.batch, v.earlier, v.received_on, v.review, v.reviewed_on, b.by, b.opinion, p.body
FROM (SELECT rowid, *, ({IS_OPEN}) AS is_open FROM disclosures) d
JOIN versions v ON v.seq = d.newest JOIN batches b ON b.receipt = v.batch JOIN payloads p ON p.seq = v.seq
WHERE v.erased_by IS NULL
"""  # noqa: S608

_OPEN = _LATEST.replace("FROM disclosures)", f"FROM disclosures WHERE {IS_OPEN})")


_ONLY = {False: "AND NOT d.registry", True: "AND d.registry", None: ""}
"""Decisions, records of registers and lists, or both."""


def approved(store: Store, ids: Iterable[str] | None = None, *, registry: bool | None = False) -> Iterator[Approved]:
    """Every decision's latest approved version, in the order of arrival; those of `ids` only, by id, where given.

    With `registry` those of the records of registers and lists; None: of both.
    """
    for row in _each(store.db, f"{_APPROVED} {_ONLY[registry]}", ids):
        yield _approved(row)


def approved_between(store: Store, first: int, behind: int) -> Iterator[Approved]:
    """The same of the decisions in these rows of `disclosures`, the last left out: in the order of arrival, and without
    looking any up by id, where each would be a page from somewhere else."""
    for row in store.db.execute(
        f"{_APPROVED} {_ONLY[False]} AND d.rowid >= ? AND d.rowid < ? ORDER BY d.rowid", (first, behind)
    ):
        yield _approved(row)


def latest(store: Store, ids: Iterable[str] | None = None, *, registry: bool | None = False) -> Iterator[Pending]:
    """Every decision's newest version, in the order of arrival; those of `ids` only, by id, where given.

    With `registry` those of the records of registers and lists; None: of both.
    """
    for row in _each(store.db, f"{_LATEST} {_ONLY[registry]}", ids):
        yield _pending(row)


def still_open(store: Store) -> Iterator[Pending]:
    """The newest version of every decision that waits for somebody or for the next rebuild (projections.IS_OPEN)."""
    for row in store.db.execute(_OPEN):
        yield _pending(row)


def _each(db: Connection, sql: str, ids: Iterable[str] | None) -> Iterable[Row]:
    """All of them as they lie in the file: by id every one would be a page from somewhere else."""
    if ids is None:
        return db.execute(f"{sql} ORDER BY d.rowid")
    return streamed(db, f"{sql} AND d.id IN ({{}}) ORDER BY d.id", sorted(set(ids)))


def decision_of(store: Store, version: int) -> Decision | None:
    """The decision as received in that version, or None where it was erased or never was."""
    row = store.db.execute("SELECT body FROM versions JOIN payloads USING (seq) WHERE seq = ?", (version,)).fetchone()
    return _decision(row) if row else None


def versions_of(store: Store, record: str) -> tuple[Decision, ...]:
    """Every version of a decision that was not erased, oldest first."""
    sql = "SELECT body FROM versions JOIN payloads USING (seq) WHERE id = ? AND erased_by IS NULL ORDER BY seq"
    return tuple(_decision(row) for row in store.db.execute(sql, (record,)))


def newest(store: Store, key: str) -> Decision | None:
    """The newest version of the decision of that key, or None: what a check compares with."""
    row = store.db.execute("SELECT newest FROM disclosures WHERE key = ?", (key,)).fetchone()
    return decision_of(store, row["newest"]) if row else None


def batch(store: Store, receipt: str) -> StoredBatch | None:
    """The batch of a receipt, or None."""
    row = store.db.execute("SELECT * FROM batches WHERE receipt = ?", (receipt,)).fetchone()
    return _batch(row) if row else None


def same_files(store: Store, department: str, fingerprint: str) -> str | None:
    """The receipt under which a department sent these very files before, or None."""
    sql = "SELECT receipt FROM batches WHERE department = ? AND fingerprint = ? ORDER BY seq LIMIT 1"
    row = store.db.execute(sql, (department, fingerprint)).fetchone()
    return row["receipt"] if row else None


def reviewed_after(store: Store, receipt: str, day: date) -> bool:
    """Whether a decision of this batch has an older version whose review is dated after `day`."""
    sql = (
        "SELECT 1 FROM versions v JOIN versions old ON old.id = v.id AND old.seq < v.seq "
        "WHERE v.batch = ? AND old.reviewed_on > ? LIMIT 1"
    )
    return store.db.execute(sql, (receipt, day.isoformat())).fetchone() is not None


def reviewed_from(store: Store, department: str, source: str) -> str | None:
    """The receipt whose review came from the committed file with this mark, or None."""
    sql = "SELECT receipt FROM batches WHERE department = ? AND review_source = ? ORDER BY seq LIMIT 1"
    row = store.db.execute(sql, (department, source)).fetchone()
    return row["receipt"] if row else None


def is_seen(store: Store, mark: str) -> bool:
    """Whether a committed file with this mark was dealt with before and has nothing more to say."""
    return store.db.execute("SELECT 1 FROM seen WHERE mark = ?", (mark,)).fetchone() is not None


def remember(store: Store, marks: Sequence[str]) -> None:
    """Make `is_seen` true for these marks."""
    if marks:
        with store.write() as db:
            db.executemany("INSERT OR IGNORE INTO seen VALUES (?)", [(mark,) for mark in marks])


def day(text: str | None) -> date | None:
    """A stored day."""
    return date.fromisoformat(text) if text else None


def _names(text: str | None) -> frozenset[str]:
    return frozenset(orjson.loads(text)) if text else frozenset()


def _decision(row: Row) -> Decision:
    return Decision.from_payload(orjson.loads(row["body"])["decision"])


def _reasons(text: str | None) -> tuple[str, ...]:
    return tuple(orjson.loads(text)) if text else ()


def by_hand(row: Row) -> dict[str, Any]:
    """What persons did beyond the review, and when it was public."""
    history = orjson.loads(row["history"])
    return {
        "ended": _ended(row) if row["ended_by"] is not None else None,
        "suspended": bool(row["suspended"]),
        "stays_down": row["stays_down"],
        "choice": row["choice"] or "",
        "history": tuple(Publication(version=v, on=date.fromisoformat(on), manner=how) for v, on, how in history),
    }


def _ended(row: Row) -> Ended:
    return Ended(
        act=row["ended_by"],
        ending=row["ending"],
        on=date.fromisoformat(row["ended_on"]),
        fields=orjson.loads(row["ended_fields"]),
    )


def _approved(row: Row) -> Approved:
    return Approved(
        id=row["id"],
        decision=_decision(row),
        version=row["seq"],
        batch=row["batch"],
        earlier=bool(row["earlier"]),
        received_on=date.fromisoformat(row["received_on"]),
        approved_on=date.fromisoformat(row["reviewed_on"]),
        open_names=_names(row["open_names"]),
        masked_names=_names(row["masked_names"]),
        sort=row["sort"],
        first_published_on=day(row["first_published_on"]),
        last_published_on=day(row["last_published_on"]),
        published_version=row["published_version"],
        corrected=bool(row["corrected"]),
        stopped=row["stopped"] is not None or bool(row["comes_back"]),
        standing=row["stopped"] or "",
        reasons=_reasons(row["reasons"]),
        **by_hand(row),
    )


def _pending(row: Row) -> Pending:
    return Pending(
        id=row["id"],
        decision=_decision(row),
        version=row["seq"],
        batch=row["batch"],
        by=row["by"],
        earlier=bool(row["earlier"]),
        received_on=date.fromisoformat(row["received_on"]),
        review=row["review"],
        reviewed_on=day(row["reviewed_on"]),
        opinion=row["opinion"] or "",
        approved=row["approved"],
        first_published_on=day(row["first_published_on"]),
        last_published_on=day(row["last_published_on"]),
        published_version=row["published_version"],
        corrected=bool(row["corrected"]),
        manner=row["manner"] or "",
        standing=row["stopped"] or "",
        reasons=_reasons(row["reasons"]),
        comes_back=bool(row["comes_back"]),
        is_open=bool(row["is_open"]),
        **by_hand(row),
    )


def _batch(row: Row) -> StoredBatch:
    return StoredBatch(
        receipt=row["receipt"],
        seq=row["seq"],
        department=row["department"],
        by=row["by"],
        received_on=date.fromisoformat(row["received_on"]),
        received_at=row["received_at"],
        earlier=bool(row["earlier"]),
        evidence=row["evidence"],
        rows=row["rows"],
        counts=orjson.loads(row["counts"]),
        files=tuple(orjson.loads(row["files"])),
        result=row["result"] or "",
        reviewed_by=row["reviewed_by"] or "",
        reviewed_on=day(row["reviewed_on"]),
        opinion=row["opinion"] or "",
    )
