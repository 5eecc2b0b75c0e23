"""公开内容的确定: what a department publishes of its coercion, levies and charges (D16).

An approved one is a rule of law: without it the department's decisions of that kind wait.
"""

from __future__ import annotations

from gongshi.records.field import FieldType, SearchIn
from gongshi.records.registry.common import registry_kind, shown

KINDS_OF_ACT = {"行政强制": "coercion", "行政征收": "levy", "行政收费": "charge"}
"""The acts of which a department must determine the content, and the kinds of decision that wait for it."""

DETERMINATION = registry_kind(
    shown(
        "act",
        "执法类别",
        FieldType.CHOICE,
        required=True,
        choices=tuple(KINDS_OF_ACT),
        choice_aliases=tuple((act.removeprefix("行政"), act) for act in KINDS_OF_ACT),
        search=SearchIn.PARTY,
        article="D16",
        example="行政收费",
    ),
    shown(
        "content",
        "公开的内容",
        FieldType.LONG_TEXT,
        required=True,
        article="D16",
        example="公开决定书文号、行政相对人、收费项目、依据、标准、金额、决定机关和决定日期。",
    ),
    shown("basis", "确定的依据", FieldType.LONG_TEXT, article="D16"),
    shown(
        "document",
        "确定文号",
        FieldType.DOCUMENT_NUMBER,
        required=True,
        max_length=128,
        search=SearchIn.NUMBER,
        article="D16",
        example="松交发〔2026〕8号",
    ),
    shown("decided_on", "确定日期", FieldType.DATE, required=True, article="D16", example="2026-03-02"),
    name="determination",
    label="公开内容的确定",
    duty="D16",
    number="document",
    heading="act",
    identity=("act",),
    folder="determinations",
    acts="act",
    sheets=("公开内容的确定", "公开内容确定"),
    summary="部门确定并公布的行政强制、行政征收、行政收费决定结果应当公开的内容。",
)
