"""People in JSON and YAML as lists of {姓名, 证号}, made the text that a cell of a sheet has: 张示一（吉A示例001）、…

A reader lays such a list out as rows of one number with the columns 承办人·姓名 and 承办人·证号.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from gongshi.intake.readers import Row
from gongshi.intake.readers.model import Cell
from gongshi.records.field import COLUMN_MARK

_NAMES, _CERTIFICATES = ("姓名", "name"), ("证号", "certificate")


def joined(rows: Sequence[Row]) -> list[Row]:
    """The header and the records with each such list in one column of its own name; the same where there is none."""
    if not rows:
        return []
    labels = [str(cell or "") for cell in rows[0].cells]
    tables = dict.fromkeys(label.partition(COLUMN_MARK)[0] for label in labels if _is_of_a_person(label))
    if not tables:
        return list(rows)
    plain = [at for at, label in enumerate(labels) if not _is_of_a_person(label) and label not in tables]
    header = Row(0, (*(labels[at] for at in plain), *tables))
    return [header, *_records(rows[1:], labels, plain, list(tables))]


def _records(rows: Sequence[Row], labels: Sequence[str], plain: Sequence[int], tables: Sequence[str]) -> Iterator[Row]:
    for number, own in groupby(rows, key=lambda row: row.number):
        told = [dict(zip(labels, row.cells, strict=False)) for row in own]
        people = [told[0].get(table) or "、".join(_people(told, table)) or None for table in tables]
        yield Row(number, (*(told[0].get(labels[at]) for at in plain), *people))


def _people(told: Sequence[Mapping[str, Cell]], table: str) -> Iterator[str]:
    return filter(None, (_person(one, table) for one in told))


def _person(told: Mapping[str, Cell], table: str) -> str:
    name, certificate = (
        next((str(cell) for word in words if (cell := told.get(f"{table}{COLUMN_MARK}{word}"))), "")
        for words in (_NAMES, _CERTIFICATES)
    )
    return f"{name}（{certificate}）" if certificate else name


def _is_of_a_person(label: str) -> bool:
    return label.partition(COLUMN_MARK)[2] in (*_NAMES, *_CERTIFICATES)
