"""Registry records as pages read them: rows of public.db with their content, by kind, department, region and item.

There are some thousands in a city; still a page asks for those that it shows, by an index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

import orjson

from gongshi.law.registry import Standing
from gongshi.records import REGISTRY_KINDS
from gongshi.records.field import NESTED, Field, FieldType
from gongshi.records.registry.common import ACTS
from gongshi.render.addresses import code_slug, file_address, record_address
from gongshi.render.contexts import Fact
from gongshi.render.database import Rows, all_named
from gongshi.render.labels import label, shown
from gongshi.render.look.assets import fingerprint

Row = Mapping[str, str]
"""One row of a table: its columns' names and their texts; an empty cell may be missing."""

_LONG = 40
"""From this many characters a value is set on lines of its own."""
_ACT_ORDER = {act: place for place, act in enumerate(ACTS)}
_FILES = """
SELECT f.label, f.name, f.sha256, a.type, a.size FROM record_files f JOIN attachments a ON a.sha256 = f.sha256
WHERE f.sort = ? ORDER BY f.position
"""
_CODES = "SELECT number, id FROM records WHERE kind = 'enforcement_item' AND number IS NOT NULL"


@dataclass(frozen=True, slots=True)
class File:
    """An attachment of a record; `size` in bytes."""

    label: str
    name: str
    type: str
    size: int
    sha256: str

    @property
    def href(self) -> str:
        """Its address, as a link says it."""
        return quote(file_address(self.sha256, self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One public record: the columns of `records`; texts that are empty are "".

    `content` has its kind's public fields by name, a table's as rows. `mark` changes with anything that a page can
    show.
    """

    id: str
    kind: str
    department: str
    department_name: str
    region: str
    title: str
    number: str
    act: str
    item: str
    standing: str
    validity: str
    valid_to: str
    effective_from: str
    effective_to: str
    first_published_on: str
    updated_on: str
    second_body: str
    second_on: str
    outdated_since: str
    outdated_why: str
    corrected: bool
    history: tuple[Mapping[str, Any], ...]
    content: Mapping[str, Any]
    files: tuple[File, ...]
    mark: str

    @property
    def href(self) -> str:
        """Where it is shown: its own page, or its place on a page of its department."""
        return record_address(self.kind, self.id) or _place_of(self.kind, self.department, self.id)

    @property
    def is_over(self) -> bool:
        """Whether it is no longer in force, and its page says so."""
        return self.standing == Standing.ENDED

    def text(self, name: str) -> str:
        """A field that is no table; "" where it is empty."""
        return self.content.get(name) or ""

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a table; none where it is empty."""
        return tuple(self.content.get(name) or ())


class Registry:
    """The records of a public.db. Lists are in the order: in force, act, number."""

    def __init__(self, db: Rows) -> None:
        self._db = db

    def one(self, id: str) -> Record | None:
        """The record with this id; None where there is none."""
        return next(self._read("id = ?", id), None)

    def of_kind(self, kind: str, department: str = "", region: str = "", act: str = "") -> list[Record]:
        """Those of a kind, of a department, a region or an act."""
        asked = {"department": department, "region": region, "act": act}
        chosen = {column: value for column, value in asked.items() if value}
        where = " AND ".join(("kind = ?", *(f"{column} = ?" for column in chosen)))
        return sorted(self._read(where, kind, *chosen.values()), key=_in_order)

    def of_department(self, key: str) -> list[Record]:
        """All of a department, in the order of the kinds."""
        kinds = {kind: place for place, kind in enumerate(REGISTRY_KINDS)}
        return sorted(self._read("department = ?", key), key=lambda one: (kinds[one.kind], *_in_order(one)))

    def of_item(self, mark: str) -> list[Record]:
        """What belongs to an item: the item itself, its guide, what is inspected by lot under it."""
        return sorted(self._read("item = ?", mark), key=_in_order)

    def of_code(self, slug: str) -> list[Record]:
        """The items of all departments whose code has this slug."""
        found = (self.one(id) for id in self._by_slug.get(slug, ()))
        return sorted((one for one in found if one), key=lambda one: (one.region, one.department, *_in_order(one)))

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
        return min(found, key=_in_order, default=None)

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
            yield from (File(**one) for one in all_named(self._db.execute(_FILES, (row["sort"],))))


def facts(record: Record, names: Iterable[str] = ()) -> tuple[Fact, ...]:
    """The record's public fields that are no tables as labelled values, in the declaration's order; those of `names`
    where there are any. Empty ones are left out."""
    chosen = frozenset(names)
    return tuple(
        _fact(field, value)
        for field in REGISTRY_KINDS[record.kind].public_fields
        if field.type not in NESTED and (not chosen or field.name in chosen) and (value := record.text(field.name))
    )


def mark_of(records: Iterable[Record]) -> str:
    """A fingerprint of records in their order."""
    return fingerprint(*(one.mark for one in records))


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


def _in_order(record: Record) -> tuple[bool, int, str, str]:
    return record.is_over, _ACT_ORDER.get(record.act, len(_ACT_ORDER)), record.number, record.id


def _place_of(kind: str, department: str, id: str) -> str:
    page = f"/departments/{department}/"
    return page if kind == "subject" else f"{page}lists.html#{id}"


def _fact(field: Field, value: str) -> Fact:
    text = shown(field, value)
    return Fact(label(field), text, field.type is FieldType.LONG_TEXT or len(text) > _LONG)


def columns_of(kind: str, table: str) -> Sequence[Field]:
    """The declared columns of a table."""
    return REGISTRY_KINDS[kind].by_name[table].columns
