"""The parts of the site: few pages each that change together, so that a change makes again only what it touches.

A part is named by words with colons between them: `decision:<id>` (the decision or the notice at its address),
`day:<yyyy-mm-dd>`, `kind:<kind>` and `kind:<kind>:<yyyy-mm>`, `department:<key>` and `department:<key>:<yyyy-mm>`,
`month:<yyyy-mm>`, `downloads:<kind>:<yyyy-mm>`, `notices` and `notices:<yyyy-mm>`, `figures` and `figures:<key>`, and
those of WHOLE. Every page belongs to exactly one part, and a part is planned from indexed rows of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.render.database import Rows

Row = Mapping[str, Any]
"""What a part is worked out from: `id`, `kind`, `department` and `first_published_on` of a decision or a notice, of
a notice `withdrawn_on`, too."""

WHOLE = ("home", "departments", "decisions", "downloads", "feeds", "sitemap", "figures", "reference")
"""Parts that any decision may change: what counts all of them or shows the newest. `reference` shows the journal's
head as well."""
_NOTICED = ("notices", "feeds", "sitemap", "figures", "reference")
_SHARED = ("home", "departments", "decisions", "downloads", "reference", "figures")
_NEXT = "SELECT min(first_published_on) FROM decisions WHERE first_published_on > ?"
_MONTH = """
SELECT id, kind, department, first_published_on FROM decisions
WHERE first_published_on BETWEEN ? || '-01' AND ? || '-31' ORDER BY first_published_on, sort
"""
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


def all_parts(db: Rows) -> Iterator[str]:
    """Every part of the site that public.db `db` makes, each once, in a fixed order; a month's lists follow its
    decisions."""
    yield "assets"
    month = ""
    while day := next(iter(db.execute(_NEXT, (f"{month}-99",))))[0]:
        month = day[:7]
        yield from _of_month(db.execute(_MONTH, (month, month)))
    yield from _SHARED
    yield from (f"kind:{kind}" for kind in DECISION_KINDS)
    for row in db.execute("SELECT key FROM departments ORDER BY region, key"):
        yield from (f"department:{row['key']}", f"figures:{row['key']}")
    yield from _of_notices(db)
    yield from _LAST


def _of_month(rows: Iterable[Any]) -> Iterator[str]:
    places = set()
    for decision, *place in rows:
        places.add(tuple(place))
        yield f"decision:{decision}"
    yield from sorted({part for place in places for part in _lists(*place)})


def _of_notices(db: Rows) -> Iterator[str]:
    months: dict[str, None] = {}
    for row in db.execute("SELECT id, withdrawn_on FROM notices ORDER BY withdrawn_on, sort"):
        yield f"decision:{row['id']}"
        months[f"notices:{row['withdrawn_on'][:7]}"] = None
    yield from months
