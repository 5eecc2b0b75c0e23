"""Costs over the number of decisions, both axes logarithmic, as SVG files that need nothing from anywhere.

Written by hand and not by pygal: it has no second logarithmic axis, and its files carry a script and random ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.etree import ElementTree as ET

from bench.kept import Run

_WIDTH, _HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 150, 40, 44
_INK, _SOFT, _LINE = "#1b2733", "#4b5a69", "#d9dfe5"
_COLOURS = ("#1d5a94", "#b3541e", "#2f7d4f", "#7a3e8e", "#8a6d1a", "#a02c4a", "#3a3a3a", "#0f7b8a")
_FONT = "PingFang SC,Microsoft YaHei,Noto Sans CJK SC,Noto Sans SC,sans-serif"
_APART = 16
"""Between the names of two lines at least."""


@dataclass(frozen=True)
class Plot:
    """A picture: its file's name, what it shows, the unit, and its lines as key, label and how they may grow.
    `of` names what of a result is plotted: its seconds, or the peak of its memory."""

    name: str
    title: str
    unit: str
    of: str
    lines: tuple[tuple[str, str, str], ...]


PLOTS = (
    Plot(
        "time",
        "用时与决定件数（双对数）",
        "秒",
        "seconds",
        (
            ("full", "完整生成", "linear"),
            ("first", "首次接收并生成", ""),
            ("hundred", "100件变化后更新", "flat"),
            ("one", "报送1件并更新", "flat"),
            ("nothing", "无变化的更新", "flat"),
            ("takedown", "撤下1件", "flat"),
            ("search page p50", "检索 p50", "flat"),
            ("search page p99", "检索 p99", "flat"),
        ),
    ),
    Plot(
        "memory",
        "内存峰值与决定件数（双对数）",
        "MiB",
        "peak",
        (
            ("full", "完整生成", ""),
            ("first", "首次接收并生成", ""),
            ("hundred", "100件变化后更新", ""),
            ("nothing", "无变化的更新", ""),
            ("takedown", "撤下1件", ""),
        ),
    ),
)
Points = list[tuple[int, float]]


class _Scales:
    """From sizes and values to places in the picture."""

    def __init__(self, sizes: Sequence[int], values: Sequence[float]) -> None:
        self.sizes = sizes
        self.low = floor(log10(min(values)))
        self.high = max(ceil(log10(max(values))), self.low + 1)

    def x(self, size: int) -> float:
        """Where a size stands."""
        share = log10(size / self.sizes[0]) / (log10(self.sizes[-1] / self.sizes[0]) or 1.0)
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * share

    def y(self, value: float) -> float:
        """Where a value stands."""
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * (log10(value) - self.low) / (self.high - self.low)


def draw(plot: Plot, runs: Sequence[Run]) -> bytes:
    """The picture."""
    series = {label: points for key, label, _ in plot.lines if (points := list(_points(plot, key, runs)))}
    values = [value for points in series.values() for _, value in points] or [1.0]
    scales = _Scales(sorted({run.size for run in runs}), values)
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {_WIDTH} {_HEIGHT}"})
    root.attrib |= {"role": "img", "font-family": _FONT, "font-size": "13"}
    ET.SubElement(root, "title").text = plot.title
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#fff"})
    _text(root, _LEFT, 22, f"{plot.title}，单位：{plot.unit}", fill=_INK)
    _grid(root, scales)
    ends = _spaced([(scales.y(points[-1][1]), label) for label, points in series.items()])
    for colour, (label, points) in zip(_COLOURS, series.items(), strict=False):
        places = [(scales.x(size), scales.y(value)) for size, value in points]
        _line(root, places, colour, "2")
        for x, y in places:
            ET.SubElement(root, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "3.5", "fill": colour})
        _text(root, places[-1][0] + 10, ends[label] + 4, label, fill=colour)
    return ET.tostring(root, encoding="unicode").encode() + b"\n"


def _grid(root: ET.Element, scales: _Scales) -> None:
    """A line for each power of ten, and for each size."""
    for power in range(scales.low, scales.high + 1):
        y = scales.y(10.0**power)
        _line(root, [(_LEFT, y), (_WIDTH - _RIGHT, y)], _LINE)
        _text(root, _LEFT - 8, y + 4, f"{10.0**power:,.10g}", fill=_SOFT, anchor="end")
    for size in scales.sizes:
        x = scales.x(size)
        _line(root, [(x, _TOP), (x, _HEIGHT - _BOTTOM)], _LINE)
        _text(root, x, _HEIGHT - _BOTTOM + 20, f"{size:,}", fill=_SOFT, anchor="middle")


def _points(plot: Plot, key: str, runs: Sequence[Run]) -> Iterator[tuple[int, float]]:
    for run in runs:
        result = run.of(key)
        value = getattr(result.spent, plot.of) if result else 0.0
        if value:
            yield run.size, value


def _spaced(wanted: list[tuple[float, str]]) -> dict[str, float]:
    """Where the labels stand: as near to their lines' ends as they can be read."""
    placed: dict[str, float] = {}
    lowest = 0.0
    for at, label in sorted(wanted):
        lowest = max(at, lowest + _APART if placed else at)
        placed[label] = lowest
    return placed


def _line(root: ET.Element, points: Sequence[tuple[float, float]], colour: str, width: str = "1") -> None:
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    ET.SubElement(root, "polyline", {"points": told, "fill": "none", "stroke": colour, "stroke-width": width})


def _text(root: ET.Element, x: float, y: float, text: str, *, fill: str, anchor: str = "start") -> None:
    attributes = {"x": f"{x:.1f}", "y": f"{y:.1f}", "fill": fill, "text-anchor": anchor}
    ET.SubElement(root, "text", attributes).text = text
