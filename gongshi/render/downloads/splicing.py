"""The rows of a month of which a run touched a few days: the other days' rows come out of the table that lay there.

A run knows which days it touched (gongshi.render.parts); every other day is as it was when the last run wrote the
month's Parquet file, from which its rows are read many times faster than from public.db. The same rows make the same
bytes wherever they come from; a day that is not in the file as it should be is read from public.db, too.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from arro3.core import Table

from gongshi.render.downloads.formats import former
from gongshi.render.downloads.rows import Row
from gongshi.render.lists.entries import Entry
from gongshi.render.look.assets import fingerprint

Read = Callable[[Sequence[int]], Iterator[list[Row]]]
"""The rows of the decisions at these places, from public.db."""


@dataclass(frozen=True, slots=True)
class Before:
    """Stored tables (Parquet files by their paths below the site) as they were, and all days touched since then."""

    days: Collection[str] = frozenset()
    tables: Mapping[str, bytes] = field(default_factory=dict)


NOTHING = Before()


@dataclass(frozen=True, slots=True)
class Day:
    """What was first published on a day: the places of the decisions, and a fingerprint of their ids in that order."""

    day: str
    places: Sequence[int]
    ids: str


def by_day(entries: Iterable[Entry]) -> list[Day]:
    """The days of `entries`, which are in the order of their days."""
    days = ((day, list(some)) for day, some in groupby(entries, key=lambda entry: entry.day))
    return [
        Day(day, array("q", [entry.sort for entry in some]), fingerprint(*(entry.id for entry in some)))
        for day, some in days
    ]


def rows_of(days: Sequence[Day], read: Read, touched: Collection[str], before: bytes) -> Iterator[list[Row] | Table]:
    """The rows of `days` by their places: those that were `touched` are read, the others are taken out of the file
    `before` them. Without such a file all are read."""
    places = [place for day in days for place in day.places]
    if not before or places != sorted(places):
        yield from read(places)
        return
    table = former(before)
    stood = _by_day(table)
    for day in days:
        start, count, ids = stood.get(day.day, (0, 0, ""))
        if day.day in touched or ids != day.ids:
            yield from read(day.places)
        else:
            yield table.slice(start, count)


def _by_day(table: Table) -> dict[str, tuple[int, int, str]]:
    """The days of a table: the first row of each, how many it has, the fingerprint of its decisions' ids."""
    found, start = dict[str, tuple[int, int, str]](), 0
    rows = zip(table.column("first_published_on").to_pylist(), table.column("id").to_pylist(), strict=True)
    for day, some in groupby(rows, key=lambda row: row[0]):
        ids = [decision for _, decision in some]
        found[day.isoformat()] = start, len(ids), fingerprint(*dict.fromkeys(ids))
        start += len(ids)
    return found
