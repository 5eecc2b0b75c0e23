"""What the server answers of registers and lists: their search page and their part of the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from datasette.app import Datasette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gongshi.query import api
from gongshi.query.database import Reading, answered
from gongshi.query.errors import Refused, Unavailable
from gongshi.query.press import Press, site_settings
from gongshi.query.registered.api import answer_json
from gongshi.query.registered.known import known
from gongshi.query.registered.question import asked, is_asked, lenient
from gongshi.query.registered.record import record
from gongshi.query.registered.registers import registers
from gongshi.query.registered.search import search_as_meant, search_records
from gongshi.query.registered.view import RecordsPage, records_page, refused_records_page

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]


class RecordHandlers:
    """The handlers of one server."""

    def __init__(self, datasette: Datasette, press: Press) -> None:
        self._datasette, self._press = datasette, press

    def search(self, decisions: Handler) -> Handler:
        """/search: registers and lists where the address asks for them, otherwise `decisions`."""

        async def answer(request: Request) -> Response:
            pairs = request.query_params.multi_items()
            if not is_asked(pairs):
                return await decisions(request)
            context, status = await self._look(lambda db: self._searched(db, pairs))
            return HTMLResponse(self._press.print("search-records.html", context), status)

        return answer

    def _searched(self, db: Reading, pairs: Sequence[tuple[str, str]]) -> tuple[RecordsPage, int]:
        site = site_settings(db)
        try:
            return records_page(site, search_as_meant(db, asked(pairs))), 200
        except Unavailable:
            raise
        except Refused as refused:
            return refused_records_page(site, lenient(pairs), known(db), refused.message), refused.status

    async def records(self, request: Request) -> Response:
        """/api/v1/records: the same search as /search?in=records."""
        question = asked(request.query_params.multi_items(), strict=True)
        return api.json(answer_json(await self._look(lambda db: search_records(db, question))))

    async def record(self, request: Request) -> Response:
        """/api/v1/records/<id>."""
        wanted: str = request.path_params["id"]
        return api.json(await self._look(lambda db: record(db, wanted)))

    async def registers(self, request: Request) -> Response:
        """/api/v1/registers: what every department has of 12345+."""
        return api.json(await self._look(registers))

    async def _look(self, fn: Callable[[Reading], T]) -> T:
        """What `fn` reads of the database as it lies now."""
        return await answered(self._datasette, lambda db: db.look(fn))
