"""Departments as pages show them: names, regions and supervision channels (D6, D13)."""

from __future__ import annotations

from typing import Any

from gongshi.records.department import DEPARTMENT
from gongshi.render.contexts import Channel, Fact
from gongshi.render.database import Rows

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


def _facts(row: Any) -> tuple[Fact, ...]:
    found = []
    for name, href in _CHANNEL.items():
        if value := row[name]:
            found.append(Fact(DEPARTMENT.by_name[name].label, value, href=href.format(value)))
    return tuple(found)
