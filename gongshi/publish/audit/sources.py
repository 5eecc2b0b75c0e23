"""What the store holds, entry by entry, as things to look for: read as a stream, nothing is kept but what is sought.

All versions of all decisions, reviewed or not; opinions, reasons, evidence, requests: whatever an entry of
the journal says in words. What was erased has no values (DESIGN.md promise 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson

from gongshi.law.masking import looks_like_a_person
from gongshi.publish.audit.values import Value, is_name, names_of, of_text
from gongshi.records.decision import Decision
from gongshi.store.operations import Operation
from gongshi.store.store import Store

_VERSIONS = """
SELECT v.seq, v.id, v.open_names, v.masked_names, p.body FROM versions v JOIN payloads p ON p.seq = v.seq
WHERE v.erased_by IS NULL ORDER BY v.id, v.seq
"""
_WORDS = f"""
SELECT j.record, j.operation, p.body FROM journal j JOIN payloads p USING (seq)
WHERE j.operation NOT IN ('{Operation.RECEIVE}', '{Operation.NAMES}', '{Operation.PUBLISH}', '{Operation.STOP}')
ORDER BY j.seq
"""  # noqa: S608 - our own words
_REQUESTS = f"SELECT p.body FROM journal j JOIN payloads p USING (seq) WHERE j.operation = '{Operation.REQUEST}'"  # noqa: S608
_IDS = "SELECT id FROM disclosures ORDER BY id"
_WRITTEN = re.compile(r"[㐀-鿿]|\d{6}|@")
"""What a person wrote or a number: not a code of ours (withdrawn), a date, a hash."""
_HASH = re.compile(r"[0-9a-f]{32,}")
_KEYS = frozenset({"keys", "fingerprint", "sha256", "sealed", "status", "source", "counts", "type", "decision"})
"""Of an entry's payload, what is no text of a person: hashes, ids, what an erasure took away."""


@dataclass(frozen=True, slots=True)
class Version:
    """One received version: its journal's seq, the decision, the reviewer's choices about names in it."""

    seq: int
    decision: Decision
    open_names: frozenset[str]
    masked_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Record:
    """One decision with all its versions, oldest first."""

    id: str
    versions: tuple[Version, ...]

    @property
    def names(self) -> frozenset[str]:
        """The persons whom any version names, and those whom a reviewer masked."""
        chosen = (name for version in self.versions for name in version.masked_names if is_name(name))
        return frozenset().union(chosen, *(names_of(version.decision) for version in self.versions))


def ids(store: Store) -> Iterator[str]:
    """Every id that was ever given to a decision or a record."""
    return (str(row["id"]) for row in store.db.execute(_IDS))


def records(store: Store) -> Iterator[Record]:
    """Every decision that has a version which was not erased, by id."""
    for record, rows in groupby(store.db.execute(_VERSIONS), key=lambda row: str(row["id"])):
        yield Record(record, tuple(map(_version, rows)))


def _version(row: Any) -> Version:
    decision = Decision.from_payload(orjson.loads(row["body"])["decision"])
    return Version(row["seq"], decision, _names(row["open_names"]), _names(row["masked_names"]))


def _names(text: str | None) -> frozenset[str]:
    return frozenset(orjson.loads(text)) if text else frozenset()


def words(store: Store) -> Iterator[tuple[str, list[Value]]]:
    """What people wrote beside the decisions, by the record or receipt that it is about: opinions, reasons,
    evidence, what citizens asked and were answered (D31)."""
    for row in store.db.execute(_WORDS):
        for path, text in _strings(orjson.loads(row["body"]), row["operation"]):
            yield str(row["record"]), list(of_text(text, path))


def requesters(store: Store) -> Mapping[str, frozenset[str]]:
    """By decision, the persons who asked for a correction of it: sought in what is published of it (D31)."""
    found: dict[str, frozenset[str]] = {}
    for row in store.db.execute(_REQUESTS):
        told = orjson.loads(row["body"])
        name = told["answers"].get("name", "")
        if looks_like_a_person(name) and is_name(name):
            found[told["decision"]] = found.get(told["decision"], frozenset()) | {name}
    return found


def _strings(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if _WRITTEN.search(value) and not _HASH.fullmatch(value) and not _is_time(value):
            yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in _KEYS:
                yield from _strings(item, f"{path}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, path)


def _is_time(text: str) -> bool:
    return re.fullmatch(r"[\d:T+\-. Z]+", text) is not None and text[4:5] == "-"
