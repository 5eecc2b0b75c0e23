"""The server's own pages in the site's look, and the city's settings that they show."""

from __future__ import annotations

from gongshi.query.database import Reading
from gongshi.render.look.served import UNNAMED, Place, Press
from gongshi.render.look.site import Site, load_site

__all__ = ["UNNAMED", "Place", "Press", "site_settings"]


def site_settings(db: Reading) -> Site:
    """The city's settings, from public.db's `meta`."""
    return db.once("site", load_site)
