"""Text goes over the wire compressed, where the browser takes it so.

`gongshi serve` does what nginx does in front of it: text of some length, asked for with gzip, whole. What is streamed
(a month's workbook), what is a part of a file, and the pages of the correction form, which hold a secret beside what
the asker typed, go as they are.
"""

from __future__ import annotations

import gzip
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST = 1024
"""Bytes under which compressing saves nothing."""
MOST = 2 * 1024 * 1024
"""Bytes over which a file is sent piece by piece, as it lies on the disk."""
_LEVEL = 5
_TEXTS = re.compile(
    r"text/(?:html|css|csv|plain|xml|javascript)|image/svg\+xml|application/(?:json|xml|javascript|x-ndjson|[a-z]+\+(?:xml|json))"
)
_AS_IT_IS = ("/correct",)
"""Prefixes whose pages hold a secret: compressed beside what somebody typed, its length would tell of it (BREACH)."""
_TAKEN = re.compile(r"(?:gzip|\*)(?:;q=(?!0(?:\.0*)?$).*)?")
_WHOLE = {200, 404, 410, 503}


class Packed:
    """ASGI middleware: compresses whole answers of text."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"].startswith(_AS_IT_IS):
            await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, _Packing(send, takes=_takes(Headers(scope=scope))).send)


def _takes(headers: Headers) -> bool:
    """Whether the asker takes gzip: it is named, and not with q=0."""
    asked = headers.get("accept-encoding", "").lower().replace(" ", "").split(",")
    return any(_TAKEN.fullmatch(one) for one in asked)


class _Packing:
    """One answer on its way: its head waits for the first piece of its body, which tells whether it is whole."""

    def __init__(self, send: Send, *, takes: bool) -> None:
        self._send, self._takes = send, takes
        self._start: Message | None = None
        self._pieces: list[bytes] = []

    async def send(self, message: Message) -> None:
        """Pass a message on, packed where it can be."""
        if message["type"] == "http.response.start" and _is_text(message):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            await self._body(message)

    async def _body(self, message: Message) -> None:
        self._pieces.append(message.get("body", b""))
        if message.get("more_body") and self._known():
            return
        start, self._start = self._start, None
        assert start is not None  # `send` asked
        body = b"".join(self._pieces)
        if not message.get("more_body"):
            body = self._packed(start, body)
        await self._send(start)
        await self._send({**message, "body": body})

    def _known(self) -> bool:
        """Whether the answer says how long it is: a file, of which more is to come; otherwise it is a stream."""
        return self._start is not None and b"content-length" in dict(self._start["headers"])

    def _packed(self, start: Message, body: bytes) -> bytes:
        headers = MutableHeaders(scope=start)
        headers.add_vary_header("Accept-Encoding")
        if not self._takes or len(body) < LEAST:
            return body
        packed = gzip.compress(body, _LEVEL, mtime=0)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(packed))
        if etag := headers.get("etag"):
            headers["etag"] = etag if etag.startswith("W/") else f"W/{etag}"
        return packed


def _is_text(message: Message) -> bool:
    headers = Headers(raw=[(name.lower(), value) for name, value in message.get("headers", [])])
    kind = headers.get("content-type", "").partition(";")[0].strip()
    small = int(headers.get("content-length", "0")) <= MOST
    return small and message["status"] in _WHOLE and bool(_TEXTS.fullmatch(kind)) and "content-encoding" not in headers
