"""The door to Datasette below /data/: opens for what the wall admits, and tidies what comes out."""

from __future__ import annotations

import csv
import io

from datasette.app import Datasette
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gongshi.query.database import follow
from gongshi.query.errors import Refused, WrongMethod
from gongshi.query.handlers import METHODS, Handlers
from gongshi.query.headers import lower
from gongshi.query.wall import Admitted, admit

_PASSED_ON = (b"host", b"accept", b"accept-language", b"user-agent", b"x-forwarded-proto", b"x-forwarded-host")
"""Request headers that Datasette sees: no cookie, no authorization, so nobody is anybody there."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
            follow(self.datasette)
        except Refused as refused:
            response = await self.handlers.refusal(Request(scope).url.path, refused)
            await response(scope, receive, send)
            return
        await self.inner(_rewritten(scope, admitted), receive, _Tidy(send, is_csv=admitted.path.endswith(".csv")))


def _rewritten(scope: Scope, admitted: Admitted) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name in _PASSED_ON]
    return {
        **scope,
        "path": admitted.path,
        "raw_path": admitted.path.encode("ascii"),
        "query_string": admitted.query.encode("ascii"),
        "headers": headers,
    }


class _Tidy:
    """Sends on what Datasette answers: cacheable by nobody's name, and CSV safe for a spreadsheet."""

    def __init__(self, send: Send, *, is_csv: bool) -> None:
        self.send, self.is_csv = send, is_csv
        self._start: Message = {}
        self._body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """One message of the response; CSV (at most a page of rows) is held until it is whole."""
        if message["type"] == "http.response.start":
            headers = lower(message)
            for name in ("vary", "cache-control", "referrer-policy"):
                del headers[name]
            if self.is_csv and message["status"] == 200:  # noqa: PLR2004
                del headers["content-length"]
                self._start = message
                return
        elif self._start:
            self._body.append(message.get("body", b""))
            if message.get("more_body"):
                return
            await self.send(self._start)
            message = {"type": "http.response.body", "body": neutral_csv(b"".join(self._body))}
        await self.send(message)


def neutral_csv(content: bytes) -> bytes:
    """The same table with every cell quoted that a spreadsheet would take for a formula (DOMAIN.md 18)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return out.getvalue().encode("utf-8")
