"""Lawful erasure: the journal first says what goes and why, then it goes, in one transaction (promise 2)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson

from gongshi.store import raw
from gongshi.store.errors import ErasureIncomplete, NotErasable
from gongshi.store.journal import Draft
from gongshi.store.operations import ABOUT_A_DECISION, Operation
from gongshi.store.queries import chosen
from gongshi.store.sqlite import Connection
from gongshi.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure took away: versions of decisions, choices about names, raw files."""

    entry: int
    versions: tuple[int, ...]
    raw: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Targets:
    """What is still there to erase. `entries` are the versions, the choices about them and the acts of persons."""

    versions: list[int]
    entries: list[int]
    raw: list[str]
    keys: dict[str, str]


def erase(store: Store, ids: Iterable[str], *, reason: str, by: str, department: str, now: datetime) -> Erased | None:
    """Take away every version of the decisions `ids`, the choices about them, what persons wrote when they took
    them down, and the raw files in which they came (with the other rows of those files, whose decisions stay).

    Returns None where nothing is left to erase. Raises NotErasable for an unknown id, and
    ErasureIncomplete where a reader still holds the old bytes: then run it again once the reader is done.
    """
    with store.write():
        done = erase_within(store, ids, reason=reason, by=by, department=department, now=now)
    fold(store)
    return done


def erase_within(
    store: Store, ids: Iterable[str], *, reason: str, by: str, department: str, now: datetime
) -> Erased | None:
    """`erase` inside the caller's `write`; the old bytes are gone from the disk after `fold`."""
    db = store.db
    targets = _targets(db, sorted(set(ids)))
    if not (targets.entries or targets.raw):
        return None
    payload = {"reason": reason, **asdict(targets)}
    draft = Draft(by, department, "", "erase", secrets.token_hex(8), Operation.ERASE, payload)
    store.append([draft], now)
    return _remove(db, targets)


_WRITTEN = ", ".join(f"'{operation}'" for operation in ABOUT_A_DECISION)
_ABOUT = f"SELECT seq FROM journal JOIN payloads USING (seq) WHERE operation IN ({_WRITTEN})"  # noqa: S608


def _targets(db: Connection, ids: Sequence[str]) -> _Targets:
    keys = {row["id"]: row["key"] for row in chosen(db, "SELECT id, key FROM disclosures WHERE id IN ({})", ids)}
    if unknown := [record for record in ids if record not in keys]:
        raise NotErasable(f"没有编号为 {unknown[0]} 的决定。")
    versions = chosen(db, "SELECT seq, batch FROM versions WHERE erased_by IS NULL AND id IN ({}) ORDER BY seq", ids)
    about = chosen(db, f"{_ABOUT} AND record IN ({{}}) ORDER BY seq", ids)
    files = chosen(db, "SELECT files FROM batches WHERE receipt IN ({})", sorted({row["batch"] for row in versions}))
    hashes = sorted({name for row in files for file in orjson.loads(row["files"]) for name in _names(db, file, ids)})
    seqs = [row["seq"] for row in versions]
    return _Targets(
        versions=seqs,
        entries=[*seqs, *(row["seq"] for row in about)],
        raw=[row["sha256"] for row in chosen(db, "SELECT sha256 FROM raw WHERE sha256 IN ({})", hashes)],
        keys=keys,
    )


_NAMED = """
SELECT 1 FROM disclosures d INDEXED BY disclosures_registry CROSS JOIN versions v ON v.id = d.id
CROSS JOIN payloads p ON p.seq = v.seq WHERE d.registry AND d.id NOT IN ({}) AND instr(p.body, ?) LIMIT 1
"""


def _names(db: Connection, file: Mapping[str, str], ids: Sequence[str]) -> tuple[str, ...]:
    """Under which digests a file of a batch is kept; an attachment goes only if no other record names it."""
    cleaned = file.get("cleaned")
    if cleaned is None:
        return (file["sha256"],)
    others = _NAMED.format(", ".join("?" * len(ids)))
    return () if db.execute(others, (*ids, cleaned)).fetchone() else (file["sha256"], cleaned)


def _remove(db: Connection, targets: _Targets) -> Erased:
    """Now that the journal says so, the triggers let it go."""
    entry = db.execute("SELECT max(seq) FROM journal").fetchone()[0]
    db.executemany("DELETE FROM payloads WHERE seq = ?", [(seq,) for seq in targets.entries])
    raw.forget(db, targets.raw)
    return Erased(entry=entry, versions=tuple(targets.versions), raw=tuple(targets.raw))


def fold(store: Store) -> None:
    """Empty the write-ahead log: the old bytes lie in it until then."""
    if store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise ErasureIncomplete("清除已记入流水，但另有程序正在读取数据库，旧内容暂未从磁盘抹去：请稍后重新运行。")
