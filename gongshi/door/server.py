"""`gongshi door`: the door alone, in a process of its own, as it runs in production."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.types import ASGIApp

from gongshi.door.app import DoorPlace, door_app
from gongshi.door.limits import Settings
from gongshi.query import listening

_MOST_CONNECTIONS = 200


def serve(
    root: Path, host: str, port: int, *, clock: Callable[[], datetime], settings: Settings, ready: Callable[[str], None]
) -> None:
    """Serve until stopped; port 0 takes a free one. `ready` is told the address. Raises PortTaken."""

    async def make() -> ASGIApp:
        return door_app(DoorPlace.of(root), clock, settings)

    listening.run(make, host, port, ready, lifespan="off", limit_concurrency=_MOST_CONNECTIONS)
