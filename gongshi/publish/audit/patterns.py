"""What the audit looks for, ready to be matched: values with their owners, and the names of each record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import BytesAhoCorasick

from gongshi.publish.audit.plain import plain
from gongshi.publish.audit.values import What

_LOOSE = (What.TEXT, What.ADDRESS, What.RECORD)
"""May stand in the middle of anything. Of the others 12345678901 is not found in 912345678901."""
_LONG = 15
"""Digits and letters from which a number is found inside a longer one, too: no accident makes so many alike."""


@dataclass(slots=True)
class Sought:
    """One pattern. `record` and `field` say whose value it is; `inside` are the public records in which it is an
    internal value, whose own public text makes it public to nobody."""

    what: What
    record: str
    field: str
    raw: str
    plain: bytes
    inside: Set[str] = frozenset()

    def also_in(self, record: str) -> None:
        """It is an internal value of this public record, too. Most are of none: they share the empty set."""
        if isinstance(self.inside, set):
            self.inside.add(record)
        else:
            self.inside = {record}

    def stands(self, data: bytes, start: int, end: int) -> bool:
        """Whether the find is the value itself and not the middle of a longer number."""
        if self.what in _LOOSE or (end - start >= _LONG and self.what is not What.DOCUMENT):
            return True
        return not (_word(data, start - 1) and _word(data, start)) and not (_word(data, end - 1) and _word(data, end))


@dataclass(frozen=True, slots=True)
class Own:
    """What is sought in a record's own page and rows: the names it masks, once the words shown by right are cut out."""

    names: tuple[bytes, ...]
    words: tuple[bytes, ...]

    def shown(self, text: bytes) -> list[bytes]:
        """Which names stand open in `text`."""
        if not any(name in text for name in self.names):
            return []
        for word in self.words:
            text = text.replace(word, b"\x1e")
        return [name for name in self.names if name in text]


@dataclass(frozen=True)
class Patterns:
    """Everything that is looked for. `own` are the names by record; `everyday` those names that the site's own words
    hold (方便, 高新), which in a page tell nothing and are looked for in rows only."""

    sought: list[Sought]
    own: dict[str, Own]
    everyday: frozenset[bytes]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Patterns:
        """These texts and nothing else, whosever they are."""
        return cls([Sought(What.TEXT, "", "", text, plain(text)) for text in texts], {}, frozenset())

    @cached_property
    def automaton(self) -> BytesAhoCorasick | None:
        """Finds any of `sought` in plain text."""
        return automaton([one.plain for one in self.sought])

    @cached_property
    def _written(self) -> Forms:
        """As written and as compared, for bytes that are read as they lie: free pages, a database's file."""
        return Forms(self.sought, ("utf-8",))

    @cached_property
    def _foreign(self) -> Forms:
        """In the other encodings that a file may be in."""
        return Forms(self.sought, ("utf-16-le", "utf-16-be", "gb18030"))

    def matches(self, data: bytes) -> Iterator[tuple[int, int, int]]:
        """Which of `sought` stands where in plain text: (which, start, end)."""
        for which, start, end in (
            self.automaton.find_matches_as_indexes(data, overlapping=True) if self.automaton else ()
        ):
            if self.sought[which].stands(data, start, end):
                yield which, start, end

    def raw_matches(self, data: bytes, *, foreign: bool) -> Iterator[tuple[int, int, int]]:
        """The same in bytes that are no text."""
        for forms in (self._written, self._foreign) if foreign else (self._written,):
            for which, start, end in forms.matches(data):
                if self.sought[which].stands(data, start, end):
                    yield which, start, end


class Forms:
    """The patterns in some encodings, and which pattern each form is of."""

    def __init__(self, sought: Iterable[Sought], encodings: tuple[str, ...]) -> None:
        forms: dict[bytes, int] = {}
        for which, one in enumerate(sought):
            for text in {one.raw, one.plain.decode()}:
                for encoding in encodings:
                    forms.setdefault(text.encode(encoding, "replace"), which)
        self._which = list(forms.values())
        self._automaton = automaton(list(forms))

    def matches(self, data: bytes) -> Iterator[tuple[int, int, int]]:
        """Which pattern stands where."""
        if self._automaton:
            for form, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
                yield self._which[form], start, end


def automaton(found: list[bytes]) -> BytesAhoCorasick | None:
    """What finds any of these bytes in one pass; None where there are none."""
    return BytesAhoCorasick(found) if found else None


def _word(data: bytes, at: int) -> bool:
    return 0 <= at < len(data) and data[at] < 128 and chr(data[at]).isalnum()  # noqa: PLR2004 - ASCII
