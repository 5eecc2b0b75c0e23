"""Every page of data that the site has, from public.db: planned first, made only if it changed.

A page's fingerprint covers what it shows: its template, the style sheet, the shell, the site's settings and its data
(each decision's `digest`), so that release can leave alone what would come out the same (DESIGN.md promise 5). No page
depends on a clock. Pages are planned by parts (gongshi.render.parts), each by itself or all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from jinja2 import Environment

from gongshi.render.addresses import address
from gongshi.render.assets import Asset, fingerprint
from gongshi.render.database import Rows
from gongshi.render.decision import decision_page
from gongshi.render.downloads.pages import index_page, month_files
from gongshi.render.entries import Entries, Whole
from gongshi.render.feeds import feed_pages
from gongshi.render.figures import department_figures, figure_pages
from gongshi.render.indexes import archive, department_archive, departments, home, kind_archive
from gongshi.render.lists import day_list, department_list, kind_list, month_page
from gongshi.render.notices import notice_index, notice_month, notice_page
from gongshi.render.parts import all_parts
from gongshi.render.press import Page, Press
from gongshi.render.records import AT_ONCE
from gongshi.render.reference import reference_pages
from gongshi.render.shell import Shell
from gongshi.render.sitemap import day_sitemap, sitemap_pages

__all__ = ["Page", "common", "plan"]

Planner = Callable[..., Iterable[Page]]
"""From the press and the words after the first in a part's name to its pages."""


def plan(
    db: Rows, env: Environment, shell: Shell, parts: Iterable[str] | None = None, *, share: tuple[int, int] = (0, 1)
) -> Iterator[Page]:
    """The files of the site that are made from `db`, in a fixed order: all, assets included, or those of `parts`.

    A part that has nothing left to show gives no page. Beside a month come its neighbours, which link to it. `render`
    of a page reads `db`: the connection stays open until the last page is made. The plan of everything holds a
    404.html of our own, which replaces the one that the shell was cut from. `share` (k, n) is the k-th, from 0, of n
    shares that need nothing of each other: several processes make together what one would.
    """
    if parts is None:
        whole = Whole(db)
        press, wanted = Press(db, env, shell, whole), all_parts(db, whole)
    else:
        press = Press(db, env, shell, Entries(db))
        wanted = iter(sorted(_with_neighbours(press, frozenset(parts))))
    for part in _shared(wanted, *share):
        name, *words = part.split(":")
        press.part = part
        yield from _PLANNERS[name, len(words)](press, *words)


def common(db: Rows, env: Environment, shell: Shell) -> str:
    """A fingerprint of what pages show beside decisions, notices and figures: where it changed, any page may differ."""
    press = Press(db, env, shell, Entries(db))
    looks = (press.version_of(template) for template in env.list_templates(["html"]))
    tables = (
        f"SELECT * FROM {name} ORDER BY 1, 2"  # noqa: S608 - our own names
        for name in ("regions", "departments", "kinds", "rules", "dictionary")
    )
    rows = (repr(tuple(row)) for table in tables for row in db.execute(table))
    late = any(row["late"] is not None for row in press.figures)
    return fingerprint(*looks, *(asset.path for asset in _files(env)), *rows, str(late))


def _shared(parts: Iterable[str], which: int, shares: int) -> Iterator[str]:
    """Blocks of parts in turn: the decisions of a block are read at once."""
    return (part for at, part in enumerate(parts) if at // AT_ONCE % shares == which)


def _with_neighbours(press: Press, parts: frozenset[str]) -> set[str]:
    months = [part.removeprefix("month:") for part in parts if part.startswith("month:")]
    around = {f"month:{near}" for month in months for near in press.overview.around(month) if near}
    return {*parts, *around}


def _assets(press: Press) -> Iterator[Page]:
    return (press.file(asset.path, asset.path, asset.read) for asset in _files(press.env))


def _files(env: Environment) -> tuple[Asset, ...]:
    return cast("tuple[Asset, ...]", env.globals["assets"])


def _decision(press: Press, decision_id: str) -> Iterator[Page]:
    """The decision, or the notice that stands at its address."""
    if entry := press.entries.one(decision_id):
        shows = (entry.mark, press.channel_marks[entry.department])
        yield press.page(address(entry.id), "decision.html", shows, lambda: decision_page(press, entry))
    else:
        yield from notice_page(press, decision_id)


def _day(press: Press, day: str) -> Iterator[Page]:
    yield from day_list(press, day)
    yield from day_sitemap(press, day)


_PLANNERS: dict[tuple[str, int], Planner] = {
    ("assets", 0): _assets,
    ("home", 0): home,
    ("departments", 0): departments,
    ("decisions", 0): archive,
    ("decision", 1): _decision,
    ("day", 1): _day,
    ("month", 1): month_page,
    ("kind", 1): kind_archive,
    ("kind", 2): kind_list,
    ("department", 1): department_archive,
    ("department", 2): department_list,
    ("downloads", 0): index_page,
    ("downloads", 2): month_files,
    ("reference", 0): reference_pages,
    ("figures", 0): figure_pages,
    ("figures", 1): department_figures,
    ("notices", 0): notice_index,
    ("notices", 1): notice_month,
    ("feeds", 0): feed_pages,
    ("sitemap", 0): sitemap_pages,
}
"""How each part is planned, by the first word of its name and how many follow."""
