"""Registry records as pages read them: rows of public.db with their content, by kind, department, region and item.

There are some thousands in a city; still a page asks for those that it shows, by an index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import orjson

from gongshi.law.registry import Standing
from gongshi.records import REGISTRY_KINDS
from gongshi.render.addresses import code_slug
from gongshi.render.database import Rows, all_named
from gongshi.render.look.assets import fingerprint
from gongshi.render.registry.record import File, Line, Record, Row, in_order, mark_of
from gongshi.render.registry.values import facts, table

__all__ = ["File", "Line", "Record", "Registry", "Row", "Tally", "facts", "mark_of", "record_of", "table"]

FILES_OF = """
SELECT f.label, f.name, f.sha256, a.type, a.size FROM record_files f JOIN attachments a ON a.sha256 = f.sha256
WHERE f.sort = ? ORDER BY f.position
"""
"""The attachments of the record with this `sort`: the columns of File."""
_LINES = """
SELECT kind, id, department, department_name, region, title, coalesce(number, '') AS number, coalesce(act, '') AS act,
  standing, effective_from, coalesce(effective_to, '') AS effective_to, coalesce(outdated_since, '') AS outdated_since,
  coalesce(outdated_why, '') AS outdated_why, corrected, updated_on, id || digest AS mark
FROM records
"""
_TALLY = """
SELECT region, department, coalesce(act, '') AS act, count(*) AS found, max(updated_on) AS updated_on FROM records
WHERE kind = ? AND standing <> ? GROUP BY 1, 2, 3
"""
_CODES = "SELECT number, id FROM records WHERE kind = 'enforcement_item' AND number IS NOT NULL"


class Tally(NamedTuple):
    """How many records of a kind are in force in a region, of a department and an act; their last change."""

    region: str
    department: str
    act: str
    found: int
    updated_on: str


class Registry:
    """The records of a public.db. Lists are in the order: in force, act, number."""

    def __init__(self, db: Rows) -> None:
        self._db = db

    def one(self, id: str) -> Record | None:
        """The record with this id; None where there is none."""
        return next(self._read("id = ?", id), None)

    def of_kind(self, kind: str, department: str = "", region: str = "", act: str = "") -> list[Record]:
        """Those of a kind, of a department, a region or an act."""
        where, values = _chosen(kind=kind, department=department, region=region, act=act)
        return sorted(self._read(where, *values), key=in_order)

    def lines(self, kind: str, department: str = "", region: str = "", act: str = "") -> list[Line]:
        """The same without their contents, for lists of many."""
        where, values = _chosen(kind=kind, department=department, region=region, act=act)
        found = all_named(self._db.execute(f"{_LINES}WHERE {where}", values))
        return sorted((Line(**row) for row in found), key=in_order)

    def values(self, kind: str, field: str) -> dict[str, str]:
        """One field of all records of a kind, by id; those without it are left out."""
        sql = "SELECT id, json_extract(content, ?) AS value FROM records WHERE kind = ?"
        return {row["id"]: row["value"] for row in self._db.execute(sql, (f"$.{field}", kind)) if row["value"]}

    def tally(self, kind: str) -> tuple[Tally, ...]:
        """The records of a kind in force, counted."""
        return tuple(Tally(*row) for row in self._db.execute(_TALLY, (kind, Standing.ENDED)))

    def of_department(self, key: str) -> list[Record]:
        """All of a department, in the order of the kinds."""
        kinds = {kind: place for place, kind in enumerate(REGISTRY_KINDS)}
        return sorted(self._read("department = ?", key), key=lambda one: (kinds[one.kind], *in_order(one)))

    def of_item(self, mark: str) -> list[Record]:
        """What belongs to an item: the item itself, its guide, what is inspected by lot under it."""
        return sorted(self._read("item = ?", mark), key=in_order)

    def of_code(self, slug: str) -> list[Line]:
        """The items of all departments whose code has this slug."""
        ids = self._by_slug.get(slug, ())
        found = all_named(self._db.execute(f"{_LINES}WHERE id IN ({','.join('?' * len(ids))})", ids))
        lines = (Line(**row) for row in found)
        return sorted(lines, key=lambda one: (one.region, one.department, *in_order(one)))

    @cached_property
    def regions(self) -> dict[str, str]:
        """The names of the regions by their codes."""
        return {row["code"]: row["name"] for row in self._db.execute("SELECT code, name FROM regions")}

    def counts(self, key: str) -> Counter[str]:
        """How many records of each kind a department has in force."""
        rows = self._db.execute(
            "SELECT kind, count(*) AS found FROM records WHERE department = ? AND standing <> ? GROUP BY kind",
            (key, Standing.ENDED),
        )
        return Counter({row["kind"]: row["found"] for row in rows})

    def by_number(self, kind: str, department: str, number: str) -> Record | None:
        """The department's record of a kind under a number as it is written; one in force before one that is over."""
        found = self._read("kind = ? AND department = ? AND number = ?", kind, department, number)
        return min(found, key=in_order, default=None)

    @cached_property
    def _by_slug(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self._db.execute(_CODES):
            if slug := code_slug(row["number"]):
                found.setdefault(slug, []).append(row["id"])
        return found

    def _read(self, where: str, *values: str) -> Iterator[Record]:
        sql = f"SELECT * FROM records WHERE {where}"  # noqa: S608 - our own words
        for row in list(all_named(self._db.execute(sql, values))):
            yield record_of(row, tuple(self._files(row)))

    def _files(self, row: Mapping[str, Any]) -> Iterator[File]:
        if "files" in REGISTRY_KINDS[row["kind"]].by_name:
            yield from (File(**one) for one in all_named(self._db.execute(FILES_OF, (row["sort"],))))


def _chosen(**columns: str) -> tuple[str, list[str]]:
    """The condition that columns have these values, where one is asked for, and the values."""
    asked = {column: value for column, value in columns.items() if value}
    return " AND ".join(f"{column} = ?" for column in asked), list(asked.values())


def record_of(row: Mapping[str, Any], files: tuple[File, ...]) -> Record:
    """A row of `records` with its attachments."""
    own = {name: row[name] or "" for name in _TEXTS}
    return Record(
        **own,
        corrected=bool(row["corrected"]),
        history=tuple(orjson.loads(row["history"])),
        content=orjson.loads(row["content"]),
        files=files,
        mark=fingerprint(row["id"], row["digest"]),
    )


_NOT_TEXTS = {"corrected", "history", "content", "files", "mark"}
_TEXTS = tuple(name for name in Record.__dataclass_fields__ if name not in _NOT_TEXTS)
