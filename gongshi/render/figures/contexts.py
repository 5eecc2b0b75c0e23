"""What the templates of the public figures may use (contexts.py says how): pictures, and the same numbers as tables."""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.render.contexts import Page
from gongshi.render.look.site import Crumb


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in two shapes: for a desk, and for a screen too narrow for it. `alt` says what it shows."""

    alt: str
    src: str
    width: int
    height: int
    narrow_src: str
    narrow_width: int
    narrow_height: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row: what it counts, where that leads (empty where nowhere), the numbers as text."""

    label: str
    href: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureSection:
    """One table of figures with its picture, if it has one. `first` is the heading of the first column, `columns`
    those of the numbers; `sums` its last row, empty where a sum says nothing; `csv` the address of the same table."""

    name: str
    heading: str
    note: str
    picture: Picture | None
    first: str
    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    sums: tuple[str, ...]
    csv: str


@dataclass(frozen=True)
class FiguresPage(Page):
    """figures.html: the public figures of the site, of a county or of a department.

    `leading` are the few numbers that come first, each with what it counts; `sections` are empty where nothing was
    ever public; `ways` lead to other pages about the same. `late` says that the city shows what was late.
    """

    heading: str
    ways: tuple[Crumb, ...]
    leading: tuple[tuple[str, str], ...]
    sections: tuple[FigureSection, ...]
    late: bool
