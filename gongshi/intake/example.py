"""A YAML example of one kind of registry record, with what belongs into each field, made from its declaration."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gongshi.intake.sheet.labels import columns_of
from gongshi.intake.template import TYPE_WORDS
from gongshi.records.field import NESTED, Field, FieldType
from gongshi.records.kind import RecordKind

_OWN, _ROW = " " * 4, " " * 8
_VALUES = {
    FieldType.DATE: "2026-01-01",
    FieldType.FLAG: "是",
    FieldType.INTEGER: "2026",
    FieldType.PHONE: "0438-0000001",
}


def yaml_example(kind: RecordKind) -> str:
    """One record of the kind with all of its fields, each with a comment. The values show how to write, not what.

    The keys are the labels; it is read by `gongshi check` as it stands. Raises ValueError for a kind of decision.
    """
    if not kind.registry:
        raise ValueError(kind.name)
    fields = [line for field in kind.fields for line in _field(field)]
    fields[0] = f"  - {fields[0].lstrip()}"
    head = (
        f"# {kind.label}：{kind.summary}",
        "# 每条以“- ”开头，几条依次往下写；不需要的选填项整行删除，行首有 # 的用到时去掉 #。",
        "# 冒号后面留一个空格，内容加引号。",
        f"{kind.label}:",
    )
    return "\n".join((*head, *fields)) + "\n"


_SELDOM = ("effective_to", "change_note")
"""What a first version does not have: a record that was made from the example would have ended."""


def _field(field: Field) -> Iterator[str]:
    if field.type not in NESTED:
        sign = "# " if field.name in _SELDOM else ""
        yield f"{_OWN}{sign}{field.label}: {_value(field)}  # {_words(field)}"
        return
    yield f"{_OWN}{field.label}:  # {_words(field)}"
    for at, column in enumerate(columns_of(field)):
        lead = f"{_ROW[:-2]}- " if at == 0 else _ROW
        yield f"{lead}{column.label}: {_value(column)}  # {_words(column)}"


def _value(field: Field) -> str:
    text = field.example or next(iter(field.choices), "") or _VALUES.get(field.type, "……")
    return json.dumps(text, ensure_ascii=False)


def _words(field: Field) -> str:
    """What the comment says: whether it must be filled, what it holds, from what to choose."""
    choices = f"可选：{'、'.join(field.choices)}" if field.choices else TYPE_WORDS[field.type]
    needed = "必填" if field.required else "选填"
    return " ".join("；".join(filter(None, (needed, choices, field.help.rstrip("。")))).split())
