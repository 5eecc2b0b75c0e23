"""What is to become of each decision of a batch, by what the store holds of it: asked by the check, done by submit."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import orjson

from gongshi.intake.collected import Change, Found, Known, found_of
from gongshi.lifecycle.merge import merge, same
from gongshi.records.decision import Decision
from gongshi.store import Store
from gongshi.store.known import has_any
from gongshi.store.operations import RETURNED
from gongshi.store.queries import chosen
from gongshi.store.sqlite import Connection, Row

RECEIVED = (Change.ADDED, Change.CHANGED, Change.RESUBMITTED)
"""What is journaled and awaits review."""

_STORED = """
SELECT d.key, d.id, d.newest, d.stopped, d.stays_down, d.ended_by, v.earlier, v.review, v.erased_by, p.body
FROM disclosures d JOIN versions v ON v.seq = d.newest LEFT JOIN payloads p ON p.seq = v.seq WHERE d.key IN ({})
"""
_STANDING = """
SELECT p.body FROM versions v JOIN payloads p USING (seq) WHERE v.id = ? AND v.review <> ? ORDER BY v.seq DESC LIMIT 1
"""
_AT_ONCE = 500


class Plan(NamedTuple):
    """What is to become of one decision of the batch; `found` with the stored parties that the batch does not name."""

    change: Change
    record: str
    found: Found
    base: int | None
    earlier: bool
    warning: str = ""


def plans(store: Store, department: str, decisions: Iterable[Found], *, earlier: bool) -> Iterator[Plan]:
    """What is to become of each decision, some at a time. An added one gets an id of its own each time."""
    asks: dict[str, bool] = {}
    coming = iter(decisions)
    while some := list(islice(coming, _AT_ONCE)):
        for kind in {found.kind for found in some} - asks.keys():
            asks[kind] = has_any(store, department, [kind])
        stored = _stored(store.db, [found for found in some if asks[found.kind]])
        chance = secrets.token_hex(8 * len(some))
        for number, found in enumerate(some):
            row = stored.get(found.key)
            if row is None:
                yield Plan(Change.ADDED, chance[16 * number : 16 * number + 16], found, None, earlier)
            else:
                yield _again(store.db, row, found, earlier)


def would_be(store: Store, *, earlier: bool) -> Known:
    """For a check: what the receipt would say of those decisions that the store knows, by their keys."""

    def known(decisions: Sequence[Found]) -> Mapping[str, Change]:
        stored = _stored(store.db, decisions)
        return {
            found.key: _again(store.db, stored[found.key], found, earlier).change
            for found in decisions
            if found.key in stored
        }

    return known


def _stored(db: Connection, decisions: Sequence[Found]) -> Mapping[str, Row]:
    return {row["key"]: row for row in chosen(db, _STORED, [found.key for found in decisions])}


def _again(db: Connection, row: Row, found: Found, earlier: bool) -> Plan:
    """A decision that the store knows."""
    if row["erased_by"] is not None:
        warning = f"{_called(found)}：此前已依法清除，不再接收；确需重新公示的请联系管理员。"
        return Plan(Change.BARRED, row["id"], found, None, earlier, warning)
    decision = found.decision
    newest = _decision(row)
    standing = _standing(db, row)
    merged = merge(standing, decision) if standing else None
    now = merged.decision if merged else decision
    if row["review"] != RETURNED and same(newest, now) and bool(row["earlier"]) == earlier:
        return Plan(Change.UNCHANGED, row["id"], found, row["newest"], earlier)
    change = Change.RESUBMITTED if row["review"] == RETURNED else Change.CHANGED
    unmatched = bool(merged and merged.unmatched)
    warning = "".join(_warnings(_called(found), row, unmatched=unmatched))
    return Plan(change, row["id"], found_of(now), row["newest"], earlier, warning)


def _called(found: Found) -> str:
    """Its number; what identifies it where it has none."""
    return found.number or found.key.rpartition("/")[2]


def _warnings(number: str, row: Row, *, unmatched: bool) -> Iterator[str]:
    if unmatched:
        yield f"{number}：填写的“更正前的行政相对人名称”与已报送的行政相对人都不一致，已按新增处理，请核对。"
    if row["stays_down"] or row["ended_by"]:
        yield f"{number}：此前已经撤下，重新提交和审核不会使其恢复；确需恢复的，由两人办理恢复公示（gongshi restore）。"
    elif row["stopped"]:
        yield f"{number}：此前已停止公示或者暂缓公示，重新提交不会使其恢复，须经审核人重新审核。"


def _standing(db: Connection, row: Row) -> Decision | None:
    """The newest version that was not returned: what a returned one said of the parties does not stay."""
    if row["review"] != RETURNED:
        return _decision(row)
    found = db.execute(_STANDING, (row["id"], RETURNED)).fetchone()
    return _decision(found) if found else None


def _decision(row: Row) -> Decision:
    return Decision.from_payload(orjson.loads(row["body"])["decision"])
