"""The rows of public.db's tables `figures` and `figures_more`, grouped and summed for the pages that show them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

COLUMNS = {
    "published": "首次公示",
    "earlier": "其中补录",
    "in_time": "其中按期",
    "late": "其中迟公示",
    "corrected": "更正",
    "changed": "变更",
    "withdrawn": "撤下并说明",
}
"""The table's columns in order, and their headings."""

_ALWAYS = ("published", "in_time")
"""What is told even where it is zero."""

Row = Mapping[str, Any]
Numbers = Counter[str]
Key = Callable[[Row], str]
Number = int | float | None
"""A count; a share, 0 to 1; None where there is nothing to say."""


@dataclass(frozen=True)
class Figures:
    """The rows of one page: of everything, of a department, of a county. `more` are those of `figures_more`, `reviews`
    those of `review_figures`, of the whole city alone. `late`: whether the city shows what was late."""

    rows: tuple[Row, ...]
    more: tuple[Row, ...]
    late: bool
    reviews: tuple[Row, ...] = ()

    def of(self, departments: Collection[str]) -> Figures:
        """Those of some departments."""
        rows, more = (tuple(row for row in all if row["department"] in departments) for all in (self.rows, self.more))
        return Figures(rows, more, self.late)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the city shows."""
        return tuple(column for column in COLUMNS if self.late or column != "late")

    @cached_property
    def sums(self) -> Numbers:
        """All of them together."""
        return sum(self.by(lambda row: "").values(), Counter())

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What the page's tables tell: a column of nothing but zeros says nothing."""
        return tuple(column for column in self.columns if self.sums[column] or column in _ALWAYS)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of a row of the tables."""
        told = tuple(COLUMNS[column] for column in self.told)
        return (*told, "按期率") if self.late else told

    def by(self, key: Key) -> dict[str, Numbers]:
        """The numbers grouped by something of the rows, in its order."""
        found: defaultdict[str, Numbers] = defaultdict(Counter)
        for row in self.rows:
            group = found[key(row)]
            for column in self.columns:
                group[column] += row[column]
        return dict(sorted(found.items()))

    def numbers(self, found: Numbers) -> tuple[Number, ...]:
        """A row of the tables."""
        told = tuple(found[column] for column in self.told)
        return (*told, share(found)) if self.late else told

    def published_by_month(self) -> dict[str, Numbers]:
        """By month how many of each kind were published."""
        found: defaultdict[str, Numbers] = defaultdict(Counter)
        for row in self.rows:
            found[row["month"]][row["kind"]] += row["published"]
        return dict(sorted(found.items()))

    def headings_of(self, kind: str) -> Numbers:
        """How many decisions of a kind stand under each heading (class of penalty, result of inspection)."""
        found: Numbers = Counter()
        for row in self.more:
            if row["kind"] == kind:
                found[row["value"]] += row["decisions"]
        return found


def last(months: Mapping[str, Numbers], most: int) -> dict[str, Numbers]:
    """The months up to the last that has a number, those without one included, `most` of them at most."""
    if not months:
        return {}
    oldest, newest = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(months), max(months)))
    wanted = (f"{at // 12}-{at % 12 + 1:02d}" for at in range(max(oldest, newest - most + 1), newest + 1))
    return {month: months.get(month, Counter()) for month in wanted}


def month_label(month: str, *, first: bool) -> str:
    """11月, with the year below where it begins; below the first, too, unless the next year begins beside it."""
    year, of_year = month.split("-")
    return f"{int(of_year)}月" + (f"\n{year}年" if of_year == "01" or (first and of_year < "11") else "")


def share(found: Numbers) -> float | None:
    """The share in time of those that were in time or late."""
    timed = found["in_time"] + found["late"]
    return found["in_time"] / timed if timed else None


def month_of(row: Row) -> str:
    """A row's month, YYYY-MM."""
    return str(row["month"])


def year_of(row: Row) -> str:
    """A row's year."""
    return str(row["month"])[:4]


def kind_of(row: Row) -> str:
    """A row's kind of decision."""
    return str(row["kind"])


def department_of(row: Row) -> str:
    """A row's department, by its key."""
    return str(row["department"])


def by_number(found: Mapping[str, Numbers]) -> list[str]:
    """The departments with the most first."""
    return sorted(found, key=lambda key: (-found[key]["published"], key))


def together(found: Mapping[str, Numbers], keys: Iterable[str]) -> Numbers:
    """The numbers of some of them in one."""
    return sum((found[key] for key in keys if key in found), Counter())
