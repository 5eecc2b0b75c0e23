"""The notice that stands where a withdrawn decision was: what it says, and nothing else (行政处罚法 48).

Department, 文号, dates, the ending instrument and the reason; nothing of party, facts, class or amount.
It keeps its decision's id and place, so that it is found at the same address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

NOTICE_COLUMNS = (
    "sort",
    "id",
    "kind",
    "department",
    "department_name",
    "region",
    "document_number",
    "decided_on",
    "first_published_on",
    "withdrawn_on",
    "ending",
    "ending_label",
    "instrument_number",
    "instrument_agency",
    "instrument_date",
    "effective_on",
    "reason",
    "rule",
    "article",
    "notice_until",
    "in_sitemap",
    "digest",
)
"""The white-list of `notices`; the notice's gate refuses any row with another set."""


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A row of `notices`."""

    row: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The decision's own random id."""
        return str(self.row["id"])

    @property
    def sort(self) -> int:
        """The decision's own place."""
        return int(self.row["sort"])

    @property
    def digest(self) -> str:
        """A hash of all that it shows."""
        return str(self.row["digest"])

    def texts(self) -> Iterator[str]:
        """Every text in it."""
        return (value for value in self.row.values() if isinstance(value, str) and value)


def seal_notice(row: Mapping[str, Any]) -> PublicNotice:
    """The notice with its digest: sha256 over the canonical JSON of its row."""
    content = orjson.dumps(dict(row), option=orjson.OPT_SORT_KEYS)
    return PublicNotice({**row, "digest": hashlib.sha256(content).hexdigest()[:32]})
