"""Case files for the tests: one case with its parties and lines, as sheets of rows, written as each format has them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import xlsxwriter
import xlwt
import yaml

from gongshi.intake.batch import SourceFile

NUMBER = "松市监案〔2026〕1号"
TWO = "张示一（吉A示例001）、李示二（吉A示例002）"
Sheets = dict[str, list[dict[str, Any]]]

CASE = {
    "案号": NUMBER,
    "执法类别": "处罚",
    "适用程序": "普通程序",
    "启动时间": "2026-03-02 09:30",
    "承办人": TWO,
    "案件来源": "检查发现",
    "基本事实": "经营超过保质期的食品",
    "法律依据": "《中华人民共和国食品安全法》第一百二十四条",
    "拟作决定": "罚款",
    "拟罚款金额（元）": "5000",
    "听证情况": "未涉及",
    "阶段": "调查取证",
}
PARTY = {
    "案号": NUMBER,
    "行政相对人名称": "松原示例商贸有限公司",
    "行政相对人类别": "法人及非法人组织",
    "身份": "当事人",
}
INSPECTION = {
    "案号": NUMBER,
    "序号": "1",
    "阶段": "调查取证",
    "文书或者记录": "现场检查（勘验）笔录",
    "载体": "文字",
    "制作时间": "2026-03-02 10:00",
    "执法人员": TWO,
    "是否出示证件": "是",
    "签字或盖章": "执法人员、当事人",
}
VIDEO = {
    "案号": NUMBER,
    "序号": "2",
    "阶段": "调查取证",
    "文书或者记录": "音像记录",
    "载体": "录像",
    "所附序号": "1",
    "制作时间": "2026-03-02 10:00",
    "储存时间": "2026-03-02 18:00",
    "文字说明": "检查全过程",
    "保管人": "王示管",
}
APPROVAL = {
    "案号": NUMBER,
    "序号": "3",
    "审批事项": "程序启动",
    "承办人": "张示一",
    "承办人意见": "建议启动",
    "承办人时间": "2026-03-02 08:30",
    "批准人": "刘示长",
    "批准人意见": "同意",
    "批准人时间": "2026-03-02 09:00",
}
SERVICE = {
    "案号": NUMBER,
    "序号": "4",
    "送达的文书": "执法决定书",
    "送达方式": "直接送达",
    "送达时间": "2026-03-20 10:00",
    "送达人": TWO,
    "签字或盖章": "送达人、受送达人",
}


def sheets(**changed: Mapping[str, Any]) -> Sheets:
    """A right case; `changed` are cells of one sheet's first row: case, party, record, approval, service."""
    return {
        "案件": [{**CASE, **changed.get("case", {})}],
        "当事人": [{**PARTY, **changed.get("party", {})}],
        "过程记录": [{**INSPECTION, **changed.get("record", {})}, {**VIDEO, **changed.get("video", {})}],
        "审批": [{**APPROVAL, **changed.get("approval", {})}],
        "送达": [{**SERVICE, **changed.get("service", {})}],
    }


def as_json(told: Sheets, name: str = "案卷.json") -> SourceFile:
    return SourceFile(name, orjson.dumps(told))


def as_yaml(told: Sheets, name: str = "案卷.yaml") -> SourceFile:
    return SourceFile(name, yaml.safe_dump(told, allow_unicode=True, sort_keys=False).encode())


def as_workbook(told: Sheets, name: str = "案卷.xlsx") -> SourceFile:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for title, rows in told.items():
            _write(book.add_worksheet(title), rows)
    return SourceFile(name, target.getvalue())


def as_old_workbook(told: Sheets, name: str = "案卷.xls") -> SourceFile:
    target, book = io.BytesIO(), xlwt.Workbook()
    for title, rows in told.items():
        sheet = book.add_sheet(title)
        labels = list(dict.fromkeys(label for row in rows for label in row))
        for at, cells in enumerate([labels, *([row.get(label, "") for label in labels] for row in rows)]):
            for column, cell in enumerate(cells):
                sheet.write(at, column, cell)
    book.save(target)
    return SourceFile(name, target.getvalue())


def _write(sheet: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    labels = list(dict.fromkeys(label for row in rows for label in row))
    sheet.write_row(0, 0, labels)
    for at, row in enumerate(rows, start=1):
        sheet.write_row(at, 0, [row.get(label, "") for label in labels])
