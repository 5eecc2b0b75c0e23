"""Of whom a page of figures is: the whole city, a county, a department."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongshi.render.look.site import Crumb
from gongshi.render.press import Press

BASE = "/figures/"
COUNTIES = f"{BASE}counties/"


@dataclass(frozen=True, slots=True)
class Place:
    """`base` is where its pages lie, `name` is empty for the whole city. Its page compares `departments`, by key with
    their names, and `counties`, by code with their names (`within`: the keys of their departments); `ways` lead to
    other pages about it."""

    base: str
    name: str
    departments: Mapping[str, str]
    counties: Mapping[str, str]
    within: Mapping[str, tuple[str, ...]]
    ways: tuple[Crumb, ...]

    @property
    def heading(self) -> str:
        """The title of its page."""
        return f"{self.name}公示统计"


def city(press: Press) -> Place:
    """The whole city."""
    names = {key: channel.name for key, channel in press.channels.items()}
    counties = {code: press.registry.regions[code] for code in press.counties} if len(press.counties) > 1 else {}
    return Place(BASE, "", names, counties, press.counties, ())


def county(press: Press, code: str) -> Place:
    """A county, with its departments."""
    name = press.registry.regions[code]
    names = {key: press.channels[key].name for key in press.counties[code]}
    ways = (Crumb("全市的公示统计", BASE), Crumb(f"{name}的部门和决定", f"/counties/{code}/"))
    return Place(f"{COUNTIES}{code}/", name, names, {}, {}, ways)


def department(press: Press, key: str) -> Place:
    """A department."""
    name = press.channels[key].name
    ways = (Crumb("全市的公示统计", BASE), Crumb("部门页面", f"/departments/{key}/"))
    return Place(f"{BASE}{key}/", name, {key: name}, {}, {}, ways)
