"""How a Chinese text is typed in Latin letters: songyuan or sy for 松原.

Characters are read as gongshi/records/readings.txt has them, which is how they are read in names of companies; where
the words of the trade read one otherwise (行政, 调查, 没收) either is taken. ü is u, as many type it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, islice, product
from typing import NamedTuple

from gongshi.records.readings import reading

_ALSO = {
    "行": "xing",
    "调": "diao",
    "重": "zhong",
    "长": "zhang",
    "没": "mo",
    "会": "kuai",
    "给": "ji",
    "传": "zhuan",
    "曾": "ceng",
    "乐": "yue",
    "朝": "zhao",
    "晟": "cheng",
    "系": "ji",
    "率": "shuai",
    "都": "dou",
    "还": "huan",
}
"""By character its other reading."""
_MOST = 8
"""So many ways to read one text are enough: three characters that have two."""
_LETTERS = re.compile("[a-z]{2,40}")
_APART = re.compile("['’‘ ]")


class Spelled(NamedTuple):
    """One way to type a text: in whole, by initials, and after how many letters of the whole each character ends."""

    letters: str
    initials: str
    ends: tuple[int, ...]

    def covered(self, typed: str) -> int:
        """How many characters are meant by letters with which this begins, whole or by initials; none by others."""
        if self.letters.startswith(typed):
            return next(at for at, end in enumerate(self.ends, start=1) if end >= len(typed))
        return len(typed) if self.initials.startswith(typed) else 0


@lru_cache(maxsize=65_536)
def spelled(text: str) -> tuple[Spelled, ...]:
    """The ways to type a normalised text, the likeliest first."""
    readings = [_readings(character) for character in text]
    return tuple(map(_spelled, islice(product(*readings), _MOST)))


def typed_letters(text: str) -> str:
    """A typed word as it is compared, where it can be Chinese in Latin letters; "" where it can not."""
    word = _plain(_APART.sub("", text.casefold()))
    return word if _LETTERS.fullmatch(word) else ""


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    usual = _plain(reading(character))
    return (_ALSO[character], usual) if character in _ALSO else (usual,)


def _spelled(syllables: tuple[str, ...]) -> Spelled:
    return Spelled("".join(syllables), "".join(one[0] for one in syllables), tuple(accumulate(map(len, syllables))))


def _plain(letters: str) -> str:
    return letters.replace("ü", "u").replace("v", "u")
