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


_LEAVES = 0.002
"""Seconds for which a process that took a connection leaves the next to the others. Connections are kept, by nginx and
by browsers: whoever woke first took all that came at once, and answered alone while the others had nothing to do."""
_RECOVERS = 0.5
"""Seconds after which a process that could not take a connection (too many files open) tries again."""
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
        **options,
    )
    await _Sharing(config, listening, started).serve(sockets=[])


class _Sharing(uvicorn.Server):
    """A server that takes connections one at a time, so that others on the same socket get their share, and says when
    it answers."""

    def __init__(self, config: uvicorn.Config, listening: socket.socket, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening, self._announce = listening, started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._listening.listen(_WAITING)
            self._listening.setblocking(False)
            self._taking = asyncio.create_task(self._take())
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, then end."""
        self._taking.cancel()
        self._listening.close()
        await super().shutdown(sockets)

    async def _take(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, _ = await loop.sock_accept(self._listening)
            except OSError:
                await asyncio.sleep(_RECOVERS)
                continue
            await loop.connect_accepted_socket(self._protocol, connection)
            await asyncio.sleep(_LEAVES)

    def _protocol(self) -> asyncio.Protocol:
        """What reads one connection: as uvicorn makes it."""
        reads: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        return reads(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)
