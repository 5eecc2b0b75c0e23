"""Which columns the table of a kind has: derived from the declarations, named as the dictionary and the API do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from gongshi.records import DECISION_KINDS
from gongshi.records.field import Field, FieldType, Scope
from gongshi.records.kind import COMMON_PUBLIC, RecordKind
from gongshi.render.labels import MONEY, PARTY_COLUMNS, label


class Cell(Enum):
    """What the cells of a column hold."""

    TEXT = "文字"
    DATE = "日期"
    MONEY = "金额（元）"
    FLAG = "是或否"
    NUMBER = "整数"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name for programs, its header for people, what its cells hold, its expression in SQL.

    In the expression d is the decision, k the row of the kind's own table, p a party. The address of the page has
    none: rows.py makes it from the id, which stands before it.
    """

    name: str
    label: str
    cell: Cell
    sql: str


_LEADING = (
    Column("id", "公示编号", Cell.TEXT, "d.id"),
    Column("url", "网址", Cell.TEXT, ""),
)
KIND = Column("kind", "执法类别", Cell.TEXT, "")
_OF_DEPARTMENT = (
    Column("department", "公示部门代码", Cell.TEXT, "d.department"),
    Column("department_name", "公示部门", Cell.TEXT, "d.department_name"),
    Column("region", "行政区划代码", Cell.TEXT, "d.region"),
    Column("title", "标题", Cell.TEXT, "d.title"),
)
_POSITION = Column("party_position", "相对人序号", Cell.NUMBER, "p.position")
_TRAILING = (
    Column("first_published_on", "首次公示日期", Cell.DATE, "d.first_published_on"),
    Column("updated_on", "更新日期", Cell.DATE, "d.updated_on"),
    Column("legal_due", "应公示日期", Cell.DATE, "d.legal_due"),
    Column("publish_until", "公示截止期", Cell.DATE, "d.publish_until"),
    Column("earlier", "历史数据补录", Cell.FLAG, "d.earlier"),
    Column("corrected", "已更正", Cell.FLAG, "d.corrected"),
    Column(
        "held_fields", "暂缓公示的字段", Cell.TEXT, "nullif(replace(trim(d.held_fields, '[]\"'), '\",\"', '、'), '')"
    ),
)
_ELSEWHERE = frozenset(column.name for column in _TRAILING)
"""Fields whose value in force is the law's, and stands at the end."""
UNDECLARED = (*_LEADING, KIND, *_OF_DEPARTMENT, _POSITION, *_TRAILING)
"""The columns that are no field of a declaration, in their order."""
_CELLS = {FieldType.DATE: Cell.DATE, FieldType.FLAG: Cell.FLAG, FieldType.INTEGER: Cell.NUMBER}


@cache
def columns_of(kind: str) -> tuple[Column, ...]:
    """The columns of a kind's table: where it is published, what its declaration makes public, when and how long."""
    record = DECISION_KINDS[kind]
    kind_of_table = replace(KIND, sql=f"'{record.label}'")
    return (*_LEADING, kind_of_table, *_OF_DEPARTMENT, *_declared(record), *_TRAILING)


def _declared(record: RecordKind) -> Iterator[Column]:
    """The kind's public fields in the declaration's order; where the parties begin, their number in the decision."""
    for field in record.public_fields:
        if field.name in _ELSEWHERE:
            continue
        if field.name == "party_name":
            yield _POSITION
        name = "decided_on" if field.name == record.event else field.name
        yield Column(name, label(field), _cell(field), _sql(field, name))


def _cell(field: Field) -> Cell:
    return Cell.MONEY if field.type in MONEY else _CELLS.get(field.type, Cell.TEXT)


def _sql(field: Field, column: str) -> str:
    """Where the value lies: with the party, with the decision, or with the party where the parties differ."""
    if field.scope is Scope.PARTY:
        return f"p.{PARTY_COLUMNS[field.name]}"
    place = f"d.{column}" if column in COMMON_PUBLIC else f"k.{column}"
    if field.scope is Scope.EITHER:
        return f"CASE p.own WHEN '{{}}' THEN {place} ELSE coalesce(json_extract(p.own, '$.{field.name}'), {place}) END"
    return place
