"""What the public reads as a field's label and value, derived from the declarations."""

from __future__ import annotations

from functools import cache

from gongshi.records import ALL_KINDS, DECISION_KINDS
from gongshi.records.field import Field, FieldType
from gongshi.records.licence import NO_END
from gongshi.records.registry.common import ACTS
from gongshi.render.words import date_zh, money

PARTY_COLUMNS = {
    "party_name": "name",
    "party_type": "type",
    "party_uscc": "uscc",
    "fine": "fine",
    "confiscated": "confiscated",
    "amount": "amount",
}
"""Public party fields, and the column of public.db's `parties` in which each lies."""

_SLUGS = dict(zip(ACTS, ("licence", "penalty", "coercion", "levy", "charge", "inspection", "other"), strict=True))

MONEY = frozenset({FieldType.MONEY, FieldType.MONEY_WAN})
READ_OTHERWISE = MONEY | {FieldType.DATE, FieldType.FLAG}
"""Types whose values a reader does not see as they are stored."""


def label(field: Field) -> str:
    """The label for readers: without the sheet's unit (pages show yuan) and the standard's numbering."""
    return field.plain_label


@cache
def kind_label(kind: str) -> str:
    """行政处罚 for penalty."""
    return ALL_KINDS[kind].label


def act_slug(act: str) -> str:
    """penalty for 行政处罚, as addresses and colours name it; other where an item is of none of the six kinds."""
    return _SLUGS.get(act, "other")


def shown(field: Field, value: str) -> str:
    """A canonical value as a reader should see it."""
    if field.type in MONEY:
        return f"{money(value)} 元"
    if field.type is FieldType.DATE:
        return "长期有效" if value == NO_END else date_zh(value)
    if field.type is FieldType.FLAG:
        return "是" if value == "1" else "否"
    return value


@cache
def event_label(kind: str) -> str:
    """What the date is called from which the kind's publication term runs (处罚决定日期)."""
    record = DECISION_KINDS[kind]
    return label(record.by_name[record.event])
