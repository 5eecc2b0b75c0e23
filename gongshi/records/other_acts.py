"""行政强制, 行政征收, 行政收费, 行政检查: the four kinds that no national sheet covers.

Their fields follow D17 (object, manner, content, result, agency) and are the project's own.
"""

from __future__ import annotations

from gongshi.records.common import agency_block, number_field, process_block
from gongshi.records.field import Field, FieldType, Scope, SearchIn, Visibility
from gongshi.records.kind import RecordKind
from gongshi.records.party import party_block

INSPECTION_OUTCOMES = ("未发现问题", "责令改正", "发现问题待处理", "移送处理", "其他")
COERCION_MANNERS = (
    "限制公民人身自由",
    "查封场所、设施或者财物",
    "扣押财物",
    "冻结存款、汇款",
    "加处罚款或者滞纳金",
    "划拨存款、汇款",
    "拍卖或者依法处理查封、扣押的场所、设施或者财物",
    "排除妨碍、恢复原状",
    "代履行",
    "其他",
)
"""行政强制法 第9, 12条."""


def _date(word: str) -> Field:
    return Field(
        name="decided_on",
        label=f"{word}决定日期",
        type=FieldType.DATE,
        visibility=Visibility.PUBLIC,
        required=True,
        article="D27",
        aliases=("决定日期", f"{word}日期"),
    )


def _long(
    name: str, label: str, search: SearchIn, *, required: bool = False, help: str = "", article: str = "D17"
) -> Field:
    return Field(
        name=name,
        label=label,
        type=FieldType.LONG_TEXT,
        visibility=Visibility.PUBLIC,
        required=required,
        max_length=4000,
        scope=Scope.EITHER,
        search=search,
        article=article,
        help=help,
    )


def _amount(label: str) -> Field:
    return Field(
        name="amount",
        label=f"{label}（元）",
        type=FieldType.MONEY,
        visibility=Visibility.PUBLIC,
        scope=Scope.PARTY,
        article="D17",
        help="单位是元；以万元为单位的列请把表头写成“（万元）”。",
        aliases=(label,),
    )


COERCION = RecordKind(
    name="coercion",
    label="行政强制",
    duty="D16",
    detail="manner",
    sheets=("行政强制", "行政强制信息", "强制"),
    summary="行政强制措施和行政强制执行决定。",
    fields=(
        number_field("行政强制决定书文号", "强制决定书文号"),
        *party_block(),
        Field(
            name="manner",
            label="强制方式",
            type=FieldType.CHOICES,
            visibility=Visibility.PUBLIC,
            required=True,
            choices=COERCION_MANNERS,
            choice_aliases=(("查封", COERCION_MANNERS[1]), ("扣押", "扣押财物"), ("冻结", COERCION_MANNERS[3])),
            search=SearchIn.CONTENT,
            article="D17",
            help="多种方式用分号隔开。",
        ),
        _long("facts", "强制事由", SearchIn.FACTS, required=True),
        _long("legal_basis", "强制依据", SearchIn.CONTENT, required=True, article="D8"),
        _long("content", "强制内容", SearchIn.CONTENT, required=True),
        _long("outcome", "执行结果", SearchIn.CONTENT),
        _date("强制"),
        *agency_block("强制"),
        *process_block(),
    ),
)

LEVY = RecordKind(
    name="levy",
    label="行政征收",
    duty="D16",
    detail="item_name",
    amount=("amount", "征收"),
    sheets=("行政征收", "行政征收信息", "征收"),
    summary="行政机关依法征收税费、财物的决定。",
    fields=(
        number_field("行政征收决定书文号", "征收决定书文号"),
        *party_block(),
        Field(
            name="item_name",
            label="征收项目",
            visibility=Visibility.PUBLIC,
            required=True,
            max_length=200,
            search=SearchIn.CONTENT,
            article="D17",
        ),
        _long("legal_basis", "征收依据", SearchIn.CONTENT, required=True, article="D8"),
        _long("content", "征收内容", SearchIn.CONTENT, required=True),
        _amount("征收金额"),
        _date("征收"),
        *agency_block("征收"),
        *process_block(),
    ),
)

CHARGE = RecordKind(
    name="charge",
    label="行政收费",
    duty="D16",
    detail="item_name",
    amount=("amount", "收费"),
    sheets=("行政收费", "行政收费信息", "收费"),
    summary="行政机关依法收取行政事业性收费的决定。",
    fields=(
        number_field("行政收费决定书文号", "收费决定书文号", "缴费通知书文号"),
        *party_block(),
        Field(
            name="item_name",
            label="收费项目",
            visibility=Visibility.PUBLIC,
            required=True,
            max_length=200,
            search=SearchIn.CONTENT,
            article="D17",
        ),
        _long("legal_basis", "收费依据", SearchIn.CONTENT, required=True, article="D8"),
        _long("content", "收费内容", SearchIn.CONTENT, required=True, help="收费标准、计算方法、减免情况。"),
        _amount("收费金额"),
        _date("收费"),
        *agency_block("收费"),
        *process_block(),
    ),
)

INSPECTION = RecordKind(
    name="inspection",
    label="行政检查",
    duty="D16",
    act="进行行政检查",
    detail="outcome",
    result="outcome",
    sheets=("行政检查", "行政检查信息", "检查"),
    summary="行政机关对遵守法律情况进行的检查及其结果。",
    fields=(
        number_field("检查文书号", "行政检查文书号", "检查通知书文号", "检查编号"),
        *party_block(),
        Field(
            name="manner",
            label="检查方式",
            visibility=Visibility.PUBLIC,
            required=True,
            max_length=200,
            search=SearchIn.CONTENT,
            article="D17",
            example="现场检查",
        ),
        _long("content", "检查内容", SearchIn.CONTENT, required=True),
        _long("legal_basis", "检查依据", SearchIn.CONTENT, required=True, article="D8"),
        Field(
            name="outcome",
            label="检查结果",
            type=FieldType.CHOICE,
            visibility=Visibility.PUBLIC,
            required=True,
            choices=INSPECTION_OUTCOMES,
            choice_aliases=(("正常", "未发现问题"), ("合格", "未发现问题"), ("未发现违法行为", "未发现问题")),
            search=SearchIn.CONTENT,
            article="D17",
        ),
        _long("facts", "检查情况", SearchIn.FACTS),
        _date("检查"),
        *agency_block("检查"),
        *process_block(),
    ),
)
