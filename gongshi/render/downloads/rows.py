"""The rows of a kind's table for one month, read from public.db a thousand decisions at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.render.addresses import address
from gongshi.render.database import Rows
from gongshi.render.downloads.columns import columns_of

AT_ONCE = 1000
"""Decisions that one query reads."""

Row = tuple[Any, ...]
_PLACES = "SELECT sort FROM decisions WHERE +kind = ? AND first_published_on BETWEEN ? AND ?"
"""Found by their days: the index of the kinds holds every year."""


def days_of(month: str) -> tuple[str, str]:
    """From which day to which a month (YYYY-MM) goes; that some months are shorter does not matter to a comparison."""
    return f"{month}-01", f"{month}-31"


def places_in(db: Rows, kind: str, month: str) -> list[int]:
    """The places of the decisions of a kind first published in a month (YYYY-MM), the oldest first."""
    return sorted(row[0] for row in db.execute(_PLACES, (kind, *days_of(month))))


def chunks(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The places, so many at once: the first and the last of each."""
    for start in range(0, len(places), AT_ONCE):
        some = places[start : start + AT_ONCE]
        yield some[0], some[-1]


def rows_between(db: Rows, kind: str, month: str, between: tuple[int, int], url: str) -> list[Row]:
    """The rows between two places, each in the order of the kind's columns. `url` is the site's own, without a slash
    at its end."""
    found = db.execute(_question(kind), (*between, *days_of(month)))
    return [(record, url + address(record), *cells) for record, *cells in found]


def rows_at(db: Rows, kind: str, month: str, places: Sequence[int], url: str) -> Iterator[list[Row]]:
    """The rows of the decisions at `places`, in lists of about `AT_ONCE`."""
    for between in chunks(sorted(places)):
        yield rows_between(db, kind, month, between, url)


@cache
def _question(kind: str) -> str:
    listed = ", ".join(column.sql for column in columns_of(kind) if column.sql)
    return (
        f"SELECT {listed} FROM {DECISION_KINDS[kind].name} k CROSS JOIN decisions d ON d.sort = k.sort "  # noqa: S608
        "LEFT JOIN parties p ON p.sort = k.sort "
        "WHERE k.sort BETWEEN ? AND ? AND d.first_published_on BETWEEN ? AND ? ORDER BY k.sort, p.position"
    )
