"""What there is to narrow a search by, and how many decisions each choice leaves where no word is asked for.

Read from the small tables of public.db, among them `facets`, which is counted when a decision is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from gongshi.query.database import Reading, Row
from gongshi.query.question import FACETS

Cell = tuple[str, str, str]
"""Kind, department and year of a decision: the facets in the order of question.FACETS."""


@dataclass(frozen=True)
class Cells:
    """How many decisions lie in each cell."""

    counts: Mapping[Cell, int]

    def within(self, chosen: Mapping[str, str]) -> Cells:
        """Those that lie in every chosen facet."""
        if not chosen:
            return self
        wanted = [(place, chosen[name]) for place, name in enumerate(FACETS) if name in chosen]
        return Cells(
            {cell: n for cell, n in self.counts.items() if all(cell[place] == value for place, value in wanted)}
        )

    @cached_property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @cached_property
    def by_facet(self) -> Mapping[str, Counter[str]]:
        """For each facet how many there are of each value."""
        kinds, departments, years = (Counter[str]() for _ in FACETS)
        for (kind, department, year), count in self.counts.items():
            kinds[kind] += count
            departments[department] += count
            years[year] += count
        return dict(zip(FACETS, (kinds, departments, years), strict=True))


@dataclass(frozen=True, slots=True)
class Known:
    """Labels by value, in the order of the pages, and how many decisions lie in each cell."""

    kind: dict[str, str]
    department: dict[str, str]
    year: dict[str, str]
    cells: Cells
    cell_of: Mapping[int, Cell]
    """By the number under which `tags` has it: of several, for public.db counts by more than these three."""

    def of(self, facet: str) -> dict[str, str]:
        """Labels by value of one facet."""
        labels: dict[str, str] = getattr(self, facet)
        return labels


def known(db: Reading) -> Known:
    """What there is in the public database as it is now."""
    return db.once("known", _read)


def _read(db: Reading) -> Known:
    kinds = db.rows("SELECT name AS value, label FROM kinds ORDER BY position")
    departments = db.rows("SELECT key AS value, name AS label FROM departments ORDER BY region, name")
    cells, cell_of = Counter[Cell](), dict[int, Cell]()
    for row in db.rows("SELECT cell, kind, department, year, decisions FROM facets"):
        cell = cell_of[row["cell"]] = row["kind"], row["department"], row["year"]
        cells[cell] += row["decisions"]
    years = sorted({year for _, _, year in cells}, reverse=True)
    labels = _labels(kinds), _labels(departments), {year: f"{year} 年" for year in years}
    return Known(*labels, Cells(cells), cell_of)


def _labels(found: list[Row]) -> dict[str, str]:
    return {row["value"]: row["label"] for row in found}
