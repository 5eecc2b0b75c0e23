"""The order of relevance: first the hits that have the words where they tell most.

SQLite's bm25 counts for each phrase how many rows of the whole index have it: 160 ms for a common word of a million
decisions. Here only some hits are looked at, so it takes as long at any size, and anybody can say why one comes before
another: each word counts once, where it tells most (POINTS), and equals stand newest first.

Looked at are the newest hits, and besides the newest of those that have a word in their number or among their parties:
so an old decision of a company is found by its name, however many speak of it since. Words that half of the newest
decisions have are not looked for there: they tell nobody apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson

from gongshi.query import tokens
from gongshi.query.database import Reading, Row
from gongshi.query.facets import LIMIT_MS
from gongshi.query.highlight import words_in
from gongshi.query.known import known
from gongshi.query.question import Question

POINTS = {
    "文号就是这个词": 100,
    "行政相对人就是这个词": 60,
    "行政相对人以这个词开头": 30,
    "行政相对人中有这个词": 16,
    "文号中有这个词": 12,
    "事项就是这个词": 10,
    "决定内容中有这个词": 4,
    "事实中有这个词": 1,
}
"""What a word counts, by where it stands; elsewhere (a legal basis, a department) it counts nothing."""
_NUMBER, _NAME, _BEGINS, _PARTY, _IN_NUMBER, _ITEM, _CONTENT, _FACTS = POINTS.values()
BESIDE = 200
"""Hits by number, and by party, that are looked at beside the newest."""
COMMON = 2_000
"""A search whose newest hits all stand among so many of the newest decisions is for common words."""

_TELLING = """
SELECT d.sort, d.document_number, d.parties, d.content, d.facts, tags.item
FROM decisions d JOIN tags ON tags.sort = d.sort WHERE d.sort IN (SELECT value FROM json_each(:places))
"""
_BESIDE = "SELECT rowid AS sort FROM decisions_fts WHERE decisions_fts MATCH :match AND rowid BETWEEN :low AND :high "
_NEWEST = "SELECT sort FROM tags ORDER BY sort DESC LIMIT 1 OFFSET :among"


def best_first(db: Reading, question: Question, newest: Sequence[int], *, complete: bool) -> list[int]:
    """The places of the hits that were looked at, in the order of relevance; `newest` are the newest hits, and all of
    them where they are `complete`. Raises TooSlow."""
    places = newest if complete or _are_common(db, newest) else [*newest, *_beside(db, question, newest[-1])]
    rows = db.rows(_TELLING, {"places": orjson.dumps(places).decode()}, limit_ms=LIMIT_MS)
    words = question.words
    items = known(db).items_named
    named = [items.get(word, frozenset()) for word in words]
    scores = {row["sort"]: _score(row, words, named) for row in rows}
    return sorted(scores, key=lambda place: (-scores[place], -place))


def _are_common(db: Reading, newest: Sequence[int]) -> bool:
    rows = db.once("common", lambda reading: reading.rows(_NEWEST, {"among": COMMON}))
    return bool(rows) and newest[-1] >= rows[0]["sort"]


def _beside(db: Reading, question: Question, before: int) -> list[int]:
    """Older hits than these that have a word in their number or among their parties, some of each."""
    low, _ = question.range
    found: dict[int, None] = {}
    for column in ("number", "party"):
        match = f"{tokens.match_in(column, question.words)} AND {question.match()}"
        asked = {"match": match, "low": low, "high": before - 1, "most": BESIDE}
        sql = f"{_BESIDE} ORDER BY rowid DESC LIMIT :most"
        found |= dict.fromkeys(row["sort"] for row in db.rows(sql, asked, limit_ms=LIMIT_MS))
    return list(found)


def _score(row: Row, words: Sequence[str], named: Sequence[frozenset[str]]) -> int:
    number, parties = (tokens.normalise(row[name] or "") for name in ("document_number", "parties"))
    names = parties.split("、")
    return sum(
        _points(word, number, names) or _by_text(row, word, items) for word, items in zip(words, named, strict=True)
    )


def _points(word: str, number: str, names: Sequence[str]) -> int:
    """What a word counts by number and names; 0 where it stands in neither."""
    if word == number:
        return _NUMBER
    if any(word in name for name in names):
        return _NAME if word in names else _BEGINS if any(name.startswith(word) for name in names) else _PARTY
    return _IN_NUMBER if word in number else 0


def _by_text(row: Mapping[str, str | None], word: str, items: frozenset[str]) -> int:
    if row["item"] in items:
        return _ITEM
    for column, points in (("content", _CONTENT), ("facts", _FACTS)):
        text = row[column]
        if text and words_in(text, (word,)):
            return points
    return 0
