"""重大执法决定法制审核目录: which decisions a department's legal body must review before they are made (S3.2, L3).

An approved entry that says by what a decision is told (CRITERIA) is a rule of law: decisions that match it wait until
their review is attested (gongshi/lifecycle/catalogued.py).
"""

from __future__ import annotations

from gongshi.records.field import FieldType, SearchIn
from gongshi.records.party import PARTY_TYPES
from gongshi.records.penalty import PENALTY_CLASSES
from gongshi.records.registry.common import act_field, basis_table, heading, registry_kind, shown

TRIGGERS = (
    "社会影响或者社会风险",
    "直接关系重大权益",
    "经过听证",
    "案情疑难复杂",
    "重大公共利益",
    "法律法规规定",
)

KINDS_OF_ACT = {
    "行政许可": "licence",
    "行政处罚": "penalty",
    "行政强制": "coercion",
    "行政征收": "levy",
    "行政收费": "charge",
    "行政检查": "inspection",
}
"""The kind of decision of each act that has one."""
CRITERIA = ("penalty_classes", "items", "fine_at_least", "confiscated_at_least")
"""The fields of which one at least makes an entry a rule; all that are filled must hold, and `party_types`."""
_TOLD = "填了的，相符的决定由系统认定为重大执法决定；填了几项的要同时符合，几种情形分几条填。金额含本数。"

REVIEW_CATALOGUE = registry_kind(
    heading("name", "审核事项名称", article="S3.2", example="较大数额罚款的处罚决定", aliases=("目录名称",)),
    act_field("执法类别", required=True, example="行政处罚"),
    shown("matter", "审核事项", FieldType.LONG_TEXT, required=True, article="S3.2", help="哪些决定要审核。"),
    shown(
        "trigger",
        "审核情形",
        FieldType.CHOICES,
        required=True,
        choices=TRIGGERS,
        article="L3",
        help="属于哪几种情形，用顿号隔开。",
        example="经过听证、直接关系重大权益",
    ),
    shown("standard", "审核标准", FieldType.LONG_TEXT, article="L3", example="对公民处以5000元以上罚款"),
    shown("penalty_classes", "处罚种类", FieldType.CHOICES, choices=PENALTY_CLASSES, article="L3", help=_TOLD),
    shown(
        "items",
        "适用事项编码",
        FieldType.NUMBERS,
        article="L3",
        help=f"行政执法事项清单里的编码，用顿号隔开。{_TOLD}",
    ),
    shown("fine_at_least", "罚款起点（元）", FieldType.MONEY, search=SearchIn.NONE, article="L3", help=_TOLD),
    shown(
        "confiscated_at_least",
        "没收金额起点（元）",
        FieldType.MONEY,
        search=SearchIn.NONE,
        article="L3",
        help=_TOLD,
    ),
    shown(
        "party_types",
        "适用的行政相对人类别",
        FieldType.CHOICES,
        choices=PARTY_TYPES,
        article="L3",
        help="同上面各项一起用；不填的适用于各类行政相对人。",
    ),
    shown("materials", "送审材料", FieldType.LONG_TEXT, article="S3.2"),
    shown("body", "审核机构", required=True, article="S3.2", example="法规科"),
    basis_table(article="S3.2"),
    name="review_catalogue",
    label="重大执法决定法制审核目录",
    duty="S3.2",
    number="name",
    heading="name",
    identity=("name",),
    acts="act",
    sheets=("重大执法决定法制审核目录", "法制审核目录", "法制审核目录清单"),
    summary="作出前须经法制审核的重大执法决定：情形、标准、材料和审核机构。",
)
