"""Enforcement items (D8 to D10, D12, D22): each with its basis, procedure and remedies, and the lists of them.

An item, its guide and what is inspected by lot under it know each other: their pages change together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from gongshi.records import DECISION_KINDS
from gongshi.records.registry.common import ACTS
from gongshi.render.addresses import code_slug
from gongshi.render.contexts import Counted, Pager, RegionDepartments
from gongshi.render.labels import act_slug
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.registry.contexts import ItemListPage, ItemPage, ItemsPage
from gongshi.render.registry.record import Line, Record, mark_of
from gongshi.render.registry.rows import Tally
from gongshi.render.registry.telling import HOME, REGISTERS, SECTION, basis, head, past, procedure
from gongshi.render.registry.values import facts, table

ITEM, LOT = "enforcement_item", "random_inspection_item"
PER_PAGE, NEWEST = 200, 10
BASE = "/items/"
_ALL = Crumb("执法事项", BASE)
_FACTS = ("object", "powers", "level", "body", "responsibility", "change_note")


def items_index(press: Press) -> Iterator[Page]:
    """The way to the items, and the lists by act."""
    tally = press.registry.tally(ITEM)
    acts = Counter[str]()
    for one in tally:
        acts[one.act] += one.found
    counted = tuple(Counted(act, f"{BASE}acts/{act_slug(act)}/", acts[act], act_slug(act)) for act in ACTS if acts[act])
    regions, gathered = departments_of(press, tally, f"{BASE}departments/"), _gathered(press, tally)

    def context() -> ItemsPage:
        return ItemsPage(
            site=press.site,
            head=Head(
                "执法事项", BASE, SECTION, "执法事项", description="各部门的行政执法事项清单：依据、流程和救济途径。"
            ),
            crumbs=(HOME, REGISTERS, Crumb("执法事项")),
            updated_on=max((one.updated_on for one in tally), default=""),
            total=acts.total(),
            acts=counted,
            regions=regions,
            gathered=gathered,
        )

    yield press.page(BASE, "items.html", (repr(tally), repr(regions), repr(gathered)), context)
    for act in ACTS:
        if acts[act]:
            yield from _list(press, _of_act(act), press.registry.lines(ITEM, act=act))


def items_of_department(press: Press, key: str) -> Iterator[Page]:
    """A department's list of items; it is there before the first item, and says so."""
    if channel := press.channels.get(key):
        yield from _list(press, _of_department(channel.name, key), press.registry.lines(ITEM, key))


def items_of_region(press: Press, code: str) -> Iterator[Page]:
    """The lists of a region's departments gathered into one (D22)."""
    if lines := press.registry.lines(ITEM, region=code):
        yield from _list(press, _of_region(press.registry.regions[code], code), lines)


def items_of_code(press: Press, slug: str) -> Iterator[Page]:
    """Who has an item of this code, in the city and its counties."""
    if lines := press.registry.of_code(slug):
        yield from _list(press, _of_code(lines[0].number, slug), lines)


def item_page(press: Press, item: Record, others: Sequence[Record]) -> Iterator[Page]:
    """One item; `others` are what belongs to it."""
    act = act_slug(item.act) if item.act else ""
    slug = code_slug(item.number)
    accent = act if act in DECISION_KINDS else ""
    guides = tuple(one for one in others if one.kind == "service_guide" and not one.is_over)
    inspections = tuple(one for one in others if one.kind == LOT and not one.is_over)
    newest = press.entries.newest(NEWEST, item=item.item)

    def context() -> ItemPage:
        return ItemPage(
            site=press.site,
            head=head(item, accent=accent, description=f"{item.department_name}：{item.title}。{item.text('powers')}"),
            crumbs=(HOME, _ALL, Crumb(item.department_name, list_address(item.department)), Crumb(item.title)),
            updated_on=item.updated_on,
            record=item,
            code_href=f"{BASE}{slug}/" if slug else "",
            basis=basis(item),
            facts=facts(item, _FACTS),
            procedure=procedure(item),
            rights=item.text("rights"),
            remedies=table(item, "remedies"),
            guides=guides,
            inspections=inspections,
            discretion=table(item, "discretion"),
            newest=press.listings.of(newest, department=False),
            decisions_href=_decisions(item, accent, named=bool(newest)),
            past=past(item),
            supervision=press.supervision(item.department),
        )

    marks = (mark_of((*guides, *inspections)), *(one.mark for one in newest))
    shows = (item.mark, press.channel_marks[item.department], *marks)
    yield press.page(item.href, "item.html", shows, context)


def _decisions(item: Record, accent: str, *, named: bool) -> str:
    """Where the decisions are found that were made under an item; where none names it, those of its kind."""
    if named:
        return f"/search?item={item.item}"
    return f"/search?{urlencode({'kind': accent, 'department': item.department})}" if accent else ""


def list_address(key: str) -> str:
    """Where a department's items are listed."""
    return f"{BASE}departments/{key}/"


def departments_of(press: Press, tally: Sequence[Tally], base: str) -> tuple[RegionDepartments, ...]:
    """Every department by region, with how many records it has."""
    found = Counter[str]()
    for one in tally:
        found[one.department] += one.found
    return tuple(
        RegionDepartments(
            region, tuple(Counted(one.name, f"{base}{one.key}/", found[one.key]) for one in group if found[one.key])
        )
        for region, group in groupby(press.channels.values(), key=lambda channel: channel.region)
    )


def _gathered(press: Press, tally: Sequence[Tally]) -> tuple[Counted, ...]:
    found = Counter[str]()
    for one in tally:
        found[one.region] += one.found
    names = press.registry.regions
    return tuple(Counted(names[code], f"{BASE}regions/{code}/", found[code]) for code in sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Series:
    """One list: where it is, what it is called, which columns it needs."""

    base: str
    heading: str
    crumb: str
    intro: str = ""
    accent: str = ""
    show_act: bool = True
    show_department: bool = True


def _of_act(act: str) -> _Series:
    slug = act_slug(act)
    accent = slug if slug in DECISION_KINDS else ""
    return _Series(base=f"{BASE}acts/{slug}/", heading=f"{act}事项", crumb=act, accent=accent, show_act=False)


def _of_department(name: str, key: str) -> _Series:
    return _Series(base=list_address(key), heading=f"{name}的执法事项", crumb=name, show_department=False)


def _of_region(name: str, code: str) -> _Series:
    intro = f"{name}各部门的行政执法事项清单，汇总在这里。"
    return _Series(base=f"{BASE}regions/{code}/", heading=f"{name}行政执法事项总清单", crumb=name, intro=intro)


def _of_code(code: str, slug: str) -> _Series:
    return _Series(base=f"{BASE}{slug}/", heading=f"编码为 {code} 的执法事项", crumb=code)


def _list(press: Press, series: _Series, found: Sequence[Line]) -> Iterator[Page]:
    """The pages of a list; what is no longer in force stands at the end of the last."""
    there, over = [one for one in found if not one.is_over], [one for one in found if one.is_over]
    last = max(1, -(-len(there) // PER_PAGE))
    for number in range(1, last + 1):
        chunk = there[(number - 1) * PER_PAGE :][:PER_PAGE] + (over if number == last else [])
        yield _list_page(press, series, chunk, Pager(number, last, series.base), len(there))


def _list_page(press: Press, series: _Series, lines: Sequence[Line], pager: Pager, total: int) -> Page:
    path = pager.href(pager.number)

    def context() -> ItemListPage:
        suffix = f"（第 {pager.number} 页）" if pager.number > 1 else ""
        return ItemListPage(
            site=press.site,
            head=Head(series.heading + suffix, path, SECTION, "执法事项", accent=series.accent),
            crumbs=(HOME, REGISTERS, _ALL, Crumb(series.crumb)),
            updated_on=max((one.updated_on for one in lines), default=""),
            heading=series.heading,
            intro=series.intro,
            total=total,
            lines=tuple(one for one in lines if not one.is_over),
            over=tuple(one for one in lines if one.is_over),
            pager=pager,
            show_act=series.show_act,
            show_department=series.show_department,
        )

    shows = (repr(series), f"{pager.last}/{total}", *(one.mark for one in lines))
    return press.page(path, "item-list.html", shows, context)
