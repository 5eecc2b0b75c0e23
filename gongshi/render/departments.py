"""Departments as pages show them: names, regions and supervision channels (D6, D13)."""

from __future__ import annotations

from typing import Any

from gongshi.records.department import DEPARTMENT
from gongshi.render.contexts import Channel, Fact
from gongshi.render.database import Rows
from gongshi.render.look.site import Site

_CHANNEL = {
    "channel_phone": "tel:{}",
    "channel_email": "mailto:{}",
    "channel_address": "",
    "channel_postcode": "",
    "channel_procedure": "",
}
"""The fields of D13 in the order of use, and what a click on each does."""


def channels(db: Rows) -> dict[str, Channel]:
    """Every department's channel by the department's key, in the order of regions, then of keys."""
    rows = db.execute(
        "SELECT d.*, r.name AS region_name FROM departments d JOIN regions r ON r.code = d.region"
        " ORDER BY d.region, d.key"
    )
    return {row["key"]: Channel(row["key"], row["name"], row["region_name"], _facts(row)) for row in rows}


def linked(site: Site, channel: Channel) -> dict[str, object]:
    """A department as schema.org describes one, for search engines: its name, its region, where to reach it."""
    ways = {way: value for way, _, value in (fact.href.partition(":") for fact in channel.facts) if value}
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": channel.name,
        "identifier": channel.key,
        "areaServed": {"@type": "AdministrativeArea", "name": channel.region},
        **({"url": f"{site.url}/departments/{channel.key}/"} if site.url else {}),
        **({"telephone": ways["tel"]} if "tel" in ways else {}),
        **({"email": ways["mailto"]} if "mailto" in ways else {}),
    }


def _facts(row: Any) -> tuple[Fact, ...]:
    found = []
    for name, href in _CHANNEL.items():
        if value := row[name]:
            found.append(Fact(DEPARTMENT.by_name[name].label, value, href=href.format(value)))
    return tuple(found)
