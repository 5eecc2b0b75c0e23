"""Which of many thousand words may nearly be one that was typed: found by their sound and their characters, not by
looking at each.

A word is nearly another where it begins with the same sound, or has nearly all of its characters (alike.py compares
those that are found here). Of three characters of which two at most may be missing one is there: so it is enough to
look at the words that have one of the three that stand in the fewest words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from gongshi.query.tokens import normalise
from gongshi.records.readings import letters

_BEHIND = "\U0010ffff"
"""Behind every other character."""


class Likenesses:
    """Normalised `texts`, each once, by their sound and by their characters."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(dict.fromkeys(map(normalise, texts)))
        self._sounds = sorted((letters(text), at) for at, text in enumerate(self.texts))
        self._having = defaultdict[str, list[int]](list)
        for at, text in enumerate(self.texts):
            for character in set(text):
                self._having[character].append(at)

    def of(self, word: str, missing: int) -> Iterator[str]:
        """The texts that begin with the sound of a normalised word, and where some of its characters may be `missing`
        those that have all others; in their order."""
        found = set(self._sounding(letters(word)))
        if missing:
            found.update(self._with(set(word), missing))
        return (self.texts[at] for at in sorted(found))

    def _sounding(self, sound: str) -> Iterator[int]:
        first, last = (bisect_left(self._sounds, (border, -1)) for border in (sound, sound + _BEHIND))
        return (at for _, at in self._sounds[first:last])

    def _with(self, characters: set[str], missing: int) -> Iterator[int]:
        if len(characters) <= missing:
            yield from range(len(self.texts))
            return
        rarest = sorted((self._having.get(one, []) for one in characters), key=len)[: missing + 1]
        for at in {at for places in rarest for at in places}:
            if len(characters.difference(self.texts[at])) <= missing:
                yield at
