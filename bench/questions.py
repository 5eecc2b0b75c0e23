"""What readers type, drawn by seed from the public decisions themselves: common, rare and absent terms.

A term is a piece of a decision's text (number, parties, title, content, facts). It is common where many of a
sample of other decisions have it, too, rare where none has; an absent one is a rare one with its characters
in another order, and the index has no hit for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from gongshi.query.tokens import match_expression, normalise, words
from gongshi.store.sqlite import Connection

SORTS = ("common", "rare", "absent")
_TEXTS = ("document_number", "parties", "title", "content", "facts")
_SAMPLE = 300
_COMMON = 15
"""In how many of the sample a common term is found at least: one in twenty."""
_PLACES = "SELECT sort FROM tags ORDER BY sort"


@dataclass(frozen=True)
class Term:
    """What is typed, and of which sort it is."""

    text: str
    sort: str


def terms(db: Connection, count: int, seed: int, shortest: int = 2, longest: int = 8) -> list[Term]:
    """So many terms of `shortest` to `longest` characters, a third of each sort, shuffled."""
    rng = Random(seed)
    texts = _texts(db, rng)
    drawn: dict[str, list[Term]] = {sort: [] for sort in SORTS}
    each = -(-count // len(SORTS))
    for text in _pieces(texts, rng, shortest, longest):
        term = _sorted(db, text, texts, rng)
        if term and len(drawn[term.sort]) < each:
            drawn[term.sort].append(term)
        if all(len(found) == each for found in drawn.values()):
            break
    mixed = [term for found in drawn.values() for term in found]
    rng.shuffle(mixed)
    return mixed[:count]


def characters(db: Connection, count: int, seed: int) -> list[Term]:
    """Single characters as they stand in the texts: the most frequent the most often."""
    rng = Random(seed)
    pieces = _pieces(_texts(db, rng), rng, 1, 1)
    return [Term(text, "one character") for text, _ in zip(pieces, range(count), strict=False)]


def _texts(db: Connection, rng: Random) -> list[list[str]]:
    """The texts of some decisions, drawn from all."""
    places = [row[0] for row in db.execute(_PLACES)]
    chosen = rng.sample(places, min(_SAMPLE, len(places)))
    wanted = f"SELECT {', '.join(_TEXTS)} FROM decisions WHERE sort = ?"
    rows = (db.execute(wanted, (place,)).fetchone() for place in chosen)
    return [[text for text in row if text] for row in rows]


def _pieces(texts: list[list[str]], rng: Random, shortest: int, longest: int) -> Iterator[str]:
    """Pieces of random texts without end; first a decision, then one of its texts, so that numbers are frequent."""
    while True:
        text, length = rng.choice(rng.choice(texts)), rng.randint(shortest, longest)
        start = rng.randrange(max(1, len(text) - length + 1))
        piece = text[start : start + length].strip()
        if len(piece) >= shortest and words(piece):
            yield piece


def _sorted(db: Connection, text: str, texts: list[list[str]], rng: Random) -> Term | None:
    """The piece as one of the sorts; None where it is neither common nor rare."""
    flat = normalise(text)
    found = sum(any(flat in normalise(other) for other in one) for one in texts)
    if found >= _COMMON:
        return Term(text, "common")
    if found > 1:
        return None
    return _absent(db, text, rng) if rng.random() < 0.5 else Term(text, "rare")


def _absent(db: Connection, text: str, rng: Random) -> Term | None:
    mixed = "".join(rng.sample(text, len(text)))
    match = match_expression(mixed)
    hit = "SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH ? LIMIT 1"
    return Term(mixed, "absent") if match and not db.execute(hit, (match,)).fetchone() else None
