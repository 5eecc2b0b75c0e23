"""Whether a received decision may be one that came down, under another 文号: a word for who sends and who reviews.

The same department, kind, day and party as of something that was withdrawn, suspended, withheld or sealed.
It may be another decision all the same; two persons look (D30). Only the departments' side sees it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import orjson

from gongshi.lifecycle.people import normalised
from gongshi.records import DECISION_KINDS
from gongshi.store import Store
from gongshi.store.projections import IS_DOWN
from gongshi.store.queries import StoredBatch, chosen
from gongshi.store.sqlite import Connection, Row

_KINDS = "SELECT DISTINCT kind FROM versions WHERE batch = ? AND erased_by IS NULL"
_ANY_DOWN = f"SELECT 1 FROM disclosures WHERE department = ? AND kind = ? AND ({IS_DOWN}) LIMIT 1"  # noqa: S608
_DOWN = f"""
SELECT id, number, event_on AS day FROM disclosures
WHERE department = ? AND kind = ? AND event_on IN (SELECT value FROM json_each(?)) AND ({IS_DOWN})
"""  # noqa: S608
_RECEIVED = """
SELECT d.id, d.number, d.event_on AS day FROM versions v JOIN disclosures d ON d.id = v.id AND d.newest = v.seq
WHERE v.batch = ? AND v.kind = ? ORDER BY v.seq
"""
_NEWEST = "SELECT d.id, p.body FROM disclosures d JOIN payloads p ON p.seq = d.newest WHERE d.id IN ({})"


def similar_to_down(store: Store, batch: StoredBatch) -> tuple[str, ...]:
    """One warning for each newest version of the batch that resembles decisions which are down; 文号, no name. Records
    have no parties by which they could be told."""
    kinds = [row["kind"] for row in store.db.execute(_KINDS, (batch.receipt,))]
    return tuple(warning for kind in kinds if kind in DECISION_KINDS for warning in _of_kind(store.db, batch, kind))


def _of_kind(db: Connection, batch: StoredBatch, kind: str) -> Iterator[str]:
    if db.execute(_ANY_DOWN, (batch.department, kind)).fetchone() is None:
        return
    received = db.execute(_RECEIVED, (batch.receipt, kind)).fetchall()
    days = orjson.dumps(sorted({row["day"] for row in received if row["day"]})).decode()
    down: dict[str, list[Row]] = defaultdict(list)
    for row in db.execute(_DOWN, (batch.department, kind, days)):
        down[row["day"]].append(row)
    received = [row for row in received if row["day"] in down]
    parties = _parties(db, {row["id"] for one in received for row in (one, *down[one["day"]])})
    for row in received:
        numbers = [
            other["number"] or other["id"]
            for other in down[row["day"]]
            if other["id"] != row["id"] and parties[row["id"]] & parties[other["id"]]
        ]
        if numbers:
            yield (
                f"{row['number'] or row['id']}：与已撤下的决定相似（日期和行政相对人相同：{'、'.join(numbers)}），"
                "请核对是否同一决定；同一决定不要换文号重新报送，确需恢复的由两人办理恢复公示（gongshi restore）。"
            )


def _parties(db: Connection, records: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Names and codes of each record's parties, as they are compared."""
    found: dict[str, frozenset[str]] = {}
    for row in chosen(db, _NEWEST, sorted(records)):
        parties = orjson.loads(row["body"])["decision"]["parties"]
        words = (party.get(name) for party in parties for name in ("party_name", "party_uscc"))
        found[row["id"]] = frozenset(plain for word in words if word and (plain := normalised(word)))
    return defaultdict(frozenset, found)
