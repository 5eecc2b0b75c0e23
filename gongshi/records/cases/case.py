"""The case itself and the people in it (R2, R8, R9, L2, L3, L5). Nothing of it is public."""

from __future__ import annotations

from gongshi.law.review.major import JUDGED, JUDGED_TOLD
from gongshi.records.cases.vocabulary import CONFIDENTIAL, HEARINGS, ORIGINS, PROCEDURES, ROLES, STAGES, TICKED
from gongshi.records.cases.words import choices, field, instant, persons
from gongshi.records.field import FieldType, Scope
from gongshi.records.kind import RecordKind
from gongshi.records.party import party_block
from gongshi.records.penalty import PENALTY_CLASSES

CASE_NUMBER = field(
    "number", "案号", "R2", type=FieldType.CODE, required=True, max_length=128, example="松市监案〔2026〕1号"
)
ACTS = ("许可", "处罚", "强制", "征收", "收费", "检查")

CASE = RecordKind(
    name="case",
    label="案件",
    duty="R2",
    event="started_at",
    number="number",
    heading="number",
    sheets=("案件", "案件信息"),
    summary="一件执法案件：谁在何时因何启动，适用什么程序，到了哪个阶段。",
    fields=(
        CASE_NUMBER,
        field("kind", "执法类别", "R2", type=FieldType.CHOICE, required=True, choices=ACTS),
        field("procedure", "适用程序", "R7", type=FieldType.CHOICE, required=True, choices=tuple(PROCEDURES.values())),
        field("item_code", "执法事项编码", "D9", type=FieldType.CODE, max_length=100),
        field("item_name", "执法事项", "D9", max_length=500),
        field("origin", "案件来源", "R8", type=FieldType.CHOICE, choices=ORIGINS),
        field("complaint_named", "是否实名投诉举报", "R9", type=FieldType.FLAG),
        instant("started_at", "启动时间", "R8", required=True),
        field("urgent", "是否情况紧急先行启动", "R8", type=FieldType.FLAG),
        instant("filed_at", "补报时间", "R8"),
        field("start_reason", "启动原因", "R8", type=FieldType.LONG_TEXT, max_length=2000),
        persons("handlers", "承办人", "R38", required=True),
        field("handling_body", "承办机构", "R38", max_length=200),
        field("entrusted_org", "受委托组织", "L2", max_length=200),
        field("facts", "基本事实", "L7", type=FieldType.LONG_TEXT, max_length=10000),
        field("legal_basis", "法律依据", "L7", type=FieldType.LONG_TEXT, max_length=4000),
        field("proposed_result", "拟作决定", "L6", type=FieldType.LONG_TEXT, max_length=4000),
        field("penalty_class", "拟处罚种类", "L3", type=FieldType.CHOICES, choices=PENALTY_CLASSES),
        field("proposed_fine", "拟罚款金额（元）", "L3", type=FieldType.MONEY),
        field("proposed_confiscated", "拟没收金额（元）", "L3", type=FieldType.MONEY),
        field("hearing", "听证情况", "L3", type=FieldType.CHOICE, choices=HEARINGS),
        choices("circumstances", "案件情形", "R7", tuple(TICKED.values())),
        field(
            "major_by_hand",
            "属于重大执法决定的情形",
            "L3",
            type=FieldType.CHOICES,
            choices=tuple(JUDGED),
            help=f"由人判断的情形，填代号：{JUDGED_TOLD}。",
        ),
        field("major_reason", "认为属于重大执法决定的理由", "L3", type=FieldType.LONG_TEXT, max_length=2000),
        instant("investigation_ended_at", "调查终结时间", "L5"),
        field("stage", "阶段", "R3", type=FieldType.CHOICE, choices=tuple(STAGES.values())),
        field("decided_number", "决定书文号", "R21", type=FieldType.DOCUMENT_NUMBER, max_length=128),
        instant("decided_at", "决定时间", "R21", help="由报送系统填写；本系统不据此认定已经通过法制审核。"),
        field("ended_on", "执法行为终结日期", "R32", type=FieldType.DATE),
        field(
            "confidential",
            "是否涉密",
            "R35",
            type=FieldType.CHOICE,
            choices=CONFIDENTIAL,
            help="国家秘密不得录入本系统。",
        ),
        field(
            "not_applicable",
            "不适用的项目",
            "R12",
            type=FieldType.NUMBERS,
            help="只有规则允许的项目可以不适用，例如 R22-6。",
        ),
        field("not_applicable_reason", "不适用的理由", "R12", type=FieldType.LONG_TEXT, max_length=2000),
        field("remarks", "备注", "R2", type=FieldType.LONG_TEXT, max_length=2000),
    ),
)

CASE_PARTY = RecordKind(
    name="case_party",
    label="案件当事人",
    duty="R2",
    event="",
    sheets=("当事人", "案件当事人"),
    summary="案件的当事人、第三人、证人和投诉举报人。",
    fields=(
        field("case_number", "案号", "R2", type=FieldType.CODE, required=True, max_length=128, scope=Scope.DECISION),
        *party_block(),
        field("role", "身份", "R2", type=FieldType.CHOICE, choices=ROLES, help="不填视为当事人。"),
        field("address", "地址", "R23", max_length=500),
        field("contact", "联系方式", "R23", max_length=200),
    ),
)
