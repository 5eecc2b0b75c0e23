"""Of whom a page of figures is: the whole city, a county, a department."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongshi.records.registry.annual import ANNUAL_FIGURES
from gongshi.render.look.site import Crumb
from gongshi.render.press import Press
from gongshi.render.registry.record import Line, year_address

BASE = "/figures/"
COUNTIES = f"{BASE}counties/"
_YEARS = 5
"""So many years of annual figures are named."""


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
    years = sorted({line.number for line in declared(press)}, reverse=True)[:_YEARS]
    ways = tuple(Crumb(f"{year}年度数据", year_address(year)) for year in years)
    return Place(BASE, "", names, counties, press.counties, ways)


def county(press: Press, code: str) -> Place:
    """A county, with its departments."""
    name = press.registry.regions[code]
    names = {key: press.channels[key].name for key in press.counties[code]}
    ways = (Crumb("全市的公示统计", BASE), Crumb(f"{name}的部门和决定", f"/counties/{code}/"))
    return Place(f"{COUNTIES}{code}/", name, names, {}, {}, ways)


def department(press: Press, key: str) -> Place:
    """A department."""
    name = press.channels[key].name
    years = (Crumb(f"{line.number}年度数据", line.href) for line in declared(press, key)[:_YEARS])
    ways = (Crumb("全市的公示统计", BASE), Crumb("部门页面", f"/departments/{key}/"), *years)
    return Place(f"{BASE}{key}/", name, {key: name}, {}, {}, ways)


def declared(press: Press, department: str = "") -> list[Line]:
    """The annual figures that are declared, by a department or by any, the newest year first."""
    lines = press.registry.lines(ANNUAL_FIGURES.name, department)
    return sorted((line for line in lines if not line.is_over), key=lambda line: line.number, reverse=True)
