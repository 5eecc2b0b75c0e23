"""What the audit looks for, ready to be found in any text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from gongshi.publish.audit.beginnings import Beginnings
from gongshi.publish.audit.kept import Kept, Own, Sought
from gongshi.publish.audit.plain import plain
from gongshi.publish.audit.values import Value, What


class Patterns:
    """Everything that is looked for: `sought` are the values. `everyday` are those names that the site's own words
    hold (方便, 高新), which in a page tell nothing and are looked for in rows only."""

    def __init__(self, sought: Kept, everyday: frozenset[str] = frozenset()) -> None:
        self.sought = sought
        self.everyday = everyday

    @classmethod
    def of(cls, texts: Iterable[str]) -> Patterns:
        """These texts and nothing else, whosever they are."""
        kept = Kept()
        for text in texts:
            kept.add(Value(What.TEXT, text, plain(text), ""), "")
        return cls(kept)

    @cached_property
    def _beginnings(self) -> Beginnings:
        return Beginnings(self.sought.plains(), self.sought.shortest())

    def __len__(self) -> int:
        return len(self.sought) + self.sought.count_of_names()

    def own(self, record: str) -> Own | None:
        """The names that are sought in this record's own page and rows."""
        return self.sought.own_of(record)

    def matches(self, text: str) -> set[Sought]:
        """Which values stand in a text, both in the form in which they are compared."""
        found = ((self.sought.get(text[start:end]), start, end) for start, end in self._beginnings.find(text))
        return {one for one, start, end in found if one and one.stands(text, start, end)}

    def drop(self, plain: str) -> None:
        """Look for this no more."""
        self.sought.drop(plain)
        self._beginnings.forget(plain)
