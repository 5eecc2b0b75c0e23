"""What each department still has to do: due, overdue, held, returned, waiting for review (D27, D33).

The clock starts with the decision and stops only at publication or at a ground that a reviewer has
confirmed: not while a batch waits, was returned or is held. 历史数据补录 is outside timeliness. What
persons took down, and what stays down, is listed elsewhere (open_acts, attention). A provisional date,
in a year whose holidays are not announced, never makes anything overdue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import groupby, islice

import orjson

from gongshi.instance import Instance
from gongshi.intake.spool import Spool
from gongshi.law.facts import DecisionFacts
from gongshi.law.horizon import next_change
from gongshi.law.publishability import Reason, Standing, Verdict, judge
from gongshi.law.terms import changed_after_publication
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.stored_facts import facts_of
from gongshi.lifecycle.transitions import LABELS, State
from gongshi.records import SUBMITTED_KINDS
from gongshi.store import Pending, Store
from gongshi.store.operations import RECEIVED, RETURNED
from gongshi.store.queries import decision_of, still_open

_MOST_TOLD = 200
"""Decisions of one department and section that a text lists; all are counted, JSON has all."""
_OVER = (Standing.WITHHELD, Standing.SEALED, Standing.EXPIRED)
"""What the law says of a decision that, once confirmed by a reviewer, nobody has to publish."""


_DAYS = ("received_on", "legal_due", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One decision that is not public as it should be.

    `state` is received, returned, held or scheduled. `legal_due` is None where no clock runs (historical
    data, a mere correction, a term that has not begun); `term` is the term in words, `rule_id` and
    `article` the rule that set it; `target` an earlier day that the department set itself. `soon`: due
    within the next few working days. `undecided`: the rules of the term contradict each other, and the city has
    to settle it. `reasons` say why it is held; `opinion` why it was returned.
    """

    department: str
    department_name: str
    id: str
    kind: str
    number: str
    receipt: str
    received_on: date
    earlier: bool
    state: State
    legal_due: date | None
    target: date | None
    term: str
    rule_id: str
    article: str
    provisional: bool
    overdue: bool
    soon: bool
    undecided: bool
    reasons: tuple[Reason, ...]
    opinion: str

    @property
    def section(self) -> str:
        """The heading under which it is listed: the most urgent that fits."""
        if self.overdue:
            return "超期未公示"
        return "即将到期" if self.soon else LABELS[self.state]

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        given = {name: getattr(self, name) for name in _DAYS}
        days = {name: day.isoformat() if day else None for name, day in given.items()}
        return {**asdict(self), **days, "state": self.state.value, "section": self.section}

    def render_text(self, today: date) -> Iterator[str]:
        """Its lines in Chinese."""
        yield f"    {self.number}　{SUBMITTED_KINDS[self.kind].label}　{LABELS[self.state]}　回执 {self.receipt}"
        if self.legal_due:
            late = f"，已超期 {(today - self.legal_due).days} 天" if self.overdue else ""
            mark = "（暂定，放假安排公布后重新计算）" if self.provisional else ""
            yield f"      应公示日期 {self.legal_due}{mark}{late}；{self.term}（{self.article}，规则 {self.rule_id}）"
            if self.target:
                yield f"      部门自己的目标：{self.target}"
        elif self.earlier:
            yield "      历史数据补录，不计时限"
        if self.undecided:
            yield f"      期限的规则相互冲突，暂按已知最早的日期，请市里决定：gongshi explain {self.id} 写明理由"
        for reason in self.reasons:
            basis = f"（{reason.article}）" if reason.article else ""
            yield f"      暂缓原因：{reason.text}{basis}"
        if self.opinion:
            yield f"      退回意见：{self.opinion}"


def due_rows(store: Store, instance: Instance, today: date, *, soon_days: int = 3) -> Iterator[DueRow]:
    """Everything that is not public as it should be, one after the other, in no order.

    `soon_days` is how many working days ahead count as soon. What a reviewer confirmed and the last rebuild found
    that nobody has to publish is not looked at again before the next rebuild (projections.IS_OPEN).
    """
    instance = determined(store, instance)
    for pending in still_open(store):
        row = due_row(store, instance, pending, today, soon_days=soon_days)
        if row is not None:
            yield row


def due(store: Store, instance: Instance, today: date, *, department: str = "", soon_days: int = 3) -> Spool[DueRow]:
    """All of `due_rows`, or one department's, by department, the most urgent first.

    They lie in a private file: with everything of a large city open they would fill the memory.
    """
    places = {key: place for place, key in enumerate(instance.departments)}
    found, keys = Spool(_encoded, _decoded), []
    for row in due_rows(store, instance, today, soon_days=soon_days):
        if not department or row.department == department:
            found.append(row)
            keys.append(_sort_key(row, places))
    in_order = Spool(_encoded, _decoded)
    for at in sorted(range(len(keys)), key=keys.__getitem__):
        in_order.extend_raw(found.raw(at, at + 1))
    return in_order


def _encoded(row: DueRow) -> bytes:
    return orjson.dumps(row)


def _decoded(raw: bytes) -> DueRow:
    told = orjson.loads(raw)
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in _DAYS}
    reasons = tuple(Reason(**reason) for reason in told["reasons"])
    return DueRow(**{**told, **days, "state": State(told["state"]), "reasons": reasons})


def _sort_key(row: DueRow, places: Mapping[str, int]) -> bytes:
    """Bytes that sort as its department, its urgency and its id do."""
    place, section = places.get(row.department, len(places)), _SECTIONS.index(row.section)
    return f"{place:06} {row.department} {section} {row.legal_due or date.max} {row.id}".encode()


_SECTIONS = (
    "超期未公示",
    "即将到期",
    *(LABELS[s] for s in (State.HELD, State.RETURNED, State.RECEIVED, State.SCHEDULED)),
)


def render_text(rows: Sequence[DueRow], today: date) -> str:
    """The whole list in Chinese, by department and urgency."""
    if not rows:
        return f"截至 {today}，没有即将到期、超期、暂缓或者待审核的决定。"
    listed = Counter((row.department_name, row.section) for row in rows)
    counted: Counter[str] = Counter()
    for (_, section), count in listed.items():
        counted[section] += count
    told = "，".join(f"{section} {counted[section]} 件" for section in _SECTIONS if counted[section])
    lines = [f"截至 {today}：{told}。"]
    for name, ours in groupby(rows, key=lambda row: row.department_name):
        lines.append(name)
        for section, group in groupby(ours, key=lambda row: row.section):
            lines.append(f"  {section} {listed[name, section]} 件")
            lines.extend(line for row in islice(group, _MOST_TOLD) for line in row.render_text(today))
            if (more := listed[name, section] - _MOST_TOLD) > 0:
                lines.append(f"    其余 {more} 件见 --json")
    return "\n".join(lines)


def due_row(store: Store, instance: Instance, pending: Pending, today: date, *, soon_days: int = 3) -> DueRow | None:
    """What there is to do about one decision that is open; None where nobody has to publish it after all."""
    return _row(store, instance, pending, _judged(store, instance, pending, today), today, soon_days=soon_days)


def due_and_next(store: Store, instance: Instance, pending: Pending, today: date) -> tuple[DueRow | None, date | None]:
    """The same, and the first day after today on which it may be otherwise (but for `soon`), while the store and the
    reference data are as they are and no rule comes into force or goes out of it (gongshi.law.horizon)."""
    judged = _judged(store, instance, pending, today)
    row = _row(store, instance, pending, judged, today)
    days = [next_change(*judged, instance.rules, instance.calendar, today, instance.city)]
    if row and row.legal_due and row.legal_due >= today:
        days.append(row.legal_due + timedelta(days=1))
    return row, min((day for day in days if day), default=None)


def _judged(store: Store, instance: Instance, pending: Pending, today: date) -> tuple[DecisionFacts, Verdict]:
    facts = facts_of(pending, instance.department(pending.decision.department), store, instance.rules)
    return facts, judge(facts, instance.rules, instance.calendar, today, instance.city)


def _row(  # noqa: PLR0917 - as due_row, and what the law says
    store: Store,
    instance: Instance,
    pending: Pending,
    judged: tuple[DecisionFacts, Verdict],
    today: date,
    soon_days: int = 3,
) -> DueRow | None:
    horizon = instance.calendar.add_working_days(today, soon_days).on
    department = instance.department(pending.decision.department)
    facts, verdict = judged
    confirmed = pending.approved == pending.version
    down = pending.suspended or pending.ended is not None or bool(pending.stays_down)
    if confirmed and (down or verdict.standing in _OVER):
        return None
    over = down or verdict.standing is Standing.SEALED
    runs = not over and _clock_runs(store, pending, changed_after_publication(facts))
    found = verdict.due
    on = found.on if runs else None
    return DueRow(
        department=department.key,
        department_name=department.name_on(today),
        id=pending.id,
        kind=pending.decision.kind,
        number=pending.decision.values.get("document_number") or "",
        receipt=pending.batch,
        received_on=pending.received_on,
        earlier=pending.earlier,
        state=_state(pending, verdict),
        legal_due=on,
        target=found.target if runs else None,
        term=found.text if on else "",
        rule_id=found.rule_id if on else "",
        article=found.article if on else "",
        provisional=found.provisional and on is not None,
        overdue=on is not None and found.overdue(today),
        soon=on is not None and on <= horizon,
        undecided=found.undecided and runs,
        reasons=verdict.reasons if verdict.standing is Standing.HELD else (),
        opinion=pending.opinion if pending.review == RETURNED else "",
    )


def _clock_runs(store: Store, pending: Pending, changed: bool) -> bool:
    """Whether the publication clock runs for the newest version.

    What was public before is in time, unless the decision itself changed since (变更): a correction of
    data (更正) is due 及时 and starts no clock.
    """
    if pending.earlier:
        return False
    if pending.first_published_on is None:
        return True
    if not changed or pending.published_version is None or pending.published_version == pending.version:
        return False
    published = decision_of(store, pending.published_version)
    return published is None or published.values.get("changed_on") != pending.decision.values.get("changed_on")


def _state(pending: Pending, verdict: Verdict) -> State:
    """What the newest version waits for."""
    if pending.review == RETURNED:
        return State.RETURNED
    if pending.review == RECEIVED:
        return State.RECEIVED
    return State.HELD if verdict.standing is Standing.HELD else State.SCHEDULED
