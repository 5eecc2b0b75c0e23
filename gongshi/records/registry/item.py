"""行政执法事项清单: what a department may do, on what basis, how, and what one may do against it (D8 to D12, D22)."""

from __future__ import annotations

from gongshi.records.field import FieldType, SearchIn
from gongshi.records.registry.common import (
    act_field,
    basis_table,
    column,
    files_field,
    heading,
    registry_kind,
    shown,
    steps_table,
    table,
)

LEVELS = ("省", "市", "县", "乡镇")
REMEDIES = ("陈述申辩", "听证", "行政复议", "行政诉讼", "其他")

ENFORCEMENT_ITEM = registry_kind(
    shown(
        "code",
        "事项编码",
        FieldType.CODE,
        required=True,
        search=SearchIn.NUMBER,
        article="D9",
        help="权责清单里的编码，按文本填写。",
        example="2207-CF-001",
        aliases=("职权编码", "权力编码"),
    ),
    heading("name", "事项名称", article="D9", example="对经营超过保质期食品的处罚", aliases=("执法事项", "职权名称")),
    act_field(required=True, example="行政处罚", aliases=("职权类别", "执法类别")),
    basis_table(required=True),
    shown("object", "行政相对人", article="D9", help="对谁实施。", aliases=("实施对象",)),
    shown("powers", "权限内容", FieldType.LONG_TEXT, required=True, article="D9", help="可以作出什么。"),
    shown("level", "行使层级", FieldType.CHOICES, choices=LEVELS, article="D22", example="市、县"),
    shown("body", "承办机构", article="D6", example="综合执法大队"),
    steps_table("执法流程", "D10"),
    table(
        "remedies",
        "救济途径",
        column("kind", "方式", FieldType.CHOICE, choices=REMEDIES, required=True, example="行政复议"),
        column("body", "受理机关", example="松原市人民政府"),
        column("term", "期限", example="知道之日起六十日内"),
        column("how", "怎样办理", FieldType.LONG_TEXT),
        article="D12",
        help="听证、陈述申辩、行政复议、行政诉讼，每种一行。",
    ),
    shown("rights", "当事人权利", FieldType.LONG_TEXT, article="D12"),
    table(
        "discretion",
        "裁量基准",
        column("act", "违法行为", required=True),
        column("circumstance", "情节", required=True, example="较轻"),
        column("standard", "裁量标准", FieldType.LONG_TEXT, required=True),
        column("basis", "裁量依据"),
        article="D9",
        help="有裁量基准的，每档一行。",
    ),
    shown("responsibility", "责任事项", FieldType.LONG_TEXT, article="D9", aliases=("追责情形",)),
    files_field(),
    name="enforcement_item",
    label="行政执法事项清单",
    duty="D8",
    number="code",
    heading="name",
    identity=("code",),
    folder="items",
    acts="act",
    sheets=("行政执法事项清单", "执法事项清单", "行政执法事项", "权责清单"),
    summary="部门有权实施的执法事项：依据、权限、流程、救济途径和裁量基准。",
)
