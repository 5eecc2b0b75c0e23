"""Per sector: what its departments punish, permit, inspect, enforce, levy and charge."""

from __future__ import annotations

from gongshi.sample.catalogue.culture import CULTURE
from gongshi.sample.catalogue.entries import Check, Due, Measure, Offence, Permit, Sector
from gongshi.sample.catalogue.environment import ENVIRONMENT
from gongshi.sample.catalogue.farming import FARMING
from gongshi.sample.catalogue.health import HEALTH
from gongshi.sample.catalogue.housing import HOUSING
from gongshi.sample.catalogue.land import LAND
from gongshi.sample.catalogue.market import MARKET
from gongshi.sample.catalogue.police import POLICE
from gongshi.sample.catalogue.rivers import WATER
from gongshi.sample.catalogue.safety import SAFETY
from gongshi.sample.catalogue.streets import STREETS
from gongshi.sample.catalogue.transport import TRANSPORT

SECTORS: dict[str, Sector] = {
    sector.name: sector
    for sector in (
        MARKET,
        ENVIRONMENT,
        TRANSPORT,
        HEALTH,
        SAFETY,
        STREETS,
        LAND,
        HOUSING,
        CULTURE,
        FARMING,
        POLICE,
        WATER,
    )
}
"""Every sector by the name that departments.yml uses."""

__all__ = ["SECTORS", "Check", "Due", "Measure", "Offence", "Permit", "Sector"]
