"""A decision's names in one book, and free text in which each stands in its published form, every shape masked.

The caller hands over every name that it knows of the decision: what is masked in one field is masked in all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongshi.law.shapes import mask_shapes, replaced
from gongshi.law.spelling import Place, Text, compared, letters, places, places_across_signs

_LONGEST_BARE = 4
"""Characters that a person's name has at most."""
_FIRST_SLOT = 0xE000
_SLOTS = range(_FIRST_SLOT, 0xF8FF + 1)
_SLOT = re.compile("[\ue000-\uf8ff]")
_SHORTEST = 2


def mask_text(text: str, names: Mapping[str, str] | Book, *, shapes: bool = True) -> str:
    """Free text with every name of `names` in its published form, and every shape masked.

    Longest first, with blanks tolerated inside a name, and signs inside one that is not shown (王（某某）).
    A name that maps to itself is public by right (a company, a department's telephone) and shields what it
    contains; one as short as a person's name shields names only: a street that is nobody's name (丰穗胡同)
    is part of an address all the same. One character is no name.
    """
    book = names if isinstance(names, Book) else book_of(names)
    read = _read(text)
    if not book.may_stand_in(read):
        return mask_shapes(read.text) if shapes else read.text
    found = places(read, book.plain)
    text = _slotted(read.text, found)
    crossed = places_across_signs(Text(text) if found else read, book.hidden)
    text = _slotted(text, crossed)
    if not shapes:
        return _shown(text, book.shown) if found or crossed else text
    if not (found or crossed):
        return mask_shapes(text)
    return _shown(mask_shapes(_shown(text, book.short)), book.shown)


@lru_cache(maxsize=4096)
def _read(text: str) -> Text:
    """The text without private characters of its own; most of what departments write they write again and again."""
    return Text(_SLOT.sub("", text))


@dataclass(frozen=True, slots=True)
class Book:
    """Names in the order in which they are looked for, as they are compared, each with a private character that
    holds its place: what is shown there, which of them are so short that they shield names only, and those that
    are not shown, by number, with their letters."""

    plain: tuple[str, ...]
    shown: Mapping[str, str]
    short: Mapping[str, str]
    hidden: tuple[tuple[int, str], ...]

    def may_stand_in(self, text: Text) -> bool:
        """Whether any of the names stands in the text, or has all of its letters there."""
        return any(map(text.compact.__contains__, self.plain)) or (
            text.has_signs and any(text.may_spell(spelt) for _, spelt in self.hidden)
        )


def book_of(names: Mapping[str, str]) -> Book:
    """The book of these names and forms: one serves all fields of a decision."""
    longest_first = sorted((name for name in names if len(name) >= _SHORTEST), key=lambda name: (-len(name), name))
    ordered = tuple(longest_first[: len(_SLOTS)])
    held = dict(zip(map(chr, _SLOTS), ordered, strict=False))
    hidden = ((which, letters(name)) for which, name in enumerate(ordered) if names[name] != name)
    return Book(
        plain=tuple(map(compared, ordered)),
        shown={slot: names[word] for slot, word in held.items()},
        short={slot: word for slot, word in held.items() if names[word] == word and len(word) <= _LONGEST_BARE},
        hidden=tuple((which, spelt) for which, spelt in hidden if spelt),
    )


def _shown(text: str, words: Mapping[str, str]) -> str:
    """The text with its words in the private characters' places; one that is not among them stays."""
    return _SLOT.sub(lambda slot: words.get(slot[0], slot[0]), text)


def _slotted(text: str, found: Sequence[Place]) -> str:
    """The text with one private character in the place of each name."""
    if not found:
        return text
    return replaced(text, [(start, end, chr(_FIRST_SLOT + which)) for start, end, which in sorted(found)])
