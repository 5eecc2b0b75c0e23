"""`gongshi serve`: the built site, search, API and tables in one process, for a small city and for trying."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from datasette.app import Datasette

from gongshi.query.app import PLUGIN
from gongshi.query.metadata import SETTINGS, metadata


class PortTaken(OSError):
    """The address can not be served on: taken, or not allowed."""

    code = "Q002"


def datasette_for(site: Path, public_db: Path, plugins_dir: Path) -> Datasette:
    """Datasette as it is served; `public_db` may be missing just now."""
    told = metadata() | {"plugins": {PLUGIN: {"site": str(site)}}}
    return Datasette([str(public_db)], metadata=told, settings=dict(SETTINGS), plugins_dir=str(plugins_dir))


def serve(  # noqa: PLR0917 - the order of what is served, then where
    site: Path,
    public_db: Path,
    plugins_dir: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve until stopped (Ctrl-C, SIGTERM).

    `site` is the built site, `plugins_dir` plugins/query; port 0 takes a free one. `ready` is told the
    address once requests are answered. Raises PortTaken.
    """
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{listening.getsockname()[1]}/"
    with listening:
        asyncio.run(_run(datasette_for(site, public_db, plugins_dir), listening, lambda: ready(url)))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # with the protocol named, asyncio turns Nagle's delay off: 40 ms a response on a kept connection
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise PortTaken(
            f"Q002 无法在 {host}:{port} 上提供服务（{error.strerror}）：请换一个端口，例如 --port 8002。"
        ) from None
    return listening


async def _run(datasette: Datasette, listening: socket.socket, started: Callable[[], None]) -> None:
    await datasette.invoke_startup()
    config = uvicorn.Config(
        datasette.app(),
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=3,
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
        if self.started:
            self._announce()
