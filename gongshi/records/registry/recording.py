"""音像记录事项清单: what must be recorded in sound and picture, with what, and who keeps it (S2.2)."""

from __future__ import annotations

from gongshi.records.field import FieldType
from gongshi.records.registry.common import act_field, basis_table, heading, registry_kind, shown

SEIZURE, DEMOLITION, CASE_ROOM = "查封扣押财产", "强制拆除", "执法办案场所"
STAGES = ("现场执法", "调查取证", "听证", "留置送达", "公告送达", SEIZURE, DEMOLITION, CASE_ROOM, "其他")
FULL, KEY_STAGES, TEXT = "全程音像记录", "关键环节音像记录", "文字记录"
MANNERS = (FULL, KEY_STAGES, TEXT)
RECORDED_IN_FULL = frozenset((SEIZURE, DEMOLITION, CASE_ROOM))
"""Stages that the scheme wants recorded from the beginning to the end."""

RECORDING_ITEM = registry_kind(
    heading("name", "记录事项名称", article="S2.2", example="查封涉案物品", aliases=("音像记录事项",)),
    act_field("执法类别", required=True, example="行政强制"),
    shown("stage", "记录环节", FieldType.CHOICE, required=True, choices=STAGES, article="S2.2", aliases=("环节",)),
    shown(
        "manner",
        "记录方式",
        FieldType.CHOICE,
        required=True,
        choices=MANNERS,
        article="S2.2",
        help="查封扣押财产、强制拆除和执法办案场所须全程音像记录。",
        example=FULL,
    ),
    shown("place", "记录场所", article="S2.2"),
    shown("equipment", "记录设备", article="S2.2", example="执法记录仪"),
    shown("elements", "记录要素", FieldType.LONG_TEXT, article="S2.2"),
    shown("usage", "使用要求", FieldType.LONG_TEXT, article="S2.2"),
    shown("storage", "存储要求", FieldType.LONG_TEXT, article="S2.2"),
    shown("custody", "监督管理", FieldType.LONG_TEXT, article="S2.2"),
    shown("phrases", "用语指引", FieldType.LONG_TEXT, article="S2.2"),
    basis_table(article="S2.2"),
    name="recording_item",
    label="音像记录事项清单",
    duty="S2.2",
    number="name",
    heading="name",
    identity=("name",),
    acts="act",
    sheets=("音像记录事项清单", "音像记录事项"),
    summary="哪些执法环节要音像记录，用什么设备，怎样存储和管理。",
)
