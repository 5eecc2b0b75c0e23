"""The steps of a procedure as they are drawn and listed: one reading for the picture and for its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongshi.law.procedure import Rows, edges
from gongshi.law.procedure import number as plain
from gongshi.render.words import visible

__all__ = ["Rows", "Step", "Way", "steps_of"]


@dataclass(frozen=True, slots=True)
class Way:
    """Where it goes on: the place of the next step in the list from 0, and in which case ("" always)."""

    to: int
    case: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Without `ways` the procedure ends here; with several it branches."""

    number: str
    name: str
    actor: str
    term: str
    documents: str
    note: str
    ways: tuple[Way, ...]


_COLUMNS = ("number", "name", "actor", "term", "documents", "note")


def steps_of(rows: Rows) -> tuple[Step, ...]:
    """The steps in their order. A way to a step that does not exist is left out: the gate refuses such a procedure.
    Characters that turn or hide what stands around them are left out as on any page."""
    places = {plain(row.get("number", "")): place for place, row in reversed(list(enumerate(rows)))}
    ways: list[list[Way]] = [[] for _ in rows]
    for edge in edges(rows):
        source, target = places.get(edge.source), places.get(edge.target)
        if source is not None and target is not None:
            ways[source].append(Way(target, str(visible(edge.label))))
    return tuple(_step(row, tuple(found)) for row, found in zip(rows, ways, strict=True))


def _step(row: Mapping[str, str], ways: tuple[Way, ...]) -> Step:
    number, name, actor, term, documents, note = (str(visible(row.get(column, ""))).strip() for column in _COLUMNS)
    return Step(number, name, actor, term, documents, note, ways)
