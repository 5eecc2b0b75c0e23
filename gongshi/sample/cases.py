"""Case files of the sample city: whole ones, one with gaps, one that is late, one that needs legal review.

Nothing here is drawn by chance, nobody in it is real, and nothing of it is public. One workbook of market supervision,
one JSON of another department; each case is written as its department would fill in the sheets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.records.department import Department
from gongshi.sample.registry.officers import officers
from gongshi.sample.workbook import write_sheets

Row = Mapping[str, str]
Sheets = dict[str, list[Row]]
WORKBOOK, JSON = "cases.xlsx", "cases.json"
_PARTY = {"行政相对人名称": "松原市示例食品商行", "行政相对人类别": "个体工商户", "身份": "当事人"}
_TOLD = "启动原因、当事人基本情况、承办人意见、承办机构意见、负责人意见"
_RIGHTS = "告知方式、告知陈述申辩权、告知申请回避权"
_DRAFTED = "起草人、起草机构审查人、法律依据、证据材料、考虑因素"
_ON_THE_SPOT = (
    "事实依据、法律依据具体条款、程序步骤及文书、陈述申辩内容、复核及采纳理由、告知方式、告知陈述申辩权、告知申请回避权"
)
_LAW = "《中华人民共和国食品安全法》第三十四条、第一百二十四条"


@dataclass(frozen=True, slots=True)
class _Officials:
    """Who acts in a department's cases: two officers, whom its register has, and who approves."""

    two: str
    reviewer: str = "沈示科"
    head: str = "关示副"
    archivist: str = "冯示档"


def write(submissions: Path, departments: Sequence[Department]) -> None:
    """Write the case files of the first two departments that decide."""
    first, second = departments[:2]
    write_sheets(submissions / first.key / WORKBOOK, _in_order(_market(_officials(first))))
    told = json.dumps(_in_order(_second(second, _officials(second))), ensure_ascii=False, indent=1)
    (submissions / second.key / JSON).write_text(told + "\n", encoding="utf-8")


def _officials(department: Department) -> _Officials:
    one, _, other = officers(department, 3)
    return _Officials("、".join(f"{who['name']}（{who['certificate_number']}）" for who in (one, other)))


def _in_order(cases: Sequence[Sheets]) -> Sheets:
    """All cases in one file, the sheets in their order."""
    titles = [kind.sheets[0] for kind in CASE_KINDS.values()]
    return {title: rows for title in titles if (rows := [row for case in cases for row in case.get(title, ())])}


def _market(who: _Officials) -> list[Sheets]:
    return [
        _whole("松市监案〔2026〕301号", who),
        _with_gaps("松市监案〔2026〕302号", who),
        _with_hearing("松市监案〔2026〕303号", who),
        _summary("松市监案〔2026〕304号", who),
    ]


def _second(department: Department, who: _Officials) -> list[Sheets]:
    prefix = department.number_prefixes[0].rstrip("罚处许检")
    return [_inspection(f"{prefix}检案〔2026〕301号", who)]


def _case(number: str, who: _Officials, **more: str) -> Row:
    told = {
        "案号": number,
        "执法类别": "处罚",
        "适用程序": "普通程序",
        "案件来源": "检查发现",
        "启动时间": "2026-08-03 09:00",
        "承办人": who.two,
        "承办机构": "综合执法大队",
        "听证情况": "未涉及",
        "基本事实": "经营超过保质期的食品（示例）。",
        "法律依据": _LAW,
        "拟作决定": "没收违法经营的食品，罚款五千元（示例）。",
        "拟罚款金额（元）": "5000",
        "调查终结时间": "2026-08-14 16:00",
        "阶段": "归档管理",
        "执法行为终结日期": "2026-08-31",
    }
    return {**told, **more}


class _Lines:
    """The lines of one case, numbered as they come."""

    def __init__(self, number: str, who: _Officials) -> None:
        self._number, self._who = number, who
        self.sheets: Sheets = {}
        self._count = 0

    def add(self, sheet: str, **cells: str) -> str:
        """A line; its number."""
        self._count += 1
        line = str(self._count)
        self.sheets.setdefault(sheet, []).append({"案号": self._number, "序号": line, **cells})
        return line

    def document(self, stage: str, kind: str, at: str, **cells: str) -> str:
        """A written record of the process."""
        told = {"阶段": stage, "文书或者记录": kind, "载体": "文字", "制作时间": at, "执法人员": self._who.two}
        return self.add("过程记录", **{**told, **cells})

    def video(self, about: str, at: str, stored: str) -> None:
        """A recording that goes with a line."""
        told = {"阶段": "调查取证", "文书或者记录": "音像记录", "载体": "录像", "所附序号": about, "制作时间": at}
        kept = {"储存时间": stored, "文字说明": "执法记录仪录像，全程（示例）。", "保管人": self._who.archivist}
        self.add("过程记录", **told, **kept, 文件校验值="0123456789abcdef" * 4)

    def approval(self, matter: str, day: str, **cells: str) -> None:
        """An approval through its three hands."""
        steps = (
            ("承办人", self._who.two, "09"),
            ("审核人", self._who.reviewer, "10"),
            ("批准人", self._who.head, "11"),
        )
        told = {"审批事项": matter}
        for role, person, hour in steps:
            told |= {
                role: person,
                f"{role}意见": "同意",
                f"{role}理由": "符合规定（示例）。",
                f"{role}时间": f"{day} {hour}:00",
            }
        self.add("内部审批", **{**told, **cells})


def _begun(number: str, who: _Officials) -> _Lines:
    """The approval of the start, an inspection and an inquiry."""
    lines = _Lines(number, who)
    lines.approval("程序启动", "2026-08-02")
    lines.document("程序启动", "程序启动审批表", "2026-08-02 09:00", 记载内容=_TOLD)
    return lines


def _inspected(lines: _Lines, *, filmed: str) -> None:
    signed = {"是否出示证件": "是", "签字或盖章": "执法人员、当事人"}
    line = lines.document("调查取证", "现场检查（勘验）笔录", "2026-08-03 10:00", **signed)
    if filmed:
        lines.video(line, "2026-08-03 10:00", filmed)
    lines.document("调查取证", "询问笔录", "2026-08-04 14:00", **signed)
    lines.document("调查取证", "权利告知书", "2026-08-14 09:00", 记载内容=_RIGHTS, 签字或盖章="执法人员、当事人")
    lines.document("调查取证", "调查终结报告", "2026-08-14 15:00")


def _decided(lines: _Lines, who: _Officials) -> None:
    lines.document("审查决定", "草拟说明", "2026-08-17 09:00", 记载内容=_DRAFTED)
    lines.approval("处理决定", "2026-08-18")
    lines.document("审查决定", "负责人审批表", "2026-08-18 11:00", 签字或盖章="负责人")
    lines.document("审查决定", "执法决定书", "2026-08-19 09:00", 记载内容="处理理由")
    served = {"送达的文书": "执法决定书", "送达方式": "直接送达", "送达时间": "2026-08-20 10:00", "送达人": who.two}
    lines.add("送达", **served, 签收人="示例食品商行", 签字或盖章="送达人、受送达人")


def _closed(lines: _Lines, who: _Officials, archived: str) -> None:
    done = {"事项": "履行", "时间": "2026-08-31 15:00", "结果": "罚款已缴纳（示例）。", "记载内容": "履行情况"}
    lines.add("履行执行", **done)
    lines.add("归档", 归档时间=archived, 档号="示例-301", 保管人=who.archivist, 存放处="档案室一号柜")


def _told(case: Row, lines: _Lines) -> Sheets:
    return {"案件": [case], "当事人": [{"案号": case["案号"], **_PARTY}], **lines.sheets}


def _whole(number: str, who: _Officials) -> Sheets:
    """From the start to the archive, everything that is asked for and in time."""
    lines = _begun(number, who)
    _inspected(lines, filmed="2026-08-03 18:00")
    _decided(lines, who)
    _closed(lines, who, "2026-09-15 10:00")
    return _told(_case(number, who), lines)


def _with_gaps(number: str, who: _Officials) -> Sheets:
    """No approval of the start, a recording stored late, archived late."""
    lines = _Lines(number, who)
    _inspected(lines, filmed="2026-08-06 18:00")
    _decided(lines, who)
    _closed(lines, who, "2026-10-20 10:00")
    return _told(_case(number, who), lines)


def _with_hearing(number: str, who: _Officials) -> Sheets:
    """A hearing was asked for: legal review has to come before the decision, and has not begun."""
    lines = _begun(number, who)
    _inspected(lines, filmed="2026-08-03 18:00")
    goes_on = {"阶段": "审查决定", "执法行为终结日期": "", "听证情况": "已要求", "拟罚款金额（元）": "50000"}
    return _told(_case(number, who, **goes_on), lines)


def _summary(number: str, who: _Officials) -> Sheets:
    """On the spot."""
    lines = _Lines(number, who)
    signed = {"签字或盖章": "执法人员、当事人", "记载内容": _ON_THE_SPOT}
    lines.document("审查决定", "当场处罚决定书", "2026-08-03 09:30", **signed)
    lines.document("审查决定", "当场处罚备案表", "2026-08-04 09:00", 记载内容="备案内容")
    _closed(lines, who, "2026-09-01 10:00")
    told = {"适用程序": "简易程序", "拟作决定": "警告（示例）。", "拟罚款金额（元）": "", "调查终结时间": ""}
    return _told(_case(number, who, **told, 不适用的项目="R22-6", 不适用的理由="没有当场收缴罚款。"), lines)


def _inspection(number: str, who: _Officials) -> Sheets:
    """An inspection that found nothing."""
    lines = _begun(number, who)
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
    return _told(_case(number, who, **told), lines)
