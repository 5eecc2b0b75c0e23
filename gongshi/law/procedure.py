"""A procedure's steps as a graph: where each leads, and what keeps somebody from coming to an end (D10, D24).

A step's `next` names one step (2), several with the case of each (3:受理、4:不予受理), or none: empty or 结束
is an end. The first row is the beginning. Loops are refused: 退回补正 is a note, or an end of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

END = "结束"
Rows = Sequence[Mapping[str, str]]
"""Rows of the declared table of steps by their columns' names; empty cells may be missing."""

_BETWEEN = re.compile(r"[、,，;；\n]")
_CASE = re.compile("[:：]")
_MOST_LOOPS = 20
"""Loops that are told of one procedure: whoever mends these sees the rest."""


class Edge(NamedTuple):
    """From one step to another, by their numbers, and in which case; the case is empty where it is always."""

    source: str
    target: str
    label: str


class FaultKind(StrEnum):
    """What can be wrong with a procedure."""

    LOOP = "loop"
    """The path comes back to where it was."""
    DEAD_END = "dead_end"
    """A step that is no end and leads to no step that exists."""
    UNREACHABLE = "unreachable"
    """No way from the beginning leads there."""
    UNKNOWN = "unknown"
    """`next` names a step that does not exist."""
    TWICE = "twice"
    """Two steps have one number."""
    NO_END = "no_end"
    """No step is an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: the step where it is to be mended (empty for the whole), the unknown target, the path of a loop.

    Every step that cannot come to an end leads into a loop or a dead end that is told.
    """

    kind: FaultKind
    step: str = ""
    target: str = ""
    path: tuple[str, ...] = ()


def number(text: str) -> str:
    """A step's number in the form in which it is compared."""
    return unicodedata.normalize("NFKC", text).strip()


def is_end(row: Mapping[str, str]) -> bool:
    """Whether the procedure may end with this step."""
    return row.get("next", "").strip() in ("", END)


def edges(rows: Rows) -> list[Edge]:
    """Where the steps lead, in their order; steps that do not exist among the targets, too."""
    return [
        Edge(number(row.get("number", "")), number(target), label.strip())
        for row in rows
        if not is_end(row)
        for target, label in map(_target, filter(str.strip, _BETWEEN.split(row["next"])))
    ]


def faults(rows: Rows) -> Iterator[Fault]:
    """Everything that is wrong with a procedure; nothing for one without steps."""
    if not rows:
        return
    numbers = [number(row.get("number", "")) for row in rows]
    ways: dict[str, list[str]] = {one: [] for one in numbers}
    yield from (Fault(kind=FaultKind.TWICE, step=one) for one in _repeated(numbers))
    for edge in edges(rows):
        if edge.target in ways:
            ways[edge.source].append(edge.target)
        else:
            yield Fault(kind=FaultKind.UNKNOWN, step=edge.source, target=edge.target)
    ends = {one for one, row in zip(numbers, rows, strict=True) if is_end(row)}
    yield from (Fault(kind=FaultKind.DEAD_END, step=one) for one in ways if not ways[one] and one not in ends)
    yield from (Fault(kind=FaultKind.LOOP, step=path[0], path=path) for path in _loops(ways))
    reached = _reached(numbers[0], ways)
    yield from (Fault(kind=FaultKind.UNREACHABLE, step=one) for one in ways if one not in reached)
    if not ends:
        yield Fault(kind=FaultKind.NO_END)


def _target(text: str) -> tuple[str, str]:
    target, _, label = _CASE.sub(":", text, count=1).partition(":")
    return target, label


def _repeated(numbers: Iterable[str]) -> list[str]:
    return [one for one, times in Counter(numbers).items() if times > 1]


def _reached(start: str, ways: Mapping[str, Sequence[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = set(ways[waiting.pop()]) - found
        found |= new
        waiting.extend(new)
    return found


def _loops(ways: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Loops, each from its first step back to it; of loops that share a step the first one that is met.

    Without recursion: a list of 100,000 steps is somebody's bad joke, not our end.
    """
    seen: set[str] = set()
    told: set[str] = set()
    left = _MOST_LOOPS
    for start in ways:
        places: dict[str, int] = {}  # the steps of the path that is being walked, with their places on it
        waiting = [iter((start,))]
        while waiting:
            step = next(waiting[-1], None)
            if step is None:
                waiting.pop()
                if places:
                    places.popitem()
            elif step in places:
                if left and told.isdisjoint((step, next(reversed(places)))):
                    left -= 1
                    loop = list(places)[places[step] :]
                    told.update(loop)
                    yield (*loop, step)
            elif step not in seen:
                seen.add(step)
                places[step] = len(places)
                waiting.append(iter(ways[step]))
