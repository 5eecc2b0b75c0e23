"""The search of decisions: a page of hits, how many there are, and what to narrow them by.

Newest first needs no sort, because the index's rowids are in order of publication; the best first are looked for among
the newest hits only, and the page says so (DESIGN.md, "Choices made"); the largest amounts go by bands (largest.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gongshi.query import facets
from gongshi.query.best import best_first
from gongshi.query.database import Reading
from gongshi.query.errors import TooSlow, UnknownValue
from gongshi.query.facets import Choice, Count, Tally
from gongshi.query.items import Item, load
from gongshi.query.known import Known, known
from gongshi.query.largest import largest
from gongshi.query.question import LISTED, PAGE_SIZE, Order, Question

BEST_OF = 1_000
"""Among how many of the newest hits the best are looked for."""

_NEWEST = "{hits} BETWEEN :low AND :high ORDER BY 1 DESC LIMIT :limit OFFSET :offset"
_CHECKED = {
    "kind": "没有“{value}”这个执法类别。",
    "department": "没有代码为“{value}”的公示部门。",
    "region": "没有代码为“{value}”的县（市、区）。",
    "class": "没有代号为“{value}”的处罚种类。",
}
"""Filters whose values the database knows, and what is said of others. An item or a law may be gone with its last
decision: an address that was kept then finds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search found. `ranked` says that it is in the order of relevance or of amounts that was asked for;
    `compared` that no hit was left out where amounts were."""

    question: Question
    items: tuple[Item, ...]
    total: Count | None
    """None where counting took too long."""
    facets: dict[str, tuple[Choice, ...]]
    known: Known
    ranked: bool
    more: bool
    """Whether there is a next page."""
    compared: bool = True

    @property
    def next(self) -> Question | None:
        """The question of the next page."""
        return replace(self.question, page=self.question.page + 1) if self.more else None


def search(db: Reading, question: Question) -> Answer:
    """Answer a question.

    Raises UnknownValue for a department or kind that does not exist, TooSlow, Unavailable.
    """
    there_is = known(db)
    check(question, there_is)
    found, tally, ranked, compared = _found(db, question, there_is)
    return Answer(
        question=question,
        items=load(db, found[:PAGE_SIZE], question.words),
        total=tally.total if tally else None,
        facets=_facets(db, question, there_is, tally),
        known=there_is,
        ranked=ranked,
        compared=compared,
        more=len(found) > PAGE_SIZE and question.page < _listed(question, ranked) // PAGE_SIZE,
    )


def places(db: Reading, question: Question, most: int = LISTED) -> list[int]:
    """The places of all hits in the order that was asked for, at most so many: what a file of the results holds, its
    page aside. Where they are ranked among the newest, the others follow, the newest first.

    Raises UnknownValue, TooSlow, Unavailable.
    """
    check(question, known(db))
    if question.sorting is Order.AMOUNT:
        return largest(db, question, 0, most)[0]
    newest = _newest(db, question, 0, most)
    if question.sorting is Order.NEWEST or not newest:
        return newest
    try:
        best = best_first(db, question, newest[:BEST_OF], complete=len(newest) <= BEST_OF)
    except TooSlow:
        return newest
    return list(dict.fromkeys([*best, *newest]))[:most]


def check(question: Question, known: Known) -> None:
    """Raise UnknownValue for what there is not."""
    for name, told in _CHECKED.items():
        value = question.facets.get(name)
        if value and value not in known.of(name):
            raise UnknownValue(told.format(value=value[:40]), parameter=name)


def _found(db: Reading, question: Question, known: Known) -> tuple[list[int], Tally | None, bool, bool]:
    """The places of this page's hits and of one more, all hits counted, whether they are ranked as was asked, and
    whether all were compared whose amounts matter.

    Where counting takes too long, there is no count, and the newest come first.
    """
    offset = (question.page - 1) * PAGE_SIZE
    try:
        if question.sorting is Order.BEST:
            newest, tally = facets.hits(db, question, 0, BEST_OF)
            wanted = offset + PAGE_SIZE + 1
            best = best_first(db, question, newest, complete=tally.complete, wanted=wanted) if newest else []
            return best[offset:wanted], tally, True, True
        if question.sorting is Order.AMOUNT:
            found, compared = largest(db, question, offset, PAGE_SIZE + 1)
            return found, facets.tally(db, question, known), True, compared
        if facets.is_of_cells(question):
            return _newest(db, question, offset), facets.tally(db, question, known), False, True
        return *facets.hits(db, question, offset, PAGE_SIZE + 1), False, True
    except TooSlow:
        return _newest(db, question, offset), None, False, True


def _newest(db: Reading, question: Question, offset: int, most: int = PAGE_SIZE + 1) -> list[int]:
    low, high = question.range
    asked = {"match": question.match(), "low": low, "high": high, "offset": offset, "limit": most}
    return [row["sort"] for row in db.rows(_NEWEST.format(hits=facets.source(question)), asked)]


def _listed(question: Question, ranked: bool) -> int:
    """How many hits are paged through."""
    return BEST_OF if ranked and question.sorting is Order.BEST else LISTED


def _facets(db: Reading, question: Question, known: Known, found: Tally | None) -> dict[str, tuple[Choice, ...]]:
    """The counts of a facet that narrows the search are those without it: what another of its values would leave."""
    if found is None:
        return facets.uncounted(known)

    narrowed = question.facets

    def without(name: str) -> Tally:
        return facets.tally(db, question.without(name), known) if name in narrowed else found

    try:
        return facets.choices(question, known, without)
    except TooSlow:
        return facets.uncounted(known)
