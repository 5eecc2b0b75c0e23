"""How wide a line of text is before any font has been asked, and where it breaks."""

from __future__ import annotations

from unicodedata import east_asian_width

_WIDE = frozenset("WFA")
_NARROW = 0.6
"""Of a Chinese character's width: the widest that digits and Latin letters are in the site's fonts, near enough."""
_NEVER_FIRST = frozenset("，。、；：？！）》〉】〕”’,.;:?!)]}%")


def width(text: str) -> float:
    """In Chinese characters."""
    return sum(_width(char) for char in text)


def wrapped(text: str, most: float) -> list[str]:
    """The text in lines of at most `most` Chinese characters; a mark that closes stays behind what it closes.

    Latin words and numbers stay whole where they fit a line.
    """
    lines = [""]
    for piece in _pieces(" ".join(text.split())):
        room = most - width(lines[-1])
        if width(piece) > room and lines[-1] and piece not in _NEVER_FIRST:
            lines.append("")
        lines[-1] += piece if lines[-1] or piece != " " else ""
        while width(lines[-1]) > most + 1:
            first = _fitting(lines[-1], most)
            lines[-1:] = [lines[-1][:first], lines[-1][first:]]
    return [line.strip() for line in lines if line.strip()]


def _pieces(text: str) -> list[str]:
    """Chinese characters and marks one by one, runs of the rest together."""
    found: list[str] = []
    joins = False
    for char in text:
        alone = char == " " or _width(char) == 1 or char in _NEVER_FIRST
        if joins and not alone:
            found[-1] += char
        else:
            found.append(char)
        joins = not alone
    return found


def _fitting(text: str, most: float) -> int:
    """How many of the first characters fit a line."""
    taken = 0.0
    for place, char in enumerate(text):
        taken += _width(char)
        if taken > most:
            return max(place, 1)
    return len(text)


def _width(char: str) -> float:
    return 1.0 if east_asian_width(char) in _WIDE else _NARROW
