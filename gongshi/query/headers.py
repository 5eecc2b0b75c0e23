"""What every response says to the browser: nothing from elsewhere, no cookies, no guessing, no frames.

The policy is strict everywhere: no inline script and no inline style. Narrative pages come from
MkDocs' theme, which has a few inline scripts: those are allowed by their hash, read from the page
itself, and only below the prefixes where no data page lies.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NARRATIVE = ("/about/",)
"""Prefixes whose pages MkDocs made. Decision data never passes through it (DESIGN.md promise 10)."""

REVALIDATE = "max-age=0, must-revalidate"
"""Pages may be kept, but are asked for again each time (304 where unchanged): no cache outlives a takedown."""
NAMED_BY_CONTENT = "public, max-age=31536000, immutable"
"""For /assets/ files whose name changes with their content."""

UNKEPT = {"x-robots-tag": "noindex"}
"""For what no search engine should keep: what was withdrawn, and each answer of the server."""
_ANSWERS = re.compile(r"/(?:search|data|api|correct)(?:/|$)")

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def policy(script_hashes: Sequence[str] = (), *, inline_style: bool = False) -> str:
    """The Content-Security-Policy."""
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in script_hashes)])
    styles = "'self' 'unsafe-inline'" if inline_style else "'self'"
    return (
        f"default-src 'self'; script-src {scripts}; style-src {styles}; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


STRICT = policy()

ALWAYS = {
    "content-security-policy": STRICT,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}


def is_narrative(path: str) -> bool:
    """Whether a page at this address is MkDocs' own."""
    return path.startswith(NARRATIVE)


def narrative_policy(file: Path) -> str:
    """The policy of a narrative page: its own inline scripts, by hash."""
    stat = file.stat()
    return _narrative_policy(file, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=500)
def _narrative_policy(file: Path, changed: int, size: int) -> str:
    found = _INLINE_SCRIPT.findall(file.read_bytes())
    hashes = sorted({base64.b64encode(hashlib.sha256(script).digest()).decode() for script in found})
    return policy(hashes, inline_style=True)


def lower(message: Message) -> MutableHeaders:
    """The headers of a response that starts, their names in lower case (Datasette's are not)."""
    message["headers"] = [(name.lower(), value) for name, value in message.get("headers", [])]
    return MutableHeaders(scope=message)


class Headers:
    """ASGI middleware: adds the headers that are always sent, and drops every cookie."""

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
                del headers["set-cookie"]
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", REVALIDATE)
                if _ANSWERS.match(scope["path"]):
                    headers.update(UNKEPT)
            await send(message)

        await self.app(scope, receive, add)
