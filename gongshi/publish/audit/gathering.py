"""One pass over the store: every value that is not public by right today becomes a pattern, each once.

What a public decision's own row shows is left out as it is met; what is public elsewhere is taken out at the end,
by its origin (origins.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from ahocorasick_rs import AhoCorasick

from gongshi.instance import Instance
from gongshi.publish.audit.kept import STRICT, Kept
from gongshi.publish.audit.origins import Origin, columns, joined, origins, texts, words_by_right
from gongshi.publish.audit.patterns import Patterns
from gongshi.publish.audit.plain import plain
from gongshi.publish.audit.sources import Record, Version, ids, records, requesters, words
from gongshi.publish.audit.values import Value, What, files_of, of_decision, of_field
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.preparing.prepare import Prepared, prepare
from gongshi.publish.preparing.spool import heads
from gongshi.publish.registry.public_record import PublicRecord
from gongshi.publish.registry.wall import PreparedRecords, prepare_records
from gongshi.records.field import Field
from gongshi.store.store import Store

Progress = Callable[[int, int], None]


def gather(
    store: Store,
    instance: Instance,
    today: dt.date,
    site_src: Path,
    *,
    ledger: Mapping[str, str] = MappingProxyType({}),
    workers: int = 1,
    progress: Progress = lambda done, total: None,
) -> Patterns:
    """Everything of the store that may not be found in what is published as of `today`.

    `ledger` says, as for a rebuild, which decisions only the ledger of takedowns knows to be down;
    `workers` processes apply the law.
    """
    prepared = prepare(store, instance, today, ledger=ledger, workers=workers)
    listed = prepare_records(store, instance, today, ledger=ledger)
    gathering = _Gathering(prepared, listed, requesters(store))
    count = store.db.execute("SELECT count(*) FROM disclosures").fetchone()[0]
    with store.snapshot():
        for done, record in enumerate(records(store), start=1):
            gathering.take(record)
            progress(done, count)
        for about, values in words(store):
            gathering.add(values, about)
        gathering.unpublished(ids(store))
    return gathering.patterns(origins(prepared, listed, instance, site_src))


class _Gathering:
    """One pass over the store. A public decision's row is read when its record comes."""

    def __init__(self, prepared: Prepared, listed: PreparedRecords, requesters: Mapping[str, frozenset[str]]) -> None:
        self._requesters = requesters
        self._rows, self._listed = prepared.rows, {one.id: one for one in listed.rows}
        self._noticed = frozenset(notice.id for notice in prepared.notices)
        self._kept = Kept()
        self._kept.public(chain((head.id for head in heads(prepared.rows)), self._listed))

    def take(self, record: Record) -> None:
        """All versions of one decision or record."""
        for version in record.versions:
            self.add((Value(What.RECORD, one, plain(one), "附件") for one in files_of(version.decision)), record.id)
        at = self._kept.place_of(record.id)
        if at is None:
            for version in record.versions:
                for declared, label, text in of_decision(version.decision):
                    self.add(of_field(declared, label, text), record.id)
        else:
            self._published(record, self._listed.get(record.id) or self._rows[at])

    def _published(self, record: Record, row: PublicDecision | PublicRecord) -> None:
        """A decision or record of which something is public: what its own row does not show by right."""
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
            self._kept.own(record.id, names, (*words_by_right(row), *chosen))

    def add(self, values: Iterable[Value], record: str, inside: str = "") -> None:
        """Look for these, once each."""
        for value in values:
            self._kept.add(value, record, inside)

    def unpublished(self, every: Iterable[str]) -> None:
        """The addresses of what is not public: nothing links there, nothing lists them."""
        hidden = (one for one in every if self._kept.place_of(one) is None and one not in self._noticed)
        self.add((Value(What.RECORD, one, plain(one), "id") for one in hidden), "")

    def patterns(self, public: Iterable[Origin]) -> Patterns:
        """What was found less what is public elsewhere."""
        draft, everyday = Patterns(self._kept), _Everyday(self._kept.names())
        for origin in public:
            if not origin.record:
                everyday.look(origin.text)
            for one in draft.matches(origin.text):
                elsewhere = not self._kept.is_internal(one.plain, origin.record)
                if elsewhere and (one.what not in STRICT or one.plain in origin.columns):
                    draft.drop(one.plain)
        return Patterns(self._kept, frozenset(everyday.found))


class _Everyday:
    """Which names are also words of the site's own."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self._book = AhoCorasick(self._names) if self._names else None
        self.found: set[str] = set()

    def look(self, text: str) -> None:
        """Those in `text`."""
        if self._book:
            hits = self._book.find_matches_as_indexes(text, overlapping=True)
            self.found.update(self._names[which] for which, _, _ in hits)


class _Right:
    """What one public row shows by right of its own decision's values."""

    def __init__(self, row: PublicDecision | PublicRecord, record: Record) -> None:
        self.text = joined(texts(row))
        self._columns = joined(columns(row))
        self._versions: tuple[Version, ...] = record.versions

    def shows(self, value: Value, *, internal: bool) -> bool:
        """Whether the value is public in its own row: an internal one only where a public field says it itself."""
        if value.plain not in (self._columns if value.what in STRICT else self.text):
            return False
        return not internal or value.plain in self._said

    @cached_property
    def _said(self) -> str:
        """What departments wrote into public fields of any version."""
        return joined(
            text
            for version in self._versions
            for declared, _, text in of_decision(version.decision)
            if isinstance(declared, Field) and declared.is_public
        )
