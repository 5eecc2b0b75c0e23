"""From declared values to public text: masked, or held back where a possible name awaits its reviewer."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute

from gongshi.law.book import Book, book_of, mask_text
from gongshi.law.document_number import display
from gongshi.law.masking import MASK
from gongshi.law.names import possible_names
from gongshi.law.shapes import holds
from gongshi.lifecycle.naming import written
from gongshi.publish.composing.forms import Names
from gongshi.records.field import Field, FieldType

_FREE_TEXT = frozenset((FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICES))
"""Types whose values people write; a choice may carry 其他-说明."""
_IDENTITY = ("identity",)
_CODES, _NUMBERS = frozenset((FieldType.CODE,)), frozenset((FieldType.DOCUMENT_NUMBER,))
_AGENCIES = frozenset(("agency_name",))


@dataclass(slots=True)
class Publisher:
    """Publishes the fields of one decision. `held` collects the fields that wait, `undecided` what for.

    `known` are the words that the reviewer was not asked about, so that the possible names here are
    those that were put before the reviewer, neither more nor fewer.
    """

    names: Names
    known: frozenset[str]
    decided: frozenset[str]
    not_names: Container[str]
    held: set[str] = attribute(default_factory=set)
    undecided: dict[str, None] = attribute(default_factory=dict)
    _book: Book = attribute(init=False)

    def __post_init__(self) -> None:
        self._book = book_of(self.names.forms)

    def publish(self, fields: Iterable[Field], values: Mapping[str, str | None]) -> dict[str, str]:
        """The public values of those fields that are public and filled, masked."""
        shown = {f.name: self._shown(f, value) for f in fields if (value := values.get(f.name)) and f.is_public}
        return {name: value for name, value in shown.items() if value}

    def _shown(self, declared: Field, value: str) -> str:
        if declared.type in _FREE_TEXT:
            text = mask_text(value, self._book)
            if declared.name not in _AGENCIES:
                self._look(declared.name, written(declared, value), text)
            return text
        if declared.type in _CODES:
            return mask_text(masked_code(value), self._book, shapes=False)
        return display(value) if declared.type in _NUMBERS else value

    def _look(self, name: str, raw: str, masked: str) -> None:
        """Hold the field back where a possible name still stands in it that nobody decided about."""
        found = possible_names(raw, self.known, self.not_names)
        undecided = [word for word in found if word not in self.decided and (word in masked or self._grows(word))]
        if undecided:
            self.held.add(name)
            self.undecided |= dict.fromkeys(undecided)

    def _grows(self, word: str) -> bool:
        """Whether the word is longer than a name in the book that it begins with: 李明华 is not 李明."""
        return word not in self.names.forms and any(word.startswith(name) for name in self.names.private)


def masked_code(value: str) -> str:
    """A certificate's number, masked where it is an identity number (a driver's licence has its holder's)."""
    return MASK if holds(value, _IDENTITY) else value


def lifted(parties: list[dict[str, str]]) -> dict[str, str]:
    """Take the fields in which the shown parties agree out of their rows: they are the decision's then.

    Otherwise one party's own text would tell that another one, not shown, has a different one.
    """
    common = dict(parties[0]) if parties else {}
    for party in parties[1:]:
        common = {name: value for name, value in common.items() if party.get(name) == value}
    for party in parties:
        for name in common:
            del party[name]
    return common
