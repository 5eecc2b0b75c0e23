"""The append-only, hash-chained journal: every accepted change is one entry (DESIGN.md promise 2).

An entry's digest is sha256 over a random salt and the canonical JSON of its payload, so that a payload
can be erased without leaving a digest from which a name could be guessed; its hash covers all its
columns and the hash before it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

import orjson

from gongshi.store.sqlite import Connection

GENESIS = "0" * 64
"""The hash before the first entry."""

CITY_CLOCK = ZoneInfo("Asia/Shanghai")
"""One clock (DESIGN.md promise 12): a run at 00:30 in Shanghai belongs to that day, whatever the machine's zone."""
_SALT = 16
_CHUNK = 1000

Payload = Mapping[str, object]


class Ready(NamedTuple):
    """A payload whose canonical JSON (`body`) is there already, with the `part` of it that the current tables hold."""

    body: bytes
    part: Payload


class Draft(NamedTuple):
    """A change that is about to be journaled. `batch` is the receipt it belongs to, or empty."""

    actor: str
    department: str
    batch: str
    kind: str
    record: str
    operation: str
    payload: Payload | Ready


class Entry(NamedTuple):
    """One line of the journal, in the order of its columns."""

    seq: int
    at: str
    actor: str
    department: str
    batch: str
    kind: str
    record: str
    operation: str
    digest: str
    previous: str
    hash: str


COLUMNS = ", ".join(Entry._fields)
_INSERT = f"INSERT INTO journal ({COLUMNS}) VALUES ({', '.join('?' * len(Entry._fields))})"  # noqa: S608


def canonical(payload: Payload) -> bytes:
    """The one JSON text of a payload: UTF-8, keys sorted, no spaces."""
    return orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)


def digest_of(salt: bytes, body: bytes) -> str:
    """The salted digest of a payload's canonical JSON."""
    return hashlib.sha256(salt + body).hexdigest()


def hash_of(fields: Sequence[object]) -> str:
    """The hash of an entry: over all its columns but the hash itself, as a JSON array."""
    return hashlib.sha256(orjson.dumps(fields)).hexdigest()


def stamp(now: datetime) -> str:
    """The instant as the city's clock shows it, to the second. Raises ValueError without a time zone."""
    if now.tzinfo is None:
        raise ValueError("a journal entry needs an instant with its time zone")
    return now.astimezone(CITY_CLOCK).isoformat(timespec="seconds")


def last(db: Connection) -> tuple[int, str]:
    """Sequence number and hash of the newest entry; (0, GENESIS) in an empty journal."""
    row = db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (row["seq"], row["hash"]) if row else (0, GENESIS)


def chunks(drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    """Drafts in lists of a size that keeps memory bounded."""
    while chunk := list(islice(drafts, _CHUNK)):
        yield chunk


def append(db: Connection, drafts: Sequence[Draft], at: str) -> list[tuple[Entry, Payload]]:
    """Chain the drafts to the journal, inside the caller's transaction; `at` is from `stamp`.

    SQLite's module binds plain str and bytearray at once; for every other type, bytes and enumerations
    among them, it looks for an adapter first, which takes longer than to bind the whole row.
    """
    seq, previous = last(db)
    salts = os.urandom(_SALT * len(drafts))
    entries: list[tuple[Entry, Payload]] = []
    payloads: list[tuple[int, bytearray, bytearray]] = []
    for number, (actor, department, batch, kind, record, operation, payload) in enumerate(drafts):
        seq += 1
        salt = salts[number * _SALT : (number + 1) * _SALT]
        body, part = payload if isinstance(payload, Ready) else (canonical(payload), payload)
        fields = (seq, at, actor, department, batch, kind, record, str(operation), digest_of(salt, body), previous)
        previous = hash_of(fields)
        entries.append((Entry(*fields, previous), part))
        payloads.append((seq, bytearray(salt), bytearray(body)))
    db.executemany(_INSERT, (entry for entry, _ in entries))
    db.executemany("INSERT INTO payloads (seq, salt, body) VALUES (?, ?, ?)", payloads)
    return entries


def read(db: Connection, after: int = 0) -> Iterator[tuple[Entry, Payload | None]]:
    """The journal in order, each entry with its payload, or None where that was erased."""
    sql = f"SELECT {COLUMNS}, body FROM journal LEFT JOIN payloads USING (seq) WHERE seq > ? ORDER BY seq"  # noqa: S608
    for row in db.execute(sql, (after,)):
        yield Entry(*row[:-1]), None if row["body"] is None else orjson.loads(row["body"])
