"""The server's own pages in the site's look: the same templates, style sheet, header and footer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from datasette.database import Database
from jinja2 import Environment

from gongshi.query.database import Row, rows
from gongshi.render import environment
from gongshi.render.assets import Asset
from gongshi.render.contexts import Page
from gongshi.render.shell import Shell
from gongshi.render.site import Site, load_site

STYLE = "assets/search."
"""How the address of the search page's style sheet begins; then comes a mark of its content."""

NO_SHELL = Shell(b"", b"")
UNNAMED = Site(name="行政执法信息公示平台", city="", url="", domain="", website_id="", organiser="", sample=False)
"""The settings where the database can not be read just now."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one instance lies: its built site, the shell cut for the server, its templates."""

    site: Path
    shell: Path
    templates: Path

    @classmethod
    def of(cls, public_db: Path, site: Path | None = None) -> Place:
        """By convention: build/public.db, build/site, build/shell, and site_src beside build."""
        build = public_db.resolve().parent
        return cls(site or build / "site", build / "shell", build.parent / "site_src" / "templates")


class Press:
    """Templates and shell, read again when a rebuild brought a new shell."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._read_at: int | None = None
        self._env: Environment | None = None
        self._shell = NO_SHELL

    def print(self, template: str, context: Page) -> bytes:
        """The bytes of a page."""
        return self.shell.wear(self.env.get_template(template).render(vars(context)))

    @property
    def env(self) -> Environment:
        """The site's Jinja environment."""
        self._refresh()
        if self._env is None:
            self._env = environment(self.place.templates)
        return self._env

    @property
    def shell(self) -> Shell:
        """Header and footer; empty until the site has been built."""
        self._refresh()
        return self._shell

    @property
    def style(self) -> str:
        """The address of the site's style sheet."""
        return str(self.env.globals["style"])

    @property
    def search_style(self) -> str:
        """The address of the search page's style sheet."""
        assets = cast("Iterable[Asset]", self.env.globals["assets"])
        return next(asset.url for asset in assets if asset.path.startswith(STYLE))

    def _refresh(self) -> None:
        try:
            changed = (self.place.shell / "footer.html").stat().st_mtime_ns
        except OSError:
            changed = 0
        if changed != self._read_at:
            self._shell = Shell.load(self.place.shell) if changed else NO_SHELL
            self._env = None
            self._read_at = changed


class _Fetched:
    """Rows that were fetched already, for code that asks a connection."""

    def __init__(self, fetched: Sequence[Row]) -> None:
        self._fetched = fetched

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Iterable[Row]:
        """The rows, whatever is asked."""
        return self._fetched


async def site_settings(db: Database) -> Site:
    """The city's settings, from public.db's `meta`."""
    return load_site(_Fetched(await rows(db, "SELECT key, value FROM meta")))
