"""A feed as JSON Feed 1.1 (jsonfeed.org), for programmes that read no XML."""

from __future__ import annotations

import json
from typing import Any

from gongshi.render.feeds.channel import Channel, Entry, heading, identity, moment
from gongshi.render.look.site import Site
from gongshi.render.words import visible

_VERSION = "https://jsonfeed.org/version/1.1"


def written(site: Site, channel: Channel) -> bytes:
    """The bytes of a feed."""
    told = {
        "version": _VERSION,
        "title": visible(heading(site, channel)),
        "home_page_url": site.url + channel.page,
        "feed_url": site.url + channel.where,
        "language": "zh-CN",
        "authors": [{"name": visible(site.organiser or site.name)}],
        "items": [_item(site, entry) for entry in channel.entries],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _item(site: Site, entry: Entry) -> dict[str, Any]:
    """The id is the same as in the Atom feed: a notice replaces a reader's copy of its decision."""
    return {
        "id": identity(site, entry.path),
        "url": site.url + entry.path,
        "title": visible(entry.title),
        "content_text": visible(entry.summary),
        "date_published": moment(entry.published),
        "date_modified": moment(entry.updated),
        "authors": [{"name": visible(entry.author)}],
        "tags": [visible(entry.category[1])],
    }
