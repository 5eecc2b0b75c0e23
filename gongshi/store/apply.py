"""From entries to current tables: the one function that both live changes and replays go through.

A payload is None where it was erased: then a version's own columns stay empty, exactly as the erase
entry leaves them in the live tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from gongshi.records import REGISTRY_KINDS, SUBMITTED_KINDS
from gongshi.records.cases.key import case_key
from gongshi.store import apply_acts, apply_cases, apply_records, apply_requests
from gongshi.store.journal import Entry, Payload
from gongshi.store.operations import APPROVED, DOWN, IN_ORDER, LEDGER, RECEIVED, RETURNED, SUPERSEDED, Operation
from gongshi.store.sqlite import Connection

Change = tuple[Entry, Payload | None]
_GROUP = 5000


def apply(db: Connection, changes: Iterable[Change]) -> None:
    """Bring the current tables from one end of `changes` to the other, inside the caller's transaction."""
    for operation, group in _groups(changes):
        _HANDLERS[operation](db, group)


def _groups(changes: Iterable[Change]) -> Iterator[tuple[Operation, list[Change]]]:
    """Runs of one operation in which no record comes twice (but where order is kept), to be written in bulk."""
    group: list[Change] = []
    seen: set[str] = set()
    for change in changes:
        entry = change[0]
        if group and (entry.operation != group[0][0].operation or entry.record in seen or len(group) == _GROUP):
            yield Operation(group[0][0].operation), group
            group, seen = [], set()
        group.append(change)
        if entry.operation not in IN_ORDER:
            seen.add(entry.record)
    if group:
        yield Operation(group[0][0].operation), group


def _text(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _kept(changes: Sequence[Change]) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
    """The changes whose payload is there."""
    return ((entry, payload) for entry, payload in changes if payload is not None)


def _batch(db: Connection, changes: Sequence[Change]) -> None:
    db.executemany(
        "INSERT INTO batches (receipt, seq, department, by, received_on, received_at, earlier, evidence, fingerprint, "
        "rows, counts, files, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(entry.record, entry.seq, entry.department, p["by"], p["on"], entry.at, int(p["earlier"])),
                *(p["evidence"], p["fingerprint"], p["rows"], _text(p["counts"]), _text(p["files"])),
                p.get("result"),
            )
            for entry, p in _kept(changes)
        ],
    )


def _receive(db: Connection, changes: Sequence[Change]) -> None:
    """What is empty goes as "": SQLite's module takes longer to bind a NULL than to bind all other columns."""
    db.executemany(
        "INSERT INTO versions (seq, id, batch, kind, review, earlier, received_on, base, change, case_key) "
        "VALUES (?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''))",
        [(e.seq, e.record, e.batch, e.kind, RECEIVED, *_said(e.department, payload)) for e, payload in changes],
    )
    db.executemany(
        "INSERT INTO disclosures (id, kind, department, newest, touched, key, number, event_on, review_on) "
        "VALUES (?1, ?2, ?3, ?4, ?4, nullif(?5, ''), nullif(?6, ''), nullif(?7, ''), nullif(?8, '')) "
        "ON CONFLICT (id) DO UPDATE SET newest = excluded.newest, key = excluded.key, touched = excluded.touched, "
        "number = excluded.number, event_on = excluded.event_on, review_on = excluded.review_on",
        [(e.record, e.kind, e.department, e.seq, *_looked_up(e.kind, p)) for e, p in changes],
    )
    if records := [change for change in changes if change[0].kind in REGISTRY_KINDS]:
        apply_records.receive(db, records)


def _said(department: str, payload: Mapping[str, Any] | None) -> tuple[object, ...]:
    """What the entry says of a version: 历史数据补录 or not, the day, the version it follows, what it changes, the case
    that its sheet names."""
    if payload is None:
        return ("",) * 5
    number = payload["decision"]["values"].get("case_number")
    case = case_key(department, number) if number else ""
    return int(payload["earlier"]), payload["on"], payload["base"] or "", payload["change"], case


def _looked_up(kind: str, payload: Mapping[str, Any] | None) -> tuple[str, str, str, str]:
    """The columns of `disclosures` by which it is found: key, number, day, review date."""
    if payload is None:
        return "", "", "", ""
    decision, declared = payload["decision"], SUBMITTED_KINDS[kind]
    value = decision["values"].get
    return (
        decision["key"],
        value(declared.number) or "",
        value(declared.event) or "",
        value("withhold_review_on") or "",
    )


def _approve(db: Connection, changes: Sequence[Change]) -> None:
    """Only what is still the newest version of its decision: an older one never comes out over it. What another
    body must review too waits for that (gongshi/store/apply_records.py)."""
    for entry, payload in _kept(changes):
        batch, on = entry.record, payload["on"]
        db.execute(
            "UPDATE versions SET reviewed_on = ?, review = CASE WHEN erased_by IS NULL AND seq = "
            "(SELECT newest FROM disclosures WHERE disclosures.id = versions.id) THEN ? ELSE ? END WHERE batch = ?",
            (on, APPROVED, SUPERSEDED, batch),
        )
        apply_records.wait(db, batch, on, payload.get("awaits", {}))
        db.execute(
            "UPDATE disclosures SET touched = ?1, approved = CASE WHEN newest IN (SELECT seq FROM versions "
            "WHERE batch = ?2 AND review = ?3) THEN newest ELSE approved END "
            "WHERE id IN (SELECT id FROM versions WHERE batch = ?2)",
            (entry.seq, batch, APPROVED),
        )
        _reviewed(db, entry, payload, APPROVED)


def _return(db: Connection, changes: Sequence[Change]) -> None:
    for entry, payload in _kept(changes):
        if "kinds" in payload:
            apply_records.answer(db, entry, payload, RETURNED)
            continue
        db.execute(
            "UPDATE versions SET reviewed_on = ?, review = ? WHERE batch = ?", (payload["on"], RETURNED, entry.record)
        )
        db.execute(
            "UPDATE disclosures SET touched = ? WHERE id IN (SELECT id FROM versions WHERE batch = ?)",
            (entry.seq, entry.record),
        )
        _reviewed(db, entry, payload, RETURNED)


def _endorse(db: Connection, changes: Sequence[Change]) -> None:
    for entry, payload in _kept(changes):
        apply_records.answer(db, entry, payload, APPROVED)


def _reviewed(db: Connection, entry: Entry, payload: Mapping[str, Any], result: str) -> None:
    db.execute(
        "UPDATE batches SET result = ?, reviewed_by = ?, reviewed_on = ?, opinion = ?, review_source = ? "
        "WHERE receipt = ?",
        (result, entry.actor, payload["on"], payload["opinion"], payload["source"], entry.record),
    )


def _names(db: Connection, changes: Sequence[Change]) -> None:
    db.executemany(
        "UPDATE versions SET open_names = ?, masked_names = ? WHERE seq = ? AND erased_by IS NULL",
        [(_text(p["open"]), _text(p["masked"]), p["version"]) for _, p in _kept(changes)],
    )
    _touch(db, (entry for entry, _ in _kept(changes)))


def _touch(db: Connection, entries: Iterable[Entry]) -> None:
    """What these entries speak of may come out otherwise now (gongshi/store/changes.py)."""
    db.executemany("UPDATE disclosures SET touched = ? WHERE id = ?", [(entry.seq, entry.record) for entry in entries])


def _publish(db: Connection, changes: Sequence[Change]) -> None:
    """`sort` and the day of first publication are set once and never again (DOMAIN.md 2)."""
    db.executemany(
        "UPDATE disclosures SET sort = coalesce(sort, ?), first_published_on = coalesce(first_published_on, ?), "
        "last_published_on = ?, published_version = ?, manner = ?, corrected = max(corrected, ?), stopped = NULL, "
        "reasons = NULL, stopped_on = NULL, comes_back = 0, "
        "turned_by = CASE WHEN stays_down = '' THEN turned_by ELSE ? END, stays_down = '', "
        "history = json_insert(history, '$[#]', json_array(?4, ?3, ?5)), touched = ?7 WHERE id = ?",
        [
            (p["sort"], p["first"], p["on"], p["version"], p["manner"], int(p["corrected"]), entry.seq, entry.record)
            for entry, p in _kept(changes)
        ],
    )


def _stop(db: Connection, changes: Sequence[Change]) -> None:
    """What was public and may no longer be stays down; what only waits comes back by itself."""
    stops = [(entry, p, _text(p["reasons"])) for entry, p in _kept(changes)]
    db.executemany(
        "UPDATE disclosures SET stopped = ?, reasons = ?, stopped_on = ?, comes_back = 0, touched = ? WHERE id = ?",
        [(p["standing"], reasons, p["on"], entry.seq, entry.record) for entry, p, reasons in stops],
    )
    db.executemany(
        "UPDATE disclosures SET stays_down = ?1, turned_by = ? "
        "WHERE id = ? AND stays_down <> ?1 AND (published_version IS NOT NULL OR ?)",
        [
            (p["standing"], entry.seq, entry.record, LEDGER in p["reasons"])
            for entry, p, _ in stops
            if p["standing"] in DOWN
        ],
    )


def _erase(db: Connection, changes: Sequence[Change]) -> None:
    """What the erased payloads had put into the current tables goes; the key stays, to refuse it later. What
    took it down before is gone with what persons wrote then: now the erasure does."""
    for entry, payload in _kept(changes):
        targets = [*map(str, payload["entries"]), *payload["raw"]]
        db.executemany("INSERT INTO erased (target, by) VALUES (?, ?)", [(target, entry.seq) for target in targets])
        db.executemany(
            "UPDATE versions SET earlier = NULL, received_on = NULL, base = NULL, change = NULL, open_names = NULL, "
            "masked_names = NULL, choice = NULL, effective_from = NULL, effective_to = NULL, instruction = NULL, "
            "case_key = NULL, "
            "erased_by = ? "
            "WHERE seq = ?",
            [(entry.seq, seq) for seq in payload["versions"]],
        )
        ids = payload["keys"]
        for table in ("acts", "upheld"):
            db.executemany(f"DELETE FROM {table} WHERE id = ?", [(record,) for record in ids])  # noqa: S608
        db.executemany(
            "UPDATE disclosures SET key = ?1, number = NULL, event_on = NULL, review_on = NULL, "
            "stopped = NULL, reasons = NULL, stopped_on = NULL, comes_back = 0, "
            "stays_down = '', suspended = 0, ended_by = NULL, ending = NULL, ended_on = NULL, ended_fields = NULL, "
            "turned_by = ?2, erased_by = ?2, touched = ?2 WHERE id = ?3",
            [(key, entry.seq, record) for record, key in ids.items()],
        )
        apply_requests.erase(db, entry, payload)
        apply_cases.erase(db, entry, payload.get("cases", ()), payload.get("decisions", ()))


def _acts(
    one: Callable[[Connection, Entry, Mapping[str, Any]], None],
) -> Callable[[Connection, Sequence[Change]], None]:
    """Acts of persons are few: one after the other."""

    def apply_all(db: Connection, changes: Sequence[Change]) -> None:
        for entry, payload in _kept(changes):
            one(db, entry, payload)
            _touch(db, [entry])

    return apply_all


_HANDLERS: dict[Operation, Callable[[Connection, Sequence[Change]], None]] = {
    Operation.BATCH: _batch,
    Operation.RECEIVE: _receive,
    Operation.APPROVE: _approve,
    Operation.RETURN: _return,
    Operation.ENDORSE: _endorse,
    Operation.UPHOLD: _acts(apply_records.uphold),
    Operation.NAMES: _names,
    Operation.PUBLISH: _publish,
    Operation.STOP: _stop,
    Operation.PROPOSE: _acts(apply_acts.propose),
    Operation.CONFIRM: _acts(apply_acts.confirm),
    Operation.DECLINE: _acts(apply_acts.decline),
    Operation.CHOOSE: _acts(apply_acts.choose),
    Operation.REQUEST: apply_requests.request,
    Operation.ANSWER: apply_requests.answer,
    Operation.CASE: apply_cases.case,
    Operation.CASE_RECORD: apply_cases.line,
    Operation.EVIDENCE: apply_cases.evidence,
    Operation.MAJOR: apply_cases.major,
    Operation.LEGAL: apply_cases.legal,
    Operation.DECIDE: apply_cases.decide,
    Operation.INSTRUCT: _acts(apply_cases.instruct),
    Operation.ACCESS: apply_cases.access,
    Operation.ERASE: _erase,
}
