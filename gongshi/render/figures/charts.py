"""Bar charts as SVG files: the same bytes for the same numbers, in any process on any machine.

pygal draws them. Its file carries a random id, today's date, a script, a style sheet and digits that differ
from machine to machine: all that is dropped, and what stays is told its look by attributes alone. So the
picture needs nothing from anywhere, reads in black and white, and stands in a page as <img>. The page has
the same numbers as a table (gongshi/render/figures.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import count
from typing import Any
from xml.etree import ElementTree as ET

ENGINE = f"pygal {version('pygal')}"
"""What draws the charts: another version may draw them otherwise."""

_FONT = "PingFang SC,Hiragino Sans GB,Microsoft YaHei,Noto Sans CJK SC,Noto Sans SC,Source Han Sans SC,sans-serif"
_BAR, _INK, _SOFT, _LINE = "#1d5a94", "#1b2733", "#4b5a69", "#d9dfe5"
_TEXT = {"fill": _INK, "font-size": "13"}
Look = Mapping[str, str]
_LOOKS: tuple[tuple[str, frozenset[str], Look], ...] = tuple(
    (tag, frozenset(classes.split()), look)
    for tag, classes, look in (
        ("rect", "tooltip-trigger", {"fill": _BAR}),
        ("path", "axis y vertical", {"stroke": _LINE}),
        ("text", "value vertical", {**_TEXT, "font-size": "12", "text-anchor": "middle"}),
        ("text", "value horizontal", {**_TEXT, "text-anchor": "start"}),
        ("text", "axis x vertical", {**_TEXT, "text-anchor": "middle"}),
        ("text", "axis y vertical", {**_TEXT, "fill": _SOFT, "text-anchor": "end"}),
        ("text", "axis y horizontal", {**_TEXT, "text-anchor": "end"}),
    )
)
"""How what pygal drew looks, by its tag, its classes and those around it; what is not listed is left out."""
_KEPT = ("x", "y", "width", "height", "d", "transform")
_FLOAT = re.compile(r"-?\d+\.\d+")
_NEXT_LINE = "17"
_WIDE_CHARACTER = 22
"""pygal allows 0.6 of the font's size for a character, a Chinese one takes all of it: 22 makes room for 13."""
_LOWERED = 0.35 * (_WIDE_CHARACTER - 13)
"""By how much such a label then sits too low."""
_ROW, _EDGE = 30, 8


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows: `title` for those who do not see it, `bars` as label and number in the order of
    reading. A line break in a label puts what follows under it. `across`: the bars lie instead of standing."""

    title: str
    bars: tuple[tuple[str, int], ...]
    width: int
    across: bool = False

    @property
    def height(self) -> int:
        """In the same units as the width."""
        return _ROW * len(self.bars) + 2 * _EDGE if self.across else 320

    def svg(self) -> bytes:
        """The picture."""
        root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {self.width} {self.height}",
                "width": str(self.width),
                "height": str(self.height),
                "role": "img",
                "font-family": _FONT,
            },
        )
        ET.SubElement(root, "title").text = self.title
        ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#fff"})
        for child in self._drawn():
            _take(child, frozenset(), root)
        return ET.tostring(root, encoding="unicode").encode() + b"\n"

    def _drawn(self) -> Any:
        """pygal's own drawing."""
        import pygal  # a tenth of a second: only where a chart is made
        from pygal.style import Style

        bars = tuple(reversed(self.bars)) if self.across else self.bars
        label = _WIDE_CHARACTER if self.across else 13
        graph = (pygal.HorizontalBar if self.across else pygal.Bar)(
            width=self.width,
            height=self.height,
            explicit_size=True,
            js=[],
            show_legend=False,
            truncate_label=-1,
            margin=_EDGE,
            margin_right=self._room() if self.across else _EDGE,
            margin_bottom=_EDGE if self.across else 26,
            spacing=6,
            show_x_labels=not self.across,
            print_values=True,
            print_values_position="top",
            print_zeroes=True,
            value_formatter=lambda number: f"{number:,.0f}",
            style=Style(label_font_size=label, major_label_font_size=label, value_font_size=12),
        )
        graph.x_labels = [label for label, _ in bars]
        most = max(number for _, number in bars)
        graph.y_labels = [0, max(most, 1)] if self.across else ticks(most)
        graph.add(self.title, [number for _, number in bars])
        return graph.render_tree()

    def _room(self) -> int:
        """What the longest number takes beside its bar."""
        return _EDGE + 9 * max(len(f"{number:,}") for _, number in self.bars)


def ticks(most: int) -> list[int]:
    """At most six whole numbers, evenly spaced, from 0 to `most` or to the next step above it."""
    most = max(most, 1)
    step = next(lead * 10**power for power in count() for lead in (1, 2, 5) if lead * 10**power * 5 >= most)
    return list(range(0, most + step, step))[: -(-most // step) + 1]


def _take(drawn: Any, around: frozenset[str], into: ET.Element) -> None:
    """Put what is to be seen of an element of pygal's into the picture."""
    if not isinstance(drawn.tag, str):
        return
    classes = around | frozenset(drawn.get("class", "").split())
    if "tooltip-overlay" in classes:
        return
    if drawn.tag == "g":
        group = ET.Element("g", _attributes(drawn)) if drawn.get("transform") else into
        for child in drawn:
            _take(child, classes, group)
        if group is not into and len(group):
            into.append(group)
        return
    look = next((look for tag, needed, look in _LOOKS if tag == drawn.tag and needed <= classes), None)
    if look is not None and (drawn.tag != "rect" or drawn.get("width")):
        into.append(_seen(drawn, look, classes))


def _seen(drawn: Any, look: Look, classes: frozenset[str]) -> ET.Element:
    found = ET.Element(drawn.tag, {**_attributes(drawn), **look})
    if drawn.tag != "text":
        return found
    if {"axis", "horizontal"} <= classes:
        found.set("y", _rounded(str(float(drawn.get("y")) - _LOWERED)))
    found.text, _, below = (drawn.text or "").partition("\n")
    if below:
        ET.SubElement(found, "tspan", {"x": found.get("x", ""), "dy": _NEXT_LINE, "fill": _SOFT}).text = below
    return found


def _attributes(drawn: Any) -> dict[str, str]:
    return {name: _rounded(drawn.get(name)) for name in _KEPT if drawn.get(name) is not None}


def _rounded(text: str) -> str:
    """Numbers with one decimal at most."""
    return _FLOAT.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), text)
