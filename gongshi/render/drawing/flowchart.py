"""A procedure's flowchart as an SVG element.

Steps stand in boxes from the top down; where it begins and where it ends the box is round, where it branches it has
points, and each branch carries its case. The same steps give the same bytes. Who does not see the picture reads
the same in the list beside it (step_list.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from graphlay import GraphlayError
from markupsafe import Markup

from gongshi.render.drawing.boxes import LEADING, NAME, PAD, POINT, SMALL, Box, Point, case_size
from gongshi.render.drawing.placing import Chart, Line, placed
from gongshi.render.drawing.steps import Rows, Step, steps_of

_ARROW, _ARROW_HALF = 9.0, 4.5
_BASELINE = 0.86
"""From the top of the letters to the line they stand on, in their size."""
_SVG = Markup(
    '<svg class="gs-flow" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
    'height="{height}" role="img" aria-label="{label}">'
    '<g class="gs-flow-ways" fill="none" stroke="#4b5a69" stroke-width="1.5">{ways}</g>'
    '<g class="gs-flow-heads" fill="#4b5a69">{heads}</g>'
    '<g class="gs-flow-steps" fill="#fff" stroke="#123f6d" stroke-width="1.5">{steps}</g>'
    '<g class="gs-flow-under" fill="#fff">{under}</g>'
    '<g class="gs-flow-cases" fill="#4b5a69" font-size="13" text-anchor="middle">{cases}</g>'
    '<g class="gs-flow-more" fill="#4b5a69" font-size="13" text-anchor="middle">{more}</g>'
    '<g class="gs-flow-names" fill="#1b2733" font-size="15" font-weight="700" text-anchor="middle">{names}</g></svg>'
)
_POLYLINE = Markup('<polyline points="{}"/>')
_POLYGON = Markup('<polygon points="{}"/>')
_RECT = Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}"/>')
_TEXT = Markup("<text>{}</text>")
_TSPAN = Markup('<tspan x="{}" y="{}">{}</tspan>')


def flowchart(rows: Rows) -> Markup:
    """The picture of a procedure's steps; empty where there are none or they cannot be laid out, the list of the steps
    then stands alone."""
    return _drawn(steps_of(rows))


@lru_cache(maxsize=512)
def _drawn(steps: tuple[Step, ...]) -> Markup:
    if not steps:
        return Markup("")
    try:
        return _picture(placed(steps), f"流程图：共 {len(steps)} 步，从“{steps[0].name}”开始。各步的文字见步骤列表。")
    except GraphlayError:
        return Markup("")


def _picture(chart: Chart, label: str) -> Markup:
    told = [line for line in chart.lines if line.case]
    return _SVG.format(
        width=_number(chart.size[0]),
        height=_number(chart.size[1]),
        label=label,
        ways=_all(_POLYLINE.format(_points(line.points)) for line in chart.lines),
        heads=_all(_POLYGON.format(_points(_head(line.points))) for line in chart.lines),
        steps=_all(_outline(box, middle, chart.across) for box, middle in chart.boxes),
        under=_all(map(_ground, told)),
        cases=_all(_letters(line.case, _above(line), SMALL) for line in told),
        names=_all(_letters(box.name, _top(box, middle), NAME) for box, middle in chart.boxes),
        more=_all(_letters(box.more, _below_name(box, middle), SMALL) for box, middle in chart.boxes if box.more),
    )


def _top(box: Box, middle: Point) -> Point:
    """Where the letters of a box begin, in the middle of its breadth."""
    return middle[0], middle[1] - box.size[1] / 2 + PAD


def _below_name(box: Box, middle: Point) -> Point:
    x, y = _top(box, middle)
    return x, y + len(box.name) * NAME * LEADING


def _above(line: Line) -> Point:
    return line.at[0], line.at[1] - len(line.case) * SMALL * LEADING / 2


def _outline(box: Box, middle: Point, across: float) -> Markup:
    (x, y), high = middle, box.size[1]
    left, right, top, bottom = x - across / 2, x + across / 2, y - high / 2, y + high / 2
    if box.shape == "pointed":
        above = (left + POINT, top), (right - POINT, top), (right, y)
        return _POLYGON.format(_points((*above, (right - POINT, bottom), (left + POINT, bottom), (left, y))))
    if box.shape == "round":
        return _RECT.format(*map(_number, (left, top, across, high, min(high / 2, 2 * PAD))))
    return _RECT.format(*map(_number, (left + POINT / 2, top, across - POINT, high, 3)))


def _ground(line: Line) -> Markup:
    """What keeps a line from running through its case."""
    (x, y), (wide, high) = line.at, case_size(line.case)
    return _RECT.format(*map(_number, (x - wide / 2, y - high / 2, wide, high, 2)))


def _letters(lines: Iterable[str], top: Point, size: int) -> Markup:
    """Lines one below the other, around the middle `top`[0]."""
    x, y = top[0], top[1] + size * ((LEADING - 1) / 2 + _BASELINE)
    return _TEXT.format(
        _all(_TSPAN.format(_number(x), _number(y + place * size * LEADING), line) for place, line in enumerate(lines))
    )


def _head(line: tuple[Point, ...]) -> tuple[Point, ...]:
    """The arrow's head at the end of a line."""
    (before_x, before_y), (x, y) = line[-2:]
    length = ((x - before_x) ** 2 + (y - before_y) ** 2) ** 0.5 or 1.0
    ahead_x, ahead_y = (x - before_x) / length, (y - before_y) / length
    base_x, base_y = x - ahead_x * _ARROW, y - ahead_y * _ARROW
    aside_x, aside_y = -ahead_y * _ARROW_HALF, ahead_x * _ARROW_HALF
    return (x, y), (base_x + aside_x, base_y + aside_y), (base_x - aside_x, base_y - aside_y)


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    """With one decimal at most: what differs behind it is nobody's to see."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def _all(pieces: Iterable[Markup]) -> Markup:
    return Markup("").join(pieces)
