"""The search of registers and lists: a page of hits, how many there are, and what to narrow them by.

First comes what has the words in its number or code, then what has them in its title, then everything else, each
the newest first. Without words the newest come first. What is no longer in force is not found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gongshi.query.database import Reading, Row
from gongshi.query.errors import UnknownValue
from gongshi.query.facets import LIMIT_MS, Choice, Count
from gongshi.query.question import COUNT_BOUND, LISTED, PAGE_SIZE
from gongshi.query.registered.items import RecordItem, load
from gongshi.query.registered.known import Cell, Known, by_value, cells_of, known, within
from gongshi.query.registered.question import FACETS, RecordQuestion
from gongshi.query.things import BEGINS, EXACT, HAS, NUMBER, TOLD
from gongshi.query.tokens import normalise

_HITS = """
WITH hits AS MATERIALIZED (
  SELECT rowid AS sort FROM records_fts WHERE records_fts MATCH :match ORDER BY rowid DESC LIMIT :bound
)
SELECT r.sort, r.kind || ' ' || r.department || ' ' || coalesce(r.act, '') AS cell, r.title, r.number
FROM hits CROSS JOIN records r ON r.sort = hits.sort WHERE r.standing = 'in_force' ORDER BY r.sort DESC
"""
_NEWEST = """
SELECT sort FROM records WHERE standing = 'in_force' AND (:number = '' OR number = :number)
AND (:kind = '' OR kind = :kind) AND (:department = '' OR department = :department)
AND (:act = '' OR instr('、' || act || '、', '、' || :act || '、'))
ORDER BY sort DESC LIMIT :limit OFFSET :offset
"""
_NUMBERED = """
SELECT kind || ' ' || department || ' ' || coalesce(act, '') AS cell FROM records
WHERE number = ? AND standing = 'in_force'
"""
_FIRST = (("number",), ("title",))
"""Columns of the index in which words tell most, the most telling first."""
_WHAT = {"kind": "信息种类", "department": "公示部门代码", "act": "执法类别"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer:
    """What a search found."""

    question: RecordQuestion
    items: tuple[RecordItem, ...]
    total: Count
    facets: dict[str, tuple[Choice, ...]]
    known: Known
    more: bool
    """Whether there is a next page."""

    @property
    def next(self) -> RecordQuestion | None:
        """The question of the next page."""
        return replace(self.question, page=self.question.page + 1) if self.more else None


@dataclass(frozen=True, slots=True)
class Found:
    """Hits by cell; where it is not `complete`, those of the newest."""

    cells: Mapping[Cell, int]
    complete: bool = True

    @property
    def total(self) -> Count:
        """How many there are, at least."""
        return Count(sum(self.cells.values()), self.complete)


def search_records(db: Reading, question: RecordQuestion) -> RecordAnswer:
    """Answer a question.

    Raises UnknownValue for a kind, department or act that does not exist, TooSlow, Unavailable.
    """
    there_is = known(db)
    check(question, there_is)
    places, found = _found(db, question, there_is)
    return RecordAnswer(
        question=question,
        items=load(db, places[:PAGE_SIZE], question.words),
        total=found.total,
        facets=_facets(db, question, there_is, found),
        known=there_is,
        more=len(places) > PAGE_SIZE and question.page < _listed(question) // PAGE_SIZE,
    )


def hits(db: Reading, question: RecordQuestion) -> tuple[list[int], Found]:
    """The places of the newest COUNT_BOUND hits of a question with words, and those hits by cell."""
    rows, found = _rows(db, question, COUNT_BOUND)
    return [row["sort"] for row in rows], found


def scored(db: Reading, question: RecordQuestion, among: int, without: str) -> tuple[dict[int, float], Found]:
    """Of the newest `among` hits of a question with words the places, the most telling first, with how much the words
    tell of each, those of the kind `without` left out; and all those hits by cell. One look at the index, which does
    not grow with the hits."""
    rows, found = _rows(db, question, among)
    scores = {row["sort"]: _score(row, question.words) for row in rows if not row["cell"].startswith(f"{without} ")}
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], -pair[0]))), found


def _score(row: Row, words: Sequence[str]) -> float:
    number, title = normalise(row["number"] or ""), normalise(row["title"])
    return float(sum(_points(word, title, number) for word in words))


def _points(word: str, title: str, number: str) -> int:
    if word in (title, number):
        return EXACT
    if word in number:
        return NUMBER
    return BEGINS if title.startswith(word) else HAS if word in title else TOLD


def _rows(db: Reading, question: RecordQuestion, bound: int) -> tuple[list[Row], Found]:
    rows = db.rows(_HITS, {"match": question.match(), "bound": bound + 1}, limit_ms=LIMIT_MS)
    return rows[:bound], Found(cells_of(row["cell"] for row in rows[:bound]), len(rows) <= bound)


def best(db: Reading, question: RecordQuestion, places: list[int], most: int) -> list[int]:
    """At most so many of the hits, the most telling first: their numbers, then their titles, then as they stand."""
    first: dict[int, None] = {}
    for columns in _FIRST:
        if len(first) < most:
            asked = {"match": question.match(*columns), "bound": most}
            first |= dict.fromkeys(row["sort"] for row in db.rows(_HITS, asked, limit_ms=LIMIT_MS))
    return list(first | dict.fromkeys(places))[:most]


def check(question: RecordQuestion, known: Known) -> None:
    """Raise UnknownValue for what there is not."""
    for name, value in question.facets.items():
        if value not in known.of(name):
            raise UnknownValue(f"没有“{value[:40]}”这个{_WHAT[name]}。", parameter=name)


def _found(db: Reading, question: RecordQuestion, known: Known) -> tuple[list[int], Found]:
    """The places of this page's hits and of one more, and all hits by cell."""
    offset = (question.page - 1) * PAGE_SIZE
    if question.words:
        places, found = hits(db, question)
        return best(db, question, places, offset + PAGE_SIZE + 1)[offset:], found
    asked = {name: getattr(question, name) for name in (*FACETS, "number")}
    rows = db.rows(_NEWEST, asked | {"limit": PAGE_SIZE + 1, "offset": offset})
    return [row["sort"] for row in rows], Found(within(_all_cells(db, question, known), question.facets))


def _all_cells(db: Reading, question: RecordQuestion, known: Known) -> Mapping[Cell, int]:
    """Of a question without words: the cells of everything, or of what has its number."""
    if not question.number:
        return known.cells
    return cells_of(row["cell"] for row in db.rows(_NUMBERED, [question.number]))


def _listed(question: RecordQuestion) -> int:
    return COUNT_BOUND if question.words else LISTED


def _facets(db: Reading, question: RecordQuestion, known: Known, found: Found) -> dict[str, tuple[Choice, ...]]:
    """The counts of a facet that narrows the search are those without it: what another of its values would leave."""
    wide = found
    if question.facets:
        bare = replace(question, kind="", department="", act="")
        wide = hits(db, bare)[1] if question.words else Found(_all_cells(db, question, known))
    return {name: _choices(name, question, known, wide, found) for name in FACETS}


def _choices(facet: str, question: RecordQuestion, known: Known, wide: Found, found: Found) -> tuple[Choice, ...]:
    """In the order of the pages; departments with the most hits first. Without a count where not all were counted."""
    others = {name: value for name, value in question.facets.items() if name != facet}
    counts = by_value(within(wide.cells, others), facet)
    if not wide.complete and found.complete and facet not in question.facets:
        counts, wide = by_value(found.cells, facet), found
    chosen = question.facets.get(facet)
    made = [
        Choice(value, label, Count(counts[value], wide.complete) if counts[value] or wide.complete else None)
        for value, label in known.of(facet).items()
        if counts[value] or chosen == value
    ]
    if facet == "department":
        made.sort(key=lambda choice: -counts[choice.value])
    return tuple(made)
