"""The ledger of takedowns, beside the store: an older backup, or a store made anew, brings nothing back.

One JSON line for each takedown or return, appended and forced to the disk, never rewritten: the id, a salted
hash of the decision's key, what happened, the hash of the journal's entry. No name, no number. A takedown
whose entry is not in the store keeps down its id and every decision with the same key, until two persons
restore it there (DESIGN.md promise 8).
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import orjson

from gongshi.store import Store
from gongshi.store.operations import SUSPENDED, WITHDRAWN
from gongshi.store.turns import Turn, in_journal, keys, turns

_FORM = "gongshi tombstones 1"
_SALT = 16


class LedgerDamaged(RuntimeError):
    """A line of the ledger can not be read: nothing may become public until it is mended."""

    code: ClassVar[str] = "ledger_damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """One line. `key` is the salted hash of the decision's key; `standing` what took it down, empty for a
    return; `entry` the hash of the journal's entry."""

    id: str
    key: str
    down: bool
    standing: str
    ending: str
    on: date
    entry: str


class Ledger:
    """The ledger in one file. A file that is not there yet is made with the first line."""

    def __init__(self, path: Path, salt: bytes, stones: Iterable[Tombstone], size: int) -> None:
        self._path, self._salt, self._size = path, salt, size
        self._entries: set[str] = set()
        self._by_key: dict[str, Tombstone] = {}
        self._by_id: dict[str, Tombstone] = {}
        self._learn(stones)

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """Read it. Raises LedgerDamaged, naming the line; what a crash left half written is written again."""
        raw = path.read_bytes() if path.exists() else b""
        whole = raw[: raw.rfind(b"\n") + 1]
        head, *lines = whole.splitlines() or [b""]
        if not head:
            return cls(path, secrets.token_bytes(_SALT), (), 0)
        salt = _parsed(path, 1, head, _salt)
        stones = [_parsed(path, number, line, _stone) for number, line in enumerate(lines, start=2)]
        return cls(path, salt, stones, len(whole))

    def record(self, store: Store) -> int:
        """Write down every takedown and return of `store` that is missing; returns how many."""
        new = [self._of(turn) for turn in turns(store) if turn.hash not in self._entries]
        if new:
            self._append(new)
            self._learn(new)
        return len(new)

    def keeps_down(self, store: Store) -> dict[str, str]:
        """The decisions of `store` that only the ledger knows to be down: id to what took them down."""
        unknown = self._unknown_to(store)
        if not unknown:
            return {}
        by_key = {stone.key: stone for stone in unknown if self._by_key[stone.key] is stone}
        by_id = {stone.id: stone for stone in unknown if self._by_id[stone.id] is stone}
        found = ((record, by_id.get(record) or by_key.get(self._hash(key))) for record, key in keys(store))
        return {record: _lasting(stone.standing) for record, stone in found if stone is not None}

    def down(self) -> frozenset[str]:
        """The ids of all that is down by the ledger alone."""
        return frozenset(record for record, stone in self._by_id.items() if stone.down)

    def suspended(self) -> frozenset[str]:
        """Those of which not even a notice may stand: the second person has not answered."""
        return frozenset(record for record, stone in self._by_id.items() if stone.standing == SUSPENDED)

    def _unknown_to(self, store: Store) -> list[Tombstone]:
        """The last takedowns of which the store's journal has no entry."""
        last = {stone.entry: stone for held in (self._by_key, self._by_id) for stone in held.values() if stone.down}
        there = in_journal(store, last)
        return [stone for entry, stone in last.items() if entry not in there]

    def _of(self, turn: Turn) -> Tombstone:
        return Tombstone(
            id=turn.id,
            key=self._hash(turn.key),
            down=turn.down,
            standing=turn.standing,
            ending=turn.ending,
            on=turn.on,
            entry=turn.hash,
        )

    def _hash(self, key: str) -> str:
        return hashlib.blake2b(key.encode(), key=self._salt, digest_size=16).hexdigest()

    def _learn(self, stones: Iterable[Tombstone]) -> None:
        for stone in stones:
            self._entries.add(stone.entry)
            self._by_key[stone.key] = self._by_id[stone.id] = stone

    def _append(self, stones: Iterable[Tombstone]) -> None:
        """Behind the last whole line, and on the disk when this returns."""
        head = [{"form": _FORM, "salt": self._salt.hex()}] if not self._size else []
        told = b"".join(orjson.dumps(line) + b"\n" for line in (*head, *stones))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            file.truncate(self._size)
            file.seek(self._size)
            file.write(told)
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(self._path.parent)
        self._size += len(told)


def _lasting(standing: str) -> str:
    """A suspension whose second person can no more be asked about it is a withdrawal."""
    return WITHDRAWN if standing == SUSPENDED else standing


def _salt(found: Mapping[str, Any]) -> bytes:
    if found["form"] != _FORM:
        raise ValueError(found["form"])
    return bytes.fromhex(found["salt"])


def _stone(found: Mapping[str, Any]) -> Tombstone:
    stone = Tombstone(**{**found, "on": date.fromisoformat(found["on"])})
    if not (stone.id and stone.key and stone.entry and isinstance(stone.down, bool)):
        raise ValueError(stone.id)
    return stone


def _parsed(path: Path, number: int, line: bytes, read: Any) -> Any:
    try:
        return read(orjson.loads(line))
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerDamaged(
            f"撤下台账 {path.name} 第 {number} 行损坏，无法判断哪些决定必须保持撤下：没有公示任何新内容。"
            "请用最近的备份恢复这个文件（不要删去损坏的行），再运行 gongshi rebuild。"
        ) from error


def _sync_folder(folder: Path) -> None:
    """The file's name is on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
