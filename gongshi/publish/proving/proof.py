"""That what was taken down is gone: from the index, from the tables, from every byte of the file.

A word is not in the index's bytes as such, and a wrong token leaves a ghost that integrity-check does
not see (MEASURED.md): so each token is asked for with MATCH, and the bytes are searched besides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

import ahocorasick_rs

from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.notices.notice import PublicNotice
from gongshi.publish.opening import SIDE_FILES
from gongshi.publish.proving import file_bytes
from gongshi.publish.proving.departed import left_out, pieces, words_of
from gongshi.query.tokens import match_expression
from gongshi.store.sqlite import Connection

_MOST_WORDS = 80
"""Of one record: a text of ten thousand characters is told by its first pieces."""
_AT_ONCE = 100
"""Tokens asked for in one query."""
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
    for name, sort in (("listed", "row"), ("instances", "instance")):
        db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name} USING fts5vocab('main', 'decisions_fts', '{sort}')")
    asked: set[str] = set()
    for public in gone:
        for column, indexed in public.indexed().items():
            tokens = list(dict.fromkeys(indexed.split()))
            if any(
                _stands(db, public.sort, column, tokens[at : at + _AT_ONCE]) for at in range(0, len(tokens), _AT_ONCE)
            ):
                raise TakedownUnproven(public.id, "全文索引")
            if any(_is_a_ghost(db, token) for token in tokens if token not in asked):
                raise TakedownUnproven(public.id, "全文索引的词表")
            asked.update(tokens)


def _stands(db: Connection, place: int, column: str, tokens: Sequence[str]) -> bool:
    """Whether the index has one of the tokens at that place, in that column."""
    sql = "SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH ? AND rowid = ?"
    return db.execute(sql, (f"{column}:({' OR '.join(map(_quoted, tokens))})", place)).fetchone() is not None


def _quoted(token: str) -> str:
    escaped = token.replace('"', '""')
    return f'"{escaped}"'


def _is_a_ghost(db: Connection, token: str) -> bool:
    """Whether the index lists a word that a place without a decision has, or none. Its places are asked first: to list
    a common word means to count them all."""
    first = db.execute("SELECT doc FROM temp.instances WHERE term = ? LIMIT 1", (token,)).fetchone()
    if first is not None:
        return db.execute("SELECT 1 FROM decisions WHERE sort = ?", (first["doc"],)).fetchone() is None
    return db.execute("SELECT 1 FROM temp.listed WHERE term = ?", (token,)).fetchone() is not None


def no_bytes(
    path: Path,
    db: Connection,
    gone: Sequence[PublicDecision | PublicNotice],
    now: Mapping[str, PublicDecision] = MappingProxyType({}),
) -> None:
    """Raise TakedownUnproven where a piece of a record lies in the file and in no row that is public.

    `now` are the rows that took the place of some of `gone`, by id: what they say too has not left.

    Proven is: no file of SQLite's beside it; in no byte of the file an id or a code of any of them; in no byte,
    free pages and the index's own included, any of their other words as far as file_bytes.plan affords, in a small
    city all; the others in no free page. What the tables and the index hold of them, `forgotten` asks.
    """
    for suffix in SIDE_FILES:
        if path.with_name(path.name + suffix).exists():
            raise TakedownUnproven("-", path.name + suffix)
    whose: dict[str, str] = {}
    for word, record in _in_turn(gone, now):
        whose.setdefault(word, record)
    planned = file_bytes.plan(path, list(whose))
    sought = frozenset((*planned.everywhere, *planned.in_free_pages))
    sought -= {word for word in sought.difference(whose.values()) if _in_the_index(db, word)}
    while sought:
        left = file_bytes.found(path, planned.only(sought))
        for word in left - _in_the_tables(db, sorted(left)):
            raise TakedownUnproven(whose[word], path.name)
        sought = frozenset(_hidden_by(left, sought - left))


def _hidden_by(found: Collection[str], others: Iterable[str]) -> Iterator[str]:
    """Those of `others` that may lie across one of the words that were found, public by right, and so were not told:
    they begin or end inside it, or hold it."""
    letters = frozenset("".join(found))
    for word in others:
        if word[0] in letters or word[-1] in letters or any(one in word for one in found):
            yield word


def _in_turn(
    gone: Sequence[PublicDecision | PublicNotice], now: Mapping[str, PublicDecision]
) -> Iterator[tuple[str, str]]:
    """The words of all, each with the record's id: first the surest of each, then the next."""
    told = [[(word, one.id) for word in left_out(telling(one), now.get(one.id))][:_MOST_WORDS] for one in gone]
    return (pair for at_once in zip_longest(*told) for pair in at_once if pair is not None)


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
