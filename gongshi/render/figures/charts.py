"""Bar charts as SVG files: the same bytes for the same numbers, in any process on any machine.

pygal draws them. Its file carries a random id, today's date, a script, a style sheet and digits that differ
from machine to machine: all that is dropped (taking.py), and what stays is told its look by attributes alone. So the
picture needs nothing from anywhere, reads in black and white, and stands in a page as <img>. The page has
the same numbers as a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from itertools import count
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from gongshi.render.drawing.lettering import width
from gongshi.render.figures.taking import INK, PAPER, Taking

ENGINE = f"pygal {version('pygal')}"
"""What draws the charts: another version may draw them otherwise."""

_FONT = "PingFang SC,Hiragino Sans GB,Microsoft YaHei,Noto Sans CJK SC,Noto Sans SC,Source Han Sans SC,sans-serif"
_BAR = "#1d5a94"
_LETTER = 13
_WIDE_CHARACTER = 22
"""pygal allows 0.6 of the font's size for a character, a Chinese one takes all of it: 22 makes room for 13."""
_LOWERED = 0.35 * (_WIDE_CHARACTER - _LETTER)
"""By how much such a label then sits too low."""
_ROW, _EDGE = 30, 8
_KEY, _KEY_GAP, _KEY_LINE = 12, 6, 22
"""The legend: the side of its squares, the room beside them, the height of its lines."""


class Series(NamedTuple):
    """One of the pieces of which every bar is made up."""

    name: str
    colour: str


Bar = tuple[str, tuple[float | None, ...]]
"""Its label and its numbers, one for each series; None where there is nothing to show."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows: `title` for those who do not see it, `bars` in the order of reading. A line break in a label
    puts what follows under it. `across`: the bars lie instead of standing. With `series` each bar is a stack of them,
    the first at the bottom (or left), and a legend stands above. `percent`: the numbers are of a hundred."""

    title: str
    bars: tuple[Bar, ...]
    width: int
    across: bool = False
    series: tuple[Series, ...] = ()
    percent: bool = False

    @property
    def height(self) -> int:
        """In the same units as the width."""
        return self._above + self._plot

    def svg(self) -> bytes:
        """The picture."""
        return _once(self)

    def _svg(self) -> bytes:
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
        ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
        colours = tuple(one.colour for one in self.series) or (_BAR,)
        taking, into = Taking(colours, _LOWERED), root
        if self.series:
            self._add_legend(root)
            into = ET.SubElement(root, "g", {"transform": f"translate(0, {self._above})"})
        for child in self._drawn():
            taking.into(into, child)
        return ET.tostring(root, encoding="unicode").encode() + b"\n"

    @property
    def _plot(self) -> int:
        return _ROW * len(self.bars) + 2 * _EDGE if self.across else 320

    @property
    def _above(self) -> int:
        lines = [line for line, _, _ in self._legend()]
        return _EDGE + _KEY_LINE * (lines[-1] + 1) if lines else 0

    def _legend(self) -> list[tuple[int, float, Series]]:
        """Each series with its line and where it begins in it."""
        found, line, at = list[tuple[int, float, Series]](), 0, float(_EDGE)
        for one in self.series:
            wide = _KEY + _KEY_GAP + _LETTER * width(one.name)
            if at + wide > self.width - _EDGE:
                line, at = line + 1, float(_EDGE)
            found.append((line, at, one))
            at += wide + 2 * _EDGE
        return found

    def _add_legend(self, root: ET.Element) -> None:
        for line, at, one in self._legend():
            top = _EDGE + line * _KEY_LINE
            square = {"x": f"{at:g}", "y": str(top), "width": str(_KEY), "height": str(_KEY), "fill": one.colour}
            ET.SubElement(root, "rect", square)
            place = {"x": f"{at + _KEY + _KEY_GAP:g}", "y": str(top + _KEY - 1)}
            ET.SubElement(root, "text", {**place, "fill": INK, "font-size": str(_LETTER)}).text = one.name

    def _drawn(self) -> Any:
        """pygal's own drawing."""
        import pygal  # a tenth of a second: only where a chart is made
        from pygal.style import Style

        label = _WIDE_CHARACTER if self.across else _LETTER
        graph = getattr(pygal, ("Horizontal" if self.across else "") + ("StackedBar" if self.series else "Bar"))(
            width=self.width,
            height=self._plot,
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
            value_formatter=self._told,
            style=Style(label_font_size=label, major_label_font_size=label, value_font_size=12),
        )
        bars = tuple(reversed(self.bars)) if self.across else self.bars
        graph.x_labels = [label for label, _ in bars]
        most = 100 if self.percent else max(map(_sum, self.bars))
        graph.y_labels = [0, max(most, 1)] if self.across else ticks(most)
        if self.series:
            self._stack(graph, bars)
        else:
            graph.add(self.title, [number for _, (number,) in bars])
        return graph.render_tree()

    def _stack(self, graph: Any, bars: tuple[Bar, ...]) -> None:
        """Every series, and upon them one of nothing that bears the sums."""
        for at, one in enumerate(self.series):
            graph.add(one.name, [numbers[at] for _, numbers in bars], formatter=lambda number: "")
        graph.add("", [{"value": 0, "formatter": partial(_said, self._told(_sum(bar)))} for bar in bars])

    def _told(self, number: float) -> str:
        return f"{number:.1f}".removesuffix(".0") + "%" if self.percent else f"{number:,.0f}"

    def _room(self) -> int:
        """What the longest number takes beside its bar."""
        return _EDGE + 9 * max(len(self._told(_sum(bar))) for bar in self.bars)


@lru_cache(256)
def _once(chart: Chart) -> bytes:
    """A chart's picture: it takes longer than the page around it, and many show the same."""
    return chart._svg()


def _said(text: str, number: float) -> str:
    return text


def _sum(bar: Bar) -> float:
    return sum(number or 0 for number in bar[1])


def ticks(most: float) -> list[int]:
    """At most six whole numbers, evenly spaced, from 0 to `most` or to the next step above it."""
    most = max(int(most), 1)
    step = next(lead * 10**power for power in count() for lead in (1, 2, 5) if lead * 10**power * 5 >= most)
    return list(range(0, most + step, step))[: -(-most // step) + 1]
