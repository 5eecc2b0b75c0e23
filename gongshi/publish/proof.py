"""That what was taken down is gone: from the index, from the tables, from every byte of the file.

A word is not in the index's bytes as such, and a wrong token leaves a ghost that integrity-check does
not see (MEASURED.md): so each token is asked for with MATCH, and the bytes are searched besides.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from gongshi.publish.departed import left_out, pieces, words_of
from gongshi.publish.notice import PublicNotice
from gongshi.publish.opening import SIDE_FILES
from gongshi.publish.public_decision import PublicDecision
from gongshi.query.tokens import match_expression
from gongshi.store.sqlite import Connection

_BYTES_READ = 100_000_000_000
"""Bytes that the search may pass over: some twenty seconds."""
_FEW_HITS = 20


class TakedownUnproven(RuntimeError):
    """Something of a record is still in the file: `place` says where. The record is named by its id only."""

    code = "takedown_unproven"

    def __init__(self, record: str, place: str) -> None:
        super().__init__(f"编号 {record} 的内容未能从公示数据库中清除干净（{place}），请运行 gongshi rebuild --full。")
        self.record = record
        self.place = place


def forgotten(db: Connection, gone: Iterable[PublicDecision]) -> None:
    """Raise TakedownUnproven where the index still gives a place for one of the tokens it had there, or lists a
    token among its words that no decision has."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'decisions_fts', 'row')")
    listed: set[str] = set()
    for public in gone:
        for column, indexed in public.indexed().items():
            for token in dict.fromkeys(indexed.split()):
                sql = "SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH ? AND rowid = ?"
                if db.execute(sql, (f"{column}:{_quoted(token)}", public.sort)).fetchone():
                    raise TakedownUnproven(public.id, "全文索引")
                if token not in listed and _is_a_ghost(db, token):
                    raise TakedownUnproven(public.id, "全文索引的词表")
                listed.add(token)


def _quoted(token: str) -> str:
    escaped = token.replace('"', '""')
    return f'"{escaped}"'


def _is_a_ghost(db: Connection, token: str) -> bool:
    """Whether the index lists a word that none of the decisions in the file is found by."""
    if db.execute("SELECT 1 FROM temp.vocabulary WHERE term = ?", (token,)).fetchone() is None:
        return False
    sql = "SELECT 1 FROM decisions_fts JOIN decisions ON sort = decisions_fts.rowid WHERE decisions_fts MATCH ? LIMIT 1"
    return db.execute(sql, (_quoted(token),)).fetchone() is None


def no_bytes(
    path: Path,
    db: Connection,
    gone: Sequence[PublicDecision | PublicNotice],
    now: Mapping[str, PublicDecision] = MappingProxyType({}),
) -> None:
    """Raise TakedownUnproven where a piece of a record lies in the file and in no row that is public.

    `now` are the rows that took the place of some of `gone`, by id: what they say too has not left.

    The whole file is read, free pages too. Of many records in a large file fewer pieces each are looked
    for: always the id, which nothing else has.
    """
    for suffix in SIDE_FILES:
        if path.with_name(path.name + suffix).exists():
            raise TakedownUnproven("-", path.name + suffix)
    most = max(1, _BYTES_READ // (path.stat().st_size * len(gone))) if gone else 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for public in gone:
            for word in islice(left_out(telling(public), now.get(public.id)), most):
                if data.find(word.encode()) >= 0 and not is_public(db, word):
                    raise TakedownUnproven(public.id, path.name)


def telling(public: PublicDecision | PublicNotice) -> Iterator[str]:
    """What would betray the record, the surest first: its id, then its words."""
    yield public.id
    yield from words_of(public) if isinstance(public, PublicDecision) else pieces(public.row["reason"])


def is_public(db: Connection, word: str) -> bool:
    """Whether something that is public has this very word: it may stay, it is not the one taken down."""
    return _in_the_index(db, word) or _in_a_table(db, word)


def _in_the_index(db: Connection, word: str) -> bool:
    """The quick way: asked of the index, and read again in the row."""
    expression = match_expression(word)
    if not expression:
        return False
    sql = "SELECT rowid FROM decisions_fts WHERE decisions_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
    places = [row["rowid"] for row in db.execute(sql, (expression, _FEW_HITS))]
    return any(_in_a_table(db, word, place) for place in places)


def _in_a_table(db: Connection, word: str, place: int | None = None) -> bool:
    """Whether a row has the word; with `place` one of the decision there."""
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'decisions_fts%'")
    for table in [row["name"] for row in tables]:
        columns = [row["name"] for row in db.execute(f"PRAGMA table_info({table})")]
        if place is not None and "sort" not in columns:
            continue
        where = "(" + " OR ".join(f"instr({column}, ?1)" for column in columns) + ")"
        only = " AND sort = ?2" if place is not None else ""
        values = (word,) if place is None else (word, place)
        if db.execute(f"SELECT 1 FROM {table} WHERE {where}{only} LIMIT 1", values).fetchone():  # noqa: S608 - our schema
            return True
    return False
