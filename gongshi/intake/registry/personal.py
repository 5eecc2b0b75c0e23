"""Numbers and names of persons in what is to be public: identity numbers and accounts are refused, the rest is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongshi.intake.registry.asked import Asked
from gongshi.intake.registry.record import Finding, Record, TableRow
from gongshi.law.names import possible_names
from gongshi.law.shapes import holds, spans
from gongshi.records.field import NESTED, Field, FieldType

_REFUSED = {"identity": "像身份证号码的", "account": "像银行账号的"}
_NO_ACCOUNT = frozenset((FieldType.CODE, FieldType.NUMBERS, FieldType.DOCUMENT_NUMBER))
"""Codes of items have as many digits as accounts; an identity number is one wherever it stands."""
_MOST_NAMES = 3
"""Possible names that are told of one text: somebody has to read it anyway."""
_NAMES_IN = frozenset(("duties", "sample", "samples", "phrases"))
"""Where persons are named by mistake: samples above all. Elsewhere 申请书 and 盖公章 would be names on every page."""
_MOBILE = re.compile(r"1[3-9]\d{9}")
_NO_DIGIT = re.compile(r"\D")


def personal(record: Record, asked: Asked) -> Iterator[Finding]:
    """What is wrong with every public text of the record, those of its tables included."""
    for name, field, text, row in _texts(record):
        codes = ("identity",) if field.type in _NO_ACCOUNT else tuple(_REFUSED)
        if holds(text, codes):
            for code in codes:
                for start, end, _ in spans(text, (code,)):
                    yield Finding("E551", name, {"value": text[start:end], "what": _REFUSED[code]}, row)
        elif field.type is FieldType.LONG_TEXT:
            yield from _doubts(name, text, row, asked)


def _doubts(name: str, text: str, row: TableRow | None, asked: Asked) -> Iterator[Finding]:
    for start, end, _ in spans(text, ("phone",)):
        if _MOBILE.fullmatch(_NO_DIGIT.sub("", text[start:end])):
            yield Finding("W505", name, {"value": text[start:end], "what": "手机号码"}, row)
    if name.rpartition(".")[2] in _NAMES_IN:
        for found in possible_names(text, (), asked.instance.not_names)[:_MOST_NAMES]:
            yield Finding("W505", name, {"value": found, "what": "可能的人名"}, row)


def _texts(record: Record) -> Iterator[tuple[str, Field, str, TableRow | None]]:
    for field in record.kind.public_fields:
        if field.is_table:
            columns = {column.name: column for column in field.columns}
            for row in record.tables[field.name]:
                for name, text in row.cells.items():
                    yield f"{field.name}.{name}", columns[name], text, row
        elif field.type not in NESTED and (text := record.values[field.name] or ""):
            yield field.name, field, text, None
