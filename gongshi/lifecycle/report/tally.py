"""What the supervisor's report counts, and under which name (S6, D32): the columns of every table of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

COLUMNS: dict[str, str] = {
    "formed": "形成",
    "due": "应公示",
    "in_time": "按期",
    "late": "迟公示",
    "overdue": "超期未公示",
    "waiting": "未到期",
    "undetermined": "期限未定",
    "excused": "依法未公示",
    "in_review": "待审核",
    "returned": "退回",
    "held": "暂缓",
    "withheld": "不予公开",
    "chosen": "其中选定",
    "corrected": "更正",
    "changed": "变更",
    "change_overdue": "变更超期",
    "withdrawn": "撤下",
    "withdrawn_late": "迟撤下",
    "suspended": "紧急下架",
    "expired": "期满",
    "restored": "恢复",
    "earlier": "补录",
    "requests": "更正申请",
    "answered": "已答复",
    "answered_in_time": "按期答复",
    "requests_overdue": "答复超期",
}
"""Every column in order, and its heading.

形成 is what the store knows of decisions formed in the month, without 历史数据补录, which has a column of
its own. It is the sum of 按期, 迟公示, 超期未公示, 未到期, 期限未定 (no term in force, or past a provisional
date) and 依法未公示 (a confirmed ground, an end, before it was ever public). 应公示 is the sum of the first
three. The other columns overlap with these; a decision stands in the month in which it was formed. 其中选定:
withheld on a ground that the department or its reviewer chose, not by a rule that leaves no choice. 更正申请
(D31) stand in the month in which they arrived.
"""

PARTS = ("in_time", "late", "overdue", "waiting", "undetermined", "excused")
"""The columns that together are 形成: each decision is in exactly one."""
ANSWERS = ("requests", "answered", "answered_in_time", "requests_overdue")
"""The columns about requests for correction."""
_DUE = ("in_time", "late", "overdue")


@dataclass(frozen=True, slots=True, order=True)
class Because:
    """Why something is held, withheld or withdrawn: a stable code and its words."""

    code: str
    text: str


@dataclass(slots=True)
class Tally:
    """The numbers of one department, one month, or all.

    `held` counts by reason (a decision may have several), `withheld` by ground, `withdrawn` by ending;
    `days` are the calendar days that each answered request took.
    """

    counts: Counter[str] = field(default_factory=Counter)
    held: Counter[Because] = field(default_factory=Counter)
    withheld: Counter[Because] = field(default_factory=Counter)
    withdrawn: Counter[Because] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether it counted anything."""
        return any(self.counts.values())

    def __getitem__(self, column: str) -> int:
        """The number in a column."""
        return sum(self.counts[name] for name in _DUE) if column == "due" else self.counts[column]

    @property
    def share(self) -> float | None:
        """The share of what was due that was public in time; None where nothing was due."""
        return self["in_time"] / self["due"] if self["due"] else None

    @property
    def median_days(self) -> float | None:
        """How many calendar days an answer took, half of them no more; None where nothing was answered."""
        return median(self.days) if self.days else None

    def add(self, other: Tally) -> None:
        """Count what `other` counted as well."""
        self.counts.update(other.counts)
        self.held.update(other.held)
        self.withheld.update(other.withheld)
        self.withdrawn.update(other.withdrawn)
        self.days.extend(other.days)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types; `share_in_time` is null where nothing was due."""
        return {
            **{column: self[column] for column in COLUMNS},
            "share_in_time": None if self.share is None else round(self.share, 4),
            "median_days_to_answer": self.median_days,
            "held_by_reason": _listed(self.held),
            "withheld_by_ground": _listed(self.withheld),
            "withdrawn_by_ending": _listed(self.withdrawn),
        }


def total(tallies: Iterable[Tally]) -> Tally:
    """Their sum."""
    found = Tally()
    for tally in tallies:
        found.add(tally)
    return found


def _listed(counter: Counter[Because]) -> list[dict[str, object]]:
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return [{"code": because.code, "text": because.text, "count": count} for because, count in ordered]
