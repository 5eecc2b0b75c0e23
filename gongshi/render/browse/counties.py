"""The counties: the departments of each, its newest decisions, and the way to the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongshi.render.browse.contexts import CountiesPage, CountyPage
from gongshi.render.contexts import Counted
from gongshi.render.lists.indexes import kinds
from gongshi.render.lists.overview import NEWEST, Tally
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press

BASE = "/counties/"
_TOLD = "各县（市、区）的执法部门和公示的决定。"
_ITEM = "enforcement_item"
_HOME = Crumb("首页", "/")
_ALL = Crumb("按地区", BASE)


def counties(press: Press) -> tuple[Counted, ...]:
    """Every region that has a department, with the number of its decisions."""
    return tuple(
        Counted(press.registry.regions[code], f"{BASE}{code}/", _tally(press, keys).total)
        for code, keys in press.counties.items()
    )


def counties_index(press: Press) -> Iterator[Page]:
    """The way to the counties."""
    found, updated_on = counties(press), press.overview.all.updated_on

    def context() -> CountiesPage:
        return CountiesPage(
            site=press.site,
            head=Head("按地区查看", BASE, "departments", "按地区", description=_TOLD),
            crumbs=(_HOME, Crumb("按地区")),
            updated_on=updated_on,
            counties=found,
        )

    yield press.page(BASE, "counties.html", (repr(found), updated_on), context)


def county_page(press: Press, code: str) -> Iterator[Page]:
    """One county; there is none without a department."""
    keys = press.counties.get(code)
    if not keys:
        return
    name, tally = press.registry.regions[code], _tally(press, keys)
    departments = tuple(
        Counted(press.channels[key].name, f"/departments/{key}/", press.overview.departments[key].total) for key in keys
    )
    items = sum(one.found for one in press.registry.tally(_ITEM) if one.region == code)
    newest = press.entries.newest(NEWEST, region=code)

    def context() -> CountyPage:
        return CountyPage(
            site=press.site,
            head=Head(
                f"{name}的执法公示", f"{BASE}{code}/", "departments", name, description=f"{name}各部门公示的执法决定。"
            ),
            crumbs=(_HOME, _ALL, Crumb(name)),
            updated_on=tally.updated_on,
            name=name,
            code=code,
            total=tally.total,
            kinds=_kinds(tally, code),
            departments=departments,
            years=_years(tally, code),
            items=items,
            newest=press.listings.of(newest),
        )

    shows = (name, repr(departments), str(items), *tally.marks(), *(one.mark for one in newest))
    yield press.page(f"{BASE}{code}/", "county.html", shows, context)


def _tally(press: Press, keys: tuple[str, ...]) -> Tally:
    return Tally.together(press.overview.departments[key] for key in keys)


def _kinds(tally: Tally, code: str) -> tuple[Counted, ...]:
    """The kinds of which there are decisions, each with the way to those of the county."""
    found = kinds(tally, everywhere=False)
    return tuple(replace(one, href=f"/search?kind={one.kind}&region={code}") for one in found)


def _years(tally: Tally, code: str) -> tuple[Counted, ...]:
    """How many were first published in each year, the newest first."""
    found: dict[str, int] = {}
    for month in sorted(tally.months, reverse=True):
        found[month[:4]] = found.get(month[:4], 0) + tally.months[month]
    asked = f"/search?region={code}&from={{0}}-01-01&to={{0}}-12-31"
    return tuple(Counted(f"{year}年", asked.format(year), count) for year, count in found.items() if count)
