"""Four cases of the sample that need legal review, and what its people do in them on the days that `make serve` lives
through: one is under review, one waits for materials, in one handler and reviewer disagreed, one was decided.
"""

from __future__ import annotations

from datetime import date

from gongshi.sample.case_lines import DRAFTED, Officials, Sheets, as_sheets, begun, head, inspected
from gongshi.sample.story import HISTORY

UNDER_REVIEW, INCOMPLETE, DISAGREED, DECIDED = (f"松市监案〔2026〕{number}号" for number in range(305, 309))
_SECOND_DAY = date(2026, 11, 20)
DISCUSSED = "meeting.json"
"""The file with the minutes of the heads' meeting, made after the opinion: taken in after the cases, by its name, and
before the second day refused, for its time lies ahead."""
_MINUTES = "90"
_LEGAL, _OTHER_LEGAL, _HEAD, _MEETING = "郑示法", "杨示核", "刘示长", "刘示长、韩示副"
_MATERIALS = "1=有；2=有；3=有；4=有；5=na:没有举行听证，也没有评估；6=na:没有其他材料"
_STATEMENT = "1=有；2=有；3=有；4=有；5=na:没有其他情况"
_ASPECTS = "1=ok；2=ok；3=ok；4=ok；5=ok；6=ok；7=ok；8=na:没有其他内容"
Act = dict[str, str]


def reviewed(who: Officials) -> list[Sheets]:
    """The four cases as they are handed in: the investigation ended, the decision drafted."""
    return [_ready(number, who) for number in (UNDER_REVIEW, INCOMPLETE, DISAGREED, DECIDED)]


def _ready(number: str, who: Officials) -> Sheets:
    lines = begun(number, who, legality=True)
    inspected(lines, filmed="2026-08-03 18:00")
    lines.document("审查决定", "处理建议及情况说明", "2026-08-14 16:00", 记载内容=DRAFTED)
    lines.document("审查决定", "决定书代拟稿", "2026-08-14 17:00")
    cells = {
        "阶段": "审查决定",
        "执法行为终结日期": "",
        "属于重大执法决定的情形": "L3-2",
        "认为属于重大执法决定的理由": "直接关系当事人重大权益（示例）。",
        "拟罚款金额（元）": "50000",
    }
    return _in_november(as_sheets(head(number, who, **cells), lines))


def _in_november(sheets: Sheets) -> Sheets:
    """The same three months later, shortly before the days that are lived through."""
    return {
        title: [{label: cell.replace("2026-08-", "2026-11-") for label, cell in row.items()} for row in rows]
        for title, rows in sheets.items()
    }


def discussed(who: Officials) -> Sheets:
    """The minutes of the heads' meeting, as a line that is sent later."""
    minutes = {
        "案号": DECIDED,
        "序号": _MINUTES,
        "阶段": "审查决定",
        "文书或者记录": "集体讨论记录",
        "载体": "文字",
        "制作时间": "2026-11-19 15:00",
        "签字或盖章": "负责人",
    }
    return {"过程记录": [minutes]}


def acts(who: Officials) -> list[Act]:
    """What is done, in order: the day, the case, the step (gongshi/law/review/words.py), by whom, with which fields."""
    handler = who.two.partition("（")[0]
    first, second = HISTORY, _SECOND_DAY
    submit = {"materials": _MATERIALS, "statement": _STATEMENT, "to": "政策法规科"}
    agree = {"opinion": "agree", "aspects": _ASPECTS, "text": "事实清楚，证据充分，程序合法，同意（示例）。"}
    change = {
        "opinion": "change",
        "aspects": _ASPECTS.replace("3=ok", "3=problem:裁量偏重"),
        "text": "罚款数额与裁量基准不符，建议变更（示例）。",
    }
    views = {"handler_opinion": "情节较重，维持原来的数额。", "legal_opinion": "没有从重情节，应当变更。"}
    return [
        _act(first, UNDER_REVIEW, "submit", handler, **submit),
        _act(first, INCOMPLETE, "submit", handler, **submit),
        _act(first, INCOMPLETE, "request_materials", _LEGAL, items="4", until="2026-11-27"),
        _act(first, DISAGREED, "submit", handler, **submit),
        _act(first, DISAGREED, "receive", _LEGAL),
        _act(first, DISAGREED, "opine", _LEGAL, **change),
        _act(first, DISAGREED, "object", handler, reason="裁量适当（示例）。"),
        _act(first, DISAGREED, "consult", handler, note="未达成一致（示例）。"),
        _act(first, DISAGREED, "refer", handler, **views),
        _act(first, DECIDED, "submit", handler, **submit),
        _act(first, DECIDED, "receive", _LEGAL),
        _act(first, DECIDED, "opine", _LEGAL, **agree),
        _act(second, UNDER_REVIEW, "receive", _OTHER_LEGAL),
        _act(second, UNDER_REVIEW, "inquire", _OTHER_LEGAL, what="调阅现场检查录像（示例）。"),
        _act(second, DISAGREED, "rule", _HEAD, ruling="new_review", reason="由法制机构重新审核（示例）。"),
        _act(second, DISAGREED, "submit", handler, **submit),
        _act(second, DECIDED, "discuss", _HEAD, outcome="pass", participants=_MEETING, minutes_line=_MINUTES),
        _act(second, DECIDED, "decide", _HEAD, number="松市监罚〔2026〕388号"),
    ]


def _act(day: date, case: str, step: str, by: str, **fields: str) -> Act:
    return {"day": day.isoformat(), "case": case, "step": step, "by": by, **fields}
