"""Notices of withdrawal for the API: one at a decision's id, and the list, newest withdrawal first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from gongshi.query.database import Reading, Row
from gongshi.query.errors import UnknownParameter
from gongshi.query.facets import Count
from gongshi.query.items import path_of
from gongshi.query.question import LAST_PAGE, LISTED, PAGE_SIZE, page_number
from gongshi.records import DECISION_KINDS

NOTICES = "/api/v1/notices"
_INSTRUMENT = {"number": "instrument_number", "agency": "instrument_agency", "date": "instrument_date"}
_NEWEST = "SELECT * FROM notices ORDER BY withdrawn_on DESC, sort DESC LIMIT ? OFFSET ?"
_COUNT = "SELECT count(*) AS all_of_them FROM (SELECT 1 FROM notices LIMIT ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeList:
    """One page of notices. `total` is exact up to LISTED."""

    page: int
    total: Count
    items: tuple[Row, ...]
    more: bool

    @property
    def next(self) -> str | None:
        """The address of the next page."""
        return f"{NOTICES}?{urlencode({'page': self.page + 1})}" if self.more else None


def notice(db: Reading, decision: str) -> dict[str, Any] | None:
    """The notice that stands at a decision's address, in the API's shape; None where there is none."""
    found = db.rows("SELECT * FROM notices WHERE id = ?", [decision])
    return notice_json(found[0]) if found else None


def listed(db: Reading, page: int) -> NoticeList:
    """A page of all notices."""
    found = db.rows(_NEWEST, [PAGE_SIZE + 1, (page - 1) * PAGE_SIZE])
    count = db.rows(_COUNT, [LISTED + 1])
    return NoticeList(
        page=page,
        total=Count.of(count[0]["all_of_them"], LISTED),
        items=tuple(found[:PAGE_SIZE]),
        more=len(found) > PAGE_SIZE and page < LAST_PAGE,
    )


def asked_page(pairs: Iterable[tuple[str, str]]) -> int:
    """The page that an address of the list asks for.

    Raises UnknownParameter, UnknownValue, PageTooFar.
    """
    page = ""
    for name, value in pairs:
        if name != "page":
            raise UnknownParameter(f"没有名为“{name[:40]}”的参数；可用的参数：page。", parameter=name[:40])
        page = value.strip()
    return page_number(page)


def notice_json(row: Row) -> dict[str, Any]:
    """A notice in the API's shape: which decision went, when, by what and why; nothing of its content."""
    return {
        "id": row["id"],
        "kind": row["kind"],
        "kind_label": DECISION_KINDS[row["kind"]].label,
        "department": {"key": row["department"], "name": row["department_name"]},
        "region": row["region"],
        "document_number": row["document_number"],
        "decided_on": row["decided_on"],
        "first_published_on": row["first_published_on"],
        "withdrawn_on": row["withdrawn_on"],
        "ending": {"kind": row["ending"], "label": row["ending_label"]},
        "instrument": {name: row[column] for name, column in _INSTRUMENT.items()},
        "effective_on": row["effective_on"],
        "reason": row["reason"],
        "rule": row["rule"],
        "article": row["article"],
        "notice_until": row["notice_until"],
        "url": path_of(row["id"]),
    }
