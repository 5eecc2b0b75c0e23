"""What the server answers of registers and lists: their part of the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from datasette.app import Datasette
from starlette.requests import Request
from starlette.responses import Response

from gongshi.query import api
from gongshi.query.database import Reading, answered
from gongshi.query.registered.api import answer_json
from gongshi.query.registered.question import asked
from gongshi.query.registered.record import record
from gongshi.query.registered.registers import registers
from gongshi.query.registered.search import search_records

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]


class RecordHandlers:
    """The handlers of one server."""

    def __init__(self, datasette: Datasette) -> None:
        self._datasette = datasette

    async def records(self, request: Request) -> Response:
        """/api/v1/records: the search of registers and lists."""
        question = asked(request.query_params.multi_items())
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
