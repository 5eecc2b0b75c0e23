"""The search itself: a page of hits, how many there are, and what to narrow them by.

Newest first needs no sort, because the index's rowids are in order of publication; the best first
looks at the newest BEST_OF hits only, and says so (DESIGN.md, "Choices made").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from datasette.database import Database

from gongshi.query import facets
from gongshi.query.database import rows
from gongshi.query.errors import TooSlow, UnknownValue
from gongshi.query.facets import Choice, Count, Vocabulary
from gongshi.query.items import Item, load
from gongshi.query.question import COUNT_BOUND, PAGE_SIZE, Order, Question

BEST_OF = 1_000
"""Among how many of the newest hits the best are looked for."""
COUNT_LIMIT_MS = 300
WEIGHTS = "8.0, 8.0, 2.0, 1.0, 1.0, 0.0"
"""Of number, party, content, facts, department and facet in the order by relevance."""

_NEWEST = "SELECT rowid AS sort FROM decisions_fts WHERE decisions_fts MATCH :match ORDER BY rowid DESC"
_ALL = "SELECT sort FROM decisions ORDER BY sort DESC"
_BEST = f"""
SELECT sort FROM (
  SELECT rowid AS sort, bm25(decisions_fts, {WEIGHTS}) AS score FROM decisions_fts
  WHERE decisions_fts MATCH :match ORDER BY rowid DESC LIMIT {BEST_OF}
) ORDER BY score, sort DESC
"""  # noqa: S608 - constants of this module


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search found. `ranked` says that it is in the order of relevance that was asked for."""

    question: Question
    items: tuple[Item, ...]
    total: Count | None
    """None where counting took too long."""
    facets: dict[str, tuple[Choice, ...]]
    known: Vocabulary
    ranked: bool
    more: bool
    """Whether there is a next page."""

    @property
    def next(self) -> Question | None:
        """The question of the next page."""
        return replace(self.question, page=self.question.page + 1) if self.more else None


async def search(db: Database, question: Question) -> Answer:
    """Answer a question.

    Raises UnknownValue for a department or kind that does not exist, TooSlow, Unavailable.
    """
    known = await facets.vocabulary(db)
    _check(question, known)
    hits, ranked = await _hits(db, question)
    counted = await _facets(db, question, known)
    return Answer(
        question=question,
        items=await load(db, hits[:PAGE_SIZE], question.words),
        total=await _total(db, question),
        facets=counted,
        known=known,
        ranked=ranked,
        more=len(hits) > PAGE_SIZE and question.page < _last_page(ranked),
    )


def _check(question: Question, known: Vocabulary) -> None:
    if question.kind and question.kind not in known.kind:
        raise UnknownValue(f"没有“{question.kind[:40]}”这个执法类别。", parameter="kind")
    if question.department and question.department not in known.department:
        raise UnknownValue(f"没有代码为“{question.department[:40]}”的公示部门。", parameter="department")


def _last_page(ranked: bool) -> int:
    return (BEST_OF if ranked else COUNT_BOUND) // PAGE_SIZE


async def _hits(db: Database, question: Question) -> tuple[list[int], bool]:
    """The places of this page's hits and of one more, and whether they are ranked."""
    match = question.match()
    if question.order is Order.BEST and question.words:
        try:
            return await _page(db, _BEST, question), True
        except TooSlow:
            pass  # a word that nearly every decision has: newest first, and the page says so
    return await _page(db, _NEWEST if match else _ALL, question), False


async def _page(db: Database, sql: str, question: Question) -> list[int]:
    parameters = {"match": question.match(), "limit": PAGE_SIZE + 1, "offset": (question.page - 1) * PAGE_SIZE}
    return [row["sort"] for row in await rows(db, f"{sql} LIMIT :limit OFFSET :offset", parameters)]


async def _total(db: Database, question: Question) -> Count | None:
    match = question.match()
    sql = f"SELECT count(*) AS hits FROM ({_NEWEST if match else _ALL} LIMIT :bound)"  # noqa: S608 - constants
    try:
        found = await rows(db, sql, {"match": match, "bound": COUNT_BOUND + 1}, limit_ms=COUNT_LIMIT_MS)
    except TooSlow:
        return None
    return Count.of(found[0]["hits"], COUNT_BOUND)


async def _facets(db: Database, question: Question, known: Vocabulary) -> dict[str, tuple[Choice, ...]]:
    try:
        return await facets.choices(db, question, known)
    except TooSlow:
        return facets.uncounted(known)
