"""One record of a register as the public may have it: rows for public.db, and the texts that the index holds.

As of decisions (composing/public_decision.py) everything is derived from public columns only, so that what the
index must forget can be worked out again from the stored row.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

import orjson

from gongshi.publish.composing.public_decision import Row
from gongshi.publish.gate.secrets import SHORTEST_TEXT
from gongshi.publish.proving.departed import pieces
from gongshi.query import tokens
from gongshi.records import REGISTRY_KINDS
from gongshi.records.field import NESTED, Field, FieldType, SearchIn

RECORD_COLUMNS = (
    "sort",
    "id",
    "kind",
    "department",
    "department_name",
    "region",
    "title",
    "number",
    "act",
    "item",
    "standing",
    "validity",
    "valid_to",
    "effective_from",
    "effective_to",
    "first_published_on",
    "updated_on",
    "second_body",
    "second_on",
    "outdated_since",
    "outdated_why",
    "corrected",
    "history",
    "content",
    "digest",
)
"""The white-list of `records`; the gate refuses any row with another set."""

FILE_COLUMNS = ("position", "label", "name", "sha256")
"""The same of `record_files`."""

INDEXED = ("number", "title", "content", "department", "facet")
"""The columns of the search index, in their order."""

_COLUMN = {SearchIn.NUMBER: "number", SearchIn.PARTY: "title", SearchIn.CONTENT: "content", SearchIn.FACTS: "content"}
"""The column of the index that a declared field feeds."""
_TOLD = frozenset((FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CODE, FieldType.DOCUMENT_NUMBER, FieldType.NUMBERS))
"""Types of fields whose words tell of one record; a choice, a day or an office's telephone tells of many."""
_SHORTEST_NUMBER = 6
_ESCAPED = re.compile(r'[\x00-\x1f"\\]+')

Bodies = Callable[[str], bytes]
"""From the sha256 of a file to its bytes. Raises LookupError where there is none."""


def no_bodies(sha256: str) -> bytes:
    """Of a record without files."""
    raise LookupError(sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """`row` is that of `records`, `files` those of `record_files` without `sort`.

    `version` is the journal's seq of the version that is shown; it never enters public.db, and is 0 for a record
    that was read back from there. `bodies` reads the files where they lie, `types` are theirs by sha256.
    """

    row: Row
    files: tuple[Row, ...] = ()
    version: int = 0
    types: Mapping[str, str] = attribute(default_factory=dict, compare=False)
    bodies: Bodies = attribute(default=no_bodies, compare=False, repr=False)

    @property
    def id(self) -> str:
        """The random id of its address."""
        return str(self.row["id"])

    @property
    def sort(self) -> int:
        """Its place, drawn like a decision's."""
        return int(self.row["sort"])

    @property
    def kind(self) -> str:
        """officer, enforcement_item, …"""
        return str(self.row["kind"])

    @property
    def digest(self) -> str:
        """A hash of all that a page can show."""
        return str(self.row["digest"])

    @property
    def content(self) -> Mapping[str, Any]:
        """Its public fields: a text, or a list of rows."""
        read: Mapping[str, Any] = orjson.loads(self.row["content"])
        return read

    def search(self) -> dict[str, str]:
        """The text of each column of the index, as people wrote it."""
        texts: dict[str, list[str]] = {name: [] for name in INDEXED if name != "facet"}
        content = self.content
        for field in REGISTRY_KINDS[self.kind].public_fields:
            if column := _COLUMN.get(field.search):
                texts[column] += _cells(content.get(field.name))
        texts["department"].append(self.row["department_name"])
        return {name: "\n".join(found) for name, found in texts.items()}

    def indexed(self) -> Mapping[str, str]:
        """The tokens of each column of the index, exactly as they are written to it and erased from it."""
        cut = {name: tokens.index_text(text) for name, text in self.search().items()}
        return cut | {"facet": facets(self.row)}

    def texts(self) -> list[str]:
        """Every text in it, for the searches of the gate and of the proofs."""
        named = [value for name, value in self.row.items() if isinstance(value, str) and name not in _NESTED_COLUMNS]
        inner = [text for column in _NESTED_COLUMNS for text in _cells(orjson.loads(self.row[column]))]
        files = [file[column] for file in self.files for column in ("label", "name", "sha256")]
        return [text for text in (*named, *inner, *files) if text]

    def telling(self) -> Iterator[str]:
        """The words that tell of it, the surest first, each once.

        A person's name alone tells of nobody: two or three characters stand in many words.
        """
        return iter(dict.fromkeys(self._telling()))

    def _telling(self) -> Iterator[str]:
        yield from (file["sha256"][:16] for file in self.files)
        if (number := self.row["number"]) and len(number) >= _SHORTEST_NUMBER:
            yield number
        if len(self.row["title"]) >= SHORTEST_TEXT:
            yield self.row["title"]
        content = self.content
        for field in REGISTRY_KINDS[self.kind].public_fields:
            for text in _telling_cells(field, content.get(field.name)):
                yield from (piece for part in self._parts(text) for piece in pieces(part))

    def _parts(self, text: str) -> Iterator[str]:
        """A text cut where the department is named, and where JSON would write a sign otherwise than it is."""
        for line in _ESCAPED.split(text):
            yield from line.split(self.row["department_name"])


_NESTED_COLUMNS = ("content", "history")


def facets(row: Row) -> str:
    """The tokens by which a search of records is narrowed; no typed query meets them."""
    acts = (f"act={act}" for act in (row["act"] or "").split("、") if act)
    return " ".join(
        (f"kind={row['kind']}", f"department={row['department']}", *acts, f"year={row['effective_from'][:4]}")
    )


def seal_record(row: Mapping[str, Any], files: tuple[Row, ...], **more: Any) -> PublicRecord:
    """The record with its digest: sha256 over the canonical JSON of its rows; of a file its name and its own hash."""
    content = orjson.dumps([dict(row), [dict(file) for file in files]], option=orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256(content).hexdigest()[:32]
    return PublicRecord(row={**row, "digest": digest}, files=files, **more)


def is_as_sealed(public: PublicRecord) -> bool:
    """Whether a stored row still says what its digest was made from."""
    row = {name: value for name, value in public.row.items() if name != "digest"}
    return seal_record(row, public.files).digest == public.digest


def _cells(value: object) -> list[str]:
    """Every text in a value: its own, or those of its rows."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in _cells(inner)]
    return [text for inner in value for text in _cells(inner)] if isinstance(value, list) else []


def _telling_cells(field: Field, value: object) -> list[str]:
    if not field.is_table:
        return _cells(value) if field.type in _TOLD and field.type not in NESTED else []
    columns = {column.name for column in field.columns if column.type in _TOLD}
    rows = value if isinstance(value, list) else []
    return [text for row in rows for name, text in row.items() if name in columns]
