"""The boxes of a flowchart before they have a place: letters, shapes, sizes in the picture's units."""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.render.drawing.lettering import width, wrapped
from gongshi.render.drawing.steps import Step

NAME, SMALL = 15, 13
"""Sizes of the letters: of a step's name, of all else."""
LEADING = 1.4
"""From one line to the next, in sizes of its letters."""
PAD, POINT = 12, 14
"""Between the letters and the edge of a box; by how much the points of a branching one stick out."""
_LINE = 10 * NAME
"""A step's name breaks after ten Chinese characters."""
_CASE_LINE = 8

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A step's box: its name, who does it and by when, and its shape: round where it begins and ends, pointed where it
    branches, else square."""

    name: tuple[str, ...]
    more: tuple[str, ...]
    shape: str

    @classmethod
    def of(cls, step: Step, *, first: bool) -> Box:
        """The box of a step, the first one or another."""
        shape = "round" if first or not step.ways else "pointed" if len(step.ways) > 1 else "square"
        more = [line for text in (step.actor, step.term) for line in wrapped(text, _LINE / SMALL)]
        return cls(tuple(wrapped(f"{step.number} {step.name}", _LINE / NAME)), tuple(more), shape)

    @property
    def size(self) -> Point:
        """What it takes across and down."""
        across = max([width(line) * NAME for line in self.name] + [width(line) * SMALL for line in self.more])
        down = (len(self.name) * NAME + len(self.more) * SMALL) * LEADING
        return across + 2 * (PAD + POINT), down + 2 * PAD


def case_lines(case: str) -> tuple[str, ...]:
    """In which case it goes on along a line, as it stands at the line."""
    return tuple(wrapped(case, _CASE_LINE))


def case_size(lines: tuple[str, ...]) -> Point:
    """What it takes across and down."""
    return max(map(width, lines)) * SMALL + 8, len(lines) * SMALL * LEADING + 2
