"""What there is to narrow a search by, and how many decisions each choice leaves where no word is asked for.

Read from the small tables of public.db, among them `facets`, which is counted when a decision is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongshi.query.database import Reading, Row
from gongshi.query.filters import FILTERS, meant
from gongshi.query.tokens import normalise
from gongshi.records.keys import class_mark
from gongshi.records.penalty import PENALTY_CLASSES
from gongshi.render.updated import last_update

_COLUMNS = {"class": "classes"}
CELLS = tuple(name for name in FILTERS if name not in ("item", "law"))
"""The filters that `facets` counts by. Items and laws are too many: they are counted by themselves, and among hits."""
Cell = tuple[str, ...]
"""What a decision has of CELLS, in that order; classes and parties may be several, or none, joined by blanks."""
_SEVERAL = frozenset(CELLS.index(name) for name in ("class", "party"))
_FACETS = f"SELECT cell, decisions, {', '.join(_COLUMNS.get(name, name) for name in CELLS)} FROM facets"  # noqa: S608
_OF_ITEM = """
SELECT r.{column} FROM records r WHERE r.item = a.id AND r.kind = 'enforcement_item'
ORDER BY r.standing DESC, r.sort LIMIT 1
"""
_ACTS = f"""
SELECT a.id, a.name, a.decisions, ({_OF_ITEM.format(column="title")}) AS title,
  ({_OF_ITEM.format(column="department_name")}) AS department
FROM acts a ORDER BY a.decisions DESC, a.id
"""  # noqa: S608 - constants
_LAWS = "SELECT id, name, decisions FROM laws ORDER BY decisions DESC, id"


@dataclass(frozen=True)
class Cells:
    """How many decisions lie in each cell."""

    counts: Mapping[Cell, int]

    def within(self, chosen: Mapping[str, str]) -> Cells:
        """Those that have every chosen value; filters that no cell tells apart are passed over."""
        found: Iterable[tuple[Cell, int]] = self.counts.items()
        wanted = [(CELLS.index(name), meant(name, value)) for name, value in chosen.items() if name in CELLS]
        for place, values in wanted:
            found = [(cell, n) for cell, n in found if any(_has(cell[place], value, place) for value in values)]
        return Cells(dict(found)) if wanted else self

    @cached_property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    def by(self, facet: str) -> Mapping[str, int]:
        """How many there are of each value of a filter of CELLS; one of several values counts under each. Counted for
        the first who asks."""
        if facet not in self._counted:
            place = CELLS.index(facet)
            found = _summed((cell[place], count) for cell, count in self.counts.items())
            found.pop("", None)
            self._counted[facet] = _apart(found) if place in _SEVERAL else found
        return self._counted[facet]

    @cached_property
    def _counted(self) -> dict[str, Mapping[str, int]]:
        return {}


def _has(values: str, value: str, place: int) -> bool:
    return values == value or (place in _SEVERAL and value in values.split(" "))


def _apart(found: Mapping[str, int]) -> dict[str, int]:
    return _summed((value, count) for values, count in found.items() for value in values.split(" "))


def _summed(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    summed: dict[str, int] = {}
    for value, count in counts:
        summed[value] = summed.get(value, 0) + count
    return summed


@dataclass(frozen=True, slots=True)
class Known:
    """`labels` by value of each filter, in the order of the pages; how many decisions lie in each cell, and how many
    are about each item and cite each law."""

    labels: Mapping[str, dict[str, str]]
    cells: Cells
    cell_of: Mapping[int, Cell]
    """By the number under which `tags` has it."""
    items: Mapping[str, int]
    laws: Mapping[str, int]
    items_named: Mapping[str, frozenset[str]]
    """Ids of items by their normalised name or code."""

    def of(self, facet: str) -> dict[str, str]:
        """Labels by value of one filter."""
        return self.labels[facet]


def known(db: Reading) -> Known:
    """What there is in the public database as it is now."""
    return db.once("known", _read)


def updated_on(db: Reading) -> str:
    """The newest day on which something that is public came, changed or left a notice; empty where nothing is."""
    return db.once("last update", last_update)


def _read(db: Reading) -> Known:
    counts, cell_of = Counter[Cell](), dict[int, Cell]()
    for row in db.rows(_FACETS):
        number, decisions, *cell = row.values()
        cell_of[number] = tuple(cell)
        counts[cell_of[number]] += decisions
    cells = Cells(counts)
    acts, laws = db.rows(_ACTS), db.rows(_LAWS)
    return Known(
        labels=_labels(db, cells, acts, laws),
        cells=cells,
        cell_of=cell_of,
        items={row["id"]: row["decisions"] for row in acts},
        laws={row["id"]: row["decisions"] for row in laws},
        items_named=_named(acts),
    )


def _labels(db: Reading, cells: Cells, acts: Sequence[Row], laws: Iterable[Row]) -> dict[str, dict[str, str]]:
    usual = {name: one.usual for name, one in FILTERS.items() if one.usual is not None}
    years = sorted(cells.by("year"), reverse=True)
    return {
        **usual,
        "kind": _pairs(db.rows("SELECT name, label FROM kinds ORDER BY position")),
        "department": _pairs(db.rows("SELECT key, name FROM departments ORDER BY region, name")),
        "region": _pairs(db.rows("SELECT code, name FROM regions ORDER BY code")),
        "class": {class_mark(name): name for name in PENALTY_CLASSES},
        "item": dict(items(acts)),
        "law": {row["id"]: row["name"] for row in laws},
        "year": {year: f"{year} 年" for year in years},
    }


def items(acts: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """What items are called; where several departments have one of a name, with the department."""
    titles = Counter(row["title"] for row in acts)
    for row in acts:
        title = f"{row['title']}（{row['department']}）" if titles[row["title"]] > 1 else row["title"]
        yield row["id"], title if row["title"] else row["name"]


def _pairs(found: Iterable[Row]) -> dict[str, str]:
    return dict(tuple(row.values()) for row in found)


def _named(acts: Iterable[Row]) -> dict[str, frozenset[str]]:
    named: dict[str, frozenset[str]] = {}
    for row in acts:
        for name in {normalise(text) for text in (row["name"], row["title"]) if text}:
            named[name] = named.get(name, frozenset()) | {row["id"]}
    return named
