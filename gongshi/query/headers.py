"""What every response says to the browser: nothing from elsewhere, no cookie that knows anybody, no frames.

One policy at every address: no inline script and no inline style, also on the narrative pages.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gongshi.render.look.sheets import COOKIE

REVALIDATE = "max-age=0, must-revalidate"
"""Pages may be kept, but are asked for again each time (304 where unchanged): no cache outlives a takedown."""
NAMED_BY_CONTENT = "public, max-age=31536000, immutable"
"""For /assets/ files whose name changes with their content."""

UNKEPT = {"x-robots-tag": "noindex"}
"""For what no search engine should keep: what was withdrawn, and each answer of the server."""
_ANSWERS = re.compile(r"/(?:search|suggest|parties|data|api|correct)(?:[/.]|$)")

STRICT = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The Content-Security-Policy."""

ALWAYS = {
    "content-security-policy": STRICT,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}


def lower(message: Message) -> MutableHeaders:
    """The headers of a response that starts, their names in lower case (Datasette's are not)."""
    message["headers"] = [(name.lower(), value) for name, value in message.get("headers", [])]
    return MutableHeaders(scope=message)


def _only_the_look(headers: MutableHeaders) -> None:
    told = [value for value in headers.getlist("set-cookie") if value.startswith(f"{COOKIE}=")]
    del headers["set-cookie"]
    for value in told:
        headers.append("set-cookie", value)


class Headers:
    """ASGI middleware: adds the headers that are always sent, and drops every cookie but the one that remembers how the
    reader wants to read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added; a header that the app set itself stands."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = lower(message)
                _only_the_look(headers)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", REVALIDATE)
                if _ANSWERS.match(scope["path"]):
                    headers.update(UNKEPT)
            await send(message)

        await self.app(scope, receive, add)
