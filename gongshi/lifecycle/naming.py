"""Possible names in a decision's free text: what the second person confirms or masks (DOMAIN.md 7)."""

from __future__ import annotations

from collections.abc import Container, Iterator

from gongshi.law.names import possible_names
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.decision import Decision
from gongshi.records.field import Field, FieldType, Visibility

_FREE = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICES)
JOINT = "、"
"""Between the choices of one value."""
_NAMED = ("party_name", "legal_representative", "replaces_party")
_AGENCIES = ("agency_name", "source_name")
_WRITTEN = {
    kind.name: tuple(
        field
        for field in kind.fields
        if field.visibility is Visibility.PUBLIC
        and field.type in _FREE
        and field.name not in _AGENCIES
        and not kind.registry
    )
    for kind in SUBMITTED_KINDS.values()
}
"""By kind: the public fields in which people write, agencies' names left out. Of a registry record none: a list
of items or a guide is about nobody, and of officers and posts the names are what is to be published (D7, S1.2)."""


def texts(decision: Decision) -> Iterator[str]:
    """The public free text of the decision and of its parties, agencies' names left out."""
    sources = (decision.values, *decision.parties)
    for field in _WRITTEN[decision.kind]:
        for values in sources:
            if text := written(field, values.get(field.name) or ""):
                yield text


def written(field: Field, value: str) -> str:
    """What of a value somebody wrote: of a list of choices only what is none of them (其他-…)."""
    if field.type is not FieldType.CHOICES:
        return value
    return JOINT.join(one for one in value.split(JOINT) if one not in field.choices)


def known(decision: Decision) -> frozenset[str]:
    """The names that the record itself holds: they are masked wherever they occur, or are an agency's."""
    named = (party.get(name) for party in decision.parties for name in _NAMED)
    return frozenset(name for name in (*named, *map(decision.values.get, _AGENCIES)) if name)


def undecided(decision: Decision, not_names: Container[str]) -> tuple[str, ...]:
    """The words of the decision that may be a person's name, in the order of its text, each once."""
    already = known(decision)
    found = (name for text in texts(decision) for name in possible_names(text, already, not_names))
    return tuple(dict.fromkeys(found))
