"""Case files of the sample city: all six kinds of act, whole ones, one with gaps, one that is late, and those whose
legal review the sample's people live through (gongshi/sample/reviewed_cases.py).

Nothing here is drawn by chance, nobody in it is real, and nothing of it is public. One workbook of market supervision,
one JSON of another department; each case is written as its department would fill in the sheets.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.records.department import Department
from gongshi.sample.case_lines import (
    Lines,
    Officials,
    Sheets,
    as_sheets,
    begun,
    closed,
    decided,
    head,
    inspected,
    officials,
)
from gongshi.sample.files import dump_yaml
from gongshi.sample.reviewed_cases import DISCUSSED, acts, discussed, reviewed
from gongshi.sample.workbook import write_sheets

WORKBOOK, JSON = "cases.xlsx", "cases.json"
ACTS = ".reviews.yml"
"""What the people of the sample do in its legal reviews, day by day (gongshi sample --reviews)."""
_ON_THE_SPOT = (
    "事实依据、法律依据具体条款、程序步骤及文书、陈述申辩内容、复核及采纳理由、告知方式、告知陈述申辩权、告知申请回避权"
)


def write(submissions: Path, departments: Sequence[Department]) -> None:
    """Write the case files of the first two departments that decide, and what the first one's reviews come to."""
    first, second = departments[:2]
    who = officials(first)
    write_sheets(submissions / first.key / WORKBOOK, _in_order(_market(who)))
    _write_json(submissions / second.key / JSON, _in_order(_second(second, officials(second))))
    _write_json(submissions / first.key / DISCUSSED, discussed(who))
    dump_yaml(submissions / first.key / ACTS, acts(who))


def _write_json(path: Path, sheets: Sheets) -> None:
    path.write_text(json.dumps(sheets, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _in_order(cases: Sequence[Sheets]) -> Sheets:
    """All cases in one file, the sheets in their order."""
    titles = [kind.sheets[0] for kind in CASE_KINDS.values()]
    return {title: rows for title in titles if (rows := [row for case in cases for row in case.get(title, ())])}


def _market(who: Officials) -> list[Sheets]:
    return [
        _whole("松市监案〔2026〕301号", who),
        _with_gaps("松市监案〔2026〕302号", who),
        _with_hearing("松市监案〔2026〕303号", who),
        _summary("松市监案〔2026〕304号", who),
        *reviewed(who),
        _licence("松市监案〔2026〕309号", who),
        _sealing("松市监案〔2026〕310号", who),
    ]


def _second(department: Department, who: Officials) -> list[Sheets]:
    prefix = department.number_prefixes[0].rstrip("罚处许检")
    return [
        _inspection(f"{prefix}检案〔2026〕301号", who),
        _payment(f"{prefix}案〔2026〕302号", who, "征收"),
        _payment(f"{prefix}案〔2026〕303号", who, "收费"),
    ]


def _whole(number: str, who: Officials) -> Sheets:
    """From the start to the archive, everything that is asked for and in time."""
    lines = begun(number, who)
    inspected(lines, filmed="2026-08-03 18:00")
    decided(lines, who)
    closed(lines, who, "2026-09-15 10:00")
    return as_sheets(head(number, who), lines)


def _with_gaps(number: str, who: Officials) -> Sheets:
    """No approval of the start, a recording stored late, archived late."""
    lines = Lines(number, who)
    inspected(lines, filmed="2026-08-06 18:00")
    decided(lines, who)
    closed(lines, who, "2026-10-20 10:00")
    return as_sheets(head(number, who), lines)


def _with_hearing(number: str, who: Officials) -> Sheets:
    """A hearing was asked for: legal review has to come before the decision, and has not begun."""
    lines = begun(number, who)
    inspected(lines, filmed="2026-08-03 18:00")
    goes_on = {"阶段": "审查决定", "执法行为终结日期": "", "听证情况": "已要求", "拟罚款金额（元）": "50000"}
    return as_sheets(head(number, who, **goes_on), lines)


def _summary(number: str, who: Officials) -> Sheets:
    """On the spot."""
    lines = Lines(number, who)
    signed = {"签字或盖章": "执法人员、当事人", "记载内容": _ON_THE_SPOT}
    lines.document("审查决定", "当场处罚决定书", "2026-08-03 09:30", **signed)
    lines.document("审查决定", "当场处罚备案表", "2026-08-04 09:00", 记载内容="备案内容")
    closed(lines, who, "2026-09-01 10:00")
    told = {"适用程序": "简易程序", "拟作决定": "警告（示例）。", "拟罚款金额（元）": "", "调查终结时间": ""}
    return as_sheets(head(number, who, **told, 不适用的项目="R22-6", 不适用的理由="没有当场收缴罚款。"), lines)


def _inspection(number: str, who: Officials) -> Sheets:
    """An inspection that found nothing."""
    lines = begun(number, who)
    signed = {"是否出示证件": "是", "签字或盖章": "执法人员、当事人"}
    line = lines.document("调查取证", "现场检查（勘验）笔录", "2026-08-03 10:00", **signed)
    lines.video(line, "2026-08-03 10:00", "2026-08-03 18:00")
    lines.add("归档", 归档时间="2026-09-01 10:00", 保管人=who.archivist, 存放处="档案室二号柜")
    told = {
        "执法类别": "检查",
        "基本事实": "未发现问题（示例）。",
        "法律依据": "",
        "拟作决定": "",
        "拟罚款金额（元）": "",
    }
    return as_sheets(head(number, who, **told), lines)


def _licence(number: str, who: Officials) -> Sheets:
    """On application: accepted, looked at, granted."""
    lines = Lines(number, who)
    for document in ("申请书", "书面凭证或回执", "受理决定书"):
        lines.document("程序启动", document, "2026-08-03 09:00")
    decided(lines, who)
    lines.add("归档", 归档时间="2026-09-15 10:00", 保管人=who.archivist, 存放处="档案室一号柜")
    cells = {
        "执法类别": "许可",
        "适用程序": "依申请程序",
        "案件来源": "依申请",
        "基本事实": "申请食品经营许可，材料齐全（示例）。",
        "拟作决定": "准予许可（示例）。",
        "拟罚款金额（元）": "",
    }
    return as_sheets(head(number, who, **cells), lines)


def _sealing(number: str, who: Officials) -> Sheets:
    """A coercive measure: sealed before a camera, with its approval."""
    lines = begun(number, who)
    inspected(lines, filmed="2026-08-03 18:00")
    lines.approval("强制措施", "2026-08-03")
    signed = {"是否出示证件": "是", "签字或盖章": "执法人员、当事人"}
    sealing = lines.document("调查取证", "查封文书", "2026-08-03 13:00", **signed)
    lines.video(sealing, "2026-08-03 13:00", "2026-08-03 18:00")
    decided(lines, who)
    closed(lines, who, "2026-09-15 10:00")
    cells = {"执法类别": "强制", "拟作决定": "查封涉案食品三十日（示例）。", "拟罚款金额（元）": ""}
    return as_sheets(head(number, who, **cells), lines)


def _payment(number: str, who: Officials, act: str) -> Sheets:
    """What has to be paid, levied or charged."""
    lines = begun(number, who)
    inspected(lines, filmed="2026-08-03 18:00")
    decided(lines, who)
    closed(lines, who, "2026-09-15 10:00")
    cells = {
        "执法类别": act,
        "基本事实": "应当缴纳的款项没有按期缴纳（示例）。",
        "法律依据": "",
        "拟作决定": "限期缴纳五千元（示例）。",
        "拟罚款金额（元）": "",
    }
    return as_sheets(head(number, who, **cells), lines)
