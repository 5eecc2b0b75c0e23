"""How complete the record of a case is (S6): every requirement judged from what the tables hold, no person read.

An incomplete file never keeps a decision from being published. Whoever asks reads no payload, so it is no reading of
a case by a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gongshi.instance import Instance
from gongshi.law.recording.judge import Judge, what_lacks
from gongshi.law.recording.model import Finding, Status
from gongshi.records.cases.key import number_in
from gongshi.records.cases.lacking import in_words
from gongshi.store import Store
from gongshi.store.cases import CaseRow, LineRow, judged_lines, scan

STATUSES = {
    Status.MET: "符合",
    Status.EXCUSED: "已说明理由",
    Status.NOT_APPLICABLE: "不适用",
    Status.NOT_YET: "尚未到",
    Status.WAITING: "期限内",
    Status.UNDETERMINED: "无法判断",
    Status.LATE: "逾期",
    Status.INCOMPLETE: "不完整",
    Status.MISSING: "缺少",
}
_TOLD = (Status.MISSING, Status.INCOMPLETE, Status.LATE, Status.UNDETERMINED, Status.WAITING)
"""What a check tells one by one, the worst first; the rest is counted."""
_MOST_LISTED = 200
_COMMONEST = 10
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CaseCheck:
    """One case with everything that was asked of its record."""

    case: CaseRow
    findings: tuple[Finding, ...]

    @property
    def lacking(self) -> tuple[Finding, ...]:
        """What makes its record incomplete."""
        return what_lacks(self.findings)

    @property
    def complete(self) -> bool:
        """Whether nothing that must be there is missing, incomplete or late."""
        return not self.lacking

    @property
    def number(self) -> str:
        """Its number."""
        return number_in(self.case.key)

    def to_json(self) -> dict[str, object]:
        """What is told of it, as JSON types."""
        return {
            "id": self.case.id,
            "department": self.case.department,
            "number": self.number,
            "complete": self.complete,
            "findings": [finding_json(one) for one in self.findings if one.status in _TOLD],
            "counts": dict(Counter(str(one.status) for one in self.findings)),
        }

    def render_text(self) -> str:
        """The whole check in Chinese: what is missing, by which article, late by how much."""
        counts = Counter(one.status for one in self.findings)
        counted = "，".join(f"{word} {counts[status]}" for status, word in STATUSES.items() if counts[status])
        lines = [f"{self.number}（{self.case.id}）：{'完整' if self.complete else '不完整'}（{counted}）"]
        told = sorted((one for one in self.findings if one.status in _TOLD), key=lambda one: _TOLD.index(one.status))
        return "\n".join([*lines, *(f"  {_line(one)}" for one in told)])


@dataclass(slots=True)
class Completeness:
    """Many cases together: how many there are, how many are complete, which requirements are lacked most."""

    cases: int = 0
    complete: int = 0
    lacked: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By id and title of the requirement."""
    incomplete: list[CaseCheck] = field(default_factory=list)
    """The first of them."""

    @property
    def left_out(self) -> int:
        """How many incomplete cases are not listed."""
        return self.cases - self.complete - len(self.incomplete)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {
            "cases": self.cases,
            "complete": self.complete,
            "lacked": [{"requirement": id, "title": title, "cases": n} for (id, title), n in self.lacked.most_common()],
            "incomplete": [one.to_json() for one in self.incomplete],
            "left_out": self.left_out,
        }

    def render_text(self) -> str:
        """In Chinese, a line for each incomplete case."""
        lines = [f"案件 {self.cases} 件：完整 {self.complete} 件，不完整 {self.cases - self.complete} 件。"]
        if self.lacked:
            commonest = (f"{id} {title} {n} 件" for (id, title), n in self.lacked.most_common(_COMMONEST))
            lines.append("最多的：" + "；".join(commonest) + "。")
        lines += (f"  {one.number}（{one.case.id}）：{_briefly(one)}" for one in self.incomplete)
        if self.left_out:
            lines.append(f"  其余 {self.left_out} 件没有列出。")
        return "\n".join(lines)


def check_case(store: Store, instance: Instance, case: CaseRow, now: datetime) -> CaseCheck:
    """Every requirement against one case (R7 to R38), its terms as at `now`. Reads no payload; raises nothing."""
    return _checked(judge_of(instance), case, judged_lines(store, case.id), now)


def check_all(store: Store, instance: Instance, now: datetime, department: str = "") -> Iterator[CaseCheck]:
    """Every case, of a department or of all, one after the other in bounded memory."""
    judge = judge_of(instance)
    for case, own in scan(store, department):
        yield _checked(judge, case, own, now)


def completeness(checks: Iterable[CaseCheck], listed: int = _MOST_LISTED) -> Completeness:
    """What checks come to together, with the first `listed` incomplete ones."""
    found = Completeness()
    for one in checks:
        lacking = one.lacking
        found.cases += 1
        found.complete += not lacking
        found.lacked.update((lack.requirement.id, lack.requirement.title) for lack in lacking)
        if lacking and len(found.incomplete) < listed:
            found.incomplete.append(one)
    return found


def judge_of(instance: Instance) -> Judge:
    """What an instance asks of the record of a case."""
    return Judge(instance.requirements, {rule.id: rule for rule in instance.rules}, instance.calendar)


def finding_json(one: Finding) -> dict[str, object]:
    """A finding as JSON types; `late_minutes` by how much a term was or is missed."""
    return {
        "requirement": one.requirement.id,
        "title": one.requirement.title,
        "article": one.requirement.article,
        "stage": one.requirement.stage,
        "status": str(one.status),
        "counted": one.counted,
        "lines": list(one.lines),
        "lacking": list(in_words(one)),
        "due": one.due,
        "late_minutes": int(one.late.total_seconds() // 60) if one.late else 0,
    }


def late_by(late: timedelta) -> str:
    """By how much, in words: 3 日, 2 小时 30 分."""
    if late >= _DAY:
        return f"{late // _DAY} 日"
    hours, minutes = late // _HOUR, late % _HOUR // timedelta(minutes=1)
    return " ".join(filter(None, (f"{hours} 小时" if hours else "", f"{minutes} 分" if minutes else "")))


def _checked(judge: Judge, case: CaseRow, own: tuple[LineRow, ...], now: datetime) -> CaseCheck:
    return CaseCheck(case, judge.judge(case, own, now))


def _line(one: Finding) -> str:
    requirement = one.requirement
    at = f"（序号 {'、'.join(one.lines)}）" if one.lines else ""
    what = "；".join(in_words(one))
    term = f"晚 {late_by(one.late)}" if one.late else f"期限 {one.due.replace('T', ' ')[:16]}" if one.due else ""
    told = "，".join(filter(None, (what, term)))
    may = "" if one.counted else "，可以记录，不计入评查"
    said = f"：{told}" if told else ""
    status = STATUSES[one.status] if one.counted else "未记录"
    return f"[{status}] {requirement.id} {requirement.title}{at}{said}{may}（{requirement.article}）"


def _briefly(check: CaseCheck) -> str:
    counts = Counter(one.status for one in check.lacking)
    return "，".join(f"{STATUSES[status]} {counts[status]} 项" for status in _TOLD if counts[status])
