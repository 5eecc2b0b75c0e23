"""What waits for the second person: withdrawals, 紧急下架 and returns, with the day by which the law wants them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from gongshi.instance import Instance, UnknownDepartment
from gongshi.law.endings import FIELDS
from gongshi.law.terms import Due
from gongshi.law.withdrawal import confirmation_due, withdrawal_due
from gongshi.lifecycle.acts.act import ACT_LABELS, ending_label
from gongshi.lifecycle.case import Case, case_of
from gongshi.lifecycle.errors import DecisionNotFound
from gongshi.store import Store
from gongshi.store.acts import StoredAct, waiting
from gongshi.store.operations import RESTORE, SUSPEND


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAct:
    """One act without its answer.

    `number` is what `confirm` and `decline` take; `told` is what the first person filled in, by label, for the
    second to look at: for the department's eyes only. `deadline` is the last day: for a 紧急下架 that of its
    confirmation, for a withdrawal that of the takedown; None where no term runs. A provisional day never
    makes it overdue. `rule_id` and `article` set it.
    """

    number: int
    id: str
    document_number: str
    department: str
    department_name: str
    act: str
    ending: str
    by: str
    on: date
    told: tuple[tuple[str, str], ...]
    deadline: date | None
    provisional: bool
    overdue: bool
    rule_id: str
    article: str
    term: str

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        deadline = self.deadline.isoformat() if self.deadline else None
        return {**asdict(self), "on": self.on.isoformat(), "deadline": deadline}

    def render_text(self) -> Iterator[str]:
        """Its lines in Chinese."""
        what = ACT_LABELS[self.act] + (f"（{self.ending}）" if self.ending else "")
        yield f"    事项 {self.number}　{self.document_number}　{what}　{self.by} {self.on} 提出，等待审核人确认"
        yield from (f"      {label}：{value}" for label, value in self.told)
        if self.deadline:
            late = "，已超期" if self.overdue else ""
            mark = "（暂定，放假安排公布后重新计算）" if self.provisional else ""
            yield f"      最迟 {self.deadline}{mark}{late}；{self.term}（{self.article}，规则 {self.rule_id}）"


def open_acts(store: Store, instance: Instance, today: date) -> list[OpenAct]:
    """Every act that waits, by department, the most urgent first. What was erased meanwhile waits no more."""
    found = [one for stored in waiting(store) if (one := _open(store, instance, stored, today)) is not None]
    order = {key: place for place, key in enumerate(instance.departments)}
    return sorted(found, key=lambda one: (order[one.department], one.deadline or date.max, one.number))


def render_text(acts: Sequence[OpenAct]) -> list[str]:
    """The list in Chinese, a heading for each department; empty where nothing waits."""
    lines: list[str] = []
    for act in acts:
        if act.department_name not in lines:
            lines.append(act.department_name)
        lines.extend(act.render_text())
    return ["等待第二人确认：", *lines] if lines else []


def _open(store: Store, instance: Instance, stored: StoredAct, today: date) -> OpenAct | None:
    try:
        case = case_of(store, instance, stored.id, today)
    except (DecisionNotFound, UnknownDepartment):
        return None
    due = _due(case, stored)
    return OpenAct(
        number=stored.number,
        id=stored.id,
        document_number=case.number,
        department=case.department.key,
        department_name=case.department.name_on(today),
        act=stored.act,
        ending=ending_label(instance, stored.ending) if stored.ending else "",
        by=stored.by,
        on=stored.on,
        told=_told(stored),
        deadline=due.on if due else None,
        provisional=bool(due and due.provisional),
        overdue=bool(due and due.overdue(today)),
        rule_id=due.rule_id if due else "",
        article=due.article if due else "",
        term=due.text if due else "",
    )


def _told(stored: StoredAct) -> tuple[tuple[str, str], ...]:
    """The fields in the order in which they are asked for, and the reason where no field says it."""
    told = [(FIELDS[name].label, stored.fields[name]) for name in FIELDS if name in stored.fields]
    own = [] if stored.reason in stored.fields.values() else [("理由", stored.reason)]
    return (*told, *own)


def _due(case: Case, stored: StoredAct) -> Due | None:
    """By when: a return has no term, nor has an end without the act that it follows from."""
    rules, calendar = case.instance.rules, case.instance.calendar
    if stored.act == SUSPEND:
        return confirmation_due(case.facts, stored.on, rules, calendar)
    effective = stored.fields.get("effective_on")
    if stored.act == RESTORE or not effective:
        return None
    received = stored.fields.get("received_on")
    return withdrawal_due(
        case.facts,
        date.fromisoformat(effective),
        date.fromisoformat(received) if received else None,
        rules,
        calendar,
    )
