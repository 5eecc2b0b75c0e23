"""From a context to the bytes of a page, and the fingerprint that says whether they would differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from jinja2 import Environment, Template
from markupsafe import Markup

from gongshi.render import contexts
from gongshi.render.addresses import path_of
from gongshi.render.contexts import Channel
from gongshi.render.database import Rows, named
from gongshi.render.decisions.rows import Records
from gongshi.render.departments import channels
from gongshi.render.downloads.splicing import Before
from gongshi.render.lists.entries import Entries
from gongshi.render.lists.listings import Listings
from gongshi.render.lists.overview import Overview
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.shell import Shell
from gongshi.render.look.site import Site, load_site
from gongshi.render.look.stamping import Forms
from gongshi.render.look.versions import versions
from gongshi.render.registry.rows import Registry
from gongshi.render.updated import last_update

__all__ = ["Page", "Press", "path_of"]

Shown = TypeVar("Shown", bound=contexts.Page)


@dataclass(frozen=True, slots=True)
class Page:
    """One planned file: its path below build/site, a fingerprint of all that it shows, its bytes, and the part of the
    site (gongshi.render.parts) to which it belongs."""

    path: str
    fingerprint: str
    render: Callable[[], bytes]
    part: str


class Press:
    """What all pages of one plan share: the database, templates, shell, settings, departments.

    A fingerprint covers of it what the page can show: a department's channel is covered by `channel_marks`, so that
    a new telephone number changes that department's pages only. `part` is the one that is being planned; `before` is
    what of the site as it was can be used again.
    """

    def __init__(self, db: Rows, env: Environment, shell: Shell, before: Before) -> None:
        self.part = ""
        self.before = before
        self.db = db
        self.entries = Entries(db)
        self.forms, self.lines = Forms(env, shell.wear), Forms(env)
        self.listings = Listings(db, self.entries, self.lines)
        self.records = Records(db, self.entries)
        self.registry = Registry(db)
        self.site: Site = load_site(db)
        self.channels: dict[str, Channel] = channels(db)
        self.channel_marks = {key: fingerprint(repr(channel)) for key, channel in self.channels.items()}
        self._shell = shell
        self.env = env
        self._versions = versions(env)
        self._looks: dict[str, str] = {}
        self._templates: dict[str, Template] = {}
        self._supervision: dict[str, Markup] = {}

    @cached_property
    def figures(self) -> tuple[dict[str, Any], ...]:
        """The rows of the table of that name, by month, department and kind."""
        rows = self.db.execute("SELECT * FROM figures ORDER BY month, department, kind")
        return tuple(named(row) for row in rows)

    @cached_property
    def figures_more(self) -> tuple[dict[str, Any], ...]:
        """The rows of the table of that name, by month, department and kind."""
        return tuple(named(row) for row in self.db.execute("SELECT * FROM figures_more ORDER BY 1, 2, 3, 4, 5"))

    @cached_property
    def review_figures(self) -> tuple[dict[str, Any], ...]:
        """The rows of the table of that name, the newest year first; none where the city publishes none."""
        return tuple(named(row) for row in self.db.execute("SELECT * FROM review_figures ORDER BY year DESC"))

    @cached_property
    def overview(self) -> Overview:
        """How many decisions there are, and when they last changed."""
        return Overview.of(self.figures)

    @cached_property
    def updated_on(self) -> str:
        """The newest day of anything that is public."""
        return last_update(self.db)

    @cached_property
    def counties(self) -> dict[str, tuple[str, ...]]:
        """The keys of the departments of each region that has one, by its code."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.db.execute("SELECT region, key FROM departments ORDER BY region, key"):
            found[row["region"]] = (*found.get(row["region"], ()), row["key"])
        return found

    @cached_property
    def plain(self) -> str:
        """What covers the code and the settings, for files that no template makes."""
        return fingerprint(self._versions.code, self.site.version)

    def version_of(self, template: str) -> str:
        """What covers everything beside the data that a page of `template` shows: the template and what it uses, the
        shell, the settings, the code."""
        if (found := self._looks.get(template)) is None:
            found = fingerprint(template, self._versions.of(template), self._shell.version, self.site.version)
            self._looks[template] = found
        return found

    def supervision(self, key: str) -> Markup:
        """A department's channel as every page of its decisions shows it, made once."""
        if (made := self._supervision.get(key)) is None:
            template = self.env.get_template("channel.html")
            made = self._supervision[key] = Markup(template.render(department=self.channels[key]))  # noqa: S704 - escaped
        return made

    def page(
        self,
        address: str,
        template: str,
        shows: Iterable[str],
        context: Callable[[], Shown],
        printed: Callable[[Forms, Shown], bytes] | None = None,
    ) -> Page:
        """The page at `address` (from the root; a folder's is its index.html).

        `shows` is everything that the page's bytes depend on beside `version_of`; `context` is only called if the
        page has to be made. `printed` makes pages of which there are many faster than Jinja does, of the same template.
        """
        mark = fingerprint(self.version_of(template), address, *shows)
        if printed:
            return self.file(path_of(address), mark, lambda: printed(self.forms, context()))
        return self.file(path_of(address), mark, lambda: self.print(template, context()))

    def file(self, path: str, mark: str, render: Callable[[], bytes]) -> Page:
        """A file of the part that is being planned."""
        return Page(path, mark, render, self.part)

    def print(self, template: str, context: contexts.Page) -> bytes:
        """The bytes of a page."""
        if (found := self._templates.get(template)) is None:
            found = self._templates[template] = self.env.get_template(template)
        return self._shell.wear(found.render(vars(context)))
