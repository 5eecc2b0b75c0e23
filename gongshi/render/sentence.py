"""What was decided, in one sentence: the result in the declaration's own words."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.records.kind import COMMON_PUBLIC
from gongshi.render.labels import label
from gongshi.render.words import date_zh, shortened

_RESULT = {"inspection": "outcome", "random_inspection": "outcome"}
"""Kinds whose result lies in another field than `content`."""
_LENGTH = 120


def result(kind: str, row: Any, own: Any, held: Container[str]) -> str:
    """处罚内容：罚款人民币5000元。 Empty where it is held back.

    `row` is the decision's row, `own` that of its kind.
    """
    name = _RESULT.get(kind, "content")
    value = row[name] if name in COMMON_PUBLIC else own[name]
    if not value or name in held:
        return ""
    told = shortened(value, _LENGTH)
    return f"{label(DECISION_KINDS[kind].by_name[name])}：{told}{'' if told[-1] in '。…' else '。'}"


def description(row: Any, told: str) -> str:
    """The decision in two sentences, for search engines: when and what, then the result."""
    return f"{date_zh(row['decided_on'])}，{row['title']}。{told}"
