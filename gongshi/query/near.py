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
from gongshi.query.filters import OF_DECISIONS, OF_RECORDS
from gongshi.query.likenesses import Likenesses
from gongshi.query.question import COUNT_BOUND, Question
from gongshi.query.registered.question import RecordQuestion
from gongshi.query.registered.search import hits
from gongshi.query.timed import Timed
from gongshi.query.tokens import match_expression

LIMIT_MS = 150
"""Of a million decisions names take a few milliseconds for each place of a mistake; the likeliest are asked first. Much
more than a question needs: what is brought up should not depend on how busy the machine is, and a processor that is
shared with others works slowly."""
_LOOKING = 0.75
"""The part of it in which names are looked for: the rest is for counting what they find."""
MOST = 3
"""Names that are brought up."""
_COUNTED = 8
"""Names of which the hits are counted."""

_NONE = Likenesses(())
_FOUND = "SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT 1"
_HITS = """
SELECT count(*) AS found FROM (
  SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH :match AND rowid BETWEEN :low AND :high LIMIT :most
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


def near(db: Reading, question: Question, words: Names = lambda db: _NONE) -> tuple[Near, ...]:
    """What may have been meant by a question that found nothing, the likeliest first; of several words the first that
    nothing has by itself is replaced. `words` are other words of the site that may have been meant, and all that is
    looked through where registers are searched.

    Raises NotAtOnce where others wait.
    """
    db.at_leisure()
    words(db)  # made once for each state of the file: the first who asks does not pay for it with his own time
    looking, counting = Timed(db, LIMIT_MS * _LOOKING), Timed(db, LIMIT_MS)
    of_decisions = question.type in OF_DECISIONS
    asking = _FOUND.format(index="decisions_fts" if of_decisions else "records_fts")
    try:
        wrong = next((word for word in question.words if not looking.rows(asking, match_expression(word))), "")
    except TooSlow:
        return ()
    if not wrong:
        return ()
    found = sorted(set(likely(looking, wrong, words, organisations=of_decisions)))
    return tuple(islice(_counted(counting, question, wrong, found), MOST))


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
            decisions = _decisions(db, other) if other.type in OF_DECISIONS else Count(0)
            count = decisions if decisions.value else _records(db, other)
            if count.value:
                sure = bool(decisions.value) and not one.against
                yield Near(text, other, count, one.distance, sure)
                least = one.against


def _decisions(db: Timed, question: Question) -> Count:
    """How many decisions a question finds. Raises TooSlow."""
    low, high = question.range
    (row,) = db.rows(_HITS, match=question.match(), low=low, high=high, most=COUNT_BOUND + 1)
    return Count.of(row["found"], COUNT_BOUND)


def _records(db: Timed, question: Question) -> Count:
    """How many registers and lists it finds: of its type, or beside decisions where nothing narrows the search. Raises
    TooSlow."""
    if question.type not in OF_RECORDS and (question.type or question.is_narrowed):
        return Count(0)
    if db.is_over:
        raise TooSlow
    return hits(db.reading, RecordQuestion.of(question))[1].total
