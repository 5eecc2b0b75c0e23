"""Every page of data that the site has, from public.db: planned first, made only if it changed.

A page's fingerprint covers what it shows: its template, the style sheet, the shell, the site's settings and its data
(each decision's `digest`), so that release can leave alone what would come out the same (DESIGN.md promise 5). No page
depends on a clock. Pages are planned by parts (gongshi.render.parts), each by itself or all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import cast

from jinja2 import Environment

from gongshi.render.addresses import address
from gongshi.render.browse.absent import absent
from gongshi.render.browse.counties import counties_index, county_page
from gongshi.render.browse.laws import law_page, laws_index
from gongshi.render.bulletins.pages import bulletins_index, cover_page, department_bulletin
from gongshi.render.database import Rows
from gongshi.render.decisions.form import printed
from gongshi.render.decisions.page import decision_page
from gongshi.render.downloads.pages import index_page, month_files
from gongshi.render.downloads.splicing import NOTHING, Before
from gongshi.render.feeds.pages import channel_feeds, feed_pages
from gongshi.render.feeds.sitemap import day_sitemap, sitemap_pages
from gongshi.render.figures.pages import county_figures, department_figures, figure_pages
from gongshi.render.kiosk.city import city_screen
from gongshi.render.lists.indexes import archive, departments, home
from gongshi.render.lists.pages import day_list, department_list, kind_list, month_page
from gongshi.render.look.assets import Asset, fingerprint
from gongshi.render.look.shell import Shell
from gongshi.render.notices.pages import notice_index, notice_month, notice_page
from gongshi.render.parts import all_parts
from gongshi.render.press import Page, Press
from gongshi.render.reference.pages import reference_pages
from gongshi.render.registry.planning import PLANNERS

__all__ = ["Page", "Plan", "plan"]

BATCH = 250
"""So many parts are planned together where all are."""
_MANY = 24
"""From so many lists of a month all its decisions are read for them: a third of what a month has, where each decision
stands in three. A few lists of a large month are read by themselves."""
_LIST = re.compile(r"(?:day|(?:kind|department|downloads|bulletin):\w+):(\d{4}-\d\d)(?:-\d\d)?")
"""A part that lists decisions of a month."""

Planner = Callable[..., Iterable[Page]]
"""From the press and the words after the first in a part's name to its pages."""


class Plan:
    """What a public.db makes with templates and a shell, opened once and asked for parts as often as one likes.

    `render` of a page reads the connection, which stays open until the last is made, and is quickest before another
    batch of pages is planned. `before` are downloads that can be used again for days that were not touched.
    """

    def __init__(self, db: Rows, env: Environment, shell: Shell, before: Before = NOTHING) -> None:
        self._press = Press(db, env, shell, before)

    def of(self, parts: Iterable[str]) -> Iterator[Page]:
        """The files of these parts, in a fixed order. A part that has nothing left to show gives no page; beside a
        month come its neighbours, which link to it."""
        asked = frozenset(parts)
        yield from self._pages(asked | _neighbours(self._press, asked))

    def everything(self, which: int = 0, shares: int = 1) -> Iterator[Page]:
        """All files, assets included; with `shares` those of one of so many, counted from 0, which need nothing of each
        other. A 404.html of our own replaces the one that the shell was cut from."""
        parts, at = all_parts(self._press.db), 0
        while batch := frozenset(islice(parts, BATCH)):
            if at % shares == which:
                yield from self._pages(batch)
            at += 1

    def common(self) -> str:
        """A fingerprint of what pages show beside decisions, notices and figures: where it changed, any may differ."""
        press = self._press
        looks = (press.version_of(template) for template in press.env.list_templates(["html"]))
        tables = ("regions", "departments", "kinds", "record_kinds", "rules", "dictionary")
        found = (press.db.execute(f"SELECT * FROM {name} ORDER BY 1, 2") for name in tables)  # noqa: S608 - our own names
        rows = (repr(tuple(row)) for table in found for row in table)
        late = any(row["late"] is not None for row in press.figures)
        return fingerprint(*looks, *(asset.path for asset in _files(press.env)), *rows, str(late))

    def _pages(self, parts: Collection[str]) -> Iterator[Page]:
        """Decisions by their places, then lists by month, then the rest: what is read for one serves the next."""
        decisions, months, others = _sorted_out(parts)
        there = [entry.id for entry in self._press.entries.announce(decisions)]
        yield from self._planned(f"decision:{one}" for one in (*there, *sorted(set(decisions) - set(there))))
        for month, lists in sorted(months.items()):
            if len(lists) >= _MANY:
                self._press.entries.hold(month)
            yield from self._planned(sorted(lists))
        yield from self._planned(sorted(others))

    def _planned(self, parts: Iterable[str]) -> Iterator[Page]:
        for part in parts:
            name, *words = part.split(":")
            self._press.part = part
            yield from _PLANNERS[name, len(words)](self._press, *words)


def plan(db: Rows, env: Environment, shell: Shell, parts: Iterable[str] | None = None) -> Iterator[Page]:
    """All files of the site that are made from `db`, or those of `parts`."""
    opened = Plan(db, env, shell)
    return opened.everything() if parts is None else opened.of(parts)


def _sorted_out(parts: Iterable[str]) -> tuple[list[str], dict[str, list[str]], list[str]]:
    """The ids of decisions; lists of decisions by month; other parts."""
    decisions, others = list[str](), list[str]()
    months: dict[str, list[str]] = {}
    for part in parts:
        name, _, rest = part.partition(":")
        if name == "decision":
            decisions.append(rest)
        elif found := _LIST.fullmatch(part):
            months.setdefault(found[1], []).append(part)
        else:
            others.append(part)
    return decisions, months, others


def _neighbours(press: Press, parts: Iterable[str]) -> set[str]:
    months = (part.removeprefix("month:") for part in parts if part.startswith("month:"))
    return {f"month:{near}" for month in months for near in press.overview.around(month) if near}


def _assets(press: Press) -> Iterator[Page]:
    return (press.file(asset.path, asset.mark, asset.read) for asset in _files(press.env))


def _files(env: Environment) -> tuple[Asset, ...]:
    return cast("tuple[Asset, ...]", env.globals["assets"])


def _decision(press: Press, decision_id: str) -> Iterator[Page]:
    """The decision, or the notice that stands at its address."""
    if entry := press.entries.one(decision_id):
        shows = (entry.mark, press.channel_marks[entry.department])
        yield press.page(address(entry.id), "decision.html", shows, lambda: decision_page(press, entry), printed)
    else:
        yield from notice_page(press, decision_id)


def _day(press: Press, day: str) -> Iterator[Page]:
    yield from day_list(press, day)
    yield from day_sitemap(press, day)


def _reference(press: Press) -> Iterator[Page]:
    """What rests on rules, declarations and settings."""
    yield from reference_pages(press)
    yield from absent(press)


_PLANNERS: dict[tuple[str, int], Planner] = {
    ("assets", 0): _assets,
    ("home", 0): home,
    ("departments", 0): departments,
    ("decisions", 0): archive,
    ("counties", 0): counties_index,
    ("county", 1): county_page,
    ("laws", 0): laws_index,
    ("law", 1): law_page,
    ("decision", 1): _decision,
    ("day", 1): _day,
    ("month", 1): month_page,
    ("kind", 2): kind_list,
    ("department", 2): department_list,
    ("downloads", 0): index_page,
    ("downloads", 2): month_files,
    ("bulletins", 0): bulletins_index,
    ("bulletin", 1): cover_page,
    ("bulletin", 2): department_bulletin,
    ("kiosk", 0): city_screen,
    ("reference", 0): _reference,
    ("figures", 0): figure_pages,
    ("figures", 1): department_figures,
    ("figures", 2): lambda press, _, code: county_figures(press, code),
    ("notices", 0): notice_index,
    ("notices", 1): notice_month,
    ("feeds", 0): feed_pages,
    ("feeds", 1): channel_feeds,
    ("sitemap", 0): sitemap_pages,
    **PLANNERS,
}
"""How each part is planned, by the first word of its name and how many follow."""
