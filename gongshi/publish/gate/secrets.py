"""What of a decision and of its other versions may not be found in what is published of it.

Three sorts: numbers of persons, which are never public; names that the book of names masks; and other
internal values, which may stand in a public text only where a public field itself says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongshi.law.shapes import NEVER_PUBLIC, fold, spans
from gongshi.publish.composing.forms import NUMBERS_OF_PERSONS, Names
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision, Values
from gongshi.records.field import FieldType

_BLANKS = " \t\r\n"
"""What of blanks is left where look-alikes are made plain."""
_SHORTEST_NUMBER = 6
SHORTEST_TEXT = 8
"""Characters from which a text tells of one decision, for the gate, the proof of a takedown and the audit."""
_TEXTS = frozenset((FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CODE))


@dataclass(frozen=True, slots=True)
class Secrets:
    """`numbers` are never public; `names` neither; `internal` only where a public field of `versions` says so."""

    numbers: frozenset[str]
    names: frozenset[str]
    internal: frozenset[str]
    versions: tuple[Decision, ...]

    def internal_in(self, text: str) -> frozenset[str]:
        """The internal values that stand in a plain text and that no public field says."""
        return frozenset(value for value in self.internal if value in text and not self._is_said(value))

    def _is_said(self, internal: str) -> bool:
        """Whether one public value says it: what two say at their seam, neither says."""
        public = (value for version in self.versions for value in _values(version, public=True))
        return any(internal in plain(value) for value in public)


def made_plain(text: str) -> str:
    """The form in which values are compared: look-alikes made plain, no blanks, one case. Each character by itself:
    so texts may be joined before."""
    text = fold(text)
    for blank in _BLANKS:
        text = text.replace(blank, "")
    return text.casefold()


plain = lru_cache(maxsize=8192)(made_plain)
"""The same, kept: for what is asked for again."""


def plain_number(text: str) -> str:
    """The form in which numbers are compared: without the dashes that people write in them, too."""
    return plain(text).replace("-", "")


def secrets_of(versions: Iterable[Decision], names: Names, hidden: Iterable[Values]) -> Secrets:
    """What must not show of these versions of one decision; `hidden` are the parties that are not shown."""
    found = list(versions)
    numbers = {plain_number(value) for version in found for value in _numbers(version)}
    numbers |= {plain_number(code) for party in hidden if (code := party.get("party_uscc"))}
    internal = (value for version in found for value in (*_values(version, public=False), *version.kept.values()))
    return Secrets(
        numbers=frozenset(value for value in numbers if sum(map(str.isdigit, value)) >= _SHORTEST_NUMBER),
        names=frozenset(map(plain, names.private)),
        internal=frozenset(value for value in map(plain, internal) if len(value) >= SHORTEST_TEXT),
        versions=tuple(found),
    )


def _numbers(decision: Decision) -> Iterator[str]:
    """Identity numbers, and what in an undeclared column has the shape of a person's number."""
    for party in decision.parties:
        yield from (value for name in NUMBERS_OF_PERSONS if (value := party.get(name)))
    for value in decision.kept.values():
        yield from (value[start:end] for start, end, _ in spans(value, NEVER_PUBLIC))


_FIELDS = {
    (kind.name, public): tuple(f.name for f in kind.fields if f.is_public is public and (public or f.type in _TEXTS))
    for kind in DECISION_KINDS.values()
    for public in (True, False)
}
"""By kind and whether they are public: the fields whose values are compared."""


def _values(decision: Decision, *, public: bool) -> Iterator[str]:
    sources = (decision.values, *decision.parties)
    names = _FIELDS[decision.kind, public]
    return (value for name in names for source in sources if (value := source.get(name)))


def without_words(text: str, public_words: Iterable[str]) -> str:
    """A row's plain text, with words that are public by right taken out of it (a company's own name)."""
    for word in sorted(map(plain, public_words), key=len, reverse=True):
        if word:
            text = text.replace(word, "\x1e")
    return text
