"""The order of relevance: first the hits that have the words where they tell most.

SQLite's bm25 counts for each phrase how many rows of the whole index have it: 160 ms for a common word of a million
decisions. Here only some hits are looked at, so it takes as long at any size, and anybody can say why one comes before
another: each word counts once, where it tells most (POINTS), and equals stand newest first.

Looked at are the newest hits, and besides the newest of those that have a word in their number or among their parties:
so an old decision of a company is found by its name, however many speak of it since. Words that one in
twenty of the newest decisions has are not looked for there: they tell nobody apart.

The index tells which hits have a word in one column, but reads on until it comes to the next one, through all
decisions where there is none. So a few hits are read first, and the index is only asked where many of them have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

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
_TEXTS = {"content": _CONTENT, "facts": _FACTS}
"""Columns of which the index's word is enough, and what a word in them counts."""
BESIDE = 200
"""Hits by number, and by party, that are looked at beside the newest."""
COMMON = 20_000
"""A search whose newest hits all stand among so many of the newest decisions is for common words."""

READ = 50
"""So many of the newest hits are read before the index is asked in which column of the others a word stands."""
OFTEN = 8
"""It is asked where one in so many of them has the word there; otherwise the others are read, too."""

_BETWEEN = "|"
"""A sign of its own in any form of a text."""

_NAMES = """
SELECT sort, document_number, parties, CASE WHEN sort < :before OR sort >= :since THEN content END AS content,
  CASE WHEN sort < :before OR sort >= :since THEN facts END AS facts
FROM decisions WHERE sort IN (SELECT value FROM json_each(:places))
"""
"""Texts only of what is older than the newest hits and of the newest of them: of the others the index may tell it."""
_TEXTS_OF = "SELECT sort, content, facts FROM decisions WHERE sort IN (SELECT value FROM json_each(:places))"
_ITEMS = "SELECT sort, item FROM tags WHERE sort IN (SELECT value FROM json_each(:places))"
_HAVING = """
SELECT json_group_array(sort) AS places FROM (
  SELECT rowid AS sort FROM decisions_fts WHERE decisions_fts MATCH :match AND rowid BETWEEN :low AND :high
  ORDER BY rowid DESC LIMIT :most
)
"""
_NEWEST = "SELECT sort FROM tags ORDER BY sort DESC LIMIT 1 OFFSET :among"


def best_first(
    db: Reading, question: Question, newest: Sequence[int], *, complete: bool, wanted: int | None = None
) -> list[int]:
    """The places of the hits that were looked at, in the order of relevance; `newest` are the newest hits, and all of
    them where they are `complete`. Where only so many are `wanted`, the others follow in any order. Raises TooSlow."""
    words = question.words
    older = [] if complete or _are_common(db, newest) else _beside(db, question, newest[-1])
    looked_at, since = [*newest, *older], newest[:READ][-1]
    rows = {row["sort"]: row for row in _at(db, _NAMES, looked_at, before=newest[-1], since=since)}
    told = [_by_name(list(rows.values()), word) for word in words]
    for points, items in zip(told, _about(db, looked_at, words), strict=True):
        _add(points, _ITEM, items)
    texts = _Texts(db, question, newest, rows)
    for column, worth in _TEXTS.items():
        if wanted is not None and len(told) == 1 and len(told[0]) >= wanted:
            break  # a single word counts once: none of these comes before what is found already
        for word, points in zip(words, told, strict=True):
            _add(points, worth, texts.having(column, word))
            _add(points, worth, (place for place in older if words_in(rows[place][column] or "", (word,))))
    scores = Counter[int]()
    for points in told:
        scores.update(points)
    return sorted([*newest, *sorted(older, reverse=True)], key=scores.__getitem__, reverse=True)


def _add(points: dict[int, int], worth: int, places: Iterable[int]) -> None:
    """A word counts where it tells most: what it counts already stays."""
    for place in places:
        points.setdefault(place, worth)


class _Texts:
    """In which of the newest hits a word stands in a text. `rows` are those that were read."""

    def __init__(self, db: Reading, question: Question, newest: Sequence[int], rows: Mapping[int, Row]) -> None:
        self._db, self._question, self._newest = db, question, newest
        self._read = [rows[place] for place in newest[:READ] if place in rows]
        self._others: Sequence[Row] | None = None

    def having(self, column: str, word: str) -> Collection[int]:
        """The places of those that have the word in this column. Raises TooSlow; NotAtOnce where others wait."""
        found = _standing(self._read, column, word)
        if len(self._newest) <= READ:
            return found
        if len(found) * OFTEN >= READ:
            match = _in(self._question, column, (word,))
            return _places(self._db, match, self._newest[-1], self._newest[0], len(self._newest))
        if self._others is None:
            self._db.at_leisure()
            self._others = _at(self._db, _TEXTS_OF, self._newest[READ:])
        return found + _standing(self._others, column, word)


def _standing(rows: Iterable[Row], column: str, word: str) -> list[int]:
    return [row["sort"] for row in rows if words_in(row[column] or "", (word,))]


def _in(question: Question, columns: str, words: Sequence[str]) -> str:
    """The hits that have any of the words in these columns; of a question that is one word, that alone is asked."""
    match = tokens.match_in(columns, words)
    is_all = question.match() == tokens.match_expression(words[0])
    return match if is_all else f"{match} AND {question.match()}"


def _places(db: Reading, match: str, low: int, high: int, most: int) -> list[int]:
    asked = {"match": match, "low": low, "high": high, "most": most}
    (found,) = db.rows(_HAVING, asked, limit_ms=LIMIT_MS)
    places: list[int] = orjson.loads(found["places"])
    return places


def _about(db: Reading, places: Collection[int], words: Sequence[str]) -> list[frozenset[int]]:
    """For each word the places of decisions that are about an item which is called so."""
    named = known(db).items_named
    ids = [named.get(word, frozenset()) for word in words]
    rows = _at(db, _ITEMS, places) if any(ids) else ()
    return [frozenset(row["sort"] for row in rows if row["item"] in wanted) for wanted in ids]


def _at(db: Reading, sql: str, places: Collection[int], **more: int) -> Sequence[Row]:
    asked = {"places": orjson.dumps(list(places)).decode(), **more}
    return db.rows(sql, asked, limit_ms=LIMIT_MS) if places else ()


def _are_common(db: Reading, newest: Sequence[int]) -> bool:
    rows = db.once("common", lambda reading: reading.rows(_NEWEST, {"among": COMMON}))
    return bool(rows) and newest[-1] >= rows[0]["sort"]


def _beside(db: Reading, question: Question, before: int) -> list[int]:
    """Older hits than these that have a word in their number or among their parties, some of each."""
    low, _ = question.range
    found: dict[int, None] = {}
    for column in ("number", "party"):
        match = _in(question, column, question.words)
        found |= dict.fromkeys(_places(db, match, low, before - 1, BESIDE))
    return list(found)


def _by_name(rows: Sequence[Row], word: str) -> dict[int, int]:
    """What a word counts in the parties' names, or else in the number, by place; of rows that have it in neither
    nothing."""
    points = dict[int, int]()
    for row, told in zip(rows, _normalised([row["parties"] for row in rows]), strict=True):
        names = [name for name in told.split("、") if word in name] if word in told else ()
        if names:
            begins = any(name.startswith(word) for name in names)
            points[row["sort"]] = _NAME if word in names else _BEGINS if begins else _PARTY
    others = [row for row in rows if row["sort"] not in points]
    for row, number in zip(others, _normalised([row["document_number"] or "" for row in others]), strict=True):
        if word in number:
            points[row["sort"]] = _NUMBER if word == number else _IN_NUMBER
    return points


def _normalised(texts: Sequence[str]) -> list[str]:
    """Each text in the form in which words are compared: all at once, where none holds what stands between them."""
    found = tokens.normalise(_BETWEEN.join(texts)).split(_BETWEEN)
    return found if len(found) == len(texts) else list(map(tokens.normalise, texts))
