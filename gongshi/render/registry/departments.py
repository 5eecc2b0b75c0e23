"""A department's page: who it is, what it may do and how, its people, lists and decisions, at one glance and then in
depth; what it has not published is said plainly (S1.1, S5)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongshi.records import REGISTRY_KINDS
from gongshi.records.registry.annual import ANNUAL_FIGURES
from gongshi.records.registry.common import ACTS
from gongshi.render.contexts import Channel, Counted, Fact
from gongshi.render.database import one
from gongshi.render.departments import linked
from gongshi.render.feeds.channel import notices_of, of_department
from gongshi.render.labels import act_slug
from gongshi.render.lists.indexes import kinds
from gongshi.render.lists.overview import NEWEST, Tally
from gongshi.render.lists.years import years
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.registry.contexts import DepartmentPage, Shelf, Tile
from gongshi.render.registry.guides import GUIDE
from gongshi.render.registry.items import ITEM, LOT
from gongshi.render.registry.items import list_address as items_of
from gongshi.render.registry.officers import OFFICER, staff_of
from gongshi.render.registry.officers import list_address as officers_of
from gongshi.render.registry.record import Line, Record
from gongshi.render.registry.telling import HOME
from gongshi.render.registry.texts import DETERMINATION, TEXT
from gongshi.render.registry.values import facts, table_of

SUBJECT, PLAN, BOARD = "subject", "inspection_plan", "post_board"
SHOWN = 10
"""Rows of each kind on a department's page, before the link to all of them."""
_MISSING = "尚未公布"
_SUBJECT = ("standing", "entrusting_body", "entrusting_document", "duties", "jurisdiction", "area", "superior")
_LISTS = ("recording_item", "review_catalogue", DETERMINATION)


@dataclass(frozen=True, slots=True)
class _Has:
    """What a department has in force, by kind."""

    key: str
    lines: Mapping[str, Sequence[Line]]
    subject: Record | None
    valid: int
    share: str

    def count(self, *kinds: str) -> int:
        return sum(len(self.lines.get(kind, ())) for kind in kinds)

    def shelf(self, href: str, *kinds: str) -> Shelf:
        found = [line for kind in kinds for line in self.lines.get(kind, ())]
        return Shelf(tuple(found[:SHOWN]), len(found), href)


def department_page(press: Press, key: str) -> Iterator[Page]:
    """The page of a department; one that has published nothing has one, too."""
    if key not in press.channels:
        return
    tally, has = press.overview.departments[key], _has(press, key)
    newest = press.entries.newest(NEWEST, department=key)
    names, superior = _history(press, key)
    tiles = tuple(_tiles(has, tally))
    subject = has.subject

    def context() -> DepartmentPage:
        channel = press.channels[key]
        return DepartmentPage(
            site=press.site,
            head=_head(press, channel, key),
            crumbs=(HOME, Crumb("部门", "/departments/"), Crumb(channel.name)),
            source=channel.name,
            feeds=(*of_department(key, channel.name), *notices_of(key, channel.name)[:1]),
            updated_on=max((tally.updated_on, *(line.updated_on for some in has.lines.values() for line in some))),
            channel=channel,
            tiles=tiles,
            subject=subject,
            subject_facts=facts(subject, _SUBJECT) if subject else (),
            bodies=table_of(SUBJECT, subject.content if subject else {}, "bodies"),
            former_names=names,
            superior=superior,
            acts=_acts(has),
            items=has.shelf(items_of(key), ITEM),
            guides=has.shelf(f"/guides/#{key}", GUIDE),
            officers=_officers(has),
            officers_href=officers_of(key),
            inspections=has.shelf(f"/departments/{key}/lists.html#{LOT}", LOT, PLAN),
            lists=_lists(has),
            boards=has.shelf(f"/boards/#{key}", BOARD),
            texts=has.shelf("/texts/", TEXT),
            total=tally.total,
            kinds=kinds(tally, everywhere=False),
            annual=tuple(_annual(has)),
            newest=press.listings.of(newest, department=False),
            years=years(tally.months, f"/departments/{key}/"),
        )

    shown = (repr(tiles), repr(names), superior, subject.mark if subject else "", has.share, press.channel_marks[key])
    marks = (line.mark for kind in REGISTRY_KINDS for line in has.lines.get(kind, ()))
    shows = (*shown, *tally.marks(), *(entry.mark for entry in newest), *marks)
    yield press.page(f"/departments/{key}/", "department.html", shows, context)


def _head(press: Press, channel: Channel, key: str) -> Head:
    told = f"{channel.name}：执法事项、执法人员、服务指南、随机抽查、岗位信息、监督渠道和公示的决定。"
    own = f"/departments/{key}/"
    return Head(channel.name, own, "departments", channel.name, description=told, linked=linked(press.site, channel))


def _has(press: Press, key: str) -> _Has:
    lines: dict[str, list[Line]] = {}
    for line in press.registry.lines("", key):
        if not line.is_over:
            lines.setdefault(line.kind, []).append(line)
    subject = press.registry.one(lines[SUBJECT][0].id) if SUBJECT in lines else None
    staff = staff_of(press, key)
    return _Has(key, lines, subject, staff.valid, staff.share)


def _tiles(has: _Has, tally: Tally) -> Iterator[Tile]:
    """The six of the first glance."""
    charts = "依据、流程、救济途径"
    yield _tile("items", "执法事项", has.count(ITEM), "项", charts)
    yield _tile("officers", "执法人员", has.count(OFFICER), "人", f"{has.valid} 人的证件今天有效")
    yield _tile("guides", "服务指南", has.count(GUIDE), "份", "条件、材料、时限")
    yield _tile("inspections", "随机抽查", has.count(LOT), "项", f"计划 {has.count(PLAN)} 个")
    yield _tile("boards", "岗位信息", has.count(BOARD), "个", "窗口、职责、电话")
    yield _tile("decisions", "公示的决定", tally.total, "件", "处罚、许可、检查等")


def _tile(name: str, heading: str, count: int, unit: str, note: str) -> Tile:
    if not count:
        return Tile(name, heading, _MISSING, "", f"#{name}", is_missing=True)
    return Tile(name, heading, f"{count:,} {unit}", note, f"#{name}", is_missing=False)


def _acts(has: _Has) -> tuple[Counted, ...]:
    found = Counter(line.act for line in has.lines.get(ITEM, ()))
    return tuple(Counted(act, items_of(has.key), found[act], act_slug(act)) for act in ACTS if found[act])


def _officers(has: _Has) -> tuple[Fact, ...]:
    if not (count := has.count(OFFICER)):
        return ()
    return (
        Fact("执法人员", f"{count} 人"),
        Fact("证件今天有效", f"{has.valid} 人"),
        *([Fact("法制审核人员", f"占 {has.share}")] if has.share else []),
    )


def _lists(has: _Has) -> tuple[Counted, ...]:
    page = f"/departments/{has.key}/lists.html"
    return tuple(Counted(REGISTRY_KINDS[kind].label, f"{page}#{kind}", has.count(kind)) for kind in _LISTS)


def _annual(has: _Has) -> Iterator[Crumb]:
    for line in sorted(has.lines.get(ANNUAL_FIGURES.name, ()), key=lambda line: line.number, reverse=True):
        yield Crumb(f"{line.number}年度行政执法数据", line.href)


def _history(press: Press, key: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """A department's names with the days from which it bore them (empty where there is one), its superior."""
    row = one(press.db, "SELECT names, superior FROM departments WHERE key = ?", key)
    names = tuple((dated["name"], dated["since"]) for dated in json.loads(row["names"]))
    return names if len(names) > 1 else (), row["superior"] or ""
