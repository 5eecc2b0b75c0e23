"""What a word may have been meant to be: names of organisations, and words of the site, that are nearly it.

No index of misspellings is kept. An organisation is found by its sound, or by what is left of the word around the place
where the mistake may be; then each name is compared (distance.py). Names come from parties that are legal persons:
nobody else's is ever looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice, takewhile
from operator import ne
from typing import NamedTuple

from gongshi.query.database import Reading, Row
from gongshi.query.distance import likest
from gongshi.query.errors import TooSlow
from gongshi.query.likenesses import Likenesses
from gongshi.query.timed import Timed
from gongshi.query.tokens import normalise, phrase
from gongshi.records.organisations import core
from gongshi.records.party import LEGAL_PERSON
from gongshi.records.readings import letters

_SHORTEST, _LONGEST = 2, 20
"""Characters of what is looked for: of more nobody mistypes one and means the rest."""
_HOLED = 3
"""Characters from which on one may be wrong; with two of them nothing is left to go by but their sound."""
_NUMBER = 2
"""Digits from which on it is a number and no name: pairs of digits stand in every decision, and to look for what is
left of a number takes longer than for any name."""
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
_NAMED = f"""
SELECT DISTINCT party.name FROM (
  SELECT rowid AS sort FROM decisions_fts WHERE decisions_fts MATCH ? ORDER BY rowid DESC LIMIT {_ASKED}
) AS hit CROSS JOIN parties AS party ON party.sort = hit.sort WHERE party.type = '{LEGAL_PERSON}'
"""  # noqa: S608 - constants
_SOUNDING = f"SELECT name FROM organisations WHERE pinyin >= ? AND pinyin < ? LIMIT {_NAMES}"  # noqa: S608 - constants
_BEHIND = "\U0010ffff"
"""Behind every other character."""

Names = Callable[[Reading], Likenesses]
"""Words of the site, read from its database."""


class Likely(NamedTuple):
    """A text that may have been meant; the likeliest come first in order. `against` it speaks that it neither sounds
    the same nor has all that was typed, and that what was typed around it stands around it in no name."""

    against: int
    distance: int
    text: str


def likely(db: Timed, word: str, words: Names, *, organisations: bool) -> Iterator[Likely]:
    """What the word may mean, by the surest way to come by names that gives one that is sure; without `organisations`
    words of the site alone."""
    if not organisations:
        yield from _of_site(db, word, words)
        return
    places = db.reading.once("places", _places)
    meant = core(word, places)
    if not _SHORTEST <= len(meant) <= _LONGEST:
        return
    for way in _ways(db, word, meant, words, places):
        found = list(way)
        yield from found
        if any(not one.against for one in found):
            return


def _ways(db: Timed, word: str, meant: str, words: Names, places: tuple[str, ...]) -> Iterator[Iterator[Likely]]:
    """Names that sound the same, words of the site, names in which the word stands but for one place."""
    seen: set[str] = set()

    def compared(names: Iterable[Row]) -> Iterator[Likely]:
        for name in (row["name"] for row in names):
            if name not in seen:
                seen.add(name)
                text = normalise(name)[:_NAME]
                if one := _compared(meant, core(text, places)):
                    yield _whole(one, word, meant, text)

    yield compared(_sounding(db, meant))
    yield _of_site(db, word, words)
    if len(meant) >= _HOLED and sum(map(str.isdigit, meant)) < _NUMBER:
        yield from (compared(_standing(db, matches)) for matches in _matches(word, meant))


def _places(db: Reading) -> tuple[str, ...]:
    return tuple(normalise(row["name"]) for row in db.rows("SELECT name FROM regions ORDER BY code"))


def _sounding(db: Timed, meant: str) -> Iterator[Row]:
    """Names that begin with the same sound."""
    sound = letters(meant)
    with suppress(TooSlow):
        yield from db.rows(_SOUNDING, sound, sound + _BEHIND)


def _standing(db: Timed, matches: Iterable[str]) -> Iterator[Row]:
    """Names of the newest decisions that match, as many as are compared and as there is time for."""
    with suppress(TooSlow):
        rows = (row for match in matches for row in db.rows(_NAMED, match))
        yield from islice(takewhile(lambda row: not db.is_over, rows), _NAMES)


def _of_site(db: Timed, word: str, words: Names) -> Iterator[Likely]:
    """Words of the site that may be meant: the whole of one, or a part that sounds so or has all that was typed."""
    for name in takewhile(lambda name: not db.is_over, words(db.reading).of(word, _allowed(word))):
        if (one := _compared(word, name)) and (not one.against or one.text == name):
            yield one


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


def _compared(meant: str, name: str) -> Likely | None:
    """The part of a name that may be meant; None where none is near enough."""
    part = name[: len(meant)]
    if letters(part) == letters(meant):
        return _likely_part(meant, part, name, sum(map(ne, meant, part)))
    allowed = _allowed(meant)
    if not allowed or len(set(meant) - set(name)) > allowed:
        return None
    distance, start, end = likest(meant, name)
    if not distance:  # all of it is there, without its beginning or its end
        distance, start, end = len(name) - len(meant), 0, len(name)
    return _likely_part(meant, name[start:end], name, distance) if distance <= allowed else None


def _allowed(meant: str) -> int:
    """How many characters of a word may be wrong."""
    return 0 if len(meant) < _HOLED else 1 + (len(meant) >= _TWO_WRONG)


def _likely_part(meant: str, part: str, name: str, distance: int) -> Likely:
    """A part of a name; all of it where the part could be a person's."""
    same = letters(part) == letters(meant) or set(meant) <= set(part)
    return Likely(not same, distance, part if len(part) > _PERSONAL else name)


def _whole(found: Likely, word: str, meant: str, text: str) -> Likely:
    """What was found, with what was typed around it where the name has that, too."""
    before, _, after = word.partition(meant)
    whole = before + found.text + after
    return found._replace(text=whole) if whole in text else found._replace(against=found.against + 1)
