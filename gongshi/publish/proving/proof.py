"""That what was taken down is gone: from the index, from the tables, from every byte of the file.

A word is not in the index's bytes as such, and a wrong token leaves a ghost that integrity-check does
not see (MEASURED.md): so each token is asked for with MATCH, and the bytes are searched besides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import ahocorasick_rs

from gongshi.publish.notices.notice import PublicNotice
from gongshi.publish.opening import SIDE_FILES
from gongshi.publish.proving import attachments, file_bytes
from gongshi.publish.proving.changed_pages import ChangedPages
from gongshi.publish.proving.departed import Public, left_out, pieces, words_of
from gongshi.query.tokens import match_expression
from gongshi.store.queries import streamed
from gongshi.store.sqlite import Connection, Row

_MOST_WORDS = 80
"""Of one record: a text of ten thousand characters is told by its first pieces."""
_AT_ONCE = 100
"""Tokens asked for in one query."""
_FEW_HITS = 20
_SHOWN = 16
"""Letters of a file's hash by which it is named."""
_BETWEEN = "\0"
"""No value and no word has it: nothing is found across two values."""
_AT = "SELECT * FROM {} WHERE sort IN ({{}})"
_CLOSE, _FURTHER = 4, 40
"""So many decisions to each side lie in the same pages of most tables as one does; of the one with the least rows."""
_NEIGHBOURS = tuple(
    f"SELECT sort FROM {rows} WHERE sort {side} LIMIT ?"  # noqa: S608 - our schema
    for rows in ("decisions", "records")
    for side in ("< ? ORDER BY sort DESC", "> ? ORDER BY sort")
)
_NOT_READ = ("decisions_fts", "records_fts", "attachments", "tags", "facets", "organisations")
"""How tables are called that hold no texts as such, or none that no other has: that `organisations` has a name by
right is asked by its key (derived.py), for a large city has 300,000."""
_READ_AS = "SELECT 1 FROM organisations WHERE instr(core, ?1) OR instr(pinyin, ?1) OR instr(initials, ?1) LIMIT 1"
"""In what nobody reads on a page: how names of organisations are found."""


class TakedownUnproven(RuntimeError):
    """Something of a record is still in the file: `place` says where. The record is named by its id only."""

    code = "takedown_unproven"

    def __init__(self, record: str, place: str) -> None:
        super().__init__(f"编号 {record} 的内容未能从公示数据库中清除干净（{place}），请运行 gongshi rebuild --full。")
        self.record = record
        self.place = place


class Indexed(NamedTuple):
    """A search index, and the table whose rows it finds."""

    search: str
    rows: str


DECISIONS, RECORDS = Indexed("decisions_fts", "decisions"), Indexed("records_fts", "records")

_NEWEST = tuple(
    f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608 - our schema
    for index, _ in (DECISIONS, RECORDS)
)


def forgotten(db: Connection, gone: Iterable[Public], where: Indexed = DECISIONS) -> None:
    """Raise TakedownUnproven where the index still gives a place for one of the tokens it had there, or lists a
    token among its words that no row has."""
    index, rows = where
    for sort in ("row", "instance"):
        made = f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_{sort} USING fts5vocab('main', '{index}', '{sort}')"
        db.execute(made)
    asked: set[str] = set()
    for public in gone:
        tokens = list(dict.fromkeys(token for text in public.indexed().values() for token in text.split()))
        some = (tokens[at : at + _AT_ONCE] for at in range(0, len(tokens), _AT_ONCE))
        if any(_stands(db, index, public.sort, each) for each in some):
            raise TakedownUnproven(public.id, "全文索引")
        if any(_is_a_ghost(db, index, rows, token) for token in tokens if token not in asked):
            raise TakedownUnproven(public.id, "全文索引的词表")
        asked.update(tokens)


def _stands(db: Connection, index: str, place: int, tokens: Sequence[str]) -> bool:
    """Whether the index has one of the tokens at that place."""
    sql = f"SELECT 1 FROM {index} WHERE {index} MATCH ? AND rowid = ?"  # noqa: S608 - our schema
    return db.execute(sql, (" OR ".join(map(_quoted, tokens)), place)).fetchone() is not None


def _quoted(token: str) -> str:
    escaped = token.replace('"', '""')
    return f'"{escaped}"'


def _is_a_ghost(db: Connection, index: str, rows: str, token: str) -> bool:
    """Whether the index lists a word that a place without a row has, or none. Its places are asked first: to list
    a common word means to count them all."""
    places = f"SELECT doc FROM temp.{index}_instance WHERE term = ? LIMIT 1"  # noqa: S608 - our schema
    first = db.execute(places, (token,)).fetchone()
    if first is not None:
        there = f"SELECT 1 FROM {rows} WHERE sort = ?"  # noqa: S608 - our schema
        return db.execute(there, (first["doc"],)).fetchone() is None
    listed = f"SELECT 1 FROM temp.{index}_row WHERE term = ?"  # noqa: S608 - our schema
    return db.execute(listed, (token,)).fetchone() is not None


def no_bytes(
    path: Path,
    db: Connection,
    gone: Sequence[Public | PublicNotice],
    now: Mapping[str, Public] = MappingProxyType({}),
    touched: ChangedPages | None = None,
    *,
    files: Mapping[bytes, str] = MappingProxyType({}),
) -> None:
    """Raise TakedownUnproven where a piece of a record lies in the file and in no row that is public.

    `now` are the rows that took the place of some of `gone`, by id: what they say too has not left.

    Proven is: no file of SQLite's beside it; in no byte of the `touched` pages, free ones and the index's own
    included, an id or another word of any of them. Where nobody knows which pages were touched, the whole file is
    read: ids and codes are looked for in all of it, other words as far as file_bytes.plan affords. What the tables
    and the index hold of them, `forgotten` asks. `files` are pieces of attachments that went (attachments.samples).
    """
    for suffix in SIDE_FILES:
        if path.with_name(path.name + suffix).exists():
            raise TakedownUnproven("-", path.name + suffix)
    for sha256 in sorted(attachments.left(path, db, files, touched)):
        raise TakedownUnproven(sha256[:_SHOWN], path.name)
    whose: dict[str, str] = {}
    for word, record in _in_turn(gone, now):
        whose.setdefault(word, record)
    words = list(whose)
    if not words:
        return
    if touched is None:
        left = file_bytes.found(path, file_bytes.plan(path, words))
    else:
        left = file_bytes.among(touched.blocks(path), words)
    for word in sorted(left - public_among(db, left, [one.sort for one in (*gone, *now.values())])):
        raise TakedownUnproven(whose[word], path.name)


def _in_turn(gone: Sequence[Public | PublicNotice], now: Mapping[str, Public]) -> Iterator[tuple[str, str]]:
    """The words of all, each with the record's id: first the surest of each, then the next."""
    told = [[(word, one.id) for word in left_out(telling(one), now.get(one.id))][:_MOST_WORDS] for one in gone]
    return (pair for at_once in zip_longest(*told) for pair in at_once if pair is not None)


def telling(public: Public | PublicNotice) -> Iterator[str]:
    """What would betray the record, the surest first: its id, then its words."""
    yield public.id
    yield from pieces(public.row["reason"]) if isinstance(public, PublicNotice) else words_of(public)


def public_among(db: Connection, words: Collection[str], near: Collection[int] = ()) -> set[str]:
    """Those of `words` that something public has: they may stay, they are not what was taken down.

    Asked in turn about what is still missing: the decisions that share pages with the places `near`, the index, those
    a little further off, and last all tables, which takes seconds in a large city."""
    missing = set(words)
    for said in (_said_close, _in_the_index, _said_further, _in_names, _in_the_tables):
        if missing:
            missing -= said(db, missing, near)
    return set(words) - missing


def _said_close(db: Connection, words: Collection[str], near: Collection[int]) -> set[str]:
    return said_at(db, words, _around(db, near, _CLOSE))


def _said_further(db: Connection, words: Collection[str], near: Collection[int]) -> set[str]:
    return said_at(db, words, _around(db, near, _FURTHER))


def _in_names(db: Connection, words: Collection[str], near: Collection[int]) -> set[str]:
    """Those of `words` that are part of an organisation's name in the form, or in the letters, by which it is found."""
    return {word for word in words if db.execute(_READ_AS, (word,)).fetchone()}


def _around(db: Connection, places: Collection[int], beside: int) -> set[int]:
    """These places and those of the decisions that lie beside them."""
    found = set(places)
    for place in places:
        for neighbours in _NEIGHBOURS:
            found.update(row[0] for row in db.execute(neighbours, (place, beside)))
    return found


def _in_the_index(db: Connection, words: Collection[str], near: Collection[int]) -> set[str]:
    """The quick way: asked of the index wherever they stand, and read again in the row."""
    return {word for word in words if said_at(db, [word], _hits(db, word))}


def _hits(db: Connection, word: str) -> list[int]:
    """The newest places that the indexes know for a word."""
    expression = match_expression(word)
    return [row["rowid"] for sql in _NEWEST for row in db.execute(sql, (expression, _FEW_HITS))] if expression else []


def said_at(db: Connection, words: Collection[str], places: Collection[int]) -> set[str]:
    """Those of `words` that a value of the decisions at `places` has."""
    asked = sorted(places)
    tables = [table for table in _tables(db) if _has_places(db, table)] if asked else []
    rows = (row for table in tables for row in streamed(db, _AT.format(table), asked))
    return _said(rows, words)


def _in_the_tables(db: Connection, words: Collection[str], near: Collection[int]) -> set[str]:
    """Those of `words` that any value has: the tables are read once for all of them, the small ones first."""
    tables = sorted(_tables(db), key=lambda table: _has_places(db, table))
    return _said((row for table in tables for row in db.execute(f"SELECT * FROM {table}")), words)  # noqa: S608 - our schema


def _said(rows: Iterable[Row], words: Collection[str]) -> set[str]:
    """Those of `words` that a value of the rows has; no more rows are read than it takes."""
    sought = sorted(words)
    machine, missing = ahocorasick_rs.AhoCorasick(sought), set(range(len(sought)))
    for row in rows:
        text = _BETWEEN.join(str(value) for value in row if value is not None)
        missing.difference_update(hit[0] for hit in machine.find_matches_as_indexes(text, overlapping=True))
        if not missing:
            break
    return {word for at, word in enumerate(sought) if at not in missing}


def _tables(db: Connection) -> list[str]:
    """What the public reads."""
    named = (row["name"] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"))
    return [name for name in named if not name.startswith(_NOT_READ)]


def _has_places(db: Connection, table: str) -> bool:
    """Whether the rows of a table are those of decisions or of records."""
    return any(row["name"] == "sort" for row in db.execute(f"PRAGMA table_info({table})"))
