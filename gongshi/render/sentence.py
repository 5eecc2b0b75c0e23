"""What was decided, in one sentence: who, when, about whom, with what result."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.records.kind import COMMON_PUBLIC
from gongshi.render.labels import kind_label, label
from gongshi.render.words import date_zh, shortened

_RESULT = {"inspection": "outcome", "random_inspection": "outcome"}
"""Kinds whose result lies in another field than `content`."""
_ACT = {"inspection": "进行{kind}", "random_inspection": "进行双随机抽查"}
_DECIDE = "作出{kind}决定"
_LENGTH = 110
_PARTIES = 60


def sentence(kind: str, row: Any, own: Any, held: Container[str]) -> str:
    """2026年3月2日，某局对某公司作出行政处罚决定。处罚内容：罚款人民币5000元。

    `row` is the decision's row, `own` that of its kind; a field that is held back is not told.
    """
    act = _ACT.get(kind, _DECIDE).format(kind=kind_label(kind))
    agency = row["agency_name"] or row["department_name"]
    party = f"对{shortened(row['parties'], _PARTIES)}" if row["parties"] else ""
    told = f"{date_zh(row['decided_on'])}，{agency}{party}{act}。"
    name = _RESULT.get(kind, "content")
    value = row[name] if name in COMMON_PUBLIC else own[name]
    if not value or name in held:
        return told
    result = shortened(value, _LENGTH)
    return f"{told}{label(DECISION_KINDS[kind].by_name[name])}：{result}{'' if result[-1] in '。…' else '。'}"
