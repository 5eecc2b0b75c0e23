"""A decision's title: one sentence from public columns, with nothing added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.records.random_inspection import RANDOM_INSPECTION

_MOST_NAMED = 2
_LONGEST = 40
_DETAIL = {
    "licence": "certificate_name",
    "penalty": "penalty_class",
    "coercion": "manner",
    "levy": "item_name",
    "charge": "item_name",
    "inspection": "outcome",
    "random_inspection": "outcome",
}
"""The field that says most about a decision of each kind in few words."""
_AMOUNTS = {"penalty": ("fine", "罚款"), "levy": ("amount", "征收"), "charge": ("amount", "收费")}


def title(kind: str, department: str, parties: Sequence[Mapping[str, Any]], shown: Mapping[str, str]) -> str:
    """松原市市场监督管理局对某公司作出行政处罚（罚款5000元）; `shown` are the public values by field."""
    label = DECISION_KINDS[kind].label
    act = {"inspection": f"进行{label}", RANDOM_INSPECTION.name: "进行双随机抽查"}.get(kind, f"作出{label}")
    detail = _amount(kind, parties) or shown.get(_DETAIL[kind], "")
    told = f"（{detail}）" if detail and len(detail) <= _LONGEST else ""
    about = f"对{_named(parties)}" if parties else ""
    return f"{department}{about}{act}{told}"


def _named(parties: Sequence[Mapping[str, Any]]) -> str:
    names = "、".join(str(party["name"]) for party in parties[:_MOST_NAMED])
    return f"{names}等{len(parties)}个行政相对人" if len(parties) > _MOST_NAMED else names


def _amount(kind: str, parties: Sequence[Mapping[str, Any]]) -> str:
    """The amount of a decision about one party: with several, whose it is needs more than a title."""
    column, word = _AMOUNTS.get(kind, ("", ""))
    if not column or len(parties) != 1 or not parties[0][column]:
        return ""
    amount = Decimal(parties[0][column])
    return f"{word}{amount.normalize():f}元" if amount else ""
