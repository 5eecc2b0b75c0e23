"""The legal reviews whose clock runs: until when, and whether that day, or that of asked materials, is over (L11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby

from gongshi.instance import Instance
from gongshi.law.recording.hours import Instant
from gongshi.law.review.words import State
from gongshi.lifecycle.legal.acts import term_of
from gongshi.records.cases.key import number_in
from gongshi.store import Store
from gongshi.store.cases import CaseRow, under_review

SOON_DAYS = 3
"""Working days ahead that count as soon, as for decisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One review, without any person: the case, its round and state, the last day (None where no rule sets one) with
    its rule. `asked_until` is the day by which materials were asked for, `materials_late` whether that is over."""

    department: str
    department_name: str
    case: str
    number: str
    round: int
    state: State
    submitted_on: date
    due_on: date | None
    provisional: bool
    term: str
    rule_id: str
    article: str
    asked_until: str
    materials_late: bool
    overdue: bool
    soon: bool

    @property
    def section(self) -> str:
        """The heading under which it is listed."""
        if self.overdue:
            return "法制审核超期"
        return "法制审核材料逾期未补" if self.materials_late else "法制审核即将到期"

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        days = {"submitted_on": str(self.submitted_on), "due_on": str(self.due_on) if self.due_on else None}
        return {**asdict(self), **days, "state": self.state.value, "section": self.section}

    def render_text(self, today: date) -> Iterator[str]:
        """Its lines in Chinese."""
        yield f"    {self.number}（{self.case}）　第 {self.round} 轮　{self.state.label}"
        late = f"，已超期 {(today - self.due_on).days} 天" if self.overdue and self.due_on else ""
        mark = "（暂定，放假安排公布后重新计算）" if self.provisional else ""
        basis = f"；{self.term}（{self.article}，规则 {self.rule_id}）" if self.rule_id else ""
        yield f"      {self.submitted_on} 送审，审核期限 {self.due_on or '无'}{mark}{late}{basis}"
        if self.materials_late:
            yield f"      要求在 {self.asked_until} 以前补正的材料还没有提交"


def reviews_due(store: Store, instance: Instance, today: date, *, soon_days: int = SOON_DAYS) -> list[ReviewRow]:
    """The reviews that are past their day or near it, or wait for materials past theirs, by department, the most
    urgent first (L6, L11)."""
    places = {key: place for place, key in enumerate(instance.departments)}
    horizon = instance.calendar.add_working_days(today, soon_days).on
    rows = (_row(instance, case, today, horizon) for case in under_review(store))
    found = [row for row in rows if row.overdue or row.soon or row.materials_late]
    return sorted(found, key=lambda row: (places[row.department], row.section, row.due_on or date.max, row.case))


def render_text(rows: Sequence[ReviewRow], today: date) -> str:
    """The list in Chinese, by department."""
    lines = ["法制审核："]
    for name, ours in groupby(rows, key=lambda row: row.department_name):
        lines.append(name)
        for section, group in groupby(ours, key=lambda row: row.section):
            told = list(group)
            lines.append(f"  {section} {len(told)} 件")
            lines += (line for row in told for line in row.render_text(today))
    return "\n".join(lines)


def _row(instance: Instance, case: CaseRow, today: date, horizon: date) -> ReviewRow:
    term, state = term_of(instance, case), State(case.review)
    on = term.on if term else None
    return ReviewRow(
        department=case.department,
        department_name=instance.departments[case.department].name_on(today),
        case=case.id,
        number=number_in(case.key),
        round=case.round,
        state=state,
        submitted_on=Instant.read(case.submitted_at).earliest.date(),
        due_on=on,
        provisional=bool(term and term.provisional),
        term=term.text if term and on else "",
        rule_id=term.rule_id if term and on else "",
        article=term.article if term and on else "",
        asked_until=case.asked_until,
        materials_late=state is State.INCOMPLETE and "" < case.asked_until < today.isoformat(),
        overdue=bool(term and term.overdue(today)),
        soon=on is not None and on <= horizon,
    )
