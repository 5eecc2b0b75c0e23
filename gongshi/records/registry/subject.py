"""行政执法主体信息: what a department is for, how it is organised, and by what right it acts (D6).

Its name of each day and its supervision channel (D13) stay in data/reference/departments.yml, which decisions need too.
"""

from __future__ import annotations

from gongshi.records.field import FieldType, SearchIn
from gongshi.records.registry.common import column, heading, registry_kind, shown, table

STATUTORY, AUTHORISED, ENTRUSTED = "法定行政机关", "法律法规授权组织", "受委托组织"
STANDINGS = (STATUTORY, AUTHORISED, ENTRUSTED)

SUBJECT = registry_kind(
    heading(
        "name",
        "主体名称",
        article="D6",
        help="与登记的部门名称一致。",
        example="松原市市场监督管理局",
        aliases=("执法主体名称", "执法主体"),
    ),
    shown(
        "standing",
        "主体性质",
        FieldType.CHOICE,
        required=True,
        choices=STANDINGS,
        choice_aliases=(("行政机关", STATUTORY), ("授权组织", AUTHORISED), ("委托组织", ENTRUSTED)),
        search=SearchIn.NONE,
        article="D6",
        example=STATUTORY,
        aliases=("主体类别",),
    ),
    shown("entrusting_body", "委托机关", article="D6", help="受委托组织必填。"),
    shown("entrusting_document", "委托文书", article="D6", help="委托书的名称和文号。"),
    shown("duties", "职责", FieldType.LONG_TEXT, required=True, article="D6", aliases=("主要职责", "执法职责")),
    shown("jurisdiction", "管辖", FieldType.LONG_TEXT, required=True, article="D6", aliases=("管辖范围",)),
    shown("area", "执法区域", required=True, article="D6", example="松原市", aliases=("执法地域",)),
    shown("superior", "上级主管部门", article="D6", example="吉林省市场监督管理厅"),
    table(
        "bodies",
        "内设执法机构",
        column("name", "机构名称", required=True, example="综合执法大队"),
        column("duties", "职责分工", FieldType.LONG_TEXT, required=True, aliases=("分工",)),
        column("phone", "机构电话", FieldType.PHONE),
        article="D6",
        help="每个机构一行。",
    ),
    name="subject",
    label="行政执法主体信息",
    duty="D6",
    number="name",
    heading="name",
    sheets=("行政执法主体信息", "执法主体信息", "执法主体"),
    summary="执法主体的性质、职责、管辖、执法区域和内设执法机构；每个部门一条。",
)
