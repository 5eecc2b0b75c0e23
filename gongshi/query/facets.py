"""How many hits a search has, and how many each choice that narrows it would leave.

A number stands only where it is exact, and is what a click gives:

- Where neither words nor an item, a law or days are asked for, the numbers are those of the table `facets`, exact at
  any size.
- Otherwise hits are counted by their line in `tags`, the newest COUNT_BOUND of them: up to there every number is exact.
  Past it the total says 超过, and the choices stand without numbers.
- How many cite a law, or are about an item, and nothing else is asked: public.db keeps that number, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import orjson

from gongshi.query.database import Reading
from gongshi.query.errors import TooSlow
from gongshi.query.filters import FILTERS, TOGETHER
from gongshi.query.known import CELLS, Cell, Cells, Known, known
from gongshi.query.question import COUNT_BOUND, Question

LIMIT_MS = 400
_MOST_FIRST = frozenset(("department", "item", "law"))
"""Filters whose values stand in the order of their hits."""
MOST = 20
"""Values of a filter that are offered, where there may be thousands: those with the most hits."""
_MATCHING = "SELECT rowid AS sort FROM decisions_fts WHERE decisions_fts MATCH :match"
_ALL = "SELECT sort FROM tags WHERE sort"
_COUNTED = """
WITH hits AS MATERIALIZED ({hits} BETWEEN :low AND :high ORDER BY 1 DESC LIMIT :bound)
SELECT
  (SELECT json_group_array(sort) FROM (SELECT sort FROM hits LIMIT :limit OFFSET :offset)) AS places,
  (SELECT json_array(group_concat(cell), group_concat(coalesce(item, '')), group_concat(laws))
    FROM (SELECT sort FROM hits LIMIT :counted) AS newest CROSS JOIN tags ON tags.sort = newest.sort
  ) AS counted
"""
"""Each hit's line as words: Python counts equal words in a tenth of the time that SQLite takes to group them."""


class Count(NamedTuple):
    """A number of hits; where it is not `exact` there are more."""

    value: int
    exact: bool = True

    @classmethod
    def of(cls, found: int, bound: int) -> Count:
        """What was found by a count that stops at bound + 1."""
        return cls(min(found, bound), found <= bound)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, as a reader can choose it."""

    value: str
    label: str
    count: Count | None
    """None where nobody counted them all."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits by cell, item and law; where one of them is not complete, those of the newest COUNT_BOUND."""

    cells: Cells
    items: Mapping[str, int]
    laws: Mapping[str, int]
    complete: bool = True
    """Whether all hits were counted by cell."""
    others: bool = True
    """Whether all were counted by item and by law."""
    kept: int | None = None
    """How many there are, where public.db says so."""

    @property
    def total(self) -> Count:
        """How many there are."""
        if self.kept is not None:
            return Count(self.kept)
        return Count(self.cells.total) if self.complete else Count(COUNT_BOUND, exact=False)

    def by(self, facet: str) -> tuple[Mapping[str, int], bool]:
        """How many there are of each value of a filter, and whether all were counted."""
        if facet in CELLS:
            return self.cells.by(facet), self.complete
        return (self.items if facet == "item" else self.laws), self.others


def source(question: Question) -> str:
    """The hits of a question as SQL, with :match, up to the condition of its places: to go on with BETWEEN."""
    return f"{_MATCHING} AND rowid" if question.match() else _ALL


def tally(db: Reading, question: Question, known: Known) -> Tally:
    """The hits of a question by cell, item and law. Raises TooSlow."""
    if not is_of_cells(question):
        return hits(db, question, 0, 0)[1]
    cells = known.cells.within(question.facets)
    if not question.facets:
        return Tally(cells, known.items, known.laws)
    try:
        found = hits(db, question, 0, 0)[1]
    except TooSlow:
        return Tally(cells, {}, {}, others=False)
    return replace(found, cells=cells, complete=True)


def is_of_cells(question: Question) -> bool:
    """Whether the table `facets` knows how many there are."""
    asked_of_it = set(question.facets) <= set(CELLS)
    return asked_of_it and not (question.words or question.number or question.since or question.until)


def hits(db: Reading, question: Question, offset: int, limit: int) -> tuple[list[int], Tally]:
    """The places of so many hits, the newest first, and all hits counted: the index is read once for both.

    Raises TooSlow.
    """
    low, high = question.range
    asked = {
        "match": question.match(), "low": low, "high": high, "bound": max(COUNT_BOUND + 1, offset + limit),
        "counted": COUNT_BOUND + 1, "offset": offset, "limit": limit,
    }  # fmt: skip
    (found,) = db.rows(_COUNTED.format(hits=source(question)), asked, limit_ms=LIMIT_MS)
    counted = _tally(orjson.loads(found["counted"]), known(db))
    return orjson.loads(found["places"]), replace(counted, kept=_kept(question, known(db)))


def _tally(counted: list[str | None], known: Known) -> Tally:
    cells, items, laws = (text.split(",") if text is not None else [] for text in counted)
    complete = len(cells) <= COUNT_BOUND
    by_item = Counter(items)
    del by_item[""]
    return Tally(Cells(_cells(cells, known)), by_item, _laws(laws), complete, complete)


def _cells(found: Iterable[str], known: Known) -> dict[Cell, int]:
    return {known.cell_of[int(cell)]: count for cell, count in Counter(found).items()}


def _laws(found: Iterable[str]) -> Counter[str]:
    counts = Counter[str]()
    for laws, count in Counter(found).items():
        for law in laws.split():
            counts[law] += count
    return counts


def _kept(question: Question, known: Known) -> int | None:
    """How many there are where a single law or item is all that is asked for."""
    if question.words or question.number or question.since or question.until or len(question.facets) != 1:
        return None
    if question.law:
        return known.laws.get(question.law, 0)
    return known.items.get(question.item, 0) if question.item else None


def choices(
    question: Question, known: Known, tally_without: Callable[[str], Tally], facets: Iterable[str] = FILTERS
) -> dict[str, tuple[Choice, ...]]:
    """For each filter its values with their counts, those without hits left out (the chosen one stays).

    `tally_without` has for each filter the hits of the question without that filter.
    """
    chosen = question.facets
    return {facet: _choices(facet, chosen, known, tally_without(facet)) for facet in facets}


def uncounted(known: Known) -> dict[str, tuple[Choice, ...]]:
    """The values alone, where counting took too long."""
    return {
        facet: tuple(Choice(value, label, None) for value, label in list(known.of(facet).items())[:MOST])
        for facet in FILTERS
    }


def _with_several(facet: str, counts: Mapping[str, int]) -> Mapping[str, int]:
    """The same with the values that stand for several."""
    several = TOGETHER.get(facet)
    if not several:
        return counts
    return {**counts, **{value: sum(counts.get(part, 0) for part in parts) for value, parts in several.items()}}


def _is_one_of_them(parts: Iterable[str], value: str, counts: Mapping[str, int]) -> bool:
    """Whether a value that stands for several says no more than one of these."""
    return any(counts.get(part) == counts[value] for part in parts)


def _choices(facet: str, narrowed: Mapping[str, str], known: Known, found: Tally) -> tuple[Choice, ...]:
    """In the order of the pages; departments, items and laws with the most hits first. Where not all hits were
    counted, what cells say is possible, without numbers."""
    chosen, most_first = narrowed.get(facet), facet in _MOST_FIRST
    if facet in CELLS and not found.complete:
        others = {name: value for name, value in narrowed.items() if name != facet}
        complete, possible = False, known.cells.within(others).by(facet)
        counts = found.cells.by(facet) if most_first else possible
    else:
        counts, complete = found.by(facet)
        possible = counts
    counts, possible = _with_several(facet, counts), _with_several(facet, possible)
    wanted = {value for value, count in possible.items() if count}
    wanted -= {value for value, parts in TOGETHER.get(facet, {}).items() if _is_one_of_them(parts, value, possible)}
    wanted |= {chosen} if chosen else set()
    labels = known.of(facet)
    if most_first:
        most = sorted(wanted, key=lambda value: (-counts.get(value, 0), value != chosen, labels.get(value, value)))
        kept = most[:MOST] if facet != "department" else most
        ordered = [*kept, *({chosen} & wanted - set(kept))] if chosen else kept
    else:
        ordered = [value for value in labels if value in wanted]
    return tuple(
        Choice(value, labels.get(value, value), Count(counts.get(value, 0)) if complete else None) for value in ordered
    )
