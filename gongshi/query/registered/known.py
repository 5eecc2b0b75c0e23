"""What registers and lists can be narrowed by, and how many records lie in each cell where no word is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gongshi.query.database import Reading
from gongshi.query.registered.question import FACETS
from gongshi.records.registry.common import ACTS

Cell = tuple[str, str, str]
"""Kind, department and acts of a record: the facets in the order of question.FACETS; several acts are joined by 、."""

_CELLS = """
SELECT kind, department, coalesce(act, '') AS act, count(*) AS found FROM records
WHERE standing = 'in_force' GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Known:
    """Labels by value, in the order of the pages, and how many records lie in each cell."""

    kind: dict[str, str]
    department: dict[str, str]
    act: dict[str, str]
    cells: Mapping[Cell, int]

    def of(self, facet: str) -> dict[str, str]:
        """Labels by value of one facet."""
        labels: dict[str, str] = getattr(self, facet)
        return labels


def known(db: Reading) -> Known:
    """What there is in the public database as it is now."""
    return db.once("known records", _read)


def within(cells: Mapping[Cell, int], chosen: Mapping[str, str]) -> dict[Cell, int]:
    """The cells that lie in every chosen facet."""
    wanted = [(place, chosen[name]) for place, name in enumerate(FACETS) if name in chosen]
    return {cell: n for cell, n in cells.items() if all(value in _values(cell[place]) for place, value in wanted)}


def by_value(cells: Mapping[Cell, int], facet: str) -> Counter[str]:
    """How many records there are of each value of a facet; one of several acts counts under each."""
    place = list(FACETS).index(facet)
    found = Counter[str]()
    for cell, count in cells.items():
        for value in _values(cell[place]):
            found[value] += count
    return found


def cells_of(lines: Iterable[str]) -> Counter[Cell]:
    """Cells counted from lines of "kind department act"."""
    return Counter(dict(_counted(Counter(lines))))


def _counted(lines: Counter[str]) -> Iterator[tuple[Cell, int]]:
    for line, count in lines.items():
        kind, department, act = line.split(" ", 2)
        yield (kind, department, act), count


def _values(text: str) -> list[str]:
    return text.split("、") if text else []


def _read(db: Reading) -> Known:
    kinds = {row["name"]: row["label"] for row in db.rows("SELECT name, label FROM record_kinds ORDER BY position")}
    departments = {
        row["key"]: row["name"] for row in db.rows("SELECT key, name FROM departments ORDER BY region, name")
    }
    cells = {(row["kind"], row["department"], row["act"]): row["found"] for row in db.rows(_CELLS)}
    return Known(kinds, departments, {act: act for act in ACTS}, cells)
