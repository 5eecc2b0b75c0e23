"""Requests for correction on the departments' side: which are open, until when, and what became of the others (D31)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby

from gongshi.instance import Instance
from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import Question
from gongshi.law.terms import Due
from gongshi.law.withdrawal import since
from gongshi.lifecycle.requests.errors import RequestUnknown
from gongshi.records.department import Department
from gongshi.records.request import STATE_LABELS, RequestState, plain
from gongshi.store import Store, latest
from gongshi.store.requests import StoredRequest, request, requests

_NO_TERM = Due(on=None, rule_id="", article="", text="没有施行中的办理期限规定")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request without what was written in it: it names nobody.

    `decision` is the decision's id, `document_number` its 文号 as the store has it now, for its department alone.
    `due_on` is the last day of the term, None where no rule sets one, `provisional` while the year's holidays
    are not known; `term`, `rule_id`, `article` and `note` (that it is a default) are the rule's. `answered_on`
    is None while it is open.
    """

    department: str
    department_name: str
    number: str
    decision: str
    document_number: str
    received_on: date
    files: int
    state: RequestState
    due_on: date | None
    provisional: bool
    term: str
    rule_id: str
    article: str
    note: str
    overdue: bool
    answered_on: date | None
    referred_to: str

    @property
    def section(self) -> str:
        """The heading under which it is listed."""
        return STATE_LABELS[self.state] if self.answered_on else "更正申请超期" if self.overdue else "更正申请待答复"

    @property
    def in_time(self) -> bool:
        """Whether it was answered within its term."""
        return self.answered_on is not None and (self.due_on is None or self.answered_on <= self.due_on)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        days = {name: day.isoformat() if day else None for name, day in self._days()}
        return {**asdict(self), **days, "state": self.state.value, "section": self.section}

    def _days(self) -> tuple[tuple[str, date | None], ...]:
        return (("received_on", self.received_on), ("due_on", self.due_on), ("answered_on", self.answered_on))

    def render_text(self, today: date) -> Iterator[str]:
        """Its lines in Chinese."""
        files = f"　附件 {self.files} 个" if self.files else ""
        about = f"{self.document_number}（编号 {self.decision}）" if self.document_number else self.decision
        yield f"    {self.number}　决定 {about or '（内容已清除）'}　{STATE_LABELS[self.state]}{files}"
        if self.answered_on:
            to = f"，转 {self.referred_to}" if self.referred_to else ""
            yield f"      {self.received_on} 收到，{self.answered_on} 答复{to}"
            return
        late = f"，已超期 {(today - self.due_on).days} 天" if self.overdue and self.due_on else ""
        mark = "（暂定，放假安排公布后重新计算）" if self.provisional else ""
        basis = f"；{self.term}（{self.article}，规则 {self.rule_id}）。{self.note}" if self.rule_id else ""
        yield f"      {self.received_on} 收到，应答复日期 {self.due_on or '无'}{mark}{late}{basis}"


def requests_due(store: Store, instance: Instance, today: date) -> list[RequestRow]:
    """Every open request, by department, the most urgent first: for `gongshi due`, status and alarms."""
    return _rows(store, instance, today, list(requests(store, unanswered=True)))


def all_requests(store: Store, instance: Instance, today: date) -> list[RequestRow]:
    """Every request, the answered ones too."""
    return _rows(store, instance, today, list(requests(store)))


def _rows(store: Store, instance: Instance, today: date, found: Sequence[StoredRequest]) -> list[RequestRow]:
    numbers = document_numbers(store, {one.decision for one in found if one.decision})
    return _sorted([row_of(instance, one, today, numbers.get(one.decision, "")) for one in found], instance)


def document_numbers(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """What each of these decisions is numbered in the store now; nothing for one that was erased."""
    return {one.id: one.decision.values.get("document_number") or "" for one in latest(store, ids)}


def _sorted(rows: list[RequestRow], instance: Instance) -> list[RequestRow]:
    order = {key: place for place, key in enumerate(instance.departments)}
    return sorted(
        rows,
        key=lambda row: (
            *(order.get(row.department, len(order)), row.department, row.answered_on is not None),
            *(row.due_on or date.max, row.number),
        ),
    )


def find_request(store: Store, number: str) -> StoredRequest:
    """The request with that receipt number, as it was typed. Raises RequestUnknown."""
    asked = plain(number).upper()
    found = request(store, asked)
    if found is None:
        raise RequestUnknown(f"没有编号为“{asked[:40]}”的更正申请：请用 gongshi requests 列出的编号。")
    return found


def row_of(instance: Instance, one: StoredRequest, today: date, document_number: str = "") -> RequestRow:
    """A request with its term and what that means today."""
    department = instance.departments.get(one.department)
    due = term_of(instance, one, department)
    rule = instance.rules.get(due.rule_id)
    return RequestRow(
        department=one.department,
        department_name=department.name_on(today) if department else one.department,
        number=one.number,
        decision=one.decision,
        document_number=document_number,
        received_on=one.received_on,
        files=one.files,
        state=RequestState(one.result) if one.result else RequestState.HANDLING,
        due_on=due.on,
        provisional=due.provisional,
        term=due.text if due.on else "",
        rule_id=due.rule_id,
        article=due.article,
        note=rule.note if rule else "",
        overdue=not one.result and due.overdue(today),
        answered_on=one.answered_on if one.result else None,
        referred_to=one.referred_to,
    )


def term_of(instance: Instance, one: StoredRequest, department: Department | None) -> Due:
    """By when the request is to be answered: the term in force on the day of its arrival (D31)."""
    facts = DecisionFacts(
        kind=one.kind,
        department=one.department,
        sector=department.sector if department else "",
        event_on=one.received_on,
    )
    return since(Question.CORRECTION, facts, one.received_on, instance.rules, instance.calendar) or _NO_TERM


def render_text(rows: Sequence[RequestRow], today: date) -> str:
    """The list in Chinese, by department."""
    open_rows = [row for row in rows if row.answered_on is None]
    if not rows:
        return f"截至 {today}，没有待办理的更正申请。"
    late = sum(row.overdue for row in open_rows)
    lines = [f"截至 {today}：待办理的更正申请 {len(open_rows)} 件，其中超期 {late} 件。"]
    for name, ours in groupby(rows, key=lambda row: row.department_name):
        lines.append(name)
        lines.extend(line for row in ours for line in row.render_text(today))
    return "\n".join(lines)
