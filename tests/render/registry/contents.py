"""What a record of each kind holds, as the wall would write it: text by field, tables as rows."""

from __future__ import annotations

from typing import Any

BASIS = [
    {
        "law": "《中华人民共和国食品安全法》",
        "article": "第一百二十四条第一款",
        "text": "违反本法规定，有下列情形之一，尚不构成犯罪的，由县级以上人民政府食品安全监督管理部门没收违法所得和违法"
        "生产经营的食品、食品添加剂，并可以没收用于违法生产经营的工具、设备、原料等物品；违法生产经营的食品、食品添加剂货值金额不足一万元"
        "的，并处五万元以上十万元以下罚款；货值金额一万元以上的，并处货值金额十倍以上二十倍以下罚款；情节严重的，吊销许可证："
        "（五）生产经营超过保质期的食品、食品添加剂。",
    },
    {
        "law": "《中华人民共和国行政处罚法》",
        "article": "第二十八条",
        "text": "行政机关实施行政处罚时，应当责令当事人改正或者限期改正违法行为。",
    },
]
STEPS = [
    {"number": "1", "name": "立案", "actor": "综合执法大队", "term": "15日", "next": "2", "documents": "立案审批表"},
    {"number": "2", "name": "调查取证", "actor": "两名以上执法人员", "next": "3:违法事实成立、6:不成立"},
    {"number": "3", "name": "法制审核", "actor": "法规科", "term": "7个工作日", "next": "4"},
    {"number": "4", "name": "告知和听证", "actor": "综合执法大队", "next": "5", "note": "当事人可以陈述、申辩。"},
    {"number": "5", "name": "作出决定", "actor": "负责人", "documents": "行政处罚决定书", "next": "结束"},
    {"number": "6", "name": "不予处罚", "actor": "负责人"},
]
REMEDIES = [
    {
        "kind": "听证",
        "body": "作出决定的部门",
        "term": "收到告知书起5个工作日",
        "how": "较大数额罚款的可以要求。",
    },
    {"kind": "行政复议", "body": "松原市人民政府", "term": "知道之日起六十日内"},
    {"kind": "行政诉讼", "body": "有管辖权的人民法院", "term": "知道之日起六个月内"},
]
RECORDS: dict[str, dict[str, Any]] = {
    "subject": {
        "name": "松原市市场监督管理局",
        "standing": "法定行政机关",
        "duties": "负责食品、药品、特种设备安全监督管理，查处市场主体的违法行为。",
        "jurisdiction": "管辖市本级和跨县（市、区）的案件。",
        "area": "松原市",
        "superior": "吉林省市场监督管理厅",
        "bodies": [
            {"name": "综合执法大队", "duties": "查处案件。", "phone": "0438-0000002"},
            {"name": "行政审批办公室", "duties": "受理和审查行政许可申请。"},
        ],
    },
    "officer": {
        "name": "示例员",
        "certificate_number": "22070100001",
        "department_name": "松原市市场监督管理局",
        "body": "综合执法大队",
        "acts": "行政处罚、行政检查",
        "area": "松原市",
        "issuer": "吉林省人民政府",
        "valid_from": "2023-07-01",
        "valid_to": "2028-06-30",
        "state": "有效",
        "legal_reviewer": "0",
    },
    "enforcement_item": {
        "code": "2207-CF-001",
        "name": "对经营超过保质期食品的处罚",
        "act": "行政处罚",
        "basis": BASIS,
        "object": "食品经营者",
        "powers": "没收违法所得和违法经营的食品，罚款，情节严重的吊销许可证。",
        "level": "市、县",
        "body": "综合执法大队",
        "steps": STEPS,
        "remedies": REMEDIES,
        "rights": "知道执法的事实、理由和依据；要求执法人员出示证件；陈述、申辩；申请回避。",
        "discretion": [
            {
                "act": "经营超过保质期的食品",
                "circumstance": circumstance,
                "standard": standard,
                "basis": "示例裁量基准〔2026〕1号",
            }
            for circumstance, standard in (
                ("较轻", "处5万元至6万元罚款。"),
                ("较重", "处8万元至10万元罚款。"),
            )
        ],
        "responsibility": "超过法定时限或者违反法定程序的，依法追究责任。",
    },
    "random_inspection_item": {
        "code": "2207-SJ-001",
        "name": "食品销售监督检查",
        "basis": BASIS[:1],
        "subject": "松原市市场监督管理局",
        "object": "食品销售者",
        "content": "经营资质、进货查验、保质期管理。",
        "manner": "现场检查",
        "ratio": "不低于5%",
        "frequency": "每年一次",
    },
    "inspection_plan": {
        "name": "2026年第一季度双随机抽查计划",
        "year": "2026",
        "tasks": [{"item_code": "2207-SJ-001", "object": "食品销售者", "count": "20户", "period": "3月至5月"}],
        "manner": "从名录库中随机抽取。",
    },
    "recording_item": {
        "name": "查封涉案物品",
        "act": "行政强制",
        "stage": "查封扣押财产",
        "manner": "全程音像记录",
        "equipment": "执法记录仪",
        "elements": "告知、清点、封条、签字。",
        "storage": "24小时内存入指定服务器。",
        "custody": "由法规科管理。",
        "basis": BASIS[1:],
    },
    "review_catalogue": {
        "name": "较大数额罚款的处罚决定",
        "act": "行政处罚",
        "matter": "对公民处以5000元以上、对法人处以5万元以上罚款的处罚决定。",
        "trigger": "经过听证、直接关系重大权益",
        "standard": "主体合法、事实清楚、证据充分、程序合法、裁量适当。",
        "materials": "调查终结报告、证据、处罚建议。",
        "body": "法规科",
    },
    "service_guide": {
        "item_code": "2207-CF-001",
        "name": "食品经营许可",
        "act": "行政许可",
        "basis": BASIS[:1],
        "receiving_body": "松原市市场监督管理局政务服务窗口",
        "deciding_body": "松原市市场监督管理局",
        "conditions": "有与经营的食品品种、数量相适应的场所；有专职或者兼职的食品安全管理人员。",
        "preferences": "小微企业优先办理。",
        "materials": [
            {
                "name": "食品经营许可申请书",
                "form": "原件",
                "copies": "1",
                "source": "申请人自备",
                "sample": "申请人：示某某；经营场所：松原市示例大街1号。",
                "mistakes": "经营项目没有逐项勾选。",
                "file": "食品经营许可申请书",
            },
            {"name": "营业执照", "form": "复印件", "copies": "1", "mistakes": "复印件没有加盖公章。"},
        ],
        "process": "受理、审查、现场核查、决定、送达。",
        "legal_term": "20个工作日",
        "promised_term": "7个工作日",
        "certificate": "食品经营许可证",
        "fee": "不收费",
        "reductions": [{"kind": "免", "condition": "小微企业", "standard": "全免", "procedure": "无须申请。"}],
        "responsibility": "超期不办的，依法追究责任。",
        "supervision": "现场和电话监督",
        "remedies": "不服不予许可决定的，可以申请行政复议或者提起行政诉讼。",
        "hours": "工作日 8:30至16:30",
        "address": "松原市政务服务中心一楼",
        "phone": "0438-0000001",
        "complaint": "0438-0000003",
        "status_query": "凭受理号打电话查询。",
    },
    "post_board": {
        "window": "一楼3号窗口",
        "post": "食品经营许可受理岗",
        "officers": "22070100001",
        "duties": "受理食品经营许可申请，一次告知需要补正的材料。",
        "hours": "工作日 8:30至16:30",
        "place": "松原市政务服务中心一楼",
        "phone": "0438-0000001",
        "progress_query": "凭受理号查询。",
        "complaint": "0438-0000003",
        "items": "2207-CF-001",
        "samples": "申请人：示某某。",
    },
    "normative_text": {
        "category": "行政执法公示办法",
        "applies_to": "全市",
        "index_number": "112207000000000001/2026-00001",
        "classification": "行政执法",
        "issuer": "松原市人民政府办公室",
        "formed_on": "2019-11-01",
        "title": "松原市行政执法公示办法（示例）",
        "document_number": "松政办发〔2019〕25号",
        "released_on": "2019-11-05",
        "body": "第一条 为了规范行政执法公示工作，制定本办法。\n第二条 本办法适用于松原市行政区域内的行政执法机关。",
    },
    "determination": {
        "act": "行政收费",
        "content": "公开决定书文号、行政相对人、收费项目、依据、标准、金额、决定机关和决定日期。",
        "basis": "《城市道路管理条例》和示例收费目录。",
        "document": "松交发〔2026〕8号",
        "decided_on": "2026-03-02",
    },
}
