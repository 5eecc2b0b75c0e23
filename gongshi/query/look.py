"""Datasette's pages in the site's look: what its templates (plugins/query/templates) may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup

from gongshi.query.database import follow
from gongshi.query.known import updated_on
from gongshi.query.press import Press, site_settings
from gongshi.query.tables import TABLES, Table
from gongshi.query.wall import COMPARISONS
from gongshi.render.look.site import Site
from gongshi.render.updated import RELEASED
from gongshi.render.words import moment


@dataclass(frozen=True, slots=True)
class Look:
    """The variable `gongshi` of Datasette's templates."""

    site: Site
    updated_on: Markup
    header: Markup
    footer: Markup
    style: str
    icon: str
    tables: dict[str, Table]
    comparisons: dict[str, str]


async def look(datasette: Datasette, press: Press) -> dict[str, Any]:
    """Template variables for one page. The shell is our own build's HTML and is not escaped."""
    site, updated = await follow(datasette).look(lambda db: (site_settings(db), updated_on(db)))
    return {
        "gongshi": Look(
            site=site,
            updated_on=moment(updated or RELEASED),
            header=Markup(press.shell.header.decode()),  # noqa: S704 - made by release from our own theme
            footer=Markup(press.shell.footer.decode()),  # noqa: S704
            style=press.style,
            icon=str(press.env.globals["icon"]),
            tables=TABLES,
            comparisons=COMPARISONS,
        )
    }
