"""From a context to the bytes of a page, and the fingerprint that says whether they would differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jinja2 import Environment, Template
from markupsafe import Markup

from gongshi.render import contexts
from gongshi.render.assets import fingerprint
from gongshi.render.contexts import Channel
from gongshi.render.database import Rows
from gongshi.render.departments import channels
from gongshi.render.shell import Shell
from gongshi.render.site import Site, load_site


@dataclass(frozen=True, slots=True)
class Page:
    """One planned file: its path below build/site, a fingerprint of all that it shows, its bytes."""

    path: str
    fingerprint: str
    render: Callable[[], bytes]


class Press:
    """What all pages of one plan share: the database, templates, shell, settings, departments.

    `version` covers all of it that can be seen on any page; a department's channel is covered by
    `channel_marks`, so that a new telephone number changes that department's pages only.
    """

    def __init__(self, db: Rows, env: Environment, shell: Shell) -> None:
        self.db = db
        self.site: Site = load_site(db)
        self.channels: dict[str, Channel] = channels(db)
        self.version = fingerprint(str(env.globals["version"]), shell.version, self.site.version)
        self.channel_marks = {key: fingerprint(repr(channel)) for key, channel in self.channels.items()}
        self._shell = shell
        self._env = env
        self._templates: dict[str, Template] = {}
        self._supervision: dict[str, Markup] = {}

    def supervision(self, key: str) -> Markup:
        """A department's channel as every page of its decisions shows it, made once."""
        if (made := self._supervision.get(key)) is None:
            template = self._env.get_template("channel.html")
            made = self._supervision[key] = Markup(template.render(department=self.channels[key]))  # noqa: S704 - escaped
        return made

    def page(self, address: str, template: str, shows: Iterable[str], context: Callable[[], contexts.Page]) -> Page:
        """The page at `address` (from the root; a folder's is its index.html).

        `shows` is everything that the page's bytes depend on beside `version`; `context` is only
        called if the page has to be made.
        """
        mark = fingerprint(self.version, template, address, *shows)
        return Page(path_of(address), mark, lambda: self.print(template, context()))

    def print(self, template: str, context: contexts.Page) -> bytes:
        """The bytes of a page."""
        if (found := self._templates.get(template)) is None:
            found = self._templates[template] = self._env.get_template(template)
        return self._shell.wear(found.render(vars(context)))


def path_of(address: str) -> str:
    """The file below build/site that answers `address`."""
    return f"{address}index.html"[1:] if address.endswith("/") else address[1:]
