"""One address of each kind of page that the sample city has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from gongshi.law.citing import law_id

if TYPE_CHECKING:
    import httpx

PAGES = {
    "home": "/",
    "decisions": "/decisions/",
    "month": "/months/2026-11/",
    "kind": "/kinds/penalty/",
    "departments": "/departments/",
    "bulletins": "/bulletins/",
    "bulletin-cover": "/bulletins/2026-11/",
    "bulletin": "/bulletins/2026-11/11220700MB99000134.html",
    "screen": "/kiosk/",
    "counties": "/counties/",
    "county": "/counties/220700/",
    "laws": "/laws/",
    "law": f"/laws/{law_id('食品安全法')}/",
    "absent": "/absent/",
    "department": "/departments/11220700MB99000134/",
    "inspections": "/inspections/",
    "determinations": "/determinations/",
    "registers": "/registers/",
    "lists": "/departments/11220700MB99000134/lists.html",
    "officers": "/officers/",
    "officers-department": "/officers/departments/11220700MB99000134/",
    "items": "/items/",
    "guides": "/guides/",
    "boards": "/boards/",
    "kiosk": "/boards/kiosk/11220700MB99000134/",
    "texts": "/texts/",
    "notices": "/notices/",
    "notices-month": "/notices/2026-11/",
    "figures": "/figures/",
    "figures-department": "/figures/11220700MB99000134/",
    "figures-county": "/figures/counties/220700/",
    "figures-year": "/figures/2025/",
    "figures-annual": "/figures/11220700MB99000134/2025/",
    "rules": "/rules/",
    "dictionary": "/dictionary/",
    "downloads": "/downloads/",
    "about": "/about/",
    "guide": "/about/departments/",
    "search": f"/search?q={quote('罚款')}",
    "search-empty": "/search",
    "search-decisions": f"/search?q={quote('食品')}&type=decision&kind=penalty&order=amount",
    "search-mistyped": f"/search?q={quote('松原市宏源端机械制造有限公司')}",
    "search-wrong": "/search?q=" + "%E8%AF%8D+" * 20,
    "search-none": f"/search?q={quote('没有这样的词语')}",
    "party": "/parties/91220702MA996X7F1N",
    "search-beside": f"/search?q={quote('食品')}",
    "search-records": f"/search?type=records&q={quote('食品')}",
    "search-officers": "/search?type=officer&q=2207",
    "tables": "/data/",
    "table-records": "/data/public/records",
    "table": "/data/public/penalty",
    "status": "/correct/status",
    "missing": "/nothing/here/",
}
WITHOUT_LOOKS = ("kiosk", "screen")
"""Screens in a hall have a frame and a sheet of their own: nobody stands there who could choose."""
RECORDS = (
    "officer",
    "enforcement_item",
    "service_guide",
    "post_board",
    "random_inspection_item",
    "inspection_plan",
    "normative_text",
)


def found(client: httpx.Client) -> dict[str, str]:
    """Those whose addresses are drawn when the city is built: a decision, its form, a record of each kind."""
    decision = next(iter(client.get("/api/v1/decisions", params={"kind": "penalty"}).json()["items"]))["url"]
    records = {kind: _first(client, kind) for kind in RECORDS}
    return {
        "decision": decision,
        "day": _led_to(client, "/months/2026-11/", r'href="(/days/[0-9-]+/[^"]*)"'),
        "law": _led_to(client, "/laws/", r'href="(/laws/[0-9a-f]+/)"'),
        "correct": "/correct/" + re.sub(r".*/|\.html$", "", decision),
        **records,
        "sheet": records["post_board"].replace(".html", "-sheet.html"),
    }


def _led_to(client: httpx.Client, start: str, way: str) -> str:
    """Where the first link of a page leads that is written so."""
    return next(re.finditer(way, client.get(start).text))[1]


def _first(client: httpx.Client, kind: str) -> str:
    url: str = next(iter(client.get("/api/v1/records", params={"kind": kind}).json()["items"]))["url"]
    return url
