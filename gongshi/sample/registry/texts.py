"""The sample city's texts (S0, S5), by the titles of its notice and with invented bodies, and determinations (D16)."""

from __future__ import annotations

from gongshi.records.department import Department
from gongshi.records.registry.text import (
    DISCLOSURE,
    OWN,
    PHRASES,
    RECORDING,
    REVIEW,
    REVIEW_CHART,
    SCHEME,
    TEMPLATES,
    WHOLE_CITY,
)
from gongshi.sample.registry.values import Record, place_number

_CITY_TEXTS = (
    (SCHEME, "松原市全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度责任分工方案"),
    (DISCLOSURE, "松原市行政执法公示办法"),
    (RECORDING, "松原市行政执法全过程记录实施办法"),
    (REVIEW, "松原市重大行政执法决定法制审核办法"),
)
FILES = {"现场检查笔录": "现场检查笔录.docx", "责令改正通知书": "责令改正通知书.docx"}
"""The document templates that can be downloaded, and the files that lie beside the texts."""
_NOT_THE_TEXT = "（示例：正文从略，以市政府发布的文本为准。）"
_REVIEW_STEPS = [
    {"number": "1", "name": "送审", "actor": "承办机构", "next": "2", "documents": "送审材料"},
    {
        "number": "2",
        "name": "审查材料",
        "actor": "法规科",
        "term": "7个工作日",
        "next": "3:材料齐全、4:材料不齐",
    },
    {"number": "3", "name": "提出审核意见", "actor": "法规科", "next": "5:同意、6:不同意", "documents": "审核意见书"},
    {"number": "4", "name": "退回补充材料", "actor": "法规科", "note": "补充后重新送审。"},
    {"number": "5", "name": "报负责人决定", "actor": "部门负责人", "next": "结束"},
    {"number": "6", "name": "退回承办机构", "actor": "法规科", "note": "修改后再次送审，有异议的报负责人。"},
]


def city_texts(department: Department) -> list[Record]:
    """The scheme and the three measures, sent by the body that reviews for the whole city."""
    return [
        _text(department, number, category, title, WHOLE_CITY) | {"body": f"{title}\n\n{_NOT_THE_TEXT}"}
        for number, (category, title) in enumerate(_CITY_TEXTS, 1)
    ]


def own_texts(department: Department) -> list[Record]:
    """The department's phrases, document templates and the flowchart of its legal review."""
    name = department.name
    phrases = "表明身份：您好，我们是执法人员，这是我们的执法证件。\n告知权利：您有陈述、申辩和申请回避的权利。（示例）"
    templates = "现场检查笔录、责令改正通知书的格式，可以下载填写。（示例）"
    samples = [{"label": label, "name": file} for label, file in FILES.items()]
    return [
        _text(department, 11, PHRASES, f"{name}行政执法规范用语", OWN) | {"body": phrases},
        _text(department, 12, TEMPLATES, f"{name}行政执法文书样本", OWN) | {"body": templates, "files": samples},
        _text(department, 13, REVIEW_CHART, f"{name}重大执法决定法制审核流程图", OWN)
        | {"body": "重大执法决定作出前，按下列步骤审核。", "steps": _REVIEW_STEPS},
    ]


def determination(department: Department, act: str, number: int) -> Record:
    """What the department publishes of one kind of act (D16)."""
    return {
        "act": act,
        "content": f"公开决定书文号、行政相对人、{act}的项目、依据、内容、金额、决定机关和决定日期（示例）。",
        "basis": "《松原市行政执法公示办法》第十六条第二款",
        "document": f"示例公开目录〔2026〕{number}号",
        "decided_on": "2026-01-15",
        "effective_from": "2026-01-20",
    }


def _text(department: Department, number: int, category: str, title: str, applies_to: str) -> Record:
    return {
        "category": category,
        "applies_to": applies_to,
        "index_number": f"{department.key}/2020-{place_number(department):03d}{number:02d}",
        "classification": "行政执法",
        "issuer": "松原市人民政府办公室" if applies_to == WHOLE_CITY else department.name,
        "formed_on": "2019-12-31",
        "title": title,
        "document_number": "松政办发〔2019〕25号" if applies_to == WHOLE_CITY else f"示例发〔2020〕{number}号",
        "released_on": "2020-01-02",
        "effective_from": "2020-01-02",
    }
