"""What is public by right, by where it comes from: public rows and notices, reference data, the site's words.

A withheld value that equals one of these is not looked for, because it stands there by right; the same value
without a public origin today is a leak wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import orjson

from gongshi.instance import Instance
from gongshi.intake.catalogue import CATALOGUE
from gongshi.law.shapes import holds
from gongshi.publish.audit.plain import APART, plain
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.database.reference_rows import tables
from gongshi.publish.preparing.prepare import Prepared
from gongshi.publish.registry.public_record import PublicRecord
from gongshi.publish.registry.wall import PreparedRecords
from gongshi.records import DECISION_KINDS
from gongshi.records.field import FieldType

_CODES = (FieldType.CODE, FieldType.USCC, FieldType.DOCUMENT_NUMBER)
_COLUMNS = ("document_number", "department_name", "agency_name", "parties")
_SITE_TEXTS = (".md", ".html", ".xml", ".txt", ".yml", ".css", ".js", ".svg")


@dataclass(frozen=True, slots=True)
class Origin:
    """Something public: the record that it belongs to ("" for none), all its text, and its columns of codes and
    names, which alone may make a person's number or an address public."""

    record: str
    text: str
    columns: str


def origins(prepared: Prepared, listed: PreparedRecords, instance: Instance, site_src: Path) -> Iterator[Origin]:
    """Everything that is public today."""
    for row in chain[PublicDecision | PublicRecord](prepared.rows, listed.rows):
        yield Origin(row.id, joined(texts(row)), joined(columns(row)))
    for notice in prepared.notices:
        text = joined(notice.texts())
        yield Origin("", text, text)
    for _, _, rows in tables(instance, ""):
        text = joined(str(cell) for row in rows for cell in row if cell is not None)
        yield Origin("", text, text)
    messages = joined(text for entry in CATALOGUE.values() for text in (entry.title, entry.message, entry.hint))
    yield Origin("", messages, "")  # an example in them makes nobody's number public
    yield from _site(site_src)


def _site(folder: Path) -> Iterator[Origin]:
    """The narrative and the words of the templates."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.suffix in _SITE_TEXTS:
            text = plain(path.read_text("utf-8", "replace"))
            yield Origin("", text, text)


def joined(found: Iterator[str]) -> str:
    """Several texts in the form in which they are compared."""
    return plain(APART.join(found))


def texts(row: PublicDecision | PublicRecord) -> Iterator[str]:
    """Every text of a public row; what parties have of their own is JSON there."""
    if isinstance(row, PublicRecord):
        yield from row.texts()
        yield from _cited(row)
        yield from (file["sha256"][:16] for file in row.files)
        return
    for source in (row.row, row.own, *row.parties):
        for name, value in source.items():
            if isinstance(value, str) and value:
                yield from orjson.loads(value).values() if name == "own" else (value,)


def _cited(row: PublicRecord) -> Iterator[str]:
    """Law and article side by side, as pages show them and as decisions cite them."""
    former = (entry.get("former", {}) for entry in orjson.loads(row.row["history"]))
    for content in (row.content, *former):
        basis = content.get("basis")
        for cells in basis if isinstance(basis, list) else ():
            yield f"{cells.get('law', '')}{cells.get('article', '')}"


def columns(row: PublicDecision | PublicRecord) -> Iterator[str]:
    """The row's codes and names: what may be public although it looks like a person's number or an address. Of a record
    every text in which no person's number stands: offices have telephones and addresses."""
    if isinstance(row, PublicRecord):
        return (text for text in texts(row) if not holds(text, ("identity", "account")))
    declared = DECISION_KINDS[row.kind].public_fields
    own = (row.own.get(field.name) for field in declared if field.type in _CODES)
    parties = chain.from_iterable((party["name"], party["uscc"]) for party in row.parties)
    return (str(value) for value in chain((row.row.get(name) for name in _COLUMNS), own, parties) if value)


def words_by_right(row: PublicDecision | PublicRecord) -> tuple[str, ...]:
    """The names in a row that are shown on purpose: the parties' as published, the departments'."""
    if isinstance(row, PublicRecord):
        return ()
    found = {party["name"] for party in row.parties} | {row.row["department_name"], row.row["agency_name"]}
    return tuple(sorted({plain(word) for word in found if word}, key=len, reverse=True))
