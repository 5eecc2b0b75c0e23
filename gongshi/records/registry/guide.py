"""服务指南: everything that somebody must know who comes to a window, as the articles list it (D15, D24)."""

from __future__ import annotations

from gongshi.records.field import FieldType, SearchIn
from gongshi.records.registry.common import (
    act_field,
    basis_table,
    column,
    files_field,
    heading,
    item_code,
    registry_kind,
    shown,
    table,
)

FORMS = ("原件", "复印件", "原件和复印件", "电子件")
REDUCTIONS = ("减", "免", "缓", "征")
_LONG = FieldType.LONG_TEXT

SERVICE_GUIDE = registry_kind(
    item_code("事项编码", required=True, search=SearchIn.NUMBER, article="D24"),
    heading("name", "事项名称", article="D24", example="食品经营许可", aliases=("办理事项",)),
    act_field(),
    basis_table(required=True, article="D24"),
    shown("receiving_body", "受理机构", required=True, article="D24", example="松原市市场监督管理局政务服务窗口"),
    shown("deciding_body", "审批机构", required=True, article="D24", aliases=("决定机构",)),
    shown("conditions", "许可条件", _LONG, required=True, article="D24", aliases=("办理条件", "受理条件")),
    shown("preferences", "优惠政策", _LONG, article="D24"),
    table(
        "materials",
        "申请材料",
        column("name", "材料名称", required=True, example="食品经营许可申请书"),
        column(
            "form",
            "材料形式",
            FieldType.CHOICE,
            choices=FORMS,
            choice_aliases=(("原件及复印件", FORMS[2]), ("纸质", FORMS[0]), ("电子", FORMS[3])),
            example=FORMS[0],
        ),
        column("copies", "份数", max_length=20, example="1"),
        column("source", "材料来源", example="申请人自备"),
        column("sample", "示范文本", _LONG, help="一份填好的样子，人名、号码写成一看就知道是虚构的。"),
        column("mistakes", "常见错误", _LONG, aliases=("常见错误示例",)),
        column("file", "空白表格", help="附件里的名称。"),
        required=True,
        article="D15",
        help="每种材料一行。",
    ),
    shown("process", "办理流程", _LONG, article="D24", help="不填的，显示事项清单里这个事项的执法流程。"),
    shown("legal_term", "法定时限", required=True, article="D24", example="20个工作日", aliases=("法定办理时限",)),
    shown("promised_term", "承诺时限", article="D24", example="7个工作日", aliases=("承诺办理时限",)),
    shown("certificate", "结果证照", article="D15", example="食品经营许可证", aliases=("办理结果",)),
    shown("fee", "收费", article="D15", example="不收费", aliases=("收费标准",)),
    table(
        "reductions",
        "减免缓征",
        column("kind", "种类", FieldType.CHOICE, choices=REDUCTIONS, required=True, example="免"),
        column("condition", "条件", required=True),
        column("standard", "标准"),
        column("procedure", "程序", _LONG),
        article="D15",
        help="减、免、缓、征，每种一行。",
    ),
    shown("responsibility", "责任追究", _LONG, required=True, article="D24"),
    shown("supervision", "监督方式", required=True, article="D24", search=SearchIn.NONE),
    shown("remedies", "救济渠道", _LONG, required=True, article="D24", aliases=("救济途径",)),
    shown("hours", "办公时间", required=True, article="D24", search=SearchIn.NONE, example="工作日 8:30至16:30"),
    shown("address", "办公地址", required=True, article="D24"),
    shown("phone", "办公电话", FieldType.PHONE, required=True, article="D24", example="0438-0000001"),
    shown("consult", "咨询电话", FieldType.PHONE, article="D15", aliases=("咨询方式",)),
    shown("complaint", "投诉电话", FieldType.PHONE, required=True, article="D15", aliases=("投诉方式",)),
    shown("status_query", "进度查询", required=True, article="D15", search=SearchIn.NONE, help="怎样查办到哪一步。"),
    shown("online", "网上办理", max_length=500, article="D15", search=SearchIn.NONE),
    files_field(article="D15"),
    name="service_guide",
    label="服务指南",
    duty="D24",
    number="item_code",
    heading="name",
    identity=("item_code",),
    folder="guides",
    acts="act",
    sheets=("服务指南", "办事指南"),
    summary="一个事项怎样办：条件、材料、流程、时限、收费、地址和电话。",
)
