"""行政区划 by code or by name, abolished ones included (扶余县 is still on old decisions)."""

from __future__ import annotations

from collections.abc import Mapping

from gongshi.intake.problems import Wrong
from gongshi.intake.values.choices import folded
from gongshi.records.city import Region


def region_table(regions: Mapping[str, Region]) -> dict[str, str]:
    """Codes and full names, folded, to codes. A name borne twice means the region that still exists."""
    ordered = sorted(regions.values(), key=lambda region: not region.abolished)
    return {folded(text): region.code for region in ordered for text in (region.code, region.name)}


def parse_region(text: str, table: Mapping[str, str], names: str) -> str:
    """The six-digit code. `names` are the regions to choose from, for the hint. Raises Wrong E243."""
    code = table.get(folded(text)) or table.get(folded(text.removesuffix("00")))
    if code is None:
        raise Wrong("E243", value=text, choices=names)
    return code
