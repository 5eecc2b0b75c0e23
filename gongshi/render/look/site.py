"""What every page says about the site and about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gongshi.render.database import Rows
from gongshi.render.look.assets import fingerprint


@dataclass(frozen=True)
class Site:
    """The site's own settings, from public.db's `meta` (each key is a field of records.City).

    `url` has no slash at the end and is empty where the city has not set one; `sample` puts the
    banner 示例数据 on every page. `request_disclosure`, `complaint` and `site_errors` are where somebody turns who does
    not find something: an address or a telephone number, empty where the city has said none.
    """

    name: str
    city: str
    url: str
    domain: str
    website_id: str
    organiser: str
    sample: bool
    request_disclosure: str = ""
    complaint: str = ""
    site_errors: str = ""

    @property
    def version(self) -> str:
        """A fingerprint of the settings, for the fingerprints of the pages that show them."""
        return fingerprint(*(str(value) for value in vars(self).values()))


class Head(NamedTuple):
    """What a page says of itself: to the browser, to search engines, to the government-site census.

    `path` is the address from the root, with its leading slash; `section` marks the item of the main
    navigation; `column` is the ColumnName of the government meta tags; `accent` is a kind of decision
    whose colour the page wears; `published` is the PubDate, empty where the page is a list; `robots` is
    said to search engines where a page must not be kept by them; `linked` is the page as structured data
    (schema.org), for search engines.
    """

    title: str
    path: str
    section: str
    column: str
    description: str = ""
    keywords: str = ""
    accent: str = ""
    published: str = ""
    source: str = ""
    article: bool = False
    robots: str = ""
    linked: Mapping[str, object] | None = None


class Crumb(NamedTuple):
    """One step of the breadcrumbs; the last has no address."""

    text: str
    href: str = ""


def load_site(db: Rows) -> Site:
    """The settings in public.db."""
    meta = {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM meta")}

    def text(key: str) -> str:
        return str(meta.get(key, ""))

    return Site(
        name=text("site_name"),
        city=text("name"),
        url=text("url").rstrip("/"),
        domain=text("domain"),
        website_id=text("website_id"),
        organiser=text("organiser"),
        sample=text("sample") == "1",
        request_disclosure=text("request_disclosure"),
        complaint=text("complaint"),
        site_errors=text("site_errors"),
    )
