"""One address of each kind of page that the sample city has."""

from __future__ import annotations

from urllib.parse import quote

PAGES = {
    "home": "/",
    "decisions": "/decisions/",
    "month": "/months/2026-11/",
    "kind": "/kinds/penalty/",
    "departments": "/departments/",
    "department": "/departments/11220700MB99000134/",
    "inspections": "/inspections/",
    "registers": "/registers/",
    "lists": "/departments/11220700MB99000134/lists.html",
    "officers": "/officers/",
    "officers-department": "/officers/departments/11220700MB99000134/",
    "items": "/items/",
    "guides": "/guides/",
    "boards": "/boards/",
    "texts": "/texts/",
    "notices": "/notices/",
    "notices-month": "/notices/2026-11/",
    "figures": "/figures/",
    "figures-department": "/figures/11220700MB99000134/",
    "rules": "/rules/",
    "dictionary": "/dictionary/",
    "downloads": "/downloads/",
    "about": "/about/",
    "guide": "/about/departments/",
    "search": f"/search?q={quote('罚款')}",
    "search-empty": "/search",
    "search-none": f"/search?q={quote('没有这样的词语')}",
    "search-records": f"/search?in=records&q={quote('食品')}",
    "search-officers": "/search?in=records&kind=officer&q=2207",
    "tables": "/data/",
    "table-records": "/data/public/records",
    "table": "/data/public/penalty",
    "missing": "/nothing/here/",
}
