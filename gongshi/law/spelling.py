"""How a name may be written and is read all the same: 张 三, 張三, 王.某某, 王（某某）, 王/某某.

One definition for who masks a name, for the gates that look whether it stands somewhere, and for a
notice's words. Signs between the characters of a name are passed over inside a sentence; of a name of
three characters, which is no accident, at its end, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from gongshi.law.shapes import folded

_APART = "\x1e\x1f\x7f\ue000-\uf8ff"
"""What the callers put between texts and in the place of names: nothing is read across it."""
_SIGN = re.compile(rf"(?:[^一-鿿0-9A-Za-z{_APART}](?<=[\W_\u02b0-\u02ff]))+")
"""What is neither letter nor digit. The first class passes over nearly all letters, and only what is left is asked."""
_SIGN_OR_MARKUP = re.compile(rf"</?[A-Za-z][ -;=?-~]*>|{_SIGN.pattern}")
_BETWEEN = re.compile(rf"(?<=\w)[^\w{_APART}_\s·]|_")
_STOP = re.compile("[，。；：、！？,;:!?]")
_SURE_NAME = 3
"""Characters of a name that are no accident even across the end of a sentence."""
_SURE_WORD = 6
"""The same of a name in Latin letters."""
_SHORTEST = 2
_PAIRS = dict(zip("(（[【{<《〈「『“‘\"'", ")）]】}>》〉」』”’\"'", strict=True))
_LETTER = re.compile("[0-9A-Za-z]")
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_BLANK = re.compile(r"[\s·]+")
"""What always may stand between the characters of a name: 张 三, 阿不都·热合曼 and 阿不都热合曼 are the same."""
_REMEMBERED = 4096

Place = tuple[int, int, int]
"""Start and end in the text, and the number of the name that stands there."""


class Text:
    """A text as names are looked for in it: what does not hang on the names, worked out once."""

    __slots__ = ("compact", "has_signs", "plain", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = _lower(folded(text))
        self.compact = _BLANK.sub("", self.plain)
        self.has_signs = _BETWEEN.search(text) is not None

    def may_spell(self, letters: str) -> bool:
        """Whether signs stand in the text and it has every one of the letters, wherever."""
        return self.has_signs and _spells(self.plain, letters)


def places(text: Text, names: Sequence[str]) -> list[Place]:
    """Where each of the `compared` names stands, blanks and · passed over; an earlier name has precedence. In no
    order."""
    standing = [(which, name) for which, name in enumerate(names) if name in text.compact]
    at = _places_kept(text) if standing else ()
    found: list[Place] = []
    taken = _Taken(len(text.compact))
    for which, name in standing:
        for start, end in _everywhere(name, text.compact):
            if taken.is_free(start, end) and _is_whole(text.text, at[start], at[end - 1] + 1):
                taken.take(start, end)
                found.append((at[start], at[end - 1] + 1, which))
    return found


def places_across_signs(text: Text, names: Sequence[tuple[int, str]]) -> list[Place]:
    """Where each of `names`, given with its number and its `letters`, is read across signs; a bracket or quotation
    that the name begins and does not end belongs to it (王（某某） whole). In no order."""
    hopeful = [(which, wanted) for which, wanted in names if text.may_spell(wanted)]
    bare = _bare(text.plain) if hopeful else ""
    read = [(which, wanted) for which, wanted in hopeful if wanted in bare]
    at = _kept(text.plain) if read else ()
    found: list[Place] = []
    taken = _Taken(len(text.text))
    for which, wanted in read:
        for first, last in _everywhere(wanted, bare):
            start, end = at[first], at[last - 1] + 1
            sure = _is_sure(wanted) or not _STOP.search(text.text[start:end])
            if sure and _is_whole(text.text, start, end):
                start, end = _paired(text.text, start, end)
                if taken.is_free(start, end):
                    taken.take(start, end)
                    found.append((start, end, which))
    return found


class _Taken:
    """Which characters of a text belong to a name already."""

    def __init__(self, length: int) -> None:
        self._characters = bytearray(length)

    def is_free(self, start: int, end: int) -> bool:
        """Whether none of these does."""
        return self._characters.find(1, start, end) < 0

    def take(self, start: int, end: int) -> None:
        """Now they do."""
        self._characters[start:end] = b"\1" * (end - start)


class Read:
    """A plain text as a reader reads it, for many names."""

    def __init__(self, plain: str) -> None:
        self._plain = plain

    @cached_property
    def bare(self) -> str:
        """The text without its signs."""
        return _bare(self._plain)

    @cached_property
    def _at(self) -> Sequence[int]:
        return _kept(self._plain)

    def tells(self, name: str) -> bool:
        """Whether the plain `name` is read in it, whatever signs stand between its characters."""
        wanted = letters(name)
        found = _everywhere(wanted, self.bare) if wanted and _spells(self._plain, wanted) else ()
        return any(_is_sure(wanted) or not _STOP.search(self._across(start, end)) for start, end in found)

    def tells_any(self, names: Iterable[str]) -> bool:
        """Whether any of the plain `names` is read in it."""
        return any(map(self.tells, names))

    def _across(self, start: int, end: int) -> str:
        return self._plain[self._at[start] : self._at[end - 1] + 1]


@lru_cache(_REMEMBERED)
def letters(name: str) -> str:
    """A name's own letters; empty where signs make no other writing of it: a number, a short word in Latin."""
    bare = _bare(_lower(folded(name)))
    if any(char.isdecimal() for char in bare) or len(bare) < (_SURE_WORD if bare.isascii() else _SHORTEST):
        return ""
    return bare


def may_tell(plain: str, name: str) -> bool:
    """Whether the plain text holds the plain `name`, or has all of its letters, wherever: if not, it neither holds
    the name nor `Read.tells` it; nor does any part of the text."""
    return name in plain or (bool(wanted := letters(name)) and _spells(plain, wanted))


def _spells(plain: str, wanted: str) -> bool:
    """Whether the text has every character of the name at all, wherever: without one it can not tell the name."""
    return all(map(plain.__contains__, wanted))


def _is_sure(bare: str) -> bool:
    return len(bare) >= _SURE_NAME


def _everywhere(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at, at + len(wanted)
        at = text.find(wanted, at + 1)


def _bare(plain: str) -> str:
    return _signs(plain).sub("", plain)


def _signs(plain: str) -> re.Pattern[str]:
    return _SIGN_OR_MARKUP if "<" in plain else _SIGN


def _kept(plain: str) -> Sequence[int]:
    """Where each character of the text without signs stands in it."""
    kept: list[int] = []
    last = 0
    for sign in _signs(plain).finditer(plain):
        kept.extend(range(last, sign.start()))
        last = sign.end()
    kept.extend(range(last, len(plain)))
    return kept


def _paired(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the other half of a bracket or quotation of which it holds one."""
    for opens, closes in _PAIRS.items():
        inside = text[start:end]
        more = inside.count(opens) % 2 if opens == closes else inside.count(opens) - inside.count(closes)
        if more > 0 and text[end : end + 1] == closes:
            end += 1
        elif (more < 0 or (more and opens == closes)) and text[max(0, start - 1) : start] == opens:
            start -= 1
    return start, end


def _places_kept(text: Text) -> Sequence[int]:
    """Where in the text each character of it stands that is compared: all but the blanks."""
    if len(text.compact) == len(text.plain):
        return range(len(text.plain))
    return [at for at, char in enumerate(text.plain) if not _BLANK.match(char)]


@lru_cache(_REMEMBERED)
def compared(name: str) -> str:
    """A name as it is compared."""
    return _BLANK.sub("", _lower(folded(name)))


def _lower(text: str) -> str:
    """In one case, every character in its place (İ would become two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_LOWER)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a Latin name is not part of a longer word; a Chinese one always counts."""
    if not text[start:end].isascii():
        return True
    around = text[max(0, start - 1) : start], text[end : end + 1]
    return not any(_LETTER.fullmatch(char) for char in around)
