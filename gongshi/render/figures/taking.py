"""What of a drawing of pygal's is put into a picture of ours: bars, lines and texts, told their look by attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

INK, SOFT, PAPER = "#1b2733", "#4b5a69", "#fff"
_LINE = "#d9dfe5"
_TEXT = {"fill": INK, "font-size": "13"}
Look = Mapping[str, str]
_LOOKS: tuple[tuple[str, frozenset[str], Look], ...] = tuple(
    (tag, frozenset(classes.split()), look)
    for tag, classes, look in (
        ("rect", "tooltip-trigger", {}),
        ("path", "axis y vertical", {"stroke": _LINE}),
        ("text", "value vertical", {**_TEXT, "font-size": "12", "text-anchor": "middle"}),
        ("text", "value horizontal", {**_TEXT, "text-anchor": "start"}),
        ("text", "axis x vertical", {**_TEXT, "text-anchor": "middle"}),
        ("text", "axis y vertical", {**_TEXT, "fill": SOFT, "text-anchor": "end"}),
        ("text", "axis y horizontal", {**_TEXT, "text-anchor": "end"}),
    )
)
"""How what pygal drew looks, by its tag, its classes and those around it; what is not listed is left out."""
_KEPT = ("x", "y", "width", "height", "d", "transform")
_FLOAT = re.compile(r"-?\d+\.\d+")
_SERIES = re.compile(r"serie-(\d+)")
_NEXT_LINE = "17"


class Taking:
    """From pygal's elements to ours. `colours` are those of the series in their order; what is stacked has a line of
    paper between its pieces. The labels of lying bars are `lowered` by so much less than pygal put them."""

    def __init__(self, colours: Sequence[str], lowered: float) -> None:
        self._colours, self._lowered = colours, lowered

    def into(self, picture: ET.Element, drawn: Any, around: frozenset[str] = frozenset()) -> None:
        """Put what is to be seen of a drawn element into `picture`."""
        if not isinstance(drawn.tag, str):
            return
        classes = around | frozenset(drawn.get("class", "").split())
        if "tooltip-overlay" in classes:
            return
        if drawn.tag == "g":
            self._group(picture, drawn, classes)
            return
        look = next((look for tag, needed, look in _LOOKS if tag == drawn.tag and needed <= classes), None)
        if look is not None and self._is_seen(drawn):
            picture.append(self._seen(drawn, look, classes))

    def _group(self, picture: ET.Element, drawn: Any, classes: frozenset[str]) -> None:
        group = ET.Element("g", dict(_attributes(drawn))) if drawn.get("transform") else picture
        for child in drawn:
            self.into(group, child, classes)
        if group is not picture and len(group):
            picture.append(group)

    def _seen(self, drawn: Any, look: Look, classes: frozenset[str]) -> ET.Element:
        found = ET.Element(drawn.tag, {**dict(_attributes(drawn)), **look})
        if drawn.tag == "rect":
            found.set("fill", self._colour(classes))
            if len(self._colours) > 1:
                found.set("stroke", PAPER)
        if drawn.tag != "text":
            return found
        if {"axis", "horizontal"} <= classes:
            found.set("y", _rounded(str(float(drawn.get("y")) - self._lowered)))
        found.text, _, below = (drawn.text or "").partition("\n")
        if below:
            ET.SubElement(found, "tspan", {"x": found.get("x", ""), "dy": _NEXT_LINE, "fill": SOFT}).text = below
        return found

    def _is_seen(self, drawn: Any) -> bool:
        """Whether a text says something and a bar has a size; of a bar that is no stack nothing is left out."""
        if drawn.tag == "text":
            return bool(drawn.text)
        sizes = [float(drawn.get(name) or 0) for name in ("width", "height")] if drawn.tag == "rect" else []
        return all(sizes) if len(self._colours) > 1 else not sizes or bool(drawn.get("width"))

    def _colour(self, classes: frozenset[str]) -> str:
        place = next(int(found[1]) for one in classes if (found := _SERIES.fullmatch(one)))
        return self._colours[min(place, len(self._colours) - 1)]


def _attributes(drawn: Any) -> Iterator[tuple[str, str]]:
    return ((name, _rounded(drawn.get(name))) for name in _KEPT if drawn.get(name) is not None)


def _rounded(text: str) -> str:
    """Numbers with one decimal at most."""
    return _FLOAT.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), text)
