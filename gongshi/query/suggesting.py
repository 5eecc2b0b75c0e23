"""/suggest and /api/v1/suggest: what may be meant by the letters typed so far, as JSON. Nothing typed is kept."""

from __future__ import annotations

import orjson
from datasette.app import Datasette
from starlette.requests import Request
from starlette.responses import Response

from gongshi.query import api
from gongshi.query.database import answered
from gongshi.query.suggest import suggestions
from gongshi.query.tokens import MAX_QUERY

_UNKEPT = {"cache-control": "no-store"}


class Suggesting:
    """The handlers of one server."""

    def __init__(self, datasette: Datasette) -> None:
        self._datasette = datasette

    async def box(self, request: Request) -> Response:
        """/suggest: for the page's own script."""
        return Response(await self._told(request), 200, _UNKEPT, "application/json; charset=utf-8")

    async def api(self, request: Request) -> Response:
        """/api/v1/suggest: the same for any other site."""
        response = api.response(await self._told(request))
        response.headers.update(_UNKEPT)
        return response

    async def _told(self, request: Request) -> bytes:
        typed = request.query_params.get("q", "").strip()[:MAX_QUERY]
        found = await answered(self._datasette, lambda db: db.look(lambda reading: suggestions(reading, typed)))
        return orjson.dumps({"q": typed, "items": [one.as_json() for one in found]})
