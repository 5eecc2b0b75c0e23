"""A decision's title: one sentence from public columns, with nothing added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from gongshi.records import DECISION_KINDS, RecordKind

_MOST_NAMED = 2
_LONGEST = 40


def title(kind: str, department: str, parties: Sequence[Mapping[str, Any]], shown: Mapping[str, str]) -> str:
    """松原市市场监督管理局对某公司作出行政处罚（罚款5000元）; `shown` are the public values by field."""
    declared = DECISION_KINDS[kind]
    act = declared.act or f"作出{declared.label}"
    detail = _amount(declared, parties) or shown.get(declared.detail, "")
    told = f"（{detail}）" if detail and len(detail) <= _LONGEST else ""
    about = f"对{_named(parties)}" if parties else ""
    return f"{department}{about}{act}{told}"


def _named(parties: Sequence[Mapping[str, Any]]) -> str:
    names = "、".join(str(party["name"]) for party in parties[:_MOST_NAMED])
    return f"{names}等{len(parties)}个行政相对人" if len(parties) > _MOST_NAMED else names


def _amount(kind: RecordKind, parties: Sequence[Mapping[str, Any]]) -> str:
    """The amount of a decision about one party: with several, whose it is needs more than a title."""
    column, word = kind.amount
    if not column or len(parties) != 1 or not parties[0][column]:
        return ""
    amount = Decimal(parties[0][column])
    return f"{word}{amount.normalize():f}元" if amount else ""
