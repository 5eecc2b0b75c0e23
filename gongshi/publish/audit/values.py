"""Which values tell of a record, and how each is sought: numbers, codes, document numbers, addresses, texts, names.

Values that tell nothing by themselves (a date, an amount, a choice, a bare surname) are not sought: they stand
in many records, and every find would be false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongshi.law.masking import MASK, is_masked
from gongshi.law.shapes import SHAPES, folded
from gongshi.publish.audit.plain import plain
from gongshi.publish.composing.forms import NUMBERS_OF_PERSONS, mentioned
from gongshi.publish.gate.secrets import SHORTEST_TEXT
from gongshi.publish.proving.departed import PIECE, tells
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.decision import Decision
from gongshi.records.field import NESTED, Field, FieldType, Visibility


class What(StrEnum):
    """The sort of a value."""

    NUMBER = "number"
    """Of a person: identity, telephone, account, plate, e-mail. Public in no text, whoever wrote it."""
    CODE = "code"
    """Of an organisation, a certificate, a register."""
    DOCUMENT = "document_number"
    ADDRESS = "address"
    """Below the county."""
    TEXT = "text"
    NAME = "name"
    """Of a person; sought in what is published of its own record only."""
    RECORD = "id"
    """The address of a record that is not public."""
    OPEN = "open_address"
    """No value: an address that a server should not answer."""


LABELS = {
    What.NUMBER: "个人号码",
    What.CODE: "代码",
    What.DOCUMENT: "文号",
    What.ADDRESS: "详细地址",
    What.TEXT: "文字",
    What.NAME: "姓名",
    What.RECORD: "公示编号",
    What.OPEN: "不应开放的网址",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One thing to look for. `raw` is as it was written, `plain` as it is compared, `field` where it was written."""

    what: What
    raw: str
    plain: str
    field: str


_WHOLE = 24
"""Characters up to which a text is sought whole."""
_STRIDE = 8
"""A longer text is sought in pieces: what is cut out of it (a description, a list's line) shows all the same."""
_SHORTEST_CODE, _SHORTEST_ADDRESS, _SHORTEST_NAME = 6, 6, 2
_CLAUSES = re.compile(r"[，。；：！？、,;:!?()（）\s]+")
_NAMES = ("party_name", "legal_representative", "replaces_party")
_CODES = (FieldType.CODE, FieldType.USCC)
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICES)
_FILE_NAME = Field(name="name", label="附件", visibility=Visibility.PUBLIC)
_MARK = 16
_SHAPES_OF_NUMBERS = ("identity", "account", "phone", "plate", "email")


def of_decision(decision: Decision) -> Iterator[tuple[Field | None, str, str]]:
    """Every filled field of one version: its declaration (None where no field declares the column), label, text; of a
    table each cell with its column's, of files what they are called."""
    declared = SUBMITTED_KINDS[decision.kind].by_name
    for source in (decision.values, *decision.parties):
        for name, text in source.items():
            if text and name in declared:
                yield from _cells(decision, declared[name], text)
    for header, text in decision.kept.items():
        if text:
            yield None, header[:40], text


def _cells(decision: Decision, field: Field, text: str) -> Iterator[tuple[Field, str, str]]:
    if field.type not in NESTED:
        yield field, field.label, text
        return
    columns = {column.name: column for column in field.columns} or dict.fromkeys(("label", "name"), _FILE_NAME)
    for row in decision.rows(field.name):
        yield from ((columns[name], field.label, cell) for name, cell in row.items() if name in columns)


def files_of(decision: Decision) -> Iterator[str]:
    """The marks in the addresses of what is attached to one version."""
    for field in SUBMITTED_KINDS[decision.kind].fields:
        if field.type is FieldType.FILES:
            yield from (file["sha256"][:_MARK] for file in decision.rows(field.name))


def of_field(declared: Field | None, label: str, text: str, *, shown: bool = False) -> Iterator[Value]:
    """What is sought of one field's text; of one that is `shown` as it is, only what no text may show.

    Names are not in it: see `names_of`.
    """
    kind = declared.type if declared else FieldType.TEXT
    if declared and declared.name in NUMBERS_OF_PERSONS:
        yield from _code(What.NUMBER, text, label)
    elif kind in _CODES:
        yield from _code(What.NUMBER if _identity(text) else What.CODE, text, label)
    elif kind is FieldType.DOCUMENT_NUMBER:
        yield from _made(What.DOCUMENT, text, label, _SHORTEST_CODE)
    elif kind in _TEXTS and not (declared and declared.name in _NAMES[1:]):
        yield from of_text(text, label, shown=shown)


def of_text(text: str, label: str, *, shown: bool = False) -> Iterator[Value]:
    """The numbers and addresses in a text by their shape, then the text itself or pieces of it."""
    yield from _shapes(text, label)
    if shown:
        return
    for piece in _pieces(text):
        if tells(piece):
            yield from _made(What.TEXT, piece, label, SHORTEST_TEXT)


def _pieces(text: str) -> Iterator[str]:
    """A short text whole; of a longer one its clauses, and overlapping pieces wherever they fall."""
    if len(text) <= _WHOLE:
        yield text
        return
    clauses = dict.fromkeys(_CLAUSES.split(text))
    yield from (clause for clause in clauses if SHORTEST_TEXT <= len(clause) <= _WHOLE)
    for start in (*range(0, len(text) - PIECE, _STRIDE), len(text) - PIECE):
        yield text[start : start + PIECE]


def names_of(decision: Decision) -> frozenset[str]:
    """The persons whom the fields of one version name."""
    return frozenset(name for name in mentioned(decision) if is_name(name))


def is_name(word: str) -> bool:
    """Whether a word is a name that can be sought: two characters at least, and not masked by its sender."""
    return len(word) >= _SHORTEST_NAME and not is_masked(word) and MASK not in word


def _shapes(text: str, label: str) -> Iterator[Value]:
    even = folded(text)
    for shape in SHAPES:
        if shape.hint.search(even):
            is_number = shape.code in _SHAPES_OF_NUMBERS
            for start, end, _ in shape.find(even):
                made = (
                    _code(What.NUMBER, text[start:end], label)
                    if is_number
                    else _made(What.ADDRESS, text[start:end], label, _SHORTEST_ADDRESS)
                )
                yield from made


def _code(what: What, text: str, label: str) -> Iterator[Value]:
    """A number as it is written and without the dashes that people write in it."""
    if sum(map(str.isdigit, folded(text))) >= _SHORTEST_CODE and len(set(text)) > 2:  # noqa: PLR2004 - 000000 tells nobody
        yield from _made(what, text, label, _SHORTEST_CODE)
        if "-" in text:
            yield from _made(what, text.replace("-", ""), label, _SHORTEST_CODE)


def _made(what: What, text: str, label: str, shortest: int) -> Iterator[Value]:
    made = plain(text)
    if len(made) >= shortest:
        yield Value(what, text, made, label)


def _identity(text: str) -> bool:
    shape = SHAPES[0]
    even = folded(text)
    return bool(shape.hint.search(even)) and any(shape.find(even))
