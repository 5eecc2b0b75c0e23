"""The way from an index to its months."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from gongshi.render.contexts import Counted, Year


def years(months: Mapping[str, int], base: str) -> tuple[Year, ...]:
    """The months (YYYY-MM, with how many there are in each) by year, newest first; a month's page lies below `base`."""
    found = []
    for year, group in groupby(sorted(months, reverse=True), key=lambda month: month[:4]):
        links = tuple(Counted(f"{int(month[5:])}月", f"{base}{month}/", months[month]) for month in group)
        found.append(Year(year, links, sum(link.count for link in links)))
    return tuple(found)
