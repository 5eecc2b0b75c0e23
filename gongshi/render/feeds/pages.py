"""Every feed as files of the site: all decisions, all notices, each kind, the decisions and the notices of each
department; each as Atom and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from gongshi.records import DECISION_KINDS
from gongshi.render.database import all_named
from gongshi.render.feeds import atom, json_feed
from gongshi.render.feeds.channel import (
    ENTRY_COLUMNS,
    NEWEST,
    Channel,
    Entry,
    decision_entry,
    notice_entry,
    notices_of,
    of_department,
    of_kind,
)
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.site import Site
from gongshi.render.notices import pages as notices
from gongshi.render.press import Page, Press, path_of

FORMATS: dict[str, Callable[[Site, Channel], bytes]] = {".atom": atom.written, ".json": json_feed.written}
"""How the files end, and what writes them."""


def feed_pages(press: Press) -> Iterator[Page]:
    """The feeds of the whole site."""
    yield from _files(press, Channel("/feeds/decisions.atom", "最新公示的决定", "/decisions/", _newest(press)))
    yield from _files(press, Channel("/feeds/notices.atom", "撤下说明", notices.BASE, _withdrawn(press)))


def channel_feeds(press: Press, word: str) -> Iterator[Page]:
    """The feeds of a kind or of a department, by its name or key."""
    if word in DECISION_KINDS:
        feed, page = of_kind(word)[0], f"/kinds/{word}/"
        yield from _files(press, Channel(feed.href, feed.title, page, _newest(press, "WHERE kind = ?", word)))
    elif word in press.channels:
        yield from _of_department(press, word, press.channels[word].name)


def _of_department(press: Press, key: str, name: str) -> Iterator[Page]:
    """What it published, and what it took down."""
    published, withdrawn, page = of_department(key, name)[0], notices_of(key, name)[0], f"/departments/{key}/"
    decisions = _newest(press, "WHERE department = ?", key)
    yield from _files(press, Channel(published.href, published.title, page, decisions))
    yield from _files(press, Channel(withdrawn.href, withdrawn.title, page, _withdrawn(press, key)))


def _newest(press: Press, where: str = "", *values: str) -> Sequence[Entry]:
    rows = press.db.execute(
        f"SELECT {ENTRY_COLUMNS} FROM decisions {where} ORDER BY sort DESC LIMIT ?",  # noqa: S608 - our own words
        (*values, NEWEST),
    )
    return [decision_entry(row) for row in all_named(rows)]


def _withdrawn(press: Press, department: str = "") -> Sequence[Entry]:
    return [notice_entry(one) for one in notices.newest(press, NEWEST, department)]


def _files(press: Press, channel: Channel) -> Iterator[Page]:
    """A feed in each format; `channel.where` is its address as Atom."""
    for suffix, write in FORMATS.items():
        told = replace(channel, where=channel.where.removesuffix(".atom") + suffix)
        mark = fingerprint(press.plain, told.where, told.name, *(entry.mark for entry in told.entries))
        yield press.file(path_of(told.where), mark, _writer(press.site, told, write))


def _writer(site: Site, channel: Channel, write: Callable[[Site, Channel], bytes]) -> Callable[[], bytes]:
    return lambda: write(site, channel)
