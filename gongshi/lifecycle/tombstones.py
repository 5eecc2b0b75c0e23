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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import orjson

from gongshi.lifecycle.reconciled import Reconciled
from gongshi.store import Store
from gongshi.store.operations import SUSPENDED, WITHDRAWN
from gongshi.store.turns import Turn, in_journal, keys, turns

_FORM = "gongshi tombstones 1"
_SALT = 16
T = TypeVar("T")


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


class _Lines:
    """Every line of the ledger, read: what it says last of each id and of each key."""

    def __init__(self, path: Path) -> None:
        """Raises LedgerDamaged, naming the line; what a crash left half written is passed over."""
        raw = path.read_bytes() if path.exists() else b""
        whole = raw[: raw.rfind(b"\n") + 1]
        head, *lines = whole.splitlines() or [b""]
        self.salt = _parsed(path, 1, head, _salt) if head else secrets.token_bytes(_SALT)
        self._entries: set[str] = set()
        self._by_key: dict[str, Tombstone] = {}
        self.by_id: dict[str, Tombstone] = {}
        self.learn((_parsed(path, number, line, _stone) for number, line in enumerate(lines, start=2)), len(whole))

    def learn(self, stones: Iterable[Tombstone], size: int) -> None:
        """More lines, and so many bytes of whole lines in all."""
        self.size = size
        for stone in stones:
            self._entries.add(stone.entry)
            self._by_key[stone.key] = self.by_id[stone.id] = stone

    def lacks(self, turn: Turn) -> bool:
        """Whether no line speaks of this turn."""
        return turn.hash not in self._entries

    def unknown_to(self, store: Store) -> list[Tombstone]:
        """The last takedowns of which the store's journal has no entry."""
        last = {stone.entry: stone for held in (self._by_key, self.by_id) for stone in held.values() if stone.down}
        there = in_journal(store, {entry: stone.id for entry, stone in last.items()})
        return [stone for entry, stone in last.items() if entry not in there]

    def keep_down(self, unknown: Iterable[Tombstone], store: Store) -> dict[str, str]:
        """The decisions of `store` of which one of `unknown` is the last word: id to what took them down."""
        stones = list(unknown)
        by_key = {stone.key: stone for stone in stones if self._by_key[stone.key] is stone}
        by_id = {stone.id: stone for stone in stones if self.by_id[stone.id] is stone}
        found = ((record, by_id.get(record) or by_key.get(_hashed(key, self.salt))) for record, key in keys(store))
        return {record: _lasting(stone.standing) for record, stone in found if stone is not None}


class Ledger:
    """The ledger in one file, made with the first line.

    `mark` is where it is kept up to where ledger and store agree (gongshi/lifecycle/reconciled.py): then only what
    is newer is read of either. Without it every line is read, and compared with the store.
    """

    def __init__(self, path: Path, mark: Path | None) -> None:
        self._path, self._mark = path, mark
        self._agreed = Reconciled.read(mark, path)
        self._lines: _Lines | None = None

    @classmethod
    def open(cls, path: Path, mark: Path | None = None) -> Ledger:
        """Read as much of it as is not known. Raises LedgerDamaged, naming the line, here or where more is read."""
        ledger = cls(path, mark)
        if ledger._agreed is None:
            ledger._read()
        return ledger

    def record(self, store: Store) -> int:
        """Write down every takedown and return of `store` that is missing; returns how many. What a crash left half
        written is written again."""
        with store.snapshot():
            agreed = self._agreed_with(store)
            found = turns(store, after=agreed.seq if agreed else 0)
            new = [turn for turn in found if agreed or self._read().lacks(turn)]
            if new:
                self._append(new, agreed.size if agreed else self._read().size)
            if new or not agreed:
                self._agreed = self._agree(store, already=bool(agreed))
        return len(new)

    def keeps_down(self, store: Store) -> dict[str, str]:
        """The decisions of `store` that only the ledger knows to be down: id to what took them down."""
        if self._agreed_with(store):
            return {}
        unknown = self._read().unknown_to(store)
        return self._read().keep_down(unknown, store) if unknown else {}

    def down(self) -> frozenset[str]:
        """The ids of all that is down by the ledger alone."""
        return frozenset(record for record, stone in self._read().by_id.items() if stone.down)

    def suspended(self) -> frozenset[str]:
        """Those of which not even a notice may stand: the second person has not answered."""
        return frozenset(record for record, stone in self._read().by_id.items() if stone.standing == SUSPENDED)

    def _read(self) -> _Lines:
        """Every line, read once."""
        if self._lines is None:
            self._lines = _Lines(self._path)
        return self._lines

    def _salt(self) -> bytes:
        """From the first line alone, where the others need not be read."""
        if self._lines or self._agreed is None or not self._agreed.size:
            return self._read().salt
        with self._path.open("rb") as file:
            return _parsed(self._path, 1, file.readline(), _salt)

    def _agreed_with(self, store: Store) -> Reconciled | None:
        return self._agreed if self._agreed and self._agreed.holds(store) else None

    def _agree(self, store: Store, *, already: bool) -> Reconciled | None:
        """They agree, now that the ledger has all that the store has, unless it knows of more."""
        if not already and self._read().unknown_to(store):
            return None
        now = Reconciled.now(self._path, store)
        now.save(self._mark)
        return now

    def _append(self, new: Iterable[Turn], size: int) -> None:
        """Behind the last whole line, at `size`, and on the disk when this returns."""
        salt = self._salt()
        stones = [_of(turn, salt) for turn in new]
        head = [{"form": _FORM, "salt": salt.hex()}] if not size else []
        told = b"".join(orjson.dumps(line) + b"\n" for line in (*head, *stones))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            file.truncate(size)
            file.seek(size)
            file.write(told)
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(self._path.parent)
        if self._lines:
            self._lines.learn(stones, size + len(told))


def _of(turn: Turn, salt: bytes) -> Tombstone:
    return Tombstone(
        id=turn.id,
        key=_hashed(turn.key, salt),
        down=turn.down,
        standing=turn.standing,
        ending=turn.ending,
        on=turn.on,
        entry=turn.hash,
    )


def _hashed(key: str, salt: bytes) -> str:
    return hashlib.blake2b(key.encode(), key=salt, digest_size=16).hexdigest()


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


def _parsed(path: Path, number: int, line: bytes, read: Callable[[Mapping[str, Any]], T]) -> T:
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
