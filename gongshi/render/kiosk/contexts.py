"""What kiosk-city.html may use (contexts.py says how)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gongshi.render.kiosk.frame import Screen


class Line(NamedTuple):
    """One line of a slide, which leads on: what it is called, and what is told of it, piece by piece; `kind` colours
    it."""

    href: str
    name: str
    told: tuple[str, ...]
    kind: str = ""


class Slide(NamedTuple):
    """One slide of lines."""

    heading: str
    note: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CityScreen(Screen):
    """kiosk-city.html: the city's own screen."""

    slides: tuple[Slide, ...]
