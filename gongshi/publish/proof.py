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

import ahocorasick_rs

from gongshi.publish.departed import left_out, pieces, words_of
from gongshi.publish.notice import PublicNotice
from gongshi.publish.opening import SIDE_FILES
from gongshi.publish.public_decision import PublicDecision
from gongshi.query.tokens import match_expression
from gongshi.store.sqlite import Connection

_BYTES_READ = 100_000_000_000
"""Bytes that the search may pass over: some twenty seconds."""
_FEW_HITS = 20
_BETWEEN = "\0"
"""No value and no word has it: nothing is found across two values."""


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
    found: dict[str, str] = {}
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for public in gone:
            for word in islice(left_out(telling(public), now.get(public.id)), most):
                if word not in found and data.find(word.encode()) >= 0:
                    found[word] = public.id
    for word in found.keys() - public_among(db, found):
        raise TakedownUnproven(found[word], path.name)


def telling(public: PublicDecision | PublicNotice) -> Iterator[str]:
    """What would betray the record, the surest first: its id, then its words."""
    yield public.id
    yield from words_of(public) if isinstance(public, PublicDecision) else pieces(public.row["reason"])


def public_among(db: Connection, words: Iterable[str]) -> set[str]:
    """Those of `words` that something public has: they may stay, they are not what was taken down."""
    indexed, others = set[str](), list[str]()
    for word in words:
        if _in_the_index(db, word):
            indexed.add(word)
        else:
            others.append(word)
    return indexed | _in_the_tables(db, others)


def _in_the_index(db: Connection, word: str) -> bool:
    """The quick way: asked of the index, and read again in the row."""
    expression = match_expression(word)
    if not expression:
        return False
    sql = "SELECT rowid FROM decisions_fts WHERE decisions_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
    places = [row["rowid"] for row in db.execute(sql, (expression, _FEW_HITS))]
    return any(_in_the_tables(db, [word], place) for place in places)


def _in_the_tables(db: Connection, words: Sequence[str], place: int | None = None) -> set[str]:
    """Those of `words` that a value has; with `place` one of the decision there. The tables are read once for all
    the words: in a large city that takes seconds."""
    machine = ahocorasick_rs.AhoCorasick(words)
    missing = set(range(len(words)))
    for table in _tables(db, with_places=place is not None):
        if not missing:
            break
        only = " WHERE sort = ?" if place is not None else ""
        for row in db.execute(f"SELECT * FROM {table}{only}", () if place is None else (place,)):  # noqa: S608 - our schema
            text = _BETWEEN.join(str(value) for value in row if value is not None)
            missing.difference_update(hit[0] for hit in machine.find_matches_as_indexes(text, overlapping=True))
            if not missing:
                break
    return {word for at, word in enumerate(words) if at not in missing}


def _tables(db: Connection, *, with_places: bool) -> Iterator[str]:
    """What the public reads; with `with_places` only those whose rows have a decision's place."""
    named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'decisions_fts%'"
    for table in [row["name"] for row in db.execute(named)]:
        if not with_places or "sort" in (row["name"] for row in db.execute(f"PRAGMA table_info({table})")):
            yield table
