"""Did you mean: where nothing was found, names of organisations that are nearly what was typed.

No index of misspellings is kept. An organisation is found by its sound, or by what is left of the word around the place
where the mistake may be; then each name is compared (distance.py). Names come from parties that are legal persons and
from the words of the site: no natural person, sole trader or officer is ever brought up, masked or not.

All of it takes LIMIT_MS at most, and is done where nobody else waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from operator import ne
from time import perf_counter
from typing import NamedTuple

from gongshi.query.database import Reading, Row
from gongshi.query.distance import likest
from gongshi.query.errors import TooSlow
from gongshi.query.facets import Count
from gongshi.query.question import COUNT_BOUND, Question
from gongshi.query.tokens import match_expression, normalise, phrase
from gongshi.records.organisations import core
from gongshi.records.party import LEGAL_PERSON
from gongshi.records.readings import letters

LIMIT_MS = 80
_LOOKING = 0.75
"""The part of it in which names are looked for: the rest is for counting what they find."""
MOST = 3
"""Names that are proposed."""
_SHORTEST, _LONGEST = 2, 20
"""Characters of what is looked for: of more nobody mistypes one and means the rest."""
_HOLED = 3
"""Characters from which on one may be wrong; with two of them nothing is left to go by but their sound."""
_TWO_WRONG = 6
"""Characters from which on two may be."""
_NAMES, _NAME = 300, 60
"""Names that are compared, and how much of each."""
_ASKED = 50
"""Of how many of the newest decisions names are taken for each place of a mistake."""
_NEXT = 2
"""Pairs of characters between what stands before a wrong one and what stands after it."""
_PERSONAL = 3
"""Characters that a person's name may have: no shorter part of an organisation's name is brought up by itself."""
_COUNTED = 8
"""Names of which the hits are counted."""

_FOUND = "SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH ? LIMIT 1"
_NAMED = f"""
SELECT DISTINCT party.name FROM (
  SELECT rowid AS sort FROM decisions_fts WHERE decisions_fts MATCH ? ORDER BY rowid DESC LIMIT {_ASKED}
) AS hit CROSS JOIN parties AS party ON party.sort = hit.sort WHERE party.type = '{LEGAL_PERSON}'
"""  # noqa: S608 - constants
_SOUNDING = f"SELECT name FROM organisations WHERE pinyin >= ? AND pinyin < ? LIMIT {_NAMES}"  # noqa: S608 - constants
_BEHIND = "\U0010ffff"
"""Behind every other character."""
_COUNT = """
SELECT count(*) AS found FROM (
  SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH :match AND rowid BETWEEN :low AND :high LIMIT :most
)
"""

Names = Callable[[Reading], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Near:
    """What may have been meant: `text` in place of the word that nothing has, the `question` with it, how many
    decisions that finds, and how many characters differ."""

    text: str
    question: Question
    count: Count
    distance: int


class _Likely(NamedTuple):
    """A text that may have been meant; the likeliest come first in order. `against` it speaks that it neither sounds
    the same nor has all that was typed, and that what was typed around it stands around it in no name."""

    against: int
    distance: int
    text: str


def near(db: Reading, question: Question, words: Names = lambda db: ()) -> tuple[Near, ...]:
    """What may have been meant by a question that found nothing, the likeliest first; of several words the first that
    nothing has by itself is replaced. `words` are other words of the site that may have been meant.

    Raises NotAtOnce where others wait.
    """
    db.at_leisure()
    clock, end = _Clock(db, LIMIT_MS * _LOOKING), _Clock(db, LIMIT_MS)
    try:
        wrong = next((word for word in question.words if not clock.rows(_FOUND, match_expression(word))), "")
    except TooSlow:
        return ()
    if not wrong:
        return ()
    likely = sorted(set(_likely(clock, wrong, words)))
    return tuple(_counted(end, question, wrong, likely))


class _Clock:
    """A database that is asked for so long in all, in milliseconds."""

    def __init__(self, db: Reading, limit_ms: float) -> None:
        self.db = db
        self._ends = perf_counter() + limit_ms / 1000

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return perf_counter() >= self._ends

    def rows(self, sql: str, *parameters: object, **named: object) -> list[Row]:
        """The rows of a query. Raises TooSlow."""
        left = int((self._ends - perf_counter()) * 1000)
        if left < 1:
            raise TooSlow
        return self.db.rows(sql, named or parameters, limit_ms=left)


def _likely(clock: _Clock, word: str, words: Names) -> Iterator[_Likely]:
    """What the word may mean: parts of names that are near enough to its distinctive part, until one is sure; and words
    of the site."""
    places = clock.db.once("places", _places)
    meant = core(word, places)
    if not _SHORTEST <= len(meant) <= _LONGEST:
        return
    for names in (_sounding(clock, meant), *_holed(clock, word, meant)):
        texts = (normalise(name)[:_NAME] for name in names)
        compared = (_whole(one, word, meant, text) for text in texts if (one := _compared(meant, core(text, places))))
        found = list(compared)
        yield from found
        if any(not one.against for one in found):
            break
    for name in words(clock.db):
        if not clock.is_over and (found_word := _compared(word, normalise(name)[:_NAME])):
            yield found_word


def _places(db: Reading) -> tuple[str, ...]:
    return tuple(normalise(row["name"]) for row in db.rows("SELECT name FROM regions ORDER BY code"))


def _sounding(clock: _Clock, meant: str) -> Iterator[str]:
    """Names that begin with the same sound."""
    sound = letters(meant)
    return _names(clock.rows(_SOUNDING, sound, sound + _BEHIND) for _ in range(1))


def _holed(clock: _Clock, word: str, meant: str) -> Iterator[Iterator[str]]:
    """Names in which the word stands but for one place, by how much of it must stand there."""
    if len(meant) >= _HOLED:
        for matches in _matches(word, meant):
            yield _names(clock.rows(_NAMED, match) for match in matches)


def _names(asked: Iterable[Iterable[Row]]) -> Iterator[str]:
    """Names, each once, as many as are compared and as there is time for."""
    seen: set[str] = set()
    with suppress(TooSlow):
        for name in (row["name"] for rows in asked for row in rows):
            if name not in seen and len(seen) < _NAMES:
                seen.add(name)
                yield name


def _matches(word: str, meant: str) -> Iterator[Iterable[str]]:
    """What to ask of the names: with two characters exchanged or one too many; with one wrong or missing, within all
    that was typed, then within its distinctive part; where two may be wrong, each third by itself."""
    before, _, after = word.partition(meant)
    for left, right in dict.fromkeys([(before, after), ("", "")]):
        yield [_any([left + one + right for one in _repaired(meant)])]
        yield (_both(*sides) for sides in _sides(meant, left, right))
    if len(meant) >= _TWO_WRONG:
        third = len(meant) // 3
        yield (_any([part]) for part in (meant[:third], meant[third : 2 * third], meant[2 * third :]))


def _repaired(text: str) -> list[str]:
    """The text with two neighbours exchanged, and with one character less."""
    size = len(text)
    exchanged = (text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(size - 1))
    less = (text[:at] + text[at + 1 :] for at in range(size))
    return list(dict.fromkeys([*exchanged, *less]))


def _sides(meant: str, before: str, after: str) -> Iterator[tuple[str, str]]:
    """What stands before and after each character, and before and after each place where one may be missing, with what
    stands around it all."""
    for at in range(len(meant)):
        yield before + meant[:at], meant[at + 1 :] + after
    for at in range(len(meant) + 1):
        left, right = before + meant[:at], meant[at:] + after
        if left and right:
            yield left, right


def _any(texts: Sequence[str]) -> str:
    return f"party : ({' OR '.join(map(phrase, texts))})"


def _both(left: str, right: str) -> str:
    """Both, next to one another where each is long enough to say where it stands."""
    phrases = [phrase(side) for side in (left, right) if side]
    if min(len(left), len(right)) > 1:
        return f"party : NEAR({' '.join(phrases)}, {_NEXT})"
    return f"party : ({' AND '.join(phrases)})"


def _compared(meant: str, name: str) -> _Likely | None:
    """The part of a name that may be meant; None where none is near enough."""
    part = name[: len(meant)]
    if letters(part) == letters(meant):
        return _likely_part(meant, part, name, sum(map(ne, meant, part)))
    allowed = 0 if len(meant) < _HOLED else 1 + (len(meant) >= _TWO_WRONG)
    if not allowed or len(set(meant) - set(name)) > allowed:
        return None
    distance, start, end = likest(meant, name)
    if not distance:  # all of it is there, without its beginning or its end
        distance, start, end = len(name) - len(meant), 0, len(name)
    return _likely_part(meant, name[start:end], name, distance) if distance <= allowed else None


def _likely_part(meant: str, part: str, name: str, distance: int) -> _Likely:
    """A part of a name; all of it where the part could be a person's."""
    same = letters(part) == letters(meant) or set(meant) <= set(part)
    return _Likely(not same, distance, part if len(part) > _PERSONAL else name)


def _whole(found: _Likely, word: str, meant: str, text: str) -> _Likely:
    """What was found, with what was typed around it where the name has that, too."""
    before, _, after = word.partition(meant)
    whole = before + found.text + after
    return found._replace(text=whole) if whole in text else found._replace(against=found.against + 1)


def _counted(clock: _Clock, question: Question, wrong: str, likely: Iterable[_Likely]) -> Iterator[Near]:
    """Those that find something, with how much, as many as are proposed."""
    found = 0
    texts: dict[str, _Likely] = {}
    for one in likely:
        texts.setdefault(one.text, one)
    for text, one in list(texts.items())[:_COUNTED]:
        other = replace(question, q=" ".join(text if word == wrong else word for word in question.words), page=1)
        low, high = other.range
        try:
            (row,) = clock.rows(_COUNT, match=other.match(), low=low, high=high, most=COUNT_BOUND + 1)
        except TooSlow:
            return
        if row["found"]:
            yield Near(text, other, Count.of(row["found"], COUNT_BOUND), one.distance)
            found += 1
        if found == MOST:
            return
