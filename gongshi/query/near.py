"""Did you mean: where nothing was found, names that are nearly what was typed, and how much each finds.

No natural person, sole trader or officer is ever brought up, masked or not (alike.py). All of it takes LIMIT_MS of a
processor at most, and is done where nobody else waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from gongshi.query.alike import Likely, Names, likely
from gongshi.query.database import Reading
from gongshi.query.errors import TooSlow
from gongshi.query.facets import Count
from gongshi.query.question import COUNT_BOUND, Question
from gongshi.query.timed import Timed
from gongshi.query.tokens import match_expression

LIMIT_MS = 80
_LOOKING = 0.75
"""The part of it in which names are looked for: the rest is for counting what they find."""
MOST = 3
"""Names that are brought up."""
_COUNTED = 8
"""Names of which the hits are counted."""

_FOUND = "SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH ? LIMIT 1"
_HITS = """
SELECT count(*) AS found FROM (
  SELECT 1 FROM {index} WHERE {index} MATCH :match AND rowid BETWEEN :low AND :high LIMIT :most
)
"""


@dataclass(frozen=True, slots=True)
class Near:
    """What may have been meant: `text` in place of the word that nothing has, the `question` with it, how many
    decisions that finds (where none, how many records), how many characters differ, and whether it is `sure`: it sounds
    the same, or has all that was typed. Otherwise it may well be another's name."""

    text: str
    question: Question
    count: Count
    distance: int
    sure: bool


def near(db: Reading, question: Question, words: Names = lambda db: ()) -> tuple[Near, ...]:
    """What may have been meant by a question that found nothing, the likeliest first; of several words the first that
    nothing has by itself is replaced. `words` are other words of the site that may have been meant.

    Raises NotAtOnce where others wait.
    """
    db.at_leisure()
    looking, counting = Timed(db, LIMIT_MS * _LOOKING), Timed(db, LIMIT_MS)
    try:
        wrong = next((word for word in question.words if not looking.rows(_FOUND, match_expression(word))), "")
    except TooSlow:
        return ()
    if not wrong:
        return ()
    return tuple(islice(_counted(counting, question, wrong, sorted(set(likely(looking, wrong, words)))), MOST))


def _counted(db: Timed, question: Question, wrong: str, found: Iterable[Likely]) -> Iterator[Near]:
    """Those that find something, with how much; none that is less likely than another that does."""
    texts: dict[str, Likely] = {}
    for one in found:
        texts.setdefault(one.text, one)
    least = None
    with suppress(TooSlow):
        for text, one in list(texts.items())[:_COUNTED]:
            if least is not None and one.against > least:
                return
            other = replace(question, q=" ".join(text if word == wrong else word for word in question.words), page=1)
            decisions = _decisions(db, other)
            if hits := decisions or _records(db, other):
                sure = bool(decisions) and not one.against
                yield Near(text, other, Count.of(hits, COUNT_BOUND), one.distance, sure)
                least = one.against


def _decisions(db: Timed, question: Question) -> int:
    """How many decisions a question finds, counted up to COUNT_BOUND. Raises TooSlow."""
    low, high = question.range
    return _count(db, "decisions_fts", question.match(), low, high)


def _records(db: Timed, question: Question) -> int:
    """How many registers and lists: they are found beside decisions where nothing narrows the search. Raises
    TooSlow."""
    low, high = Question().range
    return 0 if question.is_narrowed or question.type else _count(db, "records_fts", question.match(), low, high)


def _count(db: Timed, index: str, match: str, low: int, high: int) -> int:
    asked = {"match": match, "low": low, "high": high, "most": COUNT_BOUND + 1}
    (row,) = db.rows(_HITS.format(index=index), **asked)
    found: int = row["found"]
    return found
