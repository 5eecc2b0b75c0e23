"""Files that are made while they are sent: a few at a time, and nothing is read ahead of what the reader has taken.

A slow reader keeps a place, but neither memory nor a lock on the database, and what is taken down meanwhile is no
longer read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from anyio import from_thread
from datasette.app import Datasette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from gongshi.query.database import answered, read
from gongshi.query.errors import Busy

AT_ONCE = 2
"""Files that are made at the same time; each keeps a processor busy."""
LONGEST = 600.0
"""Seconds after which a reader who does not take it must make room for others."""
_T = TypeVar("_T")


class Streams:
    """What one server is sending."""

    def __init__(self, datasette: Datasette) -> None:
        self._datasette = datasette
        self._open = 0

    def answer(self, request: Request, pieces: Iterator[bytes], headers: Mapping[str, str], type_: str) -> Response:
        """A response of these pieces, each asked for when the one before is taken. Raises Busy where others are being
        made."""
        if request.method == "HEAD":
            return StreamingResponse(iter(()), headers=headers, media_type=type_)  # nobody knows how long it gets
        if self._open >= AT_ONCE:
            raise Busy
        self._open += 1
        return _Sent(pieces, headers, type_, self._done)

    async def ask(self, find: Callable[[Any], _T]) -> _T:
        """What `find` makes of a connection. Raises Unavailable."""
        return await answered(self._datasette, lambda db: read(db, find))

    def asked(self, find: Callable[[Any], _T]) -> _T:
        """The same for pieces, in the thread that makes them: no transaction outlasts one of them."""
        return from_thread.run(self.ask, find)

    def _done(self) -> None:
        self._open -= 1


class _Sent(StreamingResponse):
    """A response that is made in a thread as it is taken, and says when it is over, however it ends."""

    def __init__(
        self, pieces: Iterator[bytes], headers: Mapping[str, str], type_: str, done: Callable[[], None]
    ) -> None:
        super().__init__(pieces, headers=headers, media_type=type_)
        self._done = done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST):
                    await super().__call__(scope, receive, send)
        finally:
            self._done()
