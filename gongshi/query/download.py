"""/downloads/<yyyy-mm>.xlsx: a month's decisions as a workbook, made while it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from datasette.app import Datasette
from starlette.requests import Request
from starlette.responses import Response

from gongshi.query.database import answered
from gongshi.query.errors import NoMonth
from gongshi.query.headers import UNKEPT
from gongshi.query.press import site_settings
from gongshi.query.streams import Streams
from gongshi.records import DECISION_KINDS
from gongshi.render.downloads.columns import columns_of
from gongshi.render.downloads.rows import Row, chunks, places_in, rows_between
from gongshi.render.downloads.workbook import TYPE, SheetOf, workbook

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)


class Workbooks:
    """The workbooks of one server."""

    def __init__(self, datasette: Datasette, streams: Streams) -> None:
        self._datasette, self._streams = datasette, streams

    async def month(self, request: Request) -> Response:
        """The workbook of a month. Raises NoMonth where nothing of it is public, Busy where others are being made."""
        month: str = request.path_params["month"]
        places = await self._places(month) if _MONTH.fullmatch(month) else {}
        if not places:
            raise NoMonth
        headers = {**UNKEPT, "content-disposition": f'attachment; filename="decisions-{month}.xlsx"'}
        url = (await answered(self._datasette, lambda db: db.look(site_settings))).url
        return self._streams.answer(request, workbook(self._sheets(month, places, url)), headers, TYPE)

    async def _places(self, month: str) -> dict[str, list[int]]:
        """By kind, the places of the decisions first published in the month."""

        def find(db: Any) -> dict[str, list[int]]:
            found = {kind: places_in(db, kind, month) for kind in DECISION_KINDS}
            return {kind: places for kind, places in found.items() if places}

        return await self._streams.ask(find)

    def _sheets(self, month: str, places: dict[str, list[int]], url: str) -> Iterator[SheetOf]:
        for kind, found in places.items():
            rows = self._rows(kind, month, found, url)
            yield SheetOf(DECISION_KINDS[kind].label, columns_of(kind), len(found), rows)

    def _rows(self, kind: str, month: str, places: Sequence[int], url: str) -> Iterator[list[Row]]:
        """The rows as they are asked for."""
        for between in chunks(places):

            def find(db: Any, between: tuple[int, int] = between) -> list[Row]:
                return rows_between(db, kind, month, between, url)

            yield self._streams.asked(find)
