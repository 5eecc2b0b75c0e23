"""Indexes of records in groups: of a department, of a category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongshi.records import REGISTRY_KINDS
from gongshi.render.contexts import Counted
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.registry.contexts import Group, GroupsPage
from gongshi.render.registry.record import Line
from gongshi.render.registry.telling import HOME, REGISTERS, SECTION


def by_department(press: Press, lines: Iterable[Line]) -> tuple[Group, ...]:
    """What is in force, under its department, in the order of regions."""
    found: dict[str, list[Line]] = {key: [] for key in press.channels}
    for line in lines:
        if not line.is_over:
            found[line.department].append(line)
    return tuple(Group(key, press.channels[key].name, tuple(some)) for key, some in found.items() if some)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """One index: where it is, what it is called, whose records it shows; `more` leads to related pages."""

    base: str
    heading: str
    intro: str
    kind: str
    groups: tuple[Group, ...]
    more: tuple[Counted, ...] = ()


def groups_page(press: Press, index: Index) -> Page:
    """The page of an index."""

    def context() -> GroupsPage:
        return GroupsPage(
            site=press.site,
            head=Head(index.heading, index.base, SECTION, index.heading, description=index.intro),
            crumbs=(HOME, REGISTERS, Crumb(index.heading)),
            updated_on=max((line.updated_on for group in index.groups for line in group.lines), default=""),
            heading=index.heading,
            intro=index.intro,
            kind=index.kind,
            groups=index.groups,
            missing=f"{REGISTRY_KINDS[index.kind].label}尚未公布。",
            more=index.more,
        )

    return press.page(index.base, "groups.html", (repr(index),), context)
