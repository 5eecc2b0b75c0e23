"""A registry record as pages have it: with its content, or as one line of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from gongshi.law.registry import Standing
from gongshi.records.attachment import TYPES
from gongshi.records.registry.annual import ANNUAL_FIGURES
from gongshi.records.registry.common import ACTS
from gongshi.records.registry.subject import SUBJECT
from gongshi.render.addresses import file_address, record_address
from gongshi.render.look.assets import fingerprint

Row = Mapping[str, str]
"""One row of a table: its columns' names and their texts; an empty cell may be missing."""

_MB = 1_000_000
_ACT_ORDER = {act: place for place, act in enumerate(ACTS)}


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

    @property
    def told(self) -> str:
        """What a click brings: PDF，120 KB."""
        size = f"{self.size / _MB:.1f} MB" if self.size >= _MB else f"{max(1, round(self.size / 1000))} KB"
        return f"{TYPES.get(self.type, '').removeprefix('.').upper()}，{size}"


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
        return record_address(self.kind, self.id) or _place_of(self)

    @property
    def is_over(self) -> bool:
        """Whether it is no longer in force, and its page says so."""
        return self.standing == Standing.ENDED

    def text(self, name: str) -> str:
        """A field that is no table; "" where it is empty."""
        return self.content.get(name) or ""

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a table; none where it is empty or the kind has a text of that name (determination.basis)."""
        found = self.content.get(name)
        return tuple(found) if isinstance(found, list) else ()


class Line(NamedTuple):
    """What a list shows of a record: its columns without the content."""

    kind: str
    id: str
    department: str
    department_name: str
    region: str
    title: str
    number: str
    act: str
    standing: str
    effective_from: str
    effective_to: str
    outdated_since: str
    outdated_why: str
    corrected: bool
    updated_on: str
    mark: str

    @property
    def href(self) -> str:
        """Where it is shown."""
        return record_address(self.kind, self.id) or _place_of(self)

    @property
    def is_over(self) -> bool:
        """Whether it is no longer in force."""
        return self.standing == Standing.ENDED


def in_order(record: Record | Line) -> tuple[bool, int, str, str]:
    """By which lists are sorted: what is in force, its act, its number."""
    return record.is_over, _ACT_ORDER.get(record.act, len(_ACT_ORDER)), record.number, record.id


def mark_of(records: Iterable[Record]) -> str:
    """A fingerprint of records in their order."""
    return fingerprint(*(one.mark for one in records))


def year_address(year: str, department: str = "") -> str:
    """Where the annual figures of a year are, those of all departments or of one."""
    return f"/figures/{department}/{year}/" if department else f"/figures/{year}/"


def _place_of(one: Record | Line) -> str:
    if one.kind == ANNUAL_FIGURES.name:
        return year_address(one.number, one.department)
    page = f"/departments/{one.department}/"
    return page if one.kind == SUBJECT.name else f"{page}lists.html#{one.id}"
