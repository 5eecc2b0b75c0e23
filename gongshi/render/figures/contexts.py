"""What the templates of the public figures may use (contexts.py says how): pictures, and the same numbers as tables."""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.render.contexts import Page
from gongshi.render.look.site import Crumb
from gongshi.render.registry.contexts import Past
from gongshi.render.registry.record import Record


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


@dataclass(frozen=True, slots=True)
class AnnualRow:
    """A department in the page of a year: the id of what it declared (empty where it has not), its name, where that
    leads, its numbers as text."""

    id: str
    name: str
    href: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class YearPage(Page):
    """figures-year.html: what departments declared of a year, compared; `columns` head the numbers."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[AnnualRow, ...]
    csv: str


@dataclass(frozen=True, slots=True)
class AnnualAct:
    """What was declared of one of the six kinds of act: entry, count and amount; `amounts`: whether any has one."""

    name: str
    rows: tuple[tuple[str, str, str], ...]
    amounts: bool


@dataclass(frozen=True)
class AnnualPage(Page):
    """figures-annual.html: the annual figures that a department declared; `others` leads to the year's page."""

    record: Record
    acts: tuple[AnnualAct, ...]
    note: str
    others: str
    csv: str
    past: Past
