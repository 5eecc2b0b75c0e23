"""Prove the record: the chain holds, every payload is as journaled, and the current tables equal a replay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import orjson

from gongshi.store import projections, raw, schema
from gongshi.store.apply import apply
from gongshi.store.journal import COLUMNS, GENESIS, Entry, digest_of, hash_of, read
from gongshi.store.operations import ERASABLE, Operation
from gongshi.store.sqlite import Connection, DatabaseError, scratch
from gongshi.store.store import Store


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where the record does not hold. `seq` is the entry, 0 where none can be named."""

    seq: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at (entries, head hash) and every breach found, in the journal's order. `notes` break nothing:
    entries whose time is before that of the entry before them, the first of them and how many there are."""

    entries: int
    head: str
    breaches: tuple[Breach, ...]
    notes: tuple[Breach, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the record holds."""
        return not self.breaches

    def render_text(self) -> str:
        """For the webmaster, in Chinese."""
        noted = [f"  {note.message}" for note in self.notes]
        if self.ok:
            told = f"核验通过：流水 {self.entries} 条，链首尾相接，当前各表与重放结果一致。链尾 {self.head}"
            return "\n".join([told, *noted])
        lines = [*(f"  {breach.message}" for breach in self.breaches), *noted]
        return "\n".join([f"核验未通过：流水 {self.entries} 条，发现 {len(self.breaches)} 处问题。", *lines])


_NOTED = 3
"""Of entries whose time runs backward, so many are told one by one."""
_REPLAY_LIMIT = 20
"""Differing rows that are listed before the rest is only counted."""


def verify(store: Store, *, expected_heads: Iterable[str] = ()) -> Verification:
    """Check the whole record (R37); `expected_heads` are hashes published earlier, which the chain must hold.

    The replay is left out where the chain is already broken: it could prove nothing.
    """
    with store.snapshot() as db:
        try:
            damage = [row[0] for row in db.execute("PRAGMA quick_check(5)") if row[0] != "ok"]
            return _damaged(damage) if damage else _whole(db, expected_heads)
        except DatabaseError as error:
            return _damaged([str(error)])


def _damaged(said: Iterable[str]) -> Verification:
    """SQLite itself can not read the file to its end."""
    return Verification(0, GENESIS, tuple(Breach(0, "damaged", f"数据库文件损坏，无法读完：{text}") for text in said))


def _whole(db: Connection, expected_heads: Iterable[str]) -> Verification:
    erasures = _erasures(db)
    walk = _Walk(erasures, expected_heads)
    breaches = [*_unprotected(db), *walk.breaches(db), *_raw(db, erasures)]
    breaches += [
        Breach(0, "head_missing", f"已公布的链尾 {wanted} 不在流水中：流水被截短或改写。") for wanted in walk.missing
    ]
    if not any(breach.seq for breach in breaches):
        breaches.extend(_replay(db))
    return Verification(walk.count, walk.head, tuple(breaches), tuple(walk.notes()))


def _erasures(db: Connection) -> dict[str, int]:
    """What the journal says was erased: payload seq or file hash to the entry that did it."""
    found: dict[str, int] = {}
    rows = db.execute(f"SELECT seq, body FROM journal JOIN payloads USING (seq) WHERE operation = '{Operation.ERASE}'")  # noqa: S608
    for row in rows:
        try:
            payload = orjson.loads(row["body"])
            targets = [*map(str, payload["entries"]), *payload["raw"]]
        except (ValueError, KeyError, TypeError):
            continue  # its own digest does not hold either: reported there
        found.update(dict.fromkeys(targets, row["seq"]))
    return found


def _unprotected(db: Connection) -> Iterator[Breach]:
    """The triggers that refuse change must be there, word for word."""
    there = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    for name, body in schema.TRIGGERS.items():
        if there.get(name) != f"CREATE TRIGGER {name} {body}":
            yield Breach(0, "unprotected", f"保护流水的触发器 {name} 缺失或被改动。")


class _Walk:
    """One pass over the chain. `missing` are the heads that are expected and have not been met."""

    def __init__(self, erasures: Mapping[str, int], expected_heads: Iterable[str]) -> None:
        self.erasures = erasures
        self.missing = {head: None for head in expected_heads if head != GENESIS}
        self.count = 0
        self.head = GENESIS
        self._seq = 0
        self._at = ""
        self._backward: list[Breach] = []
        self._backwards = 0

    def notes(self) -> Iterator[Breach]:
        """Where time runs backward: by a clock that was set back, or by days that were written up later."""
        yield from self._backward
        if self._backwards:
            yield Breach(
                0,
                "time_backward",
                f"这样的流水共 {self._backwards} 条：按 --today 补办过以前的日子，或者时钟拨回过；"
                "先后以流水号为准，不算错误。",
            )

    def breaches(self, db: Connection) -> Iterator[Breach]:
        """Every entry whose place, hash or payload does not hold."""
        rows = db.execute(f"SELECT {COLUMNS}, salt, body FROM journal LEFT JOIN payloads USING (seq) ORDER BY seq")  # noqa: S608
        for row in rows:
            entry = Entry(*row[:-2])
            yield from self._place(entry)
            yield from self._payload(entry, row["salt"], row["body"])
            self.count += 1
            if entry.at < self._at:
                self._goes_back(entry)
            self._seq, self.head, self._at = entry.seq, entry.hash, entry.at
            self.missing.pop(entry.hash, None)
        orphans = "SELECT seq FROM payloads WHERE seq NOT IN (SELECT seq FROM journal) ORDER BY seq"
        for (seq,) in db.execute(orphans):
            yield Breach(seq, "payload_orphan", f"第 {seq} 条流水不存在，却留有内容。")

    def _goes_back(self, entry: Entry) -> None:
        self._backwards += 1
        if self._backwards <= _NOTED:
            told = f"留意：第 {entry.seq} 条流水的时间（{entry.at[:16]}）早于它前面一条的（{self._at[:16]}）。"
            self._backward.append(Breach(entry.seq, "time_backward", told))

    def _place(self, entry: Entry) -> Iterator[Breach]:
        if entry.seq != self._seq + 1:
            yield Breach(self._seq + 1, "entry_missing", f"第 {self._seq + 1} 条流水缺失（其后是第 {entry.seq} 条）。")
        if entry.previous != self.head:
            yield Breach(entry.seq, "chain_broken", f"第 {entry.seq} 条流水与前一条不衔接。")
        if hash_of(entry[:-1]) != entry.hash:
            yield Breach(entry.seq, "entry_changed", f"第 {entry.seq} 条流水被改动。")

    def _payload(self, entry: Entry, salt: bytes | None, body: bytes | None) -> Iterator[Breach]:
        by = self.erasures.get(str(entry.seq))
        if salt is None or body is None:
            if by is None or by <= entry.seq or entry.operation not in ERASABLE:
                yield Breach(entry.seq, "payload_missing", f"第 {entry.seq} 条流水的内容缺失，且没有清除记录。")
        elif digest_of(salt, body) != entry.digest:
            yield Breach(entry.seq, "payload_changed", f"第 {entry.seq} 条流水的内容被改动。")
        elif by is not None:
            yield Breach(entry.seq, "erased_returned", f"第 {entry.seq} 条流水的内容已由第 {by} 条清除，却又出现。")


def _raw(db: Connection, erasures: Mapping[str, int]) -> Iterator[Breach]:
    """Every received file is there as received, or was erased by an entry."""
    there = {row["sha256"] for row in db.execute("SELECT sha256 FROM raw UNION SELECT sha256 FROM raw_more")}
    listed: dict[str, int] = {}
    for row in db.execute("SELECT seq, files FROM batches ORDER BY seq DESC"):
        names = (name for file in orjson.loads(row["files"]) for name in (file["sha256"], file.get("cleaned")) if name)
        listed.update(dict.fromkeys(names, row["seq"]))
    listed.update(db.execute("SELECT sealed, seq FROM requests WHERE sealed IS NOT NULL").fetchall())
    for name, seq in sorted(listed.items(), key=lambda item: item[1]):
        if name not in there and name not in erasures:
            yield Breach(seq, "raw_missing", f"第 {seq} 条流水登记的原始文件缺失，且没有清除记录。")
    for name in sorted(there):
        seq = listed.get(name, 0)
        digest = hashlib.sha256()
        for piece in raw.pieces(db, name):
            digest.update(piece)
        if digest.hexdigest() != name:
            yield Breach(seq, "raw_changed", f"第 {seq} 条流水登记的原始文件被改动。")
        elif name not in listed or name in erasures:
            yield Breach(seq, "raw_unknown", "有原始文件不属于任何批次，或已登记清除却又出现。")


def _replay(db: Connection) -> Iterator[Breach]:
    """Each row of each current table against a replay of the journal into an empty database."""
    fresh = scratch()
    try:
        fresh.execute("BEGIN")
        projections.create(fresh)
        apply(fresh, read(db))
        differing = [(name, key) for name in projections.STATE for key in _unequal(db, fresh, name)]
        yield from (_difference(db, table, key) for table, key in differing[:_REPLAY_LIMIT])
        if len(differing) > _REPLAY_LIMIT:
            yield Breach(0, "replay_differs", f"另有 {len(differing) - _REPLAY_LIMIT} 行与重放结果不一致。")
    finally:
        fresh.close()


def _unequal(db: Connection, fresh: Connection, table: str) -> Iterator[str]:
    """The key of every row that is not the same in both, or not in both."""
    query = f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608
    ours, theirs = map(tuple, db.execute(query)), map(tuple, fresh.execute(query))
    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        if one == other:
            one, other = next(ours, None), next(theirs, None)
        elif other is None or (one is not None and one[0] < other[0]):
            yield str(one[0]) if one else ""
            one = next(ours, None)
        elif one is None or other[0] < one[0]:
            yield str(other[0])
            other = next(theirs, None)
        else:
            yield str(one[0])
            one, other = next(ours, None), next(theirs, None)


def _difference(db: Connection, table: str, key: str) -> Breach:
    """Name the row by its key, and the newest entry that speaks of it."""
    found = db.execute("SELECT max(seq) FROM journal WHERE record = ?", (key,)).fetchone()[0]
    seq = found or (int(key) if key.isdigit() else 0)
    return Breach(seq, "replay_differs", f"表 {table} 中 {key} 一行与流水重放结果不一致（最近一条流水：第 {seq} 条）。")
