"""One hit of registers and lists as pages and API show it: what it is, whose, and where the words stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongshi.query.database import Reading
from gongshi.query.highlight import Segment, segments, snippet, words_in
from gongshi.query.items import Excerpt
from gongshi.records import REGISTRY_KINDS
from gongshi.records.field import Field, SearchIn
from gongshi.render.labels import label, shown
from gongshi.render.registry.certificate import holds, word
from gongshi.render.registry.rows import Record, record_of

OFFICER = "officer"
_AT = "SELECT * FROM records WHERE sort IN (SELECT value FROM json_each(?)) AND standing = 'in_force'"
_UNTELLING = frozenset(("department_name", "issuer"))
"""Fields that say nothing that the hit's own lines do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordItem:
    """One hit, its texts with the words of the query marked, where they are asked for."""

    record: Record
    words: Sequence[str]

    @property
    def title(self) -> tuple[Segment, ...]:
        """What it is called."""
        return segments(self.record.title, self.words)

    @property
    def number(self) -> tuple[Segment, ...]:
        """Its number or code, where that is not what it is called."""
        return segments("" if self.record.number == self.record.title else self.record.number, self.words)

    @property
    def department(self) -> tuple[Segment, ...]:
        """The name of the department whose it is."""
        return segments(self.record.department_name, self.words)

    @property
    def excerpt(self) -> Excerpt | None:
        """A piece of the text that has the words."""
        return _excerpt(self.record, self.words)

    @property
    def kind_label(self) -> str:
        """执法人员 for officer."""
        return REGISTRY_KINDS[self.record.kind].label

    @property
    def certificate(self) -> str:
        """Of an officer: 证件有效 or 证件无效; of anything else ""."""
        return word(self.is_valid) if self.record.kind == OFFICER else ""

    @property
    def is_valid(self) -> bool:
        """Whether an officer's certificate holds today."""
        return holds(self.record.standing, self.record.validity)


def load(db: Reading, places: Sequence[int], words: Sequence[str]) -> tuple[RecordItem, ...]:
    """The records at `places`, in that order; one that is gone meanwhile or no longer in force is left out."""
    found = {row["sort"]: row for row in db.rows(_AT, [f"[{','.join(map(str, places))}]"])} if places else {}
    return tuple(RecordItem(record=record_of(found[place], ()), words=words) for place in places if place in found)


def _excerpt(record: Record, words: Sequence[str]) -> Excerpt | None:
    """A piece of the field that has the most words of the query; of the first field where none has any."""
    told: tuple[Field, str] | None = None
    most = -1
    for field, text in _texts(record):
        found = words_in(text, words)
        if found > most:
            told, most = (field, text), found
        if found == len(words):
            break
    return Excerpt(field=told[0].name, label=label(told[0]), parts=snippet(told[1], words)) if told else None


def _texts(record: Record) -> Iterator[tuple[Field, str]]:
    """The fields whose words are found, beside number and title; a table as one text."""
    kind = REGISTRY_KINDS[record.kind]
    for field in kind.public_fields:
        if field.search is SearchIn.CONTENT and field.name not in _UNTELLING and record.content.get(field.name):
            if field.is_table:
                yield field, "；".join(_line(field, row) for row in record.rows(field.name))
            else:
                yield field, shown(field, record.text(field.name))


def _line(table: Field, row: Mapping[str, str]) -> str:
    return " ".join(row[column.name] for column in table.columns if row.get(column.name))
