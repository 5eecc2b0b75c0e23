"""/downloads/<yyyy-mm>.xlsx: a month's decisions as a workbook, made while it is sent.

Nothing is read ahead of what the reader has taken: a slow reader keeps a place, but neither memory nor a lock on the
database, and what is taken down meanwhile is no longer read.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from anyio import from_thread
from datasette.app import Datasette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from gongshi.query.database import answered, read
from gongshi.query.errors import Busy, NoMonth
from gongshi.query.headers import UNKEPT
from gongshi.query.press import site_settings
from gongshi.records import DECISION_KINDS
from gongshi.render.downloads.columns import columns_of
from gongshi.render.downloads.rows import Row, chunks, places_in, rows_between
from gongshi.render.downloads.workbook import TYPE, SheetOf, workbook

AT_ONCE = 2
"""Workbooks that are made at the same time; each keeps a processor busy."""
LONGEST = 600.0
"""Seconds after which a reader who does not take it must make room for others."""
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_T = TypeVar("_T")


class Workbooks:
    """The workbooks of one server."""

    def __init__(self, datasette: Datasette) -> None:
        self._datasette = datasette
        self._open = 0

    async def month(self, request: Request) -> Response:
        """The workbook of a month. Raises NoMonth where nothing of it is public, Busy where others are being made."""
        month: str = request.path_params["month"]
        places = await self._places(month) if _MONTH.fullmatch(month) else {}
        if not places:
            raise NoMonth
        headers = {**UNKEPT, "content-disposition": f'attachment; filename="decisions-{month}.xlsx"'}
        if request.method == "HEAD":
            return StreamingResponse(iter(()), headers=headers, media_type=TYPE)  # nobody knows how long it gets
        url = (await answered(self._datasette, lambda db: db.look(site_settings))).url
        if self._open >= AT_ONCE:
            raise Busy
        self._open += 1
        return _Sent(workbook(self._sheets(month, places, url)), headers, self._done)

    def _done(self) -> None:
        self._open -= 1

    async def _places(self, month: str) -> dict[str, list[int]]:
        """By kind, the places of the decisions first published in the month."""

        def find(db: Any) -> dict[str, list[int]]:
            found = {kind: places_in(db, kind, month) for kind in DECISION_KINDS}
            return {kind: places for kind, places in found.items() if places}

        return await self._ask(find)

    def _sheets(self, month: str, places: dict[str, list[int]], url: str) -> Iterator[SheetOf]:
        for kind, found in places.items():
            rows = self._rows(kind, month, found, url)
            yield SheetOf(DECISION_KINDS[kind].label, columns_of(kind), len(found), rows)

    def _rows(self, kind: str, month: str, places: Sequence[int], url: str) -> Iterator[list[Row]]:
        """The rows as they are asked for, in the thread that makes the workbook: no transaction outlasts a list."""
        for between in chunks(places):

            def find(db: Any, between: tuple[int, int] = between) -> list[Row]:
                return rows_between(db, kind, month, between, url)

            yield from_thread.run(self._ask, find)

    async def _ask(self, find: Callable[[Any], _T]) -> _T:
        return await answered(self._datasette, lambda db: read(db, find))


class _Sent(StreamingResponse):
    """A response that is made in a thread as it is taken, and says when it is over, however it ends."""

    def __init__(self, pieces: Iterator[bytes], headers: dict[str, str], done: Callable[[], None]) -> None:
        super().__init__(pieces, headers=headers, media_type=TYPE)
        self._done = done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST):
                    await super().__call__(scope, receive, send)
        finally:
            self._done()
