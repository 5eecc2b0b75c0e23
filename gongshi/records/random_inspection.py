"""双随机抽查结果: what a random inspection found (S1.3b, D27)."""

from __future__ import annotations

from gongshi.records.common import agency_block, number_field, process_block
from gongshi.records.field import Field, FieldType, Scope, SearchIn, Visibility
from gongshi.records.kind import RecordKind
from gongshi.records.party import party_block

NORMAL = "正常"
RANDOM_OUTCOMES = (NORMAL, "发现问题", "不予配合情节严重", "无法联系", "其他")

RANDOM_INSPECTION = RecordKind(
    name="random_inspection",
    label="双随机抽查结果",
    duty="S1.3b",
    act="进行双随机抽查",
    detail="outcome",
    result="outcome",
    event="ended_on",
    sheets=("双随机抽查结果", "随机抽查结果", "双随机", "随机抽查"),
    summary="按随机抽查事项清单，随机抽取检查对象和执法人员进行检查的结果。",
    fields=(
        number_field("抽查结果编号", "抽查编号", "抽查任务编号"),
        *party_block(),
        Field(
            name="plan_name",
            label="抽查计划名称",
            visibility=Visibility.PUBLIC,
            required=True,
            max_length=200,
            search=SearchIn.CONTENT,
            aliases=("抽查任务名称",),
        ),
        Field(
            name="item_name",
            label="抽查事项",
            visibility=Visibility.PUBLIC,
            required=True,
            max_length=500,
            search=SearchIn.CONTENT,
            article="D11",
        ),
        Field(
            name="manner",
            label="抽查方式",
            visibility=Visibility.PUBLIC,
            max_length=200,
            article="D11",
            example="现场检查",
        ),
        Field(
            name="legal_basis",
            label="抽查依据",
            type=FieldType.LONG_TEXT,
            visibility=Visibility.PUBLIC,
            max_length=2048,
            search=SearchIn.CONTENT,
            article="D11",
        ),
        Field(
            name="ended_on",
            label="抽查结束日期",
            type=FieldType.DATE,
            visibility=Visibility.PUBLIC,
            required=True,
            article="D27",
            aliases=("检查日期", "抽查日期"),
        ),
        Field(
            name="outcome",
            label="抽查结果",
            type=FieldType.CHOICE,
            visibility=Visibility.PUBLIC,
            required=True,
            choices=RANDOM_OUTCOMES,
            choice_aliases=(("未发现问题", NORMAL), ("合格", NORMAL), ("发现问题已责令改正", "发现问题")),
            scope=Scope.EITHER,
            search=SearchIn.CONTENT,
            article="D27",
        ),
        Field(
            name="facts",
            label="抽查情况",
            type=FieldType.LONG_TEXT,
            visibility=Visibility.PUBLIC,
            max_length=2000,
            scope=Scope.EITHER,
            search=SearchIn.FACTS,
        ),
        Field(
            name="handled_on",
            label="处理结果日期",
            type=FieldType.DATE,
            visibility=Visibility.PUBLIC,
            article="D27",
            help="抽查有问题的：依法处理结果作出的日期，七个工作日自该日起算；未处理完的暂缓公示。",
        ),
        Field(
            name="content",
            label="处理结果",
            type=FieldType.LONG_TEXT,
            visibility=Visibility.PUBLIC,
            max_length=2000,
            scope=Scope.EITHER,
            search=SearchIn.CONTENT,
        ),
        *agency_block("抽查"),
        *process_block(),
    ),
)
