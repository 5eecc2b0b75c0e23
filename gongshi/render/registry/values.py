"""What a record says, field by field, as its kind declares them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gongshi.records import REGISTRY_KINDS
from gongshi.records.field import NESTED, Field, FieldType
from gongshi.render.contexts import Fact
from gongshi.render.labels import label, shown
from gongshi.render.registry.record import Record

_LONG = 40
"""From this many characters a value is set on lines of its own."""


def facts(record: Record, names: Iterable[str] = ()) -> tuple[Fact, ...]:
    """The record's public fields that are no tables as labelled values, in the declaration's order; those of `names`
    where there are any. Empty ones are left out."""
    return facts_of(record.kind, record.content, names)


def facts_of(kind: str, content: Mapping[str, Any], names: Iterable[str] = ()) -> tuple[Fact, ...]:
    """The same of a content, as a version that was in force before has one, too."""
    chosen = frozenset(names)
    return tuple(
        _fact(field, value)
        for field in REGISTRY_KINDS[kind].public_fields
        if field.type not in NESTED and (not chosen or field.name in chosen) and (value := content.get(field.name))
    )


class Table(NamedTuple):
    """A table of a record as a page shows it: the columns that any row fills. The first tells the rows apart."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(record: Record, name: str) -> Table:
    """A table of a record; without rows where it is empty."""
    return table_of(record.kind, record.content, name)


def table_of(kind: str, content: Mapping[str, Any], name: str) -> Table:
    """The same of a content."""
    field, rows = REGISTRY_KINDS[kind].by_name[name], content.get(name) or ()
    used = [column for column in field.columns if any(row.get(column.name) for row in rows)]
    cells = tuple(tuple(row.get(column.name) or "" for column in used) for row in rows)
    return Table(label(field), tuple(label(column) for column in used), cells)


def _fact(field: Field, value: str) -> Fact:
    text = shown(field, value)
    return Fact(label(field), text, field.type is FieldType.LONG_TEXT or len(text) > _LONG)
