"""The wall around Datasette, and everything that is answered in front of it.

One ASGI wrapper owns every address: search, API and the site's files are answered here; below /data/
only what gongshi.query.wall admits goes on to Datasette, rewritten. Datasette's own routes outside
/data/ are out of reach, because nothing outside /data/ ever gets to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from datasette import handle_exception
from datasette.app import Datasette
from datasette.utils import StartupError
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from gongshi.query.api_search import SEARCH
from gongshi.query.database import PLUGIN, public_path
from gongshi.query.door import DataDoor, raw_path
from gongshi.query.download import Workbooks
from gongshi.query.handlers import API_METHODS, METHODS, Handlers, shared
from gongshi.query.headers import Headers
from gongshi.query.leading import Leading
from gongshi.query.look import look
from gongshi.query.looking import Looking
from gongshi.query.metadata import SETTINGS
from gongshi.query.organisation import Organisations
from gongshi.query.packing import Packed
from gongshi.query.press import Place, Press
from gongshi.query.registered.handlers import RecordHandlers
from gongshi.query.results import BOOK, FEED, TABLE, Results
from gongshi.query.static import SiteFiles
from gongshi.query.streams import Streams
from gongshi.query.suggesting import Suggesting
from gongshi.query.wall import PREFIX

_PRESSES: WeakKeyDictionary[Datasette, Press] = WeakKeyDictionary()


class SettingMissing(StartupError):  # type: ignore[misc]  # Datasette has no types
    """Datasette was started with a setting that would open what has to stay closed."""

    code = "Q001"


def press_of(datasette: Datasette) -> Press:
    """The templates and shell of the instance that this server serves, read once per server."""
    if datasette not in _PRESSES:
        configured = datasette.plugin_config(PLUGIN) or {}
        site = configured.get("site")
        _PRESSES[datasette] = Press(Place.of(public_path(datasette).resolve().parent, Path(site) if site else None))
    return _PRESSES[datasette]


def wrap(datasette: Datasette, app: ASGIApp) -> ASGIApp:
    """The whole server: Datasette's `app` behind the wall, everything else in front of it."""
    quiet()
    press = press_of(datasette)
    handlers = Handlers(datasette, press)
    registered = RecordHandlers(datasette)
    looking, suggesting = Looking(press), Suggesting(datasette)
    organisations = Organisations(datasette, press)
    streams = Streams(datasette)
    results = Results(datasette, streams)
    site = Starlette(
        routes=[
            Route("/search", handlers.search, methods=METHODS),
            Route("/search/item/{mark}", Leading(datasette).item, methods=METHODS),
            Route(FEED, results.feed, methods=METHODS),
            Route(TABLE, results.table, methods=METHODS),
            Route(BOOK, results.book, methods=METHODS),
            Route("/data", handlers.to_tables, methods=METHODS),
            Route("/data/", handlers.tables, methods=METHODS),
            Route("/api/v1", shared(handlers.api), methods=API_METHODS),
            Route("/api/v1/", shared(handlers.api), methods=API_METHODS),
            Route(SEARCH, shared(handlers.everything), methods=API_METHODS),
            Route("/api/v1/decisions", shared(handlers.decisions), methods=API_METHODS),
            Route("/api/v1/decisions/{id}", shared(handlers.decision), methods=API_METHODS),
            Route("/api/v1/records", shared(registered.records), methods=API_METHODS),
            Route("/api/v1/records/{id}", shared(registered.record), methods=API_METHODS),
            Route("/api/v1/registers", shared(registered.registers), methods=API_METHODS),
            Route("/api/v1/notices", shared(handlers.notices), methods=API_METHODS),
            Route("/suggest", suggesting.box, methods=METHODS),
            Route("/api/v1/suggest", shared(suggesting.api), methods=API_METHODS),
            Route("/api/{rest:path}", shared(handlers.no_api), methods=API_METHODS),
            Route("/downloads/{month}.xlsx", Workbooks(datasette, streams).month, methods=METHODS),
            Route("/parties/{uscc}", organisations.page, methods=METHODS),
            Route("/look", looking.choose, methods=[*METHODS, "POST"]),
            Route("/look.css", looking.sheet, methods=METHODS),
            Mount("/", SiteFiles(press.place.site)),
        ],
        exception_handlers=handlers.on_error,
    )
    return Headers(Packed(Front(app, site, DataDoor(datasette, app, handlers))))


class Front:
    """Sends each request to the site's own app, or below /data/ to Datasette's door."""

    def __init__(self, inner: ASGIApp, site: ASGIApp, door: ASGIApp) -> None:
        self.inner, self.site, self.door = inner, site, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; start and stop are Datasette's. There are no web sockets."""
        if scope["type"] == "lifespan":
            await self.inner(scope, receive, send)
        elif scope["type"] == "http":
            below = raw_path(scope).startswith(f"{PREFIX}/".encode()) and raw_path(scope) != f"{PREFIX}/".encode()
            await (self.door if below else self.site)(scope, receive, send)


def quiet() -> None:
    """Keep Datasette from printing every 404 with all local values, which it does where `rich` is installed.

    It costs a second a time, blocks on a full pipe, and puts what a visitor typed into the log.
    """
    handle_exception.rich = None


def check(datasette: Datasette) -> None:
    """Refuse to start with other settings than ours, or with a second database.

    The wall holds without the settings too; they are the second lock. Raises SettingMissing.
    """
    wrong = [name for name, value in SETTINGS.items() if datasette.setting(name) != value]
    if wrong:
        told = " ".join(f"--setting {name} {SETTINGS[name]}" for name in wrong)
        raise SettingMissing(f"Q001 启动参数不符，请补上：{told}")
    files = [db.path for db in datasette.databases.values() if db.path]
    if len(files) != 1:
        raise SettingMissing(f"Q001 只能提供一个数据库 build/public.db，现在有 {len(files)} 个。")


def dress(env: Environment, templates: Path) -> None:
    """Let Datasette's pages use our templates, its own where we have none."""
    assert env.loader is not None
    env.loader = ChoiceLoader([FileSystemLoader(templates), env.loader])


async def variables(datasette: Datasette) -> dict[str, Any]:
    """What our templates of Datasette's pages may use, looked up for each page."""
    return await look(datasette, press_of(datasette))
