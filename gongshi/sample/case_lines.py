"""The parts of which the sample's case files are made: who acts, the lines of a case, what each stage leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongshi.records.department import Department
from gongshi.sample.registry.officers import officers

Row = Mapping[str, str]
Sheets = dict[str, list[Row]]
PARTY = {"行政相对人名称": "松原市示例食品商行", "行政相对人类别": "个体工商户", "身份": "当事人"}
TOLD = "启动原因、当事人基本情况、承办人意见、承办机构意见、负责人意见"
RIGHTS = "告知方式、告知陈述申辩权、告知申请回避权"
DRAFTED = "起草人、起草机构审查人、法律依据、证据材料、考虑因素"
LAW = "《中华人民共和国食品安全法》第三十四条、第一百二十四条"


@dataclass(frozen=True, slots=True)
class Officials:
    """Who acts in a department's cases: two officers, whom its register has, and who approves."""

    two: str
    reviewer: str = "沈示科"
    head: str = "关示副"
    archivist: str = "冯示档"


def officials(department: Department) -> Officials:
    """Those of a department; the first and the third officer of its register."""
    one, _, other = officers(department, 3)
    return Officials("、".join(f"{who['name']}（{who['certificate_number']}）" for who in (one, other)))


def head(number: str, who: Officials, **more: str) -> Row:
    """The row of the case itself: a general procedure that ended, with other cells where `more` says so."""
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
        "法律依据": LAW,
        "拟作决定": "没收违法经营的食品，罚款五千元（示例）。",
        "拟罚款金额（元）": "5000",
        "调查终结时间": "2026-08-14 16:00",
        "阶段": "归档管理",
        "执法行为终结日期": "2026-08-31",
    }
    return {**told, **more}


class Lines:
    """The lines of one case, numbered as they come."""

    def __init__(self, number: str, who: Officials) -> None:
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


def begun(number: str, who: Officials, *, legality: bool = False) -> Lines:
    """The approval of the start, with the legal body's view where the case is a major one from its start (R8)."""
    lines = Lines(number, who)
    lines.approval("程序启动", "2026-08-02")
    lines.document("程序启动", "程序启动审批表", "2026-08-02 09:00", 记载内容=TOLD + "、合法性审查意见" * legality)
    return lines


def inspected(lines: Lines, *, filmed: str) -> None:
    """The investigation; its inspection filmed and stored at that time, or not filmed at all."""
    signed = {"是否出示证件": "是", "签字或盖章": "执法人员、当事人"}
    line = lines.document("调查取证", "现场检查（勘验）笔录", "2026-08-03 10:00", **signed)
    if filmed:
        lines.video(line, "2026-08-03 10:00", filmed)
    lines.document("调查取证", "询问笔录", "2026-08-04 14:00", **signed)
    lines.document("调查取证", "权利告知书", "2026-08-14 09:00", 记载内容=RIGHTS, 签字或盖章="执法人员、当事人")
    lines.document("调查取证", "调查终结报告", "2026-08-14 15:00")


def decided(lines: Lines, who: Officials) -> None:
    """From the draft to the service of the decision."""
    lines.document("审查决定", "草拟说明", "2026-08-17 09:00", 记载内容=DRAFTED)
    lines.approval("处理决定", "2026-08-18")
    lines.document("审查决定", "负责人审批表", "2026-08-18 11:00", 签字或盖章="负责人")
    lines.document("审查决定", "执法决定书", "2026-08-19 09:00", 记载内容="处理理由")
    served = {"送达的文书": "执法决定书", "送达方式": "直接送达", "送达时间": "2026-08-20 10:00", "送达人": who.two}
    lines.add("送达", **served, 签收人="示例食品商行", 签字或盖章="送达人、受送达人")


def closed(lines: Lines, who: Officials, archived: str) -> None:
    """Performed, and in the archive."""
    done = {"事项": "履行", "时间": "2026-08-31 15:00", "结果": "罚款已缴纳（示例）。", "记载内容": "履行情况"}
    lines.add("履行执行", **done)
    lines.add("归档", 归档时间=archived, 档号="示例-301", 保管人=who.archivist, 存放处="档案室一号柜")


def as_sheets(case: Row, lines: Lines) -> Sheets:
    """The case with its party and its lines."""
    return {"案件": [case], "当事人": [{"案号": case["案号"], **PARTY}], **lines.sheets}
