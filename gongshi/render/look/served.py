"""The site's look for whoever serves pages of his own: the same templates, style sheets, header and footer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from jinja2 import Environment

from gongshi.render.contexts import Page
from gongshi.render.look.assets import Asset
from gongshi.render.look.environment import environment
from gongshi.render.look.shell import Shell
from gongshi.render.look.site import Site

NO_SHELL = Shell(b"", b"")
UNNAMED = Site(name="行政执法信息公示平台", city="", url="", domain="", website_id="", organiser="", sample=False)
"""The settings where they can not be read just now."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one instance lies: its built site, the shell cut for the server, its templates."""

    site: Path
    shell: Path
    templates: Path

    @classmethod
    def of(cls, build: Path, site: Path | None = None) -> Place:
        """By convention: build/site, build/shell, and site_src beside build."""
        folder = build.resolve()
        return cls(site or folder / "site", folder / "shell", folder.parent / "site_src" / "templates")


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

    def asset(self, path: str) -> Asset:
        """A file that pages name, by its address. Raises KeyError where there is none."""
        assets = cast("tuple[Asset, ...]", self.env.globals["assets"])
        return {asset.path: asset for asset in assets}[path]

    def _refresh(self) -> None:
        try:
            changed = (self.place.shell / "footer.html").stat().st_mtime_ns
        except OSError:
            changed = 0
        if changed != self._read_at:
            self._shell = Shell.load(self.place.shell) if changed else NO_SHELL
            self._env = None
            self._read_at = changed
