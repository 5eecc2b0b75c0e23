"""执法人员: who may enforce, and until when the certificate holds (D7); who reviews among them (S3.1).

No identity number, photograph, day of birth, telephone or rank is declared, so none is ever kept.
"""

from __future__ import annotations

from gongshi.records.field import Field, FieldType, SearchIn
from gongshi.records.registry.common import ACT_ALIASES, ACTS, heading, registry_kind, shown

VALID, SUSPENDED, CANCELLED, REVOKED = "有效", "暂扣", "注销", "吊销"
STATES = (VALID, SUSPENDED, CANCELLED, REVOKED)

OFFICER = registry_kind(
    heading("name", "姓名", max_length=50, article="D7", example="示例员", aliases=("执法人员姓名", "人员姓名")),
    shown(
        "certificate_number",
        "执法证号",
        FieldType.CODE,
        required=True,
        max_length=50,
        search=SearchIn.NUMBER,
        article="D7",
        help="按文本填写。",
        example="22070100001",
        aliases=("执法证件号", "执法证件编号", "证件编号", "行政执法证号", "证号"),
    ),
    shown(
        "department_name",
        "所属部门",
        required=True,
        search=SearchIn.NONE,
        article="D7",
        help="报送部门的名称或者统一社会信用代码。",
        example="松原市市场监督管理局",
        aliases=("所属单位", "工作单位", "执法单位"),
    ),
    shown("body", "所在执法机构", article="D6", example="综合执法大队", aliases=("所在机构", "执法机构")),
    shown(
        "acts",
        "执法类别",
        FieldType.CHOICES,
        required=True,
        choices=ACTS,
        choice_aliases=ACT_ALIASES,
        article="D7",
        help="六类执法里从事哪几类，用顿号隔开。",
        example="行政处罚、行政检查",
        aliases=("执法类型",),
    ),
    shown("area", "执法区域", required=True, article="D7", example="松原市", aliases=("执法地域",)),
    shown("issuer", "发证机关", required=True, article="D7", example="吉林省人民政府"),
    shown("valid_from", "有效期自", FieldType.DATE, required=True, article="D7", aliases=("发证日期", "有效期起")),
    shown("valid_to", "有效期至", FieldType.DATE, required=True, article="D7", aliases=("有效期止", "证件有效期")),
    shown(
        "state",
        "证件状态",
        FieldType.CHOICE,
        choices=STATES,
        search=SearchIn.NONE,
        article="D7",
        help="不填就是有效；过期的不用填，网站按有效期自己判断。",
        example=VALID,
    ),
    Field(
        name="state_on",
        label="状态日期",
        type=FieldType.DATE,
        article="D7",
        help="暂扣、注销、吊销的日期，不公示。",
    ),
    shown(
        "legal_reviewer",
        "法制审核人员",
        FieldType.FLAG,
        article="S3.1",
        help="列入法制审核人员名录库的填“是”。",
        aliases=("是否法制审核人员",),
    ),
    shown("reviewer_filed_on", "备案日期", FieldType.DATE, article="S3.1", help="法制审核人员确认、备案的日期。"),
    name="officer",
    label="执法人员",
    duty="D7",
    number="certificate_number",
    heading="name",
    identity=("certificate_number",),
    folder="officers",
    former=False,
    indexed=False,
    acts="acts",
    sheets=("执法人员", "执法人员名录", "执法人员名单", "行政执法人员"),
    summary="持有行政执法证件的人员：姓名、证号、所属部门、执法类别和区域、证件是否有效。",
)
