"""Listening on an address, and saying so once requests are answered: for every server of ours."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from gongshi.query import together
from gongshi.query.wire import PROTOCOL

_WHY = {
    errno.EADDRINUSE: "端口已被占用",
    errno.EACCES: "没有权限，1024 以下的端口要管理员权限",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址",
}
"""Why nothing can listen there, by the system's number."""


_AT_A_TIME = 1
"""Connections that a process takes at a time: whoever has time takes the next, and nobody all that wait."""
_WAITING = 2048
"""Connections that may wait to be taken."""


class PortTaken(OSError):
    """The address can not be served on: taken, or not allowed."""

    code = "Q002"


def run(
    make: Callable[[], Awaitable[ASGIApp]],
    host: str,
    port: int,
    ready: Callable[[str], None],
    processes: int = 1,
    **options: Any,
) -> None:
    """Serve the app that `make` gives until stopped (Ctrl-C, SIGTERM); port 0 takes a free one.

    `ready` is told the address once requests are answered; `options` are uvicorn's. Several processes each make
    an app of their own and share the socket. Raises PortTaken, ProcessLost.
    """
    listening = listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{listening.getsockname()[1]}/"

    def serve(started: Callable[[], None]) -> None:
        asyncio.run(_run(make, listening, started, options))

    with listening:
        if processes == 1:
            serve(lambda: ready(url))
        else:
            together.run(serve, processes, lambda: ready(url))


def listen(host: str, port: int) -> socket.socket:
    """A bound socket that answers at once; port 0 takes a free one. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # with the protocol named, asyncio turns Nagle's delay off: 40 ms a response on a kept connection
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        why = _WHY.get(error.errno or 0, error.strerror)
        raise PortTaken(f"Q002 无法在 {host}:{port} 上提供服务（{why}）：请换一个端口，例如 --port 8002。") from None
    return listening


async def _run(
    make: Callable[[], Awaitable[ASGIApp]], listening: socket.socket, started: Callable[[], None], options: Any
) -> None:
    config = uvicorn.Config(
        await make(),
        log_level="warning",
        access_log=False,
        server_header=False,
        http=PROTOCOL,
        ws="none",
        timeout_graceful_shutdown=3,
        backlog=_AT_A_TIME,
        **options,
    )
    await _Announcing(config, started).serve(sockets=[listening])


class _Announcing(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        for one in sockets or ():
            one.listen(_WAITING)
        if self.started:
            self._announce()
