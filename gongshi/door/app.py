"""The door as an ASGI app: two addresses, its own headers, nothing else (D31).

It knows the built site, the templates, the inbox and a public key. The record, its database and the
private key are not among them, nor could it open them: no module that it imports can.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gongshi.door.built import BuiltSite
from gongshi.door.errors import Refusal
from gongshi.door.handlers import Handlers
from gongshi.door.inbox import Inbox
from gongshi.door.limits import Seen, Settings
from gongshi.query import headers
from gongshi.render.look.served import Place, Press

PREFIX = "/correct"
_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class DoorPlace:
    """All that the door may know of an instance."""

    look: Place
    inbox: Path
    public_key: Path
    states: Path

    @classmethod
    def of(cls, root: Path) -> DoorPlace:
        """By convention."""
        build = root / "build"
        data = root / "data"
        return cls(Place.of(build), data / "inbox", data / "reference" / "inbox.pub", build / "status")


def door_app(
    place: DoorPlace,
    clock: Callable[[], datetime],
    settings: Settings | None = None,
    seen: Callable[[], Seen] = dict,
) -> ASGIApp:
    """The app. `clock` gives the city's time. `seen` makes what is remembered of who asked how often: where several
    processes answer, what they share."""
    handlers = Handlers(
        press=Press(place.look),
        site=BuiltSite(place.look.site),
        inbox=Inbox(place.inbox),
        public_key=place.public_key,
        states=place.states,
        clock=clock,
        settings=settings or Settings(),
        seen=seen,
    )
    site = Starlette(
        routes=[
            Route(f"{PREFIX}/status", handlers.status, methods=_METHODS),
            Route(f"{PREFIX}/{{id}}", handlers.correct, methods=_METHODS),
        ],
        exception_handlers={
            Refusal: handlers.refused,
            HTTPException: handlers.http_error,
            Exception: handlers.failed,
        },
    )
    return _Headers(site)


def beside(door: ASGIApp) -> Callable[[ASGIApp], ASGIApp]:
    """Puts the door in front of another app: /correct/… is the door's, all else the other's."""

    def around(other: ASGIApp) -> ASGIApp:
        async def both(scope: Scope, receive: Receive, send: Send) -> None:
            ours = scope["type"] == "http" and scope["path"].startswith(f"{PREFIX}/")
            await (door if ours else other)(scope, receive, send)

        return both

    return around


class _Headers:
    """The site's headers, and that nobody keeps these pages: they show what a citizen typed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                for name, value in headers.ALWAYS.items():
                    told[name] = value
                told["cache-control"] = "no-store"
                told["x-robots-tag"] = "noindex"
            await send(message)

        await self.app(scope, receive, add)
