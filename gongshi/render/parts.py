"""The parts of the site: few pages each that change together, so that a change makes again only what it touches.

A part is named by words with colons between them: `decision:<id>` (the decision or the notice at its address),
`day:<yyyy-mm-dd>`, `kind:<kind>` and `kind:<kind>:<yyyy-mm>`, `department:<key>` and `department:<key>:<yyyy-mm>`,
`month:<yyyy-mm>`, `downloads:<kind>:<yyyy-mm>`, `notices` and `notices:<yyyy-mm>`, `figures` and `figures:<key>`, and
those of WHOLE. Every page belongs to exactly one part, and a part is planned from indexed rows of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.render.database import Rows
from gongshi.render.entries import Entry, Whole

Row = Mapping[str, Any]
"""What a part is worked out from: `id`, `kind`, `department` and `first_published_on` of a decision or a notice, of
a notice `withdrawn_on`, too."""

WHOLE = ("home", "departments", "decisions", "downloads", "feeds", "sitemap", "figures", "reference")
"""Parts that any decision may change: what counts all of them or shows the newest. `reference` shows the journal's
head as well."""
_NOTICED = ("notices", "feeds", "sitemap", "figures", "reference")
_SHARED = ("home", "departments", "decisions", "downloads", "reference", "figures")
_LAST = ("notices", "feeds", "sitemap")


def parts_of(
    before: Iterable[Row], after: Iterable[Row], notices_before: Iterable[Row], notices_after: Iterable[Row]
) -> frozenset[str]:
    """The parts whose pages may differ when the rows `before` of decisions become those `after`, and so for notices.

    A decision that changes stands in both. What rows do not tell (a department's telephone, a setting, a template)
    is not in this: `pages.common` tells of that.
    """
    found: set[str] = set()
    for row in (*before, *after):
        found.update(WHOLE, _of_decision(row["id"], row["kind"], row["department"], row["first_published_on"]))
    for row in (*notices_before, *notices_after):
        found.update(_NOTICED, _of_notice(row))
    return frozenset(found)


def _of_decision(decision: str, kind: str, department: str, day: str) -> Iterator[str]:
    yield f"decision:{decision}"
    yield f"figures:{department}"
    yield from (f"kind:{kind}", f"department:{department}")
    yield from _lists(kind, department, day)


def _lists(kind: str, department: str, day: str) -> Iterator[str]:
    month = day[:7]
    yield from (f"day:{day}", f"month:{month}", f"kind:{kind}:{month}", f"department:{department}:{month}")
    yield f"downloads:{kind}:{month}"


def _of_notice(row: Row) -> Iterator[str]:
    yield f"decision:{row['id']}"
    yield f"notices:{row['withdrawn_on'][:7]}"
    yield f"figures:{row['department']}"


def all_parts(db: Rows, whole: Whole) -> Iterator[str]:
    """Every part of the site that public.db `db` makes, each once, in a fixed order.

    `whole` holds the month whose parts are being named.
    """
    yield "assets"
    for entries in whole.months():
        yield from _of_month(entries)
    departments = [row["key"] for row in db.execute("SELECT key FROM departments ORDER BY region, key")]
    yield from _SHARED
    yield from (f"kind:{kind}" for kind in DECISION_KINDS)
    for key in departments:
        yield from (f"department:{key}", f"figures:{key}")
    yield from _of_notices(db)
    yield from _LAST


def _of_month(entries: Sequence[Entry]) -> Iterator[str]:
    yield from (f"decision:{entry.id}" for entry in entries)
    places = {(entry.kind, entry.department, entry.day) for entry in entries}
    yield from sorted({part for place in places for part in _lists(*place)})


def _of_notices(db: Rows) -> Iterator[str]:
    months: dict[str, None] = {}
    for row in db.execute("SELECT id, withdrawn_on FROM notices ORDER BY withdrawn_on, sort"):
        yield f"decision:{row['id']}"
        months[f"notices:{row['withdrawn_on'][:7]}"] = None
    yield from months
