"""The table `review_figures`: legal reviews of closed years as numbers, handed over by whoever may look at cases.

Nothing here knows of a case: publish, render and query may import nothing of them (the wall).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gongshi.publish.database.reference_rows import Table
from gongshi.publish.opening import reading
from gongshi.records.review_figures import COLUMNS, ReviewYear

NAME = "review_figures"


def table(years: Sequence[ReviewYear]) -> Table:
    """The table as it is to be; empty where the city publishes none."""
    return NAME, ("year", *COLUMNS), [(one.year, *one.numbers) for one in years]


def differ(path: Path, years: Sequence[ReviewYear]) -> bool:
    """Whether the public.db at `path` says something else."""
    name, columns, rows = table(years)
    with reading(path) as db:
        stored = db.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY year")  # noqa: S608 - our schema
        return [tuple(row) for row in stored] != rows
