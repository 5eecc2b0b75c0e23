"""What tells of a decision that left the public: its id, its numbers, its parties, pieces of its texts.

Taken from the public row before it goes, or worked out again from the store where a run died between the
takedown and its proof. Nothing of it is written down anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from gongshi.law.masking import MASK, is_masked
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.gate.secrets import SHORTEST_TEXT
from gongshi.records import DECISION_KINDS
from gongshi.records.field import FieldType

PIECE = 16
"""Characters of a text that are looked for: a longer one may be cut in a list, or lie on two pages of a file."""
_SHORTEST_NUMBER, _SHORTEST_NAME = 6, 4
_MOST_WORDS = 80
"""Of one decision: a text of ten thousand characters is told by its first pieces."""
_DISTINCT = 5
"""Different letters in a piece that tells of one decision and not of every."""
_LETTERS = re.compile(r"[^\W\d_]")
_IN_DATES = frozenset("年月日时分元万")
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICES)
_NUMBERS = (FieldType.CODE, FieldType.DOCUMENT_NUMBER)
_AGENCIES = ("department_name", "agency_name")


class Tells(Protocol):
    """A record of a register (gongshi/publish/registry), which knows its own words."""

    @property
    def id(self) -> str: ...
    @property
    def sort(self) -> int: ...
    def telling(self) -> Iterator[str]: ...
    def texts(self) -> list[str]: ...
    def indexed(self) -> Mapping[str, str]: ...


Public = PublicDecision | Tells
"""What was public."""


@dataclass(frozen=True, slots=True)
class Departed:
    """One decision or record that left, or the version of one that was replaced: `id`, and the words that tell of
    it."""

    id: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, public: Public, now: Public | None = None) -> Departed:
        """Of a public row; what the row that takes its place says too has not left."""
        return cls(public.id, tuple(islice(left_out(words_of(public), now), _MOST_WORDS)))


def words_of(public: Public) -> Iterator[str]:
    """The words that tell of a decision or a record, the surest first, each once.

    Left out: what tells nothing by itself (a date, an amount, a choice, a masked name), and the names of
    agencies, which stand in every text.
    """
    if not isinstance(public, PublicDecision):
        return public.telling()
    found = (*_names_and_numbers(public), *(piece for text in _texts(public) for piece in pieces(text)))
    return iter(dict.fromkeys(found))


def left_out(words: Iterable[str], now: Public | None) -> Iterator[str]:
    """Those of `words` that the row `now` does not have."""
    said = "\n".join(now.texts()) if now else ""
    return (word for word in words if word not in said)


def _names_and_numbers(public: PublicDecision) -> Iterator[str]:
    for party in public.parties:
        if len(party["name"]) >= _SHORTEST_NAME and not is_masked(party["name"]):
            yield party["name"]
        if party["uscc"]:
            yield party["uscc"]
    yield from (value for value in _values(public, _NUMBERS) if len(value) >= _SHORTEST_NUMBER and MASK not in value)


def _texts(public: PublicDecision) -> Iterator[str]:
    """The texts, cut where an agency is named."""
    agencies = sorted({name for column in _AGENCIES if (name := public.row[column])}, key=len, reverse=True)
    cut = re.compile("|".join(map(re.escape, agencies)) or r"(?!)")
    yield from (part for value in _values(public, _TEXTS) if value not in agencies for part in cut.split(value))


def _values(public: PublicDecision, types: Collection[FieldType]) -> Iterator[str]:
    for field in DECISION_KINDS[public.kind].public_fields:
        if field.type in types and field.name not in ("party_name", *_AGENCIES):
            yield from (value for value in public.values_of(field.name) if value)


def pieces(text: str) -> Iterator[str]:
    """Pieces of a text that are long enough to tell, its end among them."""
    last = max(0, len(text) - PIECE)
    for start in dict.fromkeys((*range(0, last, PIECE), last)):
        piece = text[start : start + PIECE]
        if len(piece) >= SHORTEST_TEXT and tells(piece):
            yield piece


def tells(piece: str) -> bool:
    """Whether a piece of text is more than dates, amounts and dashes."""
    return len(set(_LETTERS.findall(piece)) - _IN_DATES) >= _DISTINCT
