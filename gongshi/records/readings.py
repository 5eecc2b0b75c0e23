"""How Chinese characters are read: without tones, one reading a character, from a list that is part of the project.

By it a name is found that sounds the same (洪远 for 宏远) or is typed in Latin letters (hongyuan, hy). The list is
frozen with the keys of public.db (keys.KEYS_VERSION): what was written with another stays as it was written.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def _readings() -> dict[str, str]:
    lines = resources.files(__package__).joinpath("readings.txt").read_text("utf-8").splitlines()
    split = (line.split() for line in lines if not line.startswith("#"))
    return {character: reading for reading, characters in split for character in characters}


def reading(character: str) -> str:
    """Letters of one simplified character; what has no reading (a letter, a digit, a rare character) is itself."""
    return _readings().get(character, character)


def letters(text: str) -> str:
    """A text as it is read, in one piece: 宏远商贸 is hongyuanshangmao."""
    return "".join(map(reading, text))


def initials(text: str) -> str:
    """The first letter of each character: 宏远商贸 is hysm."""
    return "".join(reading(character)[0] for character in text)
