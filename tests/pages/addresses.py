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
    "tables": "/data/",
    "table": "/data/public/penalty",
    "missing": "/nothing/here/",
}
