"""Where the boxes of a flowchart stand and how the lines between them run: what graphlay finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphlay import Graph, layout

from gongshi.render.drawing.boxes import Box, Point, case_lines, case_size
from gongshi.render.drawing.steps import Step

_OPTIONS = {"direction": "topbottom"}
_EDGE = 8
"""Around the whole picture."""


@dataclass(frozen=True, slots=True)
class Line:
    """From the edge of one box to that of another; around `at` stand the lines of its `case`, if any."""

    points: tuple[Point, ...]
    case: tuple[str, ...]
    at: Point

    def corners(self) -> Iterator[Point]:
        """Points as far out as it reaches."""
        yield from self.points
        if self.case:
            yield from _corners(self.at, case_size(self.case))


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything in its place: the boxes with their middles, all `across` wide, and the lines."""

    boxes: tuple[tuple[Box, Point], ...]
    across: float
    lines: tuple[Line, ...]
    size: Point


def placed(steps: tuple[Step, ...]) -> Chart:
    """The chart of the steps, from 0, 0 to its size. Raises GraphlayError where they cannot be laid out."""
    graph = Graph()
    boxes = [Box.of(step, first=place == 0) for place, step in enumerate(steps)]
    across = max(box.size[0] for box in boxes)
    for place, box in enumerate(boxes):
        graph.node(place, width=across, height=box.size[1])
    ways = [(place, way.to, case_lines(way.case)) for place, step in enumerate(steps) for way in step.ways]
    for source, target, case in ways:
        graph.edge(source, target, **_room(case))
    found = layout(graph, options=_OPTIONS)
    middles = [_point(node["center"]) for node in found.nodes]
    lines = [_line(edge, case) for edge, (_, _, case) in zip(found.edges, ways, strict=True)]
    return _from_origin(list(zip(boxes, middles, strict=True)), across, lines)


def _room(case: tuple[str, ...]) -> dict[str, Any]:
    """What the layout keeps free for a line's case."""
    return {"label_size": dict(zip(("width", "height"), case_size(case), strict=True))} if case else {}


def _line(edge: Mapping[str, Any], case: tuple[str, ...]) -> Line:
    points = tuple(map(_point, edge["points"]))
    anchor = edge["label_anchor"]
    return Line(points, case, _point(anchor) if anchor else points[len(points) // 2])


def _point(found: Mapping[str, float]) -> Point:
    return found["x"], found["y"]


def _corners(middle: Point, size: Point) -> tuple[Point, Point]:
    (x, y), (across, down) = middle, size
    return (x - across / 2, y - down / 2), (x + across / 2, y + down / 2)


def _from_origin(boxes: list[tuple[Box, Point]], across: float, lines: list[Line]) -> Chart:
    corners = [corner for line in lines for corner in line.corners()]
    corners += [corner for box, middle in boxes for corner in _corners(middle, (across, box.size[1]))]
    left, top = (min(corner[axis] for corner in corners) - _EDGE for axis in (0, 1))
    right, bottom = (max(corner[axis] for corner in corners) + _EDGE for axis in (0, 1))

    def moved(point: Point) -> Point:
        return point[0] - left, point[1] - top

    return Chart(
        tuple((box, moved(middle)) for box, middle in boxes),
        across,
        tuple(Line(tuple(map(moved, line.points)), line.case, moved(line.at)) for line in lines),
        (right - left, bottom - top),
    )
