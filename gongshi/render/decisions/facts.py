"""How each declared field stands on a decision's page: worked out once per kind, used for every page."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import orjson

from gongshi.records import DECISION_KINDS
from gongshi.records.field import Field, FieldType, Scope
from gongshi.render.contexts import Fact
from gongshi.render.decisions.basis import linked
from gongshi.render.labels import PARTY_COLUMNS, READ_OTHERWISE, label, shown

ELSEWHERE = frozenset({"remedies", "publish_until"})
"""Fields that have a section of their own on the page."""
_BASIS = "legal_basis"
_LONG = 40
"""From this many characters a value is set on lines of its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """One field on the page: the column that holds it, its label, how its value reads."""

    name: str
    column: str
    label: str
    read: Callable[[str], str] | None
    """None where the value is shown as it is."""
    long: bool

    def fact(self, value: str) -> Fact:
        """The labelled value."""
        text = self.read(value) if self.read else value
        return Fact(self.label, text, self.long or len(value) > _LONG)


def held_fields(row: Mapping[str, Any]) -> frozenset[str]:
    """The fields whose text waits for a reviewer."""
    told = row["held_fields"]
    return frozenset() if told == "[]" else frozenset(orjson.loads(told))


def decision_facts(kind: str, row: Mapping[str, Any], held: Container[str]) -> Iterator[Fact]:
    """The decision's own public fields, in the declaration's order, empty ones left out."""
    for place in _decision_places(kind):
        if place.name in held:
            yield Fact(place.label, "", held=True)
        elif value := row[place.column]:
            yield place.fact(value)


def party_facts(kind: str, party: Mapping[str, Any], held: Container[str]) -> tuple[Fact, ...]:
    """A party's fields in the declaration's order: its own, and those in which the parties differ."""
    own = party["own"]
    values = party if own == "{}" else {**party, **orjson.loads(own)}
    return tuple(
        Fact(place.label, "", held=True) if place.name in held else place.fact(value)
        for place in _party_places(kind)
        if (value := values.get(place.column))
    )


@cache
def _decision_places(kind: str) -> tuple[Place, ...]:
    record = DECISION_KINDS[kind]
    return tuple(
        _place(field, "decided_on" if field.name == record.event else field.name)
        for field in record.public_fields
        if field.scope is not Scope.PARTY and field.name not in ELSEWHERE
    )


@cache
def _party_places(kind: str) -> tuple[Place, ...]:
    return tuple(
        _place(field, PARTY_COLUMNS.get(field.name, field.name))
        for field in DECISION_KINDS[kind].public_fields
        if field.scope is not Scope.DECISION
    )


def _place(field: Field, column: str) -> Place:
    return Place(field.name, column, label(field), _reader(field), field.type is FieldType.LONG_TEXT)


def _reader(field: Field) -> Callable[[str], str] | None:
    if field.name == _BASIS:
        return linked
    return partial(shown, field) if field.type in READ_OTHERWISE else None
