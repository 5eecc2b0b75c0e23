"""/parties/<unified code>: the decisions about one legal person that are public now.

Made when it is asked for: there is no file that could outlive a takedown, no search engine is led here, and nothing is
added up. For legal persons only: whoever is no organisation with a public decision has no page, and the answer is the
same whether there never was one, there is none any more, or it is about a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from datasette.app import Datasette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gongshi.query.database import Reading, answered
from gongshi.query.errors import NotFound
from gongshi.query.press import Press, site_settings
from gongshi.query.question import PAGE_SIZE, Question, page_number
from gongshi.query.results import BOOK, FEED, TABLE
from gongshi.records.party import LEGAL_PERSON
from gongshi.render.contexts import Feed, Listed, Page
from gongshi.render.lists.listings import LISTED, listed
from gongshi.render.look.site import Crumb, Head, Site

BASE = "/parties/"

_FILES = {"订阅（Atom）": FEED, "下载（CSV）": TABLE, "下载（XLSX）": BOOK}

_CODE = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")
_ORGANISATION = "SELECT name, decisions FROM organisations WHERE uscc = ?"
_PLACES = f"""
SELECT DISTINCT sort FROM parties WHERE uscc = :uscc AND type = '{LEGAL_PERSON}' AND uscc IS NOT NULL
ORDER BY sort DESC LIMIT :limit OFFSET :offset
"""  # noqa: S608 - constants
_ROWS = f"SELECT {LISTED}, updated_on FROM decisions WHERE sort IN ({_PLACES}) ORDER BY sort DESC"  # noqa: S608 - constants


class Found(NamedTuple):
    """A page of an organisation's decisions, the newest first; `updated_on` is the newest day of what it shows."""

    uscc: str
    name: str
    decisions: int
    rows: tuple[Listed, ...]
    updated_on: str
    page: int

    @property
    def more(self) -> bool:
        """Whether there is a next page."""
        return self.page * PAGE_SIZE < self.decisions


@dataclass(frozen=True)
class OrganisationPage(Page):
    """party.html."""

    name: str
    uscc: str
    decisions: int
    rows: tuple[Listed, ...]
    before: str
    after: str
    search: str
    """The search for its code, where the same can be narrowed."""
    files: tuple[tuple[str, str], ...]
    """Where the same can be subscribed to and taken along: label, address."""


def organisation(db: Reading, uscc: str, page: int = 1) -> Found:
    """A page of the decisions about the organisation with this code. Raises NotFound."""
    asked = db.rows(_ORGANISATION, (uscc,)) if _CODE.fullmatch(uscc) else []
    if not asked:
        raise NotFound
    rows = db.rows(_ROWS, {"uscc": uscc, "limit": PAGE_SIZE, "offset": (page - 1) * PAGE_SIZE})
    if not rows:
        raise NotFound
    updated_on = max(row["updated_on"] for row in rows)
    return Found(uscc, asked[0]["name"], asked[0]["decisions"], tuple(map(listed, rows)), updated_on, page)


def organisation_page(site: Site, found: Found) -> OrganisationPage:
    """The page that shows it."""
    path = f"{BASE}{found.uscc}"
    same = Question(q=found.uscc)
    return OrganisationPage(
        site=site,
        head=Head(title=found.name, path=path, section="", column="行政相对人", robots="noindex"),
        crumbs=(Crumb("首页", "/"), Crumb("查找", "/search"), Crumb(found.name)),
        updated_on=found.updated_on,
        name=found.name,
        uscc=found.uscc,
        decisions=found.decisions,
        rows=found.rows,
        before=_numbered(path, found.page - 1) if found.page > 1 else "",
        after=_numbered(path, found.page + 1) if found.more else "",
        search=same.address(),
        files=tuple((label, same.address(base)) for label, base in _FILES.items()),
        feeds=(Feed(f"{found.name}的决定", same.address(FEED)),),
    )


class Organisations:
    """The handler of one server."""

    def __init__(self, datasette: Datasette, press: Press) -> None:
        self._datasette, self._press = datasette, press

    async def page(self, request: Request) -> Response:
        """/parties/<unified code>. Raises NotFound; UnknownValue and PageTooFar for a page that is none."""
        uscc: str = request.path_params["uscc"]
        page = asked_page(request.query_params.multi_items())
        context = await answered(self._datasette, lambda db: db.look(lambda look: _look(look, uscc, page)))
        return HTMLResponse(self._press.print("party.html", context))


def asked_page(pairs: Iterable[tuple[str, str]]) -> int:
    """Which page an address asks for; everything else in it is passed over. Raises UnknownValue, PageTooFar."""
    return page_number(dict(pairs).get("page", ""))


def _look(db: Reading, uscc: str, page: int) -> OrganisationPage:
    return organisation_page(site_settings(db), organisation(db, uscc, page))


def _numbered(path: str, page: int) -> str:
    return f"{path}?page={page}" if page > 1 else path
