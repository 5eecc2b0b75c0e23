"""What the store tells of the records of registers and lists: a city has thousands of them, not millions.

A record has several approved versions at a time, each with the days on which it is in force; which of them is
shown, the law says (gongshi/law/registry.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import orjson

from gongshi.records.decision import Decision
from gongshi.store.operations import APPROVED, RETURNED
from gongshi.store.queries import batched, by_hand, chosen, day
from gongshi.store.sqlite import Connection, Row
from gongshi.store.store import Store
from gongshi.store.stored import Ended, Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsed:
    """The review by another body (D22, D23): which (rule_words.BODIES), what department gave it, who, when."""

    body: str
    department: str
    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """One approved version: its first and its last day in force; who submitted and who reviewed it, on what day.

    `approved_on` is the day of the review that made it publishable: the department's own, or the other body's.
    """

    seq: int
    decision: Decision
    effective_from: date
    effective_to: date | None
    batch: str
    by: str
    reviewed_by: str
    reviewed_on: date
    endorsed: Endorsed | None
    approved_on: date
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One record with its approved versions, oldest first; `decision`, `version` and `batch` are of the newest.

    `stopped`, `standing`, `reasons`, `ended`, `suspended`, `stays_down` and `history` as in stored.Approved.
    """

    id: str
    kind: str
    department: str
    versions: tuple[StoredVersion, ...]
    sort: int | None
    first_published_on: date | None
    last_published_on: date | None
    published_version: int | None
    corrected: bool
    stopped: bool
    standing: str
    reasons: tuple[str, ...]
    ended: Ended | None
    suspended: bool
    stays_down: str
    history: tuple[Publication, ...]

    @property
    def newest(self) -> StoredVersion:
        """The version that was received last."""
        return self.versions[-1]

    @property
    def decision(self) -> Decision:
        """What the newest version says."""
        return self.newest.decision

    @property
    def version(self) -> int:
        """The newest version's place in the journal."""
        return self.newest.seq

    @property
    def batch(self) -> str:
        """The newest version's receipt."""
        return self.newest.batch

    @property
    def approved_on(self) -> date:
        """The day on which the newest version became publishable."""
        return self.newest.approved_on

    @property
    def received_on(self) -> date:
        """The day on which the newest version came in."""
        return self.newest.received_on


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecord:
    """A record whose newest version waits for a person: `review` is received, returned or reviewed.

    `opinion` is why it was returned. `approved`: an earlier version of it was approved.
    """

    id: str
    decision: Decision
    version: int
    batch: str
    received_on: date
    review: str
    opinion: str
    approved: bool


_FEW = "disclosures d INDEXED BY disclosures_registry"
"""Left to itself, SQLite reads the rows of a million decisions rather than sort some thousand records."""
_IDS = f"SELECT id FROM {_FEW} WHERE d.registry AND (?1 = '' OR d.kind = ?1) ORDER BY d.rowid"  # noqa: S608
_BETWEEN = f"""
SELECT DISTINCT d.id FROM {_FEW} CROSS JOIN versions v ON v.id = d.id CROSS JOIN payloads p ON p.seq = v.seq
WHERE d.registry AND d.kind = ? AND json_extract(CAST(p.body AS TEXT), ?) BETWEEN ? AND ?
"""  # noqa: S608
_HEADS = """
SELECT d.id, d.kind, d.department, d.sort, d.first_published_on, d.last_published_on, d.published_version, d.corrected,
  d.stopped, d.reasons, d.comes_back, d.ended_by, d.ending, d.ended_on, d.ended_fields, d.suspended, d.stays_down,
  d.history, '' AS choice
FROM disclosures d WHERE d.registry AND d.id IN ({}) ORDER BY d.rowid
"""
_VERSIONS = f"""
SELECT v.seq, v.id, v.batch, v.effective_from, v.effective_to, v.received_on, v.reviewed_on AS approved_on,
  b.by, b.reviewed_by, b.reviewed_on, s.body AS endorsed_for, s.department AS endorsed_at, s.by AS endorsed_by,
  s.reviewed_on AS endorsed_on, p.body
FROM versions v JOIN batches b ON b.receipt = v.batch JOIN payloads p ON p.seq = v.seq
LEFT JOIN second_reviews s ON s.key = v.batch || '/' || v.kind
WHERE v.review = '{APPROVED}' AND v.erased_by IS NULL AND v.effective_from IS NOT NULL AND v.id IN ({{}})
ORDER BY v.seq
"""  # noqa: S608
_CURRENT = f"""
SELECT p.body FROM {_FEW} JOIN payloads p ON p.seq =
  (SELECT max(v.seq) FROM versions v WHERE v.id = d.id AND v.review <> '{RETURNED}' AND v.erased_by IS NULL)
WHERE d.registry AND d.kind = ?1 AND (?2 = '' OR d.department = ?2)
  AND d.ended_by IS NULL AND NOT d.suspended AND d.stays_down = '' ORDER BY d.rowid
"""  # noqa: S608
_OPEN = f"""
SELECT d.id, d.approved, v.seq, v.batch, v.received_on, v.review, coalesce(s.opinion, b.opinion, '') AS opinion, p.body
FROM {_FEW} JOIN versions v ON v.seq = d.newest JOIN batches b ON b.receipt = v.batch
JOIN payloads p ON p.seq = v.seq LEFT JOIN second_reviews s ON s.key = v.batch || '/' || v.kind
WHERE d.registry AND d.approved IS NOT d.newest AND v.erased_by IS NULL ORDER BY d.rowid
"""  # noqa: S608


def registered_ids(store: Store, kind: str = "") -> list[str]:
    """The id of every record that was ever received, of that kind where one is given, in the order of arrival."""
    return [row["id"] for row in store.db.execute(_IDS, (kind,))]


def ids_of(store: Store, kinds: Collection[str], departments: Collection[str]) -> list[str]:
    """The id of every record of one of these kinds or of one of these departments."""
    known = store.db.execute(f"SELECT d.id, d.kind, d.department FROM {_FEW} WHERE d.registry")  # noqa: S608
    return [row["id"] for row in known if row["kind"] in kinds or row["department"] in departments]


def taking_effect(store: Store, after: date) -> list[str]:
    """The id of every record with a version, approved or not, that takes effect after a day."""
    sql = "SELECT DISTINCT id FROM versions INDEXED BY versions_registry WHERE effective_from > ?"
    return [row["id"] for row in store.db.execute(sql, (after.isoformat(),))]


def ids_between(store: Store, kind: str, field: str, first: date, last: date) -> list[str]:
    """The id of every record of a kind of which some version says a day from `first` to `last` under `field`."""
    days = (first.isoformat(), last.isoformat())
    return [row["id"] for row in store.db.execute(_BETWEEN, (kind, f"$.decision.values.{field}", *days))]


def registered(store: Store, ids: Iterable[str] | None = None) -> Iterator[Registered]:
    """Every record with an approved version, in the order of arrival; of `ids` only, where given."""
    for some in batched(registered_ids(store) if ids is None else sorted(set(ids))):
        versions = _versions(store.db, some)
        for row in chosen(store.db, _HEADS, some):
            if row["id"] in versions:
                yield _registered(row, tuple(versions[row["id"]]))


def current_values(store: Store, kind: str, department: str = "") -> Iterator[Decision]:
    """What each record of a kind says in its newest version that was not returned: what a check compares with.

    Those that persons took down are left out.
    """
    for row in store.db.execute(_CURRENT, (kind, department)):
        yield _decision(row)


def open_records(store: Store) -> Iterator[OpenRecord]:
    """Every record whose newest version waits for a person, in the order of arrival."""
    for row in store.db.execute(_OPEN):
        yield OpenRecord(
            id=row["id"],
            decision=_decision(row),
            version=row["seq"],
            batch=row["batch"],
            received_on=date.fromisoformat(row["received_on"]),
            review=row["review"],
            opinion=row["opinion"] if row["review"] == RETURNED else "",
            approved=row["approved"] is not None,
        )


def upheld(store: Store, record: str) -> frozenset[str]:
    """The changes of law or organisation (their ids) that leave a record as it is (D25)."""
    return frozenset(row["change"] for row in store.db.execute("SELECT change FROM upheld WHERE id = ?", (record,)))


def _versions(db: Connection, ids: Iterable[str]) -> Mapping[str, list[StoredVersion]]:
    found: dict[str, list[StoredVersion]] = defaultdict(list)
    for row in chosen(db, _VERSIONS, ids):
        found[row["id"]].append(_version(row))
    return found


def _version(row: Row) -> StoredVersion:
    return StoredVersion(
        seq=row["seq"],
        decision=_decision(row),
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=day(row["effective_to"]),
        batch=row["batch"],
        by=row["by"],
        reviewed_by=row["reviewed_by"],
        reviewed_on=date.fromisoformat(row["reviewed_on"]),
        endorsed=_endorsed(row),
        approved_on=date.fromisoformat(row["approved_on"]),
        received_on=date.fromisoformat(row["received_on"]),
    )


def _endorsed(row: Row) -> Endorsed | None:
    if row["endorsed_on"] is None:
        return None
    return Endorsed(
        body=row["endorsed_for"],
        department=row["endorsed_at"],
        by=row["endorsed_by"],
        on=date.fromisoformat(row["endorsed_on"]),
    )


def _registered(row: Row, versions: tuple[StoredVersion, ...]) -> Registered:
    hand = by_hand(row)
    hand.pop("choice")
    return Registered(
        id=row["id"],
        kind=row["kind"],
        department=row["department"],
        versions=versions,
        sort=row["sort"],
        first_published_on=day(row["first_published_on"]),
        last_published_on=day(row["last_published_on"]),
        published_version=row["published_version"],
        corrected=bool(row["corrected"]),
        stopped=row["stopped"] is not None or bool(row["comes_back"]),
        standing=row["stopped"] or "",
        reasons=tuple(orjson.loads(row["reasons"])) if row["reasons"] else (),
        **hand,
    )


def _decision(row: Row) -> Decision:
    return Decision.from_payload(orjson.loads(row["body"])["decision"])
