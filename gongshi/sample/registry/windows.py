"""What a citizen meets at a window of the sample city: service guides with their forms, and post boards."""

from __future__ import annotations

from collections.abc import Sequence

from gongshi.records.department import Department
from gongshi.sample.registry.officers import certificate
from gongshi.sample.registry.values import SINCE, Record, phone

_HOURS = "工作日 8:30至11:30，13:00至16:30"
FORM, LETTER, GUIDE, MAP = "申请书", "授权委托书", "填写说明", "窗口位置图"
FILES = {FORM: "申请书.docx", LETTER: "授权委托书.docx", GUIDE: "填写说明.pdf", MAP: "窗口位置图.png"}
"""The sample's attachments: their names, and the files that lie beside the guides."""


def guides(department: Department, items: Sequence[Record], count: int) -> list[Record]:
    """A guide for each of the first licences of the department's items (D15, D24)."""
    licences = [item for item in items if item["act"] == "行政许可"]
    return [_guide(department, item) for item in licences[:count]]


def boards(department: Department, guided: Sequence[Record], count: int) -> list[Record]:
    """So many posts; two officers at each (S1.2)."""
    posts = ("综合受理岗", "咨询引导岗", "证件发放岗")
    codes = "、".join(str(guide["item_code"]) for guide in guided)
    return [
        {
            "window": f"政务服务中心一楼{number}号窗口",
            "post": post,
            "officers": f"{certificate(department, number)}、{certificate(department, number + 2)}",
            "duties": f"{post}：一次告知、当场受理、按时办结，说明理由和救济途径。",
            "hours": _HOURS,
            "place": "示例路1号政务服务中心一楼",
            "phone": phone(department, 20 + number),
            "progress_query": "凭受理通知书编号在窗口或者拨打咨询电话查询。",
            "consult": phone(department, 1),
            "complaint": department.channel_phone,
            "items": codes,
            "samples": "申请人：示例商贸有限公司；申请事项：示例许可；联系人：示某某。",
            "effective_from": SINCE,
        }
        for number, post in enumerate(posts[:count], 1)
    ]


def _guide(department: Department, item: Record) -> Record:
    return {
        "item_code": item["code"],
        "name": item["name"],
        "act": item["act"],
        "basis": item["basis"],
        "receiving_body": f"{department.name}政务服务窗口",
        "deciding_body": f"{department.name}行政审批办公室",
        "conditions": "有与申请事项相适应的场所、设备、人员和管理制度，符合法律、法规、规章规定的条件。",
        "preferences": "小型微型企业首次申请的，提供帮办代办服务（示例）。",
        "materials": [
            {
                "name": FORM,
                "form": "原件",
                "copies": "1",
                "source": "申请人自备，窗口提供空白表格",
                "sample": "申请人：示例商贸有限公司；地址：示例街1号；申请日期：2026年3月2日。",
                "mistakes": "漏盖公章；地址与营业执照不一致。",
                "file": FORM,
            },
            {
                "name": "营业执照",
                "form": "复印件",
                "copies": "1",
                "source": "政府部门核发",
                "sample": "加盖公章，写明“与原件一致”。",
                "mistakes": "没有加盖公章；已经变更而用旧照。",
            },
            {
                "name": LETTER,
                "form": "原件",
                "copies": "1",
                "source": "申请人自备",
                "sample": "委托人：示例商贸有限公司；受托人：示某某；委托事项：办理申请。",
                "mistakes": "没有写委托期限。",
                "file": LETTER,
            },
        ],
        "legal_term": "20个工作日",
        "promised_term": "7个工作日",
        "certificate": str(item["name"]).removesuffix("核发"),
        "fee": "不收费",
        "reductions": [
            {"kind": "免", "condition": "法律、法规规定免收的", "standard": "全部", "procedure": "窗口当场核定。"}
        ],
        "responsibility": "不依法受理、超过时限、违法收费的，依照《中华人民共和国行政许可法》追究责任。",
        "supervision": f"监督电话 {department.channel_phone}，邮箱 {department.channel_email}。",
        "remedies": "对决定不服的，可以自知道之日起六十日内申请行政复议，或者六个月内提起行政诉讼。",
        "hours": _HOURS,
        "address": "示例路1号政务服务中心一楼",
        "phone": phone(department, 21),
        "consult": phone(department, 1),
        "complaint": department.channel_phone,
        "status_query": "凭受理通知书编号在窗口、电话或者网上查询。",
        "online": "网上办事大厅（示例）。",
        "files": [{"label": name, "name": file} for name, file in FILES.items()],
        "effective_from": SINCE,
    }
