"""Where the words of a query stand in a text, and the piece of text worth showing.

A text is handed on as segments, marked or not, never as HTML: the template escapes each and then
puts <mark> around it, so nothing that a department wrote can become markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gongshi.query.tokens import TRADITIONAL, normalise

LENGTH = 110
"""Characters of a snippet."""
BEFORE = 12
"""Characters of it before the first hit."""
ELLIPSIS = "…"

Span = tuple[int, int]


class Segment(NamedTuple):
    """A piece of text; `marked` where the query hit it."""

    text: str
    marked: bool = False


_normalised = lru_cache(maxsize=20_000)(normalise)

_PLAIN = re.compile(r"[\u4e00-\u9fff\x20-\x7e\n，。；：、（）〔〕【】“”‘’《》！？○〇·]*")
"""Text whose normal form has a character for each of its own, in the same place: nearly all that is written."""
_STEADY = re.compile(r"[\u4e00-\u9fff0-9]+")
"""Words that stand as they are in a plain text without traditional characters: no letter, no bracket that is written in
several ways."""


def _flat(text: str, words: Sequence[str]) -> tuple[str, list[Span] | None]:
    """A text in which the words can be looked for, and for each of its characters the span of the original that it
    came from; None where that is the same place. A text in which none can stand stays as it is."""
    if not _PLAIN.fullmatch(text):
        return _map(text)
    otherwise = TRADITIONAL.search(text) or any(core in text for core in _cores(tuple(words)))
    return (normalise(text) if otherwise else text), None


@lru_cache(maxsize=100)
def _cores(words: tuple[str, ...]) -> tuple[str, ...]:
    """Of each word that may be written in several ways the longest part that is written in one."""
    return tuple(max(_STEADY.findall(word), key=len, default="") for word in words if not _STEADY.fullmatch(word))


def _map(text: str) -> tuple[str, list[Span]]:
    """The text normalised, and for each of its characters the span of the original that it came from.

    A combining character is taken together with the one before it, as NFKC composes them; what is plain as one piece.
    """
    pieces: list[str] = []
    origins: list[Span] = []
    start = 0
    while start < len(text):
        if (end := _plain_until(text, start)) > start:
            pieces.append(normalise(text[start:end]))
            origins += [(at, at + 1) for at in range(start, end)]
            start = end
            continue
        end = start + 1
        while end < len(text) and text[end] > "\u02ff" and unicodedata.category(text[end]).startswith("M"):
            end += 1
        piece = _normalised(text[start:end])
        pieces.append(piece)
        origins += [(start, end)] * len(piece)
        start = end
    return "".join(pieces), origins


def _plain_until(text: str, start: int) -> int:
    """Where a plain piece ends that begins there; to a character before another that is not plain that may belong."""
    found = _PLAIN.match(text, start)
    end = found.end() if found else start
    return end if end == len(text) else end - 1


def words_in(text: str, words: Sequence[str]) -> int:
    """How many of the normalised words stand in `text`."""
    flat, _ = _flat(text, words)
    return sum(word in flat for word in words)


def spans(text: str, words: Sequence[str]) -> list[Span]:
    """Where the normalised words stand in `text`: in order, without overlaps."""
    flat, origins = _flat(text, words)
    found: list[Span] = []
    for word in words:
        at = flat.find(word)
        while at >= 0:
            end = at + len(word)
            found.append((at, end) if origins is None else (origins[at][0], origins[end - 1][1]))
            at = flat.find(word, end)
    return _merged(sorted(found))


def _merged(found: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def segments(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    """The whole text, cut at its hits."""
    return _cut(text, spans(text, words), 0, len(text))


def snippet(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    """About LENGTH characters around the first hit, or the beginning where nothing was hit."""
    hits = spans(text, words)
    start = max(0, hits[0][0] - BEFORE) if hits else 0
    end = min(len(text), start + LENGTH)
    start = max(0, min(start, end - LENGTH))
    return _cut(text, hits, start, end)


def _cut(text: str, hits: Sequence[Span], start: int, end: int) -> tuple[Segment, ...]:
    cut = [Segment(ELLIPSIS)] if start else []
    at = start
    for first, last in hits:
        if last <= start or first >= end:
            continue
        if first > at:
            cut.append(Segment(text[at:first]))
        cut.append(Segment(text[max(first, at) : min(last, end)], marked=True))
        at = min(last, end)
    if at < end:
        cut.append(Segment(text[at:end]))
    if end < len(text):
        cut.append(Segment(ELLIPSIS))
    return tuple(cut)
