"""随机抽查事项清单和随机抽查计划: what is inspected by lot, how often, and when (D11, D23, S1.3b).

The results are decisions (random_inspection); they hang on a plan by its name and on an item by its name.
"""

from __future__ import annotations

from gongshi.records.field import FieldType, SearchIn
from gongshi.records.registry.common import (
    basis_table,
    column,
    files_field,
    heading,
    item_code,
    registry_kind,
    shown,
    table,
)

RANDOM_INSPECTION_ITEM = registry_kind(
    shown(
        "code",
        "抽查事项编码",
        FieldType.CODE,
        required=True,
        search=SearchIn.NUMBER,
        article="D11",
        help="按文本填写。",
        example="2207-SJ-001",
        aliases=("抽查事项编号",),
    ),
    heading("name", "抽查事项名称", article="D11", example="食品销售监督检查", aliases=("抽查事项",)),
    basis_table(required=True, article="D11"),
    shown("subject", "抽查主体", required=True, article="D11", example="松原市市场监督管理局"),
    shown("object", "抽查对象", required=True, article="D23", example="食品销售者"),
    shown("content", "抽查内容", FieldType.LONG_TEXT, required=True, article="D11"),
    shown("manner", "抽查方式", required=True, article="D11", example="现场检查、书面检查"),
    shown("ratio", "抽查比例", required=True, max_length=100, article="D11", example="不低于5%"),
    shown("frequency", "抽查频次", required=True, max_length=100, article="D11", example="每年一次"),
    item_code(article="D9"),
    name="random_inspection_item",
    label="随机抽查事项清单",
    duty="D11",
    number="code",
    heading="name",
    identity=("code",),
    folder="inspections",
    sheets=("随机抽查事项清单", "随机抽查事项"),
    summary="随机抽查的依据、主体、对象、内容、方式、比例和频次。",
)

INSPECTION_PLAN = registry_kind(
    heading(
        "name",
        "抽查计划名称",
        article="S1.3b",
        help="与双随机抽查结果里的“抽查计划名称”一致，结果就列在计划下面。",
        example="2026年度食品销售双随机抽查计划",
        aliases=("计划名称",),
    ),
    shown("year", "计划年度", FieldType.INTEGER, required=True, article="S1.3b", example="2026", aliases=("年度",)),
    table(
        "tasks",
        "抽查任务",
        column("item_code", "事项编码", FieldType.CODE, required=True, example="2207-SJ-001"),
        column("object", "任务对象"),
        column("ratio", "任务比例", max_length=100),
        column("count", "抽查数量", max_length=100, example="20户"),
        column("period", "抽查时间", required=True, max_length=100, example="3月至5月"),
        article="D11",
        help="每项任务一行，事项编码在本部门的随机抽查事项清单里。",
    ),
    shown("joint", "联合部门", FieldType.LONG_TEXT, article="S1.3b", help="与哪些部门联合抽查。"),
    shown("manner", "抽取方式", article="S1.3b", help="检查对象和执法人员怎样随机抽取。"),
    files_field(article="S1.3b"),
    name="inspection_plan",
    label="随机抽查计划",
    duty="S1.3b",
    number="name",
    heading="name",
    identity=("name",),
    folder="inspections",
    sheets=("随机抽查计划", "双随机抽查计划"),
    summary="一个年度随机抽查哪些事项、什么时候抽查。",
)
