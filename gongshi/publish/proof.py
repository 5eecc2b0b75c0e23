"""That what was taken down is gone: from the index, from the tables, from every byte of the file.

A word is not in the index's bytes as such, and a wrong token leaves a ghost that integrity-check does
not see (MEASURED.md): so each token is asked for with MATCH, and the bytes are searched besides.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from gongshi.publish.notice import PublicNotice
from gongshi.publish.opening import SIDE_FILES
from gongshi.publish.public_decision import PublicDecision
from gongshi.store.sqlite import Connection

_PIECE = 16
"""Characters of a text that are looked for: a longer one may lie on two pages of the file."""
_BYTES_READ = 100_000_000_000
"""Bytes that the search may pass over: some twenty seconds."""
_TEXTS = ("title", "parties", "document_number", "content", "facts", "reason")


class TakedownUnproven(RuntimeError):
    """Something of a record is still in the file: `place` says where. The record is named by its id only."""

    code = "takedown_unproven"

    def __init__(self, record: str, place: str) -> None:
        super().__init__(f"编号 {record} 的内容未能从公示数据库中清除干净（{place}），请运行 gongshi rebuild --full。")
        self.record = record
        self.place = place


def forgotten(db: Connection, gone: Iterable[PublicDecision]) -> None:
    """Raise TakedownUnproven where the index still gives a place for one of the tokens it had there."""
    for public in gone:
        for column, indexed in public.indexed().items():
            for token in dict.fromkeys(indexed.split()):
                quoted = token.replace('"', '""')
                sql = "SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH ? AND rowid = ?"
                if db.execute(sql, (f'{column}:"{quoted}"', public.sort)).fetchone():
                    raise TakedownUnproven(public.id, "全文索引")


def no_bytes(path: Path, db: Connection, gone: Sequence[PublicDecision | PublicNotice]) -> None:
    """Raise TakedownUnproven where a piece of a record lies in the file and in no decision that is public.

    Of many records in a large file fewer pieces each are looked for: always the id, which nothing else has.
    """
    for suffix in SIDE_FILES:
        if path.with_name(path.name + suffix).exists():
            raise TakedownUnproven("-", path.name + suffix)
    most = max(1, _BYTES_READ // (path.stat().st_size * len(gone))) if gone else 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for public in gone:
            for piece in islice(pieces(public), most):
                if data.find(piece.encode()) >= 0 and not _public_elsewhere(db, piece):
                    raise TakedownUnproven(public.id, path.name)


def pieces(public: PublicDecision | PublicNotice) -> Iterator[str]:
    """What would betray the record, the surest first: its id, then pieces of its texts that are long enough to tell."""
    yield public.id
    for name in _TEXTS:
        text = public.row.get(name) or ""
        starts = range(0, max(1, len(text) - _PIECE + 1), _PIECE)
        yield from (text[start : start + _PIECE] for start in starts if len(text) >= _PIECE // 2)


def _public_elsewhere(db: Connection, piece: str) -> bool:
    """Whether something that is public has the same piece: it may stay, it is not the one taken down."""
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'decisions_fts%'")
    for table in [row["name"] for row in tables]:
        columns = [row["name"] for row in db.execute(f"PRAGMA table_info({table})")]
        where = " OR ".join(f"instr({column}, ?1)" for column in columns)
        if db.execute(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1", (piece,)).fetchone():  # noqa: S608 - our schema
            return True
    return False
