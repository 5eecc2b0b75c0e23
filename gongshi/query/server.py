"""`gongshi serve`: the built site, search, API and tables, in one process or in several."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from datasette.app import Datasette
from starlette.types import ASGIApp

from gongshi.query import listening
from gongshi.query.answers import MOST_MIB
from gongshi.query.database import PLUGIN
from gongshi.query.listening import PortTaken
from gongshi.query.metadata import SETTINGS, metadata

__all__ = ["PortTaken", "datasette_for", "serve"]


def datasette_for(site: Path, public_db: Path, plugins_dir: Path, answers: int = MOST_MIB) -> Datasette:
    """Datasette as it is served; `public_db` may be missing just now. `answers`: MiB of memory for the latest."""
    told = metadata() | {"plugins": {PLUGIN: {"site": str(site), "answers": answers}}}
    return Datasette([str(public_db)], metadata=told, settings=dict(SETTINGS), plugins_dir=str(plugins_dir))


def serve(  # noqa: PLR0917 - the order of what is served, then where
    site: Path,
    public_db: Path,
    plugins_dir: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    ready: Callable[[str], None] = lambda url: None,
    around: Callable[[ASGIApp], ASGIApp] = lambda app: app,
    processes: int = 1,
    answers: int = MOST_MIB,
) -> None:
    """Serve until stopped (Ctrl-C, SIGTERM).

    `site` is the built site, `plugins_dir` plugins/query; port 0 takes a free one. `ready` is told the
    address once requests are answered; `around` may put another app beside this one. `processes` answer on one
    socket, each with its own threads, connections and MiB of memory for the latest `answers`. Raises PortTaken,
    ProcessLost.
    """

    async def make() -> ASGIApp:
        datasette = datasette_for(site, public_db, plugins_dir, answers)
        await datasette.invoke_startup()
        return around(datasette.app())

    listening.run(make, host, port, ready, processes, lifespan="on")
