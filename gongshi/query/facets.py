"""How many hits a search has, and how many each department, kind and year would leave.

The hits of a word are counted by their cells in `tags`, the newest COUNT_BOUND of them: up to there
every number is exact, and what a click gives. Past it the total says 超过, and a facet says 至少: so many of
the newest hits lie there. Without words the numbers are those of the table `facets`, exact at any size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson

from gongshi.query.database import Reading
from gongshi.query.known import Cell, Cells, Known, known
from gongshi.query.question import COUNT_BOUND, FACETS, Question

LIMIT_MS = 400
_COUNTED = """
WITH hits AS MATERIALIZED (
  SELECT rowid AS sort FROM decisions_fts WHERE decisions_fts MATCH :match ORDER BY rowid DESC LIMIT :bound
)
SELECT
  (SELECT json_group_array(sort) FROM (SELECT sort FROM hits LIMIT :limit OFFSET :offset)) AS places,
  (SELECT group_concat(cell)
    FROM (SELECT sort FROM hits LIMIT :counted) AS newest CROSS JOIN tags ON tags.sort = newest.sort
  ) AS cells
"""
"""Each hit's cell as one word: Python counts equal words in a tenth of the time that SQLite takes to group them."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of hits; where it is not `exact` there are at least as many."""

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
    """None where counting took too long, or where none of the newest hits lies there but older ones may."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits by cell; where it is not `complete`, those of the newest COUNT_BOUND."""

    cells: Cells
    complete: bool = True

    @property
    def total(self) -> Count:
        """How many there are."""
        return Count(self.cells.total) if self.complete else Count(COUNT_BOUND, exact=False)


def tally(db: Reading, question: Question, known: Known, without: str = "") -> Tally:
    """The hits of a question by cell, one of its facets left out. Raises TooSlow."""
    chosen = {name: value for name, value in question.facets.items() if name != without}
    if not question.words:
        return Tally(known.cells.within(chosen))
    return hits(db, question.match(**{without: ""}) if without else question.match(), 0, 0)[1]


def hits(db: Reading, match: str, offset: int, limit: int) -> tuple[list[int], Tally]:
    """The places of so many hits, the newest first, and all hits by cell: the index is read once for both.

    Raises TooSlow.
    """
    bound = max(COUNT_BOUND + 1, offset + limit)
    asked = {"match": match, "bound": bound, "counted": COUNT_BOUND + 1, "offset": offset, "limit": limit}
    (found,) = db.rows(_COUNTED, asked, limit_ms=LIMIT_MS)
    cells = found["cells"].split(",") if found["cells"] else []
    return orjson.loads(found["places"]), Tally(Cells(_counted(cells, known(db))), len(cells) <= COUNT_BOUND)


def _counted(cells: Iterable[str], known: Known) -> Counter[Cell]:
    counts = Counter[Cell]()
    for cell, count in Counter(cells).items():
        counts[known.cell_of[int(cell)]] += count
    return counts


def choices(question: Question, known: Known, tallies: Mapping[str, Tally]) -> dict[str, tuple[Choice, ...]]:
    """For each facet its values with their counts, those without hits left out (the chosen one stays).

    `tallies` has for each facet the hits of the question without that facet.
    """
    return {facet: _choices(facet, question, known, tallies[facet]) for facet in FACETS}


def uncounted(known: Known) -> dict[str, tuple[Choice, ...]]:
    """The values alone, where counting took too long."""
    return {facet: tuple(Choice(value, label, None) for value, label in known.of(facet).items()) for facet in FACETS}


def _choices(facet: str, question: Question, known: Known, found: Tally) -> tuple[Choice, ...]:
    """In the order of the pages; departments with the most hits first."""
    counts = found.cells.by_facet[facet]
    possible = counts
    if not found.complete:
        others = {name: value for name, value in question.facets.items() if name != facet}
        possible = known.cells.within(others).by_facet[facet]
    made = [
        Choice(value, label, _count(counts[value], found.complete))
        for value, label in known.of(facet).items()
        if possible[value] or question.facets.get(facet) == value
    ]
    if facet == "department":
        made.sort(key=lambda choice: -counts[choice.value])
    return tuple(made)


def _count(found: int, complete: bool) -> Count | None:
    return Count(found, complete) if found or complete else None
