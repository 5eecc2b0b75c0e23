"""What registers and lists have of the words that decisions are searched for: registered.html, above the decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gongshi.query.database import Reading
from gongshi.query.errors import TooSlow
from gongshi.query.facets import Count
from gongshi.query.question import Question
from gongshi.query.registered.items import RecordItem, load
from gongshi.query.registered.known import by_value, known
from gongshi.query.registered.question import RecordQuestion
from gongshi.query.registered.search import best_of_newest

SHOWN = 5
"""So many records are shown above the decisions."""
AMONG = 100
"""The newest hits among which the most telling are looked for: a search of decisions takes hardly longer for it."""


class KindLink(NamedTuple):
    """The hits of one kind."""

    label: str
    href: str
    found: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What registers and lists have of the words that decisions are searched for."""

    items: tuple[RecordItem, ...]
    total: Count
    kinds: tuple[KindLink, ...]
    href: str


def beside(db: Reading, decisions: Question) -> Beside | None:
    """The best hits among registers and lists, for the first page of a search of decisions that nothing narrows;
    None where there is none, or where looking took too long."""
    question = RecordQuestion(q=decisions.q)
    if not question.words or decisions.facets or decisions.page > 1:
        return None
    try:
        found = _found(db, question)
        meant = None if found else question.as_meant
        return _found(db, meant) if meant else found
    except TooSlow:
        return None


def _found(db: Reading, question: RecordQuestion) -> Beside | None:
    places, found = best_of_newest(db, question, AMONG, SHOWN)
    items = load(db, places, question.words, excerpts=False)
    if not items:
        return None
    counts, labels = by_value(found.cells, "kind"), known(db).kind
    kinds = (KindLink(labels[kind], question.page_address(kind=kind), counts[kind]) for kind in labels if counts[kind])
    return Beside(items, found.total, tuple(kinds), question.page_address())
