"""How many decisions there are, by month, kind and department, and when they last changed: from the table `figures`.

The table has a row for each month, department and kind, so it does not grow with the decisions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

NEWEST = 20
"""How many decisions an index shows before it leads on to the months."""


@dataclass(slots=True)
class Tally:
    """The decisions of one index (all, one kind, one department): how many per month and kind, the last change."""

    months: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    updated_on: str = ""

    @property
    def total(self) -> int:
        """How many decisions there are."""
        return self.months.total()

    def add(self, row: Any) -> None:
        """Count one row of `figures` that counts published decisions."""
        self.months[row["month"]] += row["published"]
        self.kinds[row["kind"]] += row["published"]
        self.updated_on = max(self.updated_on, row["updated_on"])

    @classmethod
    def together(cls, tallies: Iterable[Tally]) -> Tally:
        """What several count, none of them twice."""
        found = cls()
        for tally in tallies:
            found.months.update(tally.months)
            found.kinds.update(tally.kinds)
            found.updated_on = max(found.updated_on, tally.updated_on)
        return found

    def marks(self) -> Iterator[str]:
        """Everything that an index page shows of this."""
        yield self.updated_on
        yield from (f"{month}:{count}" for month, count in sorted(self.months.items()))
        yield from (f"{kind}:{count}" for kind, count in sorted(self.kinds.items()))


@dataclass(slots=True)
class Overview:
    """The tallies of all decisions, of each kind, department and month; `withdrawn` counts notices by month."""

    all: Tally = field(default_factory=Tally)
    kinds: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    departments: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    months: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    withdrawn: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, figures: Iterable[Any]) -> Overview:
        """From the rows of `figures`."""
        found = cls()
        for row in figures:
            if row["published"]:
                of_month = found.months[row["month"]]
                for tally in (found.all, found.kinds[row["kind"]], found.departments[row["department"]], of_month):
                    tally.add(row)
            if row["withdrawn"]:
                found.withdrawn[row["month"]] += row["withdrawn"]
        return found

    def around(self, month: str) -> tuple[str, str]:
        """The nearest months before and after `month` that have a decision, "" where there is none."""
        before = max((one for one in self.months if one < month), default="")
        return before, min((one for one in self.months if one > month), default="")
