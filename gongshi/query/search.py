"""The search itself: a page of hits, how many there are, and what to narrow them by.

Newest first needs no sort, because the index's rowids are in order of publication; the best first
looks at the newest BEST_OF hits only, and says so (DESIGN.md, "Choices made").
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
from gongshi.query.question import FACETS, LISTED, PAGE_SIZE, Order, Question

BEST_OF = 1_000
"""Among how many of the newest hits the best are looked for."""

_NEWEST = "SELECT rowid AS sort FROM decisions_fts WHERE decisions_fts MATCH :match ORDER BY rowid DESC"
_ALL = "SELECT sort FROM tags ORDER BY sort DESC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search found. `ranked` says that it is in the order of relevance that was asked for."""

    question: Question
    items: tuple[Item, ...]
    total: Count | None
    """None where counting took too long."""
    facets: dict[str, tuple[Choice, ...]]
    known: Known
    ranked: bool
    more: bool
    """Whether there is a next page."""
    typed: str = ""
    """What was typed, where nothing stands as it was typed and `question` is what was meant."""

    @property
    def next(self) -> Question | None:
        """The question of the next page."""
        return replace(self.question, page=self.question.page + 1) if self.more else None


def search(db: Reading, question: Question) -> Answer:
    """Answer a question.

    Raises UnknownValue for a department or kind that does not exist, TooSlow, Unavailable.
    """
    there_is = known(db)
    _check(question, there_is)
    places, tally, ranked = _found(db, question, there_is)
    return Answer(
        question=question,
        items=load(db, places[:PAGE_SIZE], question.words),
        total=tally.total if tally else None,
        facets=_facets(db, question, there_is, tally),
        known=there_is,
        ranked=ranked,
        more=len(places) > PAGE_SIZE and question.page < (BEST_OF if ranked else LISTED) // PAGE_SIZE,
    )


def search_as_meant(db: Reading, question: Question) -> Answer:
    """Answer a question of a person's: where nothing stands as it was typed, as it was meant. Raises as `search`."""
    answer = search(db, question)
    meant = question.as_meant if answer.total == Count(0) else None
    if meant is None:
        return answer
    other = search(db, meant)
    return replace(other, typed=question.q) if other.items else answer


def _check(question: Question, known: Known) -> None:
    if question.kind and question.kind not in known.kind:
        raise UnknownValue(f"没有“{question.kind[:40]}”这个执法类别。", parameter="kind")
    if question.department and question.department not in known.department:
        raise UnknownValue(f"没有代码为“{question.department[:40]}”的公示部门。", parameter="department")


def _found(db: Reading, question: Question, known: Known) -> tuple[list[int], Tally | None, bool]:
    """The places of this page's hits and of one more, all hits counted, and whether the best come first.

    Where counting takes too long, there is no count, and the newest come first.
    """
    offset = _offset(question)
    if not question.words:
        return _page(db, _NEWEST if question.facets else _ALL, question), facets.tally(db, question, known), False
    try:
        if question.order is Order.BEST:
            places, tally = facets.hits(db, question.match(), 0, BEST_OF)
            return best_first(db, places, question.words)[offset : offset + PAGE_SIZE + 1], tally, True
        return *facets.hits(db, question.match(), offset, PAGE_SIZE + 1), False
    except TooSlow:
        return _page(db, _NEWEST, question), None, False


def _page(db: Reading, sql: str, question: Question) -> list[int]:
    parameters = {"match": question.match(), "limit": PAGE_SIZE + 1, "offset": _offset(question)}
    return [row["sort"] for row in db.rows(f"{sql} LIMIT :limit OFFSET :offset", parameters)]


def _offset(question: Question) -> int:
    return (question.page - 1) * PAGE_SIZE


def _facets(db: Reading, question: Question, known: Known, found: Tally | None) -> dict[str, tuple[Choice, ...]]:
    """The counts of a facet that narrows the search are those without it: what another of its values would leave."""
    if found is None:
        return facets.uncounted(known)
    try:
        tallies = {
            name: facets.tally(db, question, known, without=name) if name in question.facets else found
            for name in FACETS
        }
    except TooSlow:
        return facets.uncounted(known)
    return facets.choices(question, known, tallies)
