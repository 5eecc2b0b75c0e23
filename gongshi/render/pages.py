"""Every page of data that the site has, from public.db: planned first, made only if it changed.

A page's fingerprint covers the templates, the style sheet, the shell, the site's settings and the
data it shows (each decision's `digest`), so that release can leave alone what would come out the
same (DESIGN.md promise 5). No page depends on a clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from jinja2 import Environment

from gongshi.render.assets import Asset
from gongshi.render.database import Rows
from gongshi.render.decision import address, decision_page
from gongshi.render.feeds import feed_pages
from gongshi.render.figures import figure_pages
from gongshi.render.indexes import index_pages
from gongshi.render.lists import month_lists, month_page
from gongshi.render.notices import load, notice_pages
from gongshi.render.overview import Entry, Overview, months
from gongshi.render.press import Page, Press
from gongshi.render.reference import reference_pages
from gongshi.render.shell import Shell
from gongshi.render.sitemap import Sitemap

__all__ = ["Page", "plan"]


def plan(db: Rows, env: Environment, shell: Shell) -> Iterator[Page]:
    """All files of the site that are made from `db`, style sheet and icon included, in a fixed order.

    `render` of a page reads `db`: the connection stays open until the last page is made. The plan
    holds a 404.html of our own, which replaces the one that the shell was cut from.
    """
    press = Press(db, env, shell)
    yield from _assets(env)
    overview, sitemap, withdrawn = Overview(), Sitemap(press), load(press)
    pending: tuple[str, str, Sequence[Entry]] | None = None
    for month, entries in months(db):
        for entry in entries:
            overview.add(entry)
            yield _decision(press, entry)
        yield from month_lists(press, month, entries)
        yield from sitemap.month(month, entries)
        if pending:
            before, last, held = pending
            yield month_page(press, last, held, before, month)
        pending = (pending[1] if pending else "", month, entries)
    if pending:
        before, last, held = pending
        yield month_page(press, last, held, before, "")
    yield from index_pages(press, overview)
    yield from reference_pages(press, overview.all.total)
    yield from figure_pages(press, max([overview.all.updated_on, *(one["withdrawn_on"] for one in withdrawn)]))
    yield from notice_pages(press, withdrawn)
    yield from feed_pages(press, withdrawn)
    yield from sitemap.rest(overview, withdrawn)


def _assets(env: Environment) -> Iterator[Page]:
    for asset in cast("tuple[Asset, ...]", env.globals["assets"]):
        yield Page(asset.path, asset.path, asset.read)


def _decision(press: Press, entry: Entry) -> Page:
    return press.page(
        address(entry.id),
        "decision.html",
        (entry.mark, press.channel_marks[entry.department]),
        lambda: decision_page(press, entry),
    )
