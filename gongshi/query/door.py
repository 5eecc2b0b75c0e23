"""The door to Datasette below /data/: opens for what the wall admits, and tidies what comes out."""

from __future__ import annotations

import csv
import io

from datasette.app import Datasette
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gongshi.query.database import answered
from gongshi.query.errors import NotFound, Refused, RowsRefused, Unavailable, WrongMethod
from gongshi.query.handlers import METHODS, Handlers
from gongshi.query.headers import lower
from gongshi.query.wall import Admitted, admit
from gongshi.records.spreadsheet import safe

_PASSED_ON = (b"host", b"accept", b"accept-language", b"user-agent", b"x-forwarded-proto", b"x-forwarded-host")
"""Request headers that Datasette sees: no cookie, no authorization, so nobody is anybody there."""
BAD_REQUEST, SERVER_ERROR = 400, 500


def raw_path(scope: Scope) -> bytes:
    """The path as it came over the wire."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw.partition(b"?")[0]


class DataDoor:
    """An ASGI app: Datasette, seen through the wall."""

    def __init__(self, datasette: Datasette, inner: ASGIApp, handlers: Handlers) -> None:
        self.datasette, self.inner, self.handlers = datasette, inner, handlers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request below /data/."""
        try:
            if scope["method"] not in METHODS:
                raise WrongMethod
            admitted = admit(raw_path(scope), scope.get("query_string", b""))
            held = await answered(self.datasette, lambda db: self._ask(_rewritten(scope, admitted), receive))
        except Refused as refused:
            response = await self.handlers.refusal(Request(scope).url.path, refused)
            await response(scope, receive, send)
            return
        await held.pass_on(send, is_csv=admitted.path.endswith(".csv"))

    async def _ask(self, scope: Scope, receive: Receive) -> _Held:
        """What Datasette answers, whole: a page of at most 100 rows. Raises its error in our words."""
        held = _Held()
        await self.inner(scope, receive, held.take)
        if held.status >= SERVER_ERROR:
            raise Unavailable
        if held.status == NotFound.status:
            raise NotFound("没有这一行；内容可能公示期已满或者已经撤下。")
        if held.status >= BAD_REQUEST:
            raise RowsRefused
        return held


def _rewritten(scope: Scope, admitted: Admitted) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name in _PASSED_ON]
    return {
        **scope,
        "path": admitted.path,
        "raw_path": admitted.path.encode("ascii"),
        "query_string": admitted.query.encode("ascii"),
        "headers": headers,
    }


class _Held:
    """A response held until it is known to be good: Datasette's own error pages would show SQL."""

    def __init__(self) -> None:
        self.start: Message = {"type": "http.response.start", "status": 500, "headers": []}
        self.body: list[bytes] = []

    @property
    def status(self) -> int:
        """The status that Datasette gave."""
        status: int = self.start["status"]
        return status

    async def take(self, message: Message) -> None:
        """One message of the response."""
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.body.append(message.get("body", b""))

    async def pass_on(self, send: Send, *, is_csv: bool) -> None:
        """Send it on: cacheable in nobody's name, and CSV safe for a spreadsheet."""
        body = b"".join(self.body)
        headers = lower(self.start)
        for name in ("vary", "cache-control", "referrer-policy", "content-length"):
            del headers[name]
        await send(self.start)
        await send({"type": "http.response.body", "body": neutral_csv(body) if is_csv else body})


def neutral_csv(content: bytes) -> bytes:
    """The same table with every cell quoted that a spreadsheet would take for a formula (DOMAIN.md 18)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")):
        writer.writerow([safe(cell) for cell in row])
    return out.getvalue().encode("utf-8")
