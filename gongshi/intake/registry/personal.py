"""Numbers and names of persons in what is to be public: identity numbers and accounts are refused, the rest is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongshi.intake.registry.asked import Asked
from gongshi.intake.registry.record import Finding, Record, TableRow
from gongshi.law.names import possible_names
from gongshi.law.shapes import holds, spans
from gongshi.records.decision import nested
from gongshi.records.field import Field, FieldType
from gongshi.records.registry.board import POST_BOARD
from gongshi.records.registry.officer import OFFICER

_REFUSED = {"identity": "像身份证号码的", "account": "像银行账号的"}
_NUMBERS = frozenset((FieldType.CODE, FieldType.NUMBERS, FieldType.DOCUMENT_NUMBER, FieldType.PHONE))
"""Codes of items have as many digits as accounts; an identity number is one wherever it stands."""
_OF_PERSONS = frozenset((OFFICER.name, POST_BOARD.name))
"""Kinds that name somebody, who is asked at the office and not at home."""
_MOST_NAMES = 3
"""Possible names that are told of one text: somebody has to read it anyway."""
_NAMES_IN = frozenset(("duties", "sample", "samples", "phrases"))
"""Where persons are named by mistake: samples above all. Elsewhere 申请书 and 盖公章 would be names on every page."""
_MOBILE = re.compile(r"1[3-9]\d{9}$")
_NO_DIGIT = re.compile(r"\D")


def personal(record: Record, asked: Asked) -> Iterator[Finding]:
    """What is wrong with every public text of the record, those of tables and attachments' names included."""
    for name, field, text, row in _texts(record):
        refused = dict(_refused(text, field, record))
        for value, what in refused.items():
            yield Finding("E551", name, {"value": value, "what": what}, row)
        if field.type is FieldType.LONG_TEXT and not refused:
            yield from _doubts(name, text, row, asked)


def _refused(text: str, field: Field, record: Record) -> Iterator[tuple[str, str]]:
    """What may not stand there, and what it is taken for."""
    codes = ("identity",) if field.type in _NUMBERS else tuple(_REFUSED)
    for code in codes if holds(text, codes) else ():
        yield from ((text[start:end], _REFUSED[code]) for start, end, _ in spans(text, (code,)))
    if record.kind.name in _OF_PERSONS and field.type not in _NUMBERS:
        yield from ((mobile, "手机号码") for mobile in _mobiles(text))


def _doubts(name: str, text: str, row: TableRow | None, asked: Asked) -> Iterator[Finding]:
    for mobile in _mobiles(text):
        yield Finding("W505", name, {"value": mobile, "what": "手机号码"}, row)
    if name.rpartition(".")[2] in _NAMES_IN:
        for found in possible_names(text, (), asked.instance.not_names)[:_MOST_NAMES]:
            yield Finding("W505", name, {"value": found, "what": "可能的人名"}, row)


def _mobiles(text: str) -> Iterator[str]:
    shown = (text[start:end] for start, end, _ in spans(text, ("phone",)))
    return (number for number in shown if _MOBILE.search(_NO_DIGIT.sub("", number)))


def _texts(record: Record) -> Iterator[tuple[str, Field, str, TableRow | None]]:
    for field in record.kind.public_fields:
        if field.is_table:
            columns = {column.name: column for column in field.columns}
            for row in record.tables[field.name]:
                for name, text in row.cells.items():
                    yield f"{field.name}.{name}", columns[name], text, row
        elif field.type is FieldType.FILES:
            for file in nested(record.values[field.name]):
                yield field.name, field, f"{file['label']} {file['name']}", None
        elif value := record.values[field.name]:
            yield field.name, field, value, None
