"""What two persons did together, or what waits for the second: asked of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import orjson

from gongshi.store.sqlite import Row
from gongshi.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAct:
    """One proposal and its answer.

    `number` is the journal's seq of the proposal, `id` the decision; `act` is withdraw, suspend or restore;
    `ending` the kind of end (empty for a return, and for a suspension that does not name it yet);
    `fields` what that kind asks for; `result` confirmed, declined, or empty while it waits. `source` marks
    the committed file it came from, or is empty.
    """

    number: int
    id: str
    kind: str
    department: str
    act: str
    ending: str
    fields: Mapping[str, str]
    reason: str
    by: str
    on: date
    source: str
    result: str
    decided_by: str
    decided_on: date | None
    opinion: str


def act(store: Store, number: int) -> StoredAct | None:
    """The act of that number, or None."""
    row = store.db.execute("SELECT * FROM acts WHERE seq = ?", (number,)).fetchone()
    return _act(row) if row else None


def acts(store: Store, record: str) -> list[StoredAct]:
    """Every act about one decision, oldest first."""
    rows = store.db.execute("SELECT * FROM acts WHERE id = ? ORDER BY seq", (record,))
    return [_act(row) for row in rows]


def waiting(store: Store) -> list[StoredAct]:
    """Every act that waits for the second person, oldest first."""
    return [_act(row) for row in store.db.execute("SELECT * FROM acts WHERE result = '' ORDER BY seq")]


def _act(row: Row) -> StoredAct:
    return StoredAct(
        number=row["seq"],
        id=row["id"],
        kind=row["kind"],
        department=row["department"],
        act=row["act"],
        ending=row["ending"],
        fields=orjson.loads(row["fields"]),
        reason=row["reason"],
        by=row["by"],
        on=date.fromisoformat(row["proposed_on"]),
        source=row["source"],
        result=row["result"],
        decided_by=row["decided_by"] or "",
        decided_on=date.fromisoformat(row["decided_on"]) if row["decided_on"] else None,
        opinion=row["opinion"] or "",
    )
