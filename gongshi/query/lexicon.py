"""The words of the trade (lexicon.txt): terms that may be suggested, and what is called otherwise than in the texts."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

from gongshi.query.tokens import normalise

_OTHERWISE = " = "


class Lexicon(NamedTuple):
    """`terms` as they are written; `known_as` by a short name in the form in which words are compared the long one."""

    terms: tuple[str, ...]
    known_as: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The words, read once."""
    lines = resources.files(__package__).joinpath("lexicon.txt").read_text("utf-8").splitlines()
    told = [line for line in lines if line and not line.startswith("#")]
    terms = [term for line in told if _OTHERWISE not in line for term in line.split()]
    pairs = (line.split(_OTHERWISE) for line in told if _OTHERWISE in line)
    return Lexicon(tuple(dict.fromkeys(terms)), {normalise(short): long for short, long in pairs})
