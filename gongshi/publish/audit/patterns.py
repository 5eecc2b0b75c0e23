"""What the audit looks for: every value of the store that is not public by right, each once, ready to be matched.

Gathered in one pass over the store, then less what is public elsewhere by its origin (origins.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from ahocorasick_rs import BytesAhoCorasick

from gongshi.instance import Instance
from gongshi.publish.audit.origins import Origin, columns, joined, origins, texts, words_by_right
from gongshi.publish.audit.plain import plain
from gongshi.publish.audit.sources import Record, Version, ids, records, requesters, words
from gongshi.publish.audit.values import Value, What, of_decision, of_field
from gongshi.publish.prepare import Prepared, prepare
from gongshi.publish.public_decision import PublicDecision
from gongshi.records.field import Field
from gongshi.store.store import Store

Progress = Callable[[int, int], None]

_LOOSE = (What.TEXT, What.ADDRESS, What.RECORD)
"""May stand in the middle of anything. Of the others 12345678901 is not found in 912345678901."""
_LONG = 15
"""Digits and letters from which a number is found inside a longer one, too: no accident makes so many alike."""
_STRICT = (What.NUMBER, What.ADDRESS)
"""Public in a column of codes and names only, never because some text says so."""


@dataclass(slots=True)
class Sought:
    """One pattern. `record` and `field` say whose value it is; `inside` are the public records in which it is an
    internal value, whose own public text makes it public to nobody."""

    what: What
    record: str
    field: str
    raw: str
    plain: bytes
    inside: set[str] = attribute(default_factory=set)

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
        return _automaton([one.plain for one in self.sought])

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
        self._automaton = _automaton(list(forms))

    def matches(self, data: bytes) -> Iterator[tuple[int, int, int]]:
        """Which pattern stands where."""
        if self._automaton:
            for form, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
                yield self._which[form], start, end


def _automaton(found: list[bytes]) -> BytesAhoCorasick | None:
    return BytesAhoCorasick(found) if found else None


def _word(data: bytes, at: int) -> bool:
    return 0 <= at < len(data) and data[at] < 128 and chr(data[at]).isalnum()  # noqa: PLR2004 - ASCII


def gather(
    store: Store,
    instance: Instance,
    today: dt.date,
    site_src: Path,
    *,
    ledger: Mapping[str, str] = MappingProxyType({}),
    progress: Progress = lambda done, total: None,
) -> Patterns:
    """Everything of the store that may not be found in what is published as of `today`.

    `ledger` says, as for a rebuild, which decisions only the ledger of takedowns knows to be down.
    """
    prepared = prepare(store, instance, today, ledger=ledger)
    gathering = _Gathering(prepared, requesters(store))
    count = store.db.execute("SELECT count(*) FROM disclosures").fetchone()[0]
    with store.snapshot():
        for done, record in enumerate(records(store), start=1):
            gathering.take(record)
            progress(done, count)
        for about, values in words(store):
            gathering.add(values, about)
        gathering.unpublished(ids(store))
    return gathering.patterns(origins(prepared, instance, site_src))


class _Gathering:
    """One pass over the store."""

    def __init__(self, prepared: Prepared, requesters: Mapping[str, frozenset[str]]) -> None:
        self._requesters = requesters
        self._rows = {row.id: row for row in prepared.rows}
        self._public = frozenset(self._rows) | {notice.id for notice in prepared.notices}
        self._found: dict[bytes, Sought] = {}
        self._own: dict[str, Own] = {}

    def take(self, record: Record) -> None:
        """All versions of one decision."""
        row = self._rows.get(record.id)
        if row is None:
            for version in record.versions:
                for declared, label, text in of_decision(version.decision):
                    self.add(of_field(declared, label, text), record.id)
        else:
            self._published(record, row)

    def _published(self, record: Record, row: PublicDecision) -> None:
        """A decision of which something is public: what its own row does not show by right."""
        right = _Right(row, record)
        for version in record.versions:
            for declared, label, text in of_decision(version.decision):
                internal = declared is None or not declared.is_public
                shown = not internal and plain(text) in right.text
                values = of_field(declared, label, text, shown=shown)
                found = (value for value in values if not right.shows(value, internal=internal))
                self.add(found, record.id, inside=record.id if internal else "")
        if names := tuple(sorted(map(plain, record.names | self._requesters.get(record.id, frozenset())))):
            chosen = (plain(word) for v in record.versions if v.seq == row.version for word in v.open_names)
            self._own[record.id] = Own(names, (*words_by_right(row), *chosen))

    def add(self, values: Iterable[Value], record: str, inside: str = "") -> None:
        """Look for these, once each."""
        for value in values:
            known = self._found.get(value.plain)
            if known is None:
                known = Sought(value.what, record, value.field, value.raw, value.plain)
                self._found[value.plain] = known
            elif value.what in _STRICT and known.what not in _STRICT:
                known.what, known.record, known.field = value.what, record, value.field
            if inside:
                known.inside.add(inside)

    def unpublished(self, every: Iterable[str]) -> None:
        """The addresses of what is not public: nothing links there, nothing lists them."""
        hidden = (one for one in every if one not in self._public)
        self.add((Value(What.RECORD, one, plain(one), "id") for one in hidden), "")

    def patterns(self, public: Iterable[Origin]) -> Patterns:
        """What was found less what is public elsewhere."""
        draft = Patterns(list(self._found.values()), {}, frozenset())
        names = sorted({name for own in self._own.values() for name in own.names})
        book, everyday = _automaton(names), set()
        for origin in public:
            if book and not origin.record:
                found = book.find_matches_as_indexes(origin.text, overlapping=True)
                everyday |= {names[which] for which, _, _ in found}
            for which in {which for which, _, _ in draft.matches(origin.text)}:
                one = draft.sought[which]
                elsewhere = origin.record not in one.inside
                if elsewhere and (one.what not in _STRICT or one.plain in origin.columns):
                    self._found.pop(one.plain, None)
        return Patterns(list(self._found.values()), self._own, frozenset(everyday))


class _Right:
    """What one public row shows by right of its own decision's values."""

    def __init__(self, row: PublicDecision, record: Record) -> None:
        self.text = joined(texts(row))
        self._columns = joined(columns(row))
        self._versions: tuple[Version, ...] = record.versions

    def shows(self, value: Value, *, internal: bool) -> bool:
        """Whether the value is public in its own row: an internal one only where a public field says it itself."""
        if value.plain not in (self._columns if value.what in _STRICT else self.text):
            return False
        return not internal or value.plain in self._said

    @cached_property
    def _said(self) -> bytes:
        """What departments wrote into public fields of any version."""
        return joined(
            text
            for version in self._versions
            for declared, _, text in of_decision(version.decision)
            if isinstance(declared, Field) and declared.is_public
        )
