"""What was decided, in one sentence: the result in the declaration's own words."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cache
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.render.labels import label
from gongshi.render.words import date_zh, shortened

_LENGTH = 120


def result(kind: str, row: Mapping[str, Any], held: Container[str]) -> str:
    """处罚内容：罚款人民币5000元。 Empty where it is held back."""
    name = DECISION_KINDS[kind].result
    value = row[name]
    if not value or name in held:
        return ""
    told = shortened(value, _LENGTH)
    return f"{_label(kind, name)}：{told}{'' if told[-1] in '。…' else '。'}"


def description(row: Mapping[str, Any], told: str) -> str:
    """The decision in two sentences, for search engines: when and what, then the result."""
    return f"{date_zh(row['decided_on'])}，{row['title']}。{told}"


@cache
def _label(kind: str, name: str) -> str:
    return label(DECISION_KINDS[kind].by_name[name])
