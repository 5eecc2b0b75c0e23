"""Facets of Datasette's own table pages, from the numbers that public.db keeps (table `facets`).

Datasette would count them row by row: seconds at a million rows, for each page. Here they are shown where
a page is narrowed by nothing else than the facets themselves, exact at any size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from datasette.facets import Facet
from datasette.utils import path_with_replaced_args

from gongshi.query.facets import Choice, Tally, choices
from gongshi.query.filters import FILTERS, TABLE_FACETS
from gongshi.query.known import known
from gongshi.query.question import Question

TABLE = "decisions"
_SINCE, _UNTIL = "decided_on__gte", "decided_on__lte"
_YEAR = re.compile(r"([0-9]{4})-01-01")


class CountedFacets(Facet):  # type: ignore[misc]  # Datasette has no types
    """Kind, department and year of the decisions, for Datasette's hook register_facet_classes."""

    type = "counted"

    async def suggest(self) -> list[dict[str, Any]]:
        """Nothing: the facets are always there."""
        return []

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """The facets in Datasette's shape, and which took too long (none)."""
        chosen = chosen_by(self.get_querystring_pairs()) if self.table == TABLE else None
        if chosen is None:
            return [], []
        there_is = await self.ds.get_database(self.database).look(known)
        question = Question(
            kind=chosen.get("kind", ""), department=chosen.get("department", ""), year=chosen.get("year", "")
        )

        def without(facet: str) -> Tally:
            return Tally(
                there_is.cells.within({name: value for name, value in chosen.items() if name != facet}), {}, {}
            )

        found = choices(question, there_is, without, TABLE_FACETS)
        return [self._told(name, found[name], chosen.get(name)) for name in TABLE_FACETS], []

    def _told(self, name: str, found: Iterable[Choice], chosen: str | None) -> dict[str, Any]:
        results = [
            {
                "value": choice.value,
                "label": choice.label,
                "count": choice.count.value if choice.count else 0,
                "toggle_url": self._address(name, "" if choice.value == chosen else choice.value),
                "selected": choice.value == chosen,
            }
            for choice in found
        ]
        about = {"name": name, "label": FILTERS[name].label, "type": self.type, "hideable": False, "toggle_url": ""}
        return {**about, "results": results, "truncated": False}

    def _address(self, name: str, value: str) -> str:
        """This page narrowed to a value; with an empty one, not narrowed by this facet."""
        changed = filters(name, value) | {"_next": None}
        address: str = self.ds.urls.path(path_with_replaced_args(self.request, changed))
        return address


def chosen_by(pairs: Iterable[tuple[str, str]]) -> dict[str, str] | None:
    """The facets by which an address of the table narrows it; None where it narrows by anything else."""
    asked = [(name, value) for name, value in pairs if not name.startswith("_")]
    chosen = {name: value for name, value in asked if name in ("kind", "department") and value}
    if found := _YEAR.fullmatch(dict(asked).get(_SINCE, "")):
        chosen["year"] = found[1]
    meant = [filter_ for facet, value in chosen.items() for filter_ in filters(facet, value).items()]
    return chosen if sorted(asked) == sorted(one for one in meant if not one[0].startswith("_")) else None


def filters(facet: str, value: str) -> dict[str, str | None]:
    """The parameters of a table page that narrow it to one value of a facet; taken away where it is empty.

    A year is found by the index of days, so such a page is in their order.
    """
    if facet != "year":
        return {facet: value or None}
    days = {_SINCE: f"{value}-01-01", _UNTIL: f"{value}-12-31", "_sort_desc": "decided_on"}
    return {name: day if value else None for name, day in days.items()} | {"_sort": None}
