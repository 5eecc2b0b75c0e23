"""The parts of the site: few pages each that change together, so that a change makes again only what it touches.

A part is named by words with colons between them: `decision:<id>` (the decision or the notice at its address),
`day:<yyyy-mm-dd>`, `kind:<kind>` and `kind:<kind>:<yyyy-mm>`, `department:<key>` and `department:<key>:<yyyy-mm>`,
`month:<yyyy-mm>`, `downloads:<kind>:<yyyy-mm>`, `bulletin:<yyyy-mm>` and `bulletin:<key>:<yyyy-mm>`,
`feeds:<kind|key>`, `notices` and `notices:<yyyy-mm>`, `figures`, `figures:<key>` and `figures:county:<code>`,
`county:<code>`, `law:<id>`, and those of WHOLE. Of registers and lists: `record:<id>`, `item:<mark>` (an item with its
guide), `registry:<kind>` and `registry:<key>` (the index of a kind, the lists of a department), `items:<key>`,
`items:region:<code>`, `code:<slug>`, `officers:<key>`, `boards:<key>`, `annual` and `annual:<key>` (annual figures),
`registers` (12345+) and `file:<16>` (an attachment). Every page belongs to exactly one part, and a part is planned from
indexed rows of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gongshi.records import DECISION_KINDS, REGISTRY_KINDS
from gongshi.records.registry.annual import ANNUAL_FIGURES
from gongshi.records.registry.board import POST_BOARD
from gongshi.records.registry.guide import SERVICE_GUIDE
from gongshi.records.registry.inspection import INSPECTION_PLAN, RANDOM_INSPECTION_ITEM
from gongshi.records.registry.item import ENFORCEMENT_ITEM
from gongshi.records.registry.officer import OFFICER
from gongshi.render.addresses import code_slug
from gongshi.render.database import Rows

Row = Mapping[str, Any]
"""What a part is worked out from: `id`, `kind`, `department` and `first_published_on` of a decision or a notice, of
a notice `withdrawn_on`, too, of a decision its `region`, the mark of its `item` where it names one, and `laws`, the ids
of those that it cites joined by blanks; of a record of a register `id`,
`kind`, `department`, `region`, `number`, `item` and `files`, the beginnings of its files' hashes joined by blanks."""

WHOLE = (
    *("home", "departments", "decisions", "counties", "laws"),
    *("downloads", "bulletins", "kiosk", "feeds", "sitemap", "figures", "reference"),
)
"""Parts that any decision may change: what counts all of them or shows the newest. `reference` shows the journal's
head as well."""
_NOTICED = ("notices", "feeds", "sitemap", "figures", "reference")
_SHARED = (
    *("home", "departments", "decisions", "counties", "laws"),
    *("downloads", "bulletins", "kiosk", "reference", "figures"),
)
_NEXT = "SELECT min(first_published_on) FROM decisions WHERE first_published_on > ?"
_MONTH = """
SELECT id, kind, department, first_published_on FROM decisions
WHERE first_published_on BETWEEN ? || '-01' AND ? || '-31' ORDER BY first_published_on, sort
"""
_COUNTIES = "SELECT DISTINCT region FROM departments ORDER BY region"
_LAST = ("notices", "feeds", "sitemap")
_LISTED = ("registers", "sitemap", "reference")
"""What any record of a register may change."""
_BY_LOT = frozenset((RANDOM_INSPECTION_ITEM.name, INSPECTION_PLAN.name))
_OF_ONE_ITEM = frozenset((ENFORCEMENT_ITEM.name, SERVICE_GUIDE.name))
"""Kinds whose pages belong to the item's part: they show one another."""
_ON_BOARDS = frozenset((OFFICER.name, POST_BOARD.name, ENFORCEMENT_ITEM.name))
"""Kinds that a department's boards show."""
_RECORDS = """
SELECT id, kind, department, region, number, item,
  coalesce((SELECT group_concat(substr(sha256, 1, 16), ' ') FROM record_files f WHERE f.sort = records.sort), '')
  AS files
FROM records ORDER BY sort
"""


def parts_of(  # noqa: PLR0917 - before and after, for each of three
    before: Iterable[Row],
    after: Iterable[Row],
    notices_before: Iterable[Row],
    notices_after: Iterable[Row],
    records_before: Iterable[Row] = (),
    records_after: Iterable[Row] = (),
) -> frozenset[str]:
    """The parts whose pages may differ when the rows `before` of decisions become those `after`, and so for notices
    and for records of registers.

    A decision that changes stands in both. What rows do not tell (a department's telephone, a setting, a template)
    is not in this: `pages.common` tells of that.
    """
    found: set[str] = set()
    for row in (*before, *after):
        found.update(WHOLE, _of_decision(row["id"], row["kind"], row["department"], row["first_published_on"]))
        found.update(_of_keys(row))
    for row in (*notices_before, *notices_after):
        found.update(_NOTICED, _of_notice(row))
    for row in (*records_before, *records_after):
        found.update(_LISTED, _of_record(row))
    return frozenset(found)


def _of_keys(row: Row) -> Iterator[str]:
    """What a decision stands on by what it is about."""
    yield from (f"county:{row['region']}", f"figures:county:{row['region']}")
    if row["item"]:
        yield f"item:{row['item']}"
    yield from (f"law:{law}" for law in row["laws"].split())


def _of_decision(decision: str, kind: str, department: str, day: str) -> Iterator[str]:
    yield f"decision:{decision}"
    yield f"figures:{department}"
    yield from (f"kind:{kind}", f"department:{department}", f"feeds:{kind}", f"feeds:{department}")
    yield from _lists(kind, department, day)


def _lists(kind: str, department: str, day: str) -> Iterator[str]:
    month = day[:7]
    yield from (f"day:{day}", f"month:{month}", f"kind:{kind}:{month}", f"department:{department}:{month}")
    yield from (f"downloads:{kind}:{month}", f"bulletin:{month}", f"bulletin:{department}:{month}")


def _of_notice(row: Row) -> Iterator[str]:
    yield f"decision:{row['id']}"
    yield f"notices:{row['withdrawn_on'][:7]}"
    yield from (f"feeds:{row['department']}", f"figures:{row['department']}", f"figures:county:{row['region']}")


def _of_record(row: Row) -> Iterator[str]:
    """Everything on which a record stands: its own page, the lists of its kind and of its department."""
    yield from _of_one(row)
    yield from _of_kind(row["kind"])
    key = row["department"]
    yield from (f"department:{key}", f"registry:{key}")
    if row["kind"] == ENFORCEMENT_ITEM.name:
        yield from (f"items:{key}", f"county:{row['region']}")
    if row["kind"] == OFFICER.name:
        yield f"officers:{key}"
    if row["kind"] == ANNUAL_FIGURES.name:
        yield from ("figures", f"figures:{key}", "annual", f"annual:{key}")
    if row["kind"] in _ON_BOARDS:
        yield f"boards:{key}"


def _of_one(row: Row) -> Iterator[str]:
    """What is of this record or of its item alone."""
    kind = row["kind"]
    if REGISTRY_KINDS[kind].folder and kind not in _OF_ONE_ITEM:
        yield f"record:{row['id']}"
    if row["item"]:
        yield f"item:{row['item']}"
    if kind == ENFORCEMENT_ITEM.name:
        yield f"items:region:{row['region']}"
        if slug := code_slug(row["number"]):
            yield f"code:{slug}"
    yield from (f"file:{sha16}" for sha16 in row["files"].split())


def _of_kind(kind: str) -> Iterator[str]:
    if kind in _BY_LOT:
        yield "kind:random_inspection"
    elif REGISTRY_KINDS[kind].folder:
        yield f"registry:{kind}"


def _of_department(key: str) -> tuple[str, ...]:
    return f"annual:{key}", f"registry:{key}", f"items:{key}", f"officers:{key}", f"boards:{key}"


def all_parts(db: Rows) -> Iterator[str]:
    """Every part of the site that public.db `db` makes, each once, in a fixed order; a month's lists follow its
    decisions."""
    yield "assets"
    month = ""
    while day := next(iter(db.execute(_NEXT, (f"{month}-99",))))[0]:
        month = day[:7]
        yield from _of_month(db.execute(_MONTH, (month, month)))
    yield from _SHARED
    yield from (f"{part}:{kind}" for kind in DECISION_KINDS for part in ("kind", "feeds"))
    for row in db.execute("SELECT key FROM departments ORDER BY region, key"):
        yield from (
            f"department:{row['key']}",
            f"feeds:{row['key']}",
            f"figures:{row['key']}",
            *_of_department(row["key"]),
        )
    yield from (f"{name}:{row['region']}" for row in db.execute(_COUNTIES) for name in ("county", "figures:county"))
    yield from (f"law:{row['id']}" for row in db.execute("SELECT id FROM laws ORDER BY id"))
    yield from _of_records(db)
    yield from _of_notices(db)
    yield from _LAST


def _of_records(db: Rows) -> Iterator[str]:
    """What registers and lists have beside the pages of departments."""
    yield from ("registers", "annual")
    yield from sorted({part for kind in REGISTRY_KINDS if kind not in _BY_LOT for part in _of_kind(kind)})
    yield from sorted({part for row in db.execute(_RECORDS) for part in _of_one(row)})


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
