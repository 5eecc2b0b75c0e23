"""The sample's other registers of a department: itself, what it inspects by lot, records, and has reviewed."""

from __future__ import annotations

from gongshi.records.department import Department
from gongshi.records.registry.recording import FULL, KEY_STAGES
from gongshi.sample.catalogue import SECTORS
from gongshi.sample.registry.values import SINCE, Record, basis, district, phone, place_number

_YEAR = 2026


def subject(department: Department) -> Record:
    """What the department says of itself (D6)."""
    return {
        "name": department.name,
        "standing": "法定行政机关",
        "duties": f"负责本行政区域{department.sector}领域的监督管理，依法实施许可、处罚、强制和检查（示例）。",
        "jurisdiction": f"{district(department)}行政区域内{department.sector}领域的行政执法事项。",
        "area": district(department),
        "superior": department.superior,
        "bodies": [
            {"name": "综合执法大队", "duties": "查处违法行为，实施行政强制。", "phone": phone(department, 11)},
            {"name": "行政审批办公室", "duties": "受理、审查行政许可申请。", "phone": phone(department, 12)},
            {"name": "监督检查科", "duties": "组织日常检查和随机抽查。", "phone": phone(department, 13)},
            {"name": "法规科", "duties": "法制审核、听证、复议应诉。", "phone": phone(department, 14)},
        ],
        "effective_from": SINCE,
        "secrecy_checked": "是",
    }


def random_items(department: Department, count: int) -> list[Record]:
    """随机抽查事项, by the names under which the sample's results are published."""
    return [
        {
            "code": inspection_code(department, number),
            "name": check.item,
            "basis": basis(check.basis),
            "subject": department.name,
            "object": "本行政区域内的有关生产经营者",
            "content": f"{check.content}。",
            "manner": "现场检查、书面检查",
            "ratio": "不低于5%",
            "frequency": "每年1次",
            "effective_from": SINCE,
        }
        for number, check in enumerate(SECTORS[department.sector].checks[:count], 1)
    ]


def inspection_code(department: Department, number: int) -> str:
    """The code of a random-inspection item."""
    return f"{department.region}-{place_number(department):02d}-SJ-{number:03d}"


def plan(department: Department, count: int) -> Record:
    """The year's plan, by the name that the sample's results bear."""
    periods = ("3月至4月", "5月至6月", "7月至8月", "9月至10月")
    return {
        "name": f"{_YEAR}年{department.sector}领域“双随机、一公开”抽查计划",
        "year": str(_YEAR),
        "tasks": [
            {
                "item_code": inspection_code(department, number),
                "object": "名录库内的生产经营者",
                "ratio": "5%",
                "count": f"{number * 10}户",
                "period": periods[(number - 1) % len(periods)],
            }
            for number in range(1, count + 1)
        ],
        "joint": "与生态环境、卫生健康等部门联合抽查的，由牵头部门组织（示例）。",
        "manner": "从检查对象名录库和执法人员名录库中分别随机抽取。",
        "effective_from": SINCE,
    }


def recording_items(department: Department) -> list[Record]:
    """音像记录事项 (S2.2): what is recorded in full, and what at its key moments."""
    table = (
        ("查封、扣押涉案财物", "行政强制", "查封扣押财产", FULL),
        ("现场检查", "行政检查", "现场执法", KEY_STAGES),
        ("处罚决定书留置送达", "行政处罚", "留置送达", KEY_STAGES),
    )
    return [
        {
            "name": name,
            "act": act,
            "stage": stage,
            "manner": manner,
            "place": "执法现场",
            "equipment": "执法记录仪",
            "elements": "时间、地点、人员、执法过程、当事人反应、告知权利的内容。",
            "usage": "开始执法前开机，说明时间地点和事由，执法结束后关机，中断的说明原因。",
            "storage": "制作完成后24小时内存入执法信息系统，不得自行保管。",
            "custody": "由法规科指定专人管理，调取须经批准。",
            "phrases": "我们是执法人员，这是我们的执法证件，现在依法进行检查，全程录音录像，请予配合。",
            "basis": basis("《中华人民共和国行政处罚法》第四十七条"),
            "effective_from": SINCE,
        }
        for name, act, stage, manner in table
    ]


def review_catalogue(department: Department) -> list[Record]:
    """重大执法决定法制审核目录 (S3.2)."""
    table = (
        ("较大数额罚款", "行政处罚", "拟对公民处5000元以上、对单位处50000元以上罚款的决定。", "直接关系重大权益"),
        ("经过听证的处罚", "行政处罚", "经过听证程序的处罚决定。", "经过听证"),
        ("吊销许可证件", "行政处罚", "拟吊销许可证件、责令停产停业的决定。", "直接关系重大权益、社会影响或者社会风险"),
        ("疑难复杂的许可", "行政许可", "涉及多个法律关系或者重大公共利益的许可决定。", "案情疑难复杂、重大公共利益"),
    )
    return [
        {
            "name": name,
            "act": act,
            "matter": matter,
            "trigger": trigger,
            "standard": "主体、权限、事实、证据、依据、程序、裁量、文书逐项审核。",
            "materials": "拟作出的决定、调查终结报告、证据目录、听证笔录（有听证的）。",
            "body": "法规科",
            "basis": basis("《中华人民共和国行政处罚法》第五十八条"),
            "effective_from": SINCE,
        }
        for name, act, matter, trigger in table
    ]
