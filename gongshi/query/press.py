"""The server's own pages in the site's look, and the city's settings that they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from datasette.database import Database

from gongshi.query.database import Row, rows
from gongshi.render.served import UNNAMED, Place, Press
from gongshi.render.site import Site, load_site

__all__ = ["UNNAMED", "Place", "Press", "site_settings"]


class _Fetched:
    """Rows that were fetched already, for code that asks a connection."""

    def __init__(self, fetched: Sequence[Row]) -> None:
        self._fetched = fetched

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Iterable[Row]:
        """The rows, whatever is asked."""
        return self._fetched


async def site_settings(db: Database) -> Site:
    """The city's settings, from public.db's `meta`."""
    return load_site(_Fetched(await rows(db, "SELECT key, value FROM meta")))
