"""A draft of a department's annual figures, counted from the store (D32, S6).

It is for the department, which fills in what no decision tells, has it reviewed by a second person and sends it
in as any record. What is revoked or expired stays counted. What is sealed, withheld or held is not: once the figures
are public, whoever subtracts what the site shows could tell its class. How many these are is told to the department.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongshi.instance import Instance
from gongshi.law.publishability import Standing, judge
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.stored_facts import facts_of
from gongshi.records.counted import OTHER, field_counted, heaviest
from gongshi.records.decision import Decision
from gongshi.records.other_acts import COERCION_MANNERS
from gongshi.records.registry import annual
from gongshi.records.registry.annual import ANNUAL_FIGURES, ENTRIES, FORFEITED, GRANTED, TOTAL
from gongshi.store import Approved, Store, approved

_ACTS = {
    "licence": annual.LICENCE,
    "penalty": annual.PENALTY,
    "coercion": annual.COERCION,
    "levy": annual.LEVY,
    "charge": annual.CHARGE,
    "inspection": annual.INSPECTION,
    "random_inspection": annual.INSPECTION,
}
"""By kind of decision the act under which it is declared."""
_AMOUNTS = {
    "penalty": (FORFEITED, ("fine", "confiscated")),
    "levy": (TOTAL, ("amount",)),
    "charge": (TOTAL, ("amount",)),
}
"""By kind the entry under which its amounts are declared, and the parties' fields that are added up."""
_NOT_TOLD = frozenset((Standing.WITHHELD, Standing.SEALED, Standing.HELD))
_NEVER_WAS = frozenset(("ground", "sealed", "mistake"))
"""Ends (rules of question ending, by their value) of what should never have been public."""
_UNKNOWN = ("申请", "受理", "不予许可", "撤销许可", annual.BY_COURT)
"""Entries that no decision in the store tells."""
_BETWEEN = "、"
Key = tuple[str, str]
"""An act and an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualDraft:
    """What the store counts of a department's year. `counts` by act and entry, `amounts` in yuan; `left_out` decisions
    are not counted because they are not for the public, or not yet decided to be."""

    year: int
    department: str
    name: str
    counts: dict[Key, int]
    amounts: dict[Key, Decimal]
    left_out: int

    @property
    def decisions(self) -> int:
        """How many decisions are counted."""
        return sum(count for (_, entry), count in self.counts.items() if entry in (TOTAL, GRANTED))

    def to_yaml(self, today: date) -> str:
        """The file to fill in and to send; in force from `today`."""
        return "\n".join(_yaml(self, today)) + "\n"

    def render_text(self) -> str:
        """What was counted and what was not, for whoever asked."""
        text = f"{self.name}　{self.year}年度：计入 {self.decisions} 件"
        if self.left_out:
            text += f"；另有 {self.left_out} 件不公示、暂缓或者已紧急下架的没有计入"
        return text

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        rows = [{"act": act, "entry": entry, **cells} for (act, entry), cells in _rows(self)]
        told = {"year": self.year, "department": self.department, "name": self.name}
        return {**told, "numbers": rows, "left_out": self.left_out, "unknown": list(_UNKNOWN)}


def drafts(store: Store, instance: Instance, year: int, today: date, department: str = "") -> tuple[AnnualDraft, ...]:
    """A draft for each department that decided anything in the year; for `department` (a key) also an empty one."""
    keys = (department,) if department else tuple(instance.departments)
    counting = {key: _Counting() for key in keys}
    with store.snapshot():
        instance = determined(store, instance)
        for one in approved(store):
            if (ours := counting.get(one.decision.department)) is None:
                continue
            facts = facts_of(one, instance.department(one.decision.department), store, instance.rules)
            if facts.event_on.year == year:
                verdict = judge(facts, instance.rules, instance.calendar, today, instance.city)
                ours.take(one, told=_is_told(one, verdict.standing))
    return tuple(
        AnnualDraft(
            year=year,
            department=key,
            name=instance.departments[key].name_on(today),
            counts=dict(found.counts),
            amounts=found.amounts,
            left_out=found.left_out,
        )
        for key, found in counting.items()
        if department or found.counts or found.left_out
    )


def _is_told(one: Approved, standing: Standing) -> bool:
    """Whether it may count: it is public, was and left as the law wants, or comes next."""
    ended = one.ended.ending if one.ended else ""
    return not (standing in _NOT_TOLD or one.stays_down in _NOT_TOLD or one.suspended or ended in _NEVER_WAS)


class _Counting:
    """The numbers of one department."""

    def __init__(self) -> None:
        self.counts: Counter[Key] = Counter()
        self.amounts: dict[Key, Decimal] = {}
        self.left_out = 0

    def take(self, one: Approved, *, told: bool) -> None:
        """Count a decision, or that it is left out."""
        if not told:
            self.left_out += 1
            return
        decision = one.decision
        act = _ACTS[decision.kind]
        self.counts.update((act, entry) for entry in _entries(decision))
        entry, fields = _AMOUNTS.get(decision.kind, ("", ()))
        if yuan := sum((Decimal(party.get(name) or 0) for party in decision.parties for name in fields), Decimal(0)):
            self.amounts[act, entry] = self.amounts.get((act, entry), Decimal(0)) + yuan


def _entries(decision: Decision) -> Iterator[str]:
    """The entries under which a decision counts: its heading, and the sum."""
    if decision.kind == "licence":
        yield GRANTED
        return
    if decision.kind == "penalty":
        yield heaviest(_said(decision, field_counted(decision.kind))) or OTHER
    if decision.kind == "coercion":
        yield _manner(_said(decision, "manner"))
    yield TOTAL


def _said(decision: Decision, field: str) -> list[str]:
    """What a field says, of the decision and of each party, several choices apart."""
    texts = filter(None, (source.get(field) for source in (decision.values, *decision.parties)))
    return [one for text in texts for one in text.split(_BETWEEN)]


def _manner(said: Iterable[str]) -> str:
    """Of several manners of coercion the first in the law's order."""
    known = [one for one in COERCION_MANNERS if one in set(said)]
    return known[0] if known else COERCION_MANNERS[-1]


def _rows(draft: AnnualDraft) -> Iterator[tuple[Key, dict[str, str]]]:
    """What is declared, in the order in which it is printed."""
    for act, entries in ENTRIES.items():
        for entry in entries:
            count, yuan = draft.counts.get((act, entry)), draft.amounts.get((act, entry))
            cells = {"count": str(count)} if count else {}
            if yuan:
                cells["amount"] = f"{yuan.normalize():f}"
            if cells:
                yield (act, entry), cells


def _yaml(draft: AnnualDraft, today: date) -> Iterator[str]:
    fields, numbers = ANNUAL_FIGURES.by_name, ANNUAL_FIGURES.by_name["numbers"]
    labels = {column.name: column.label for column in numbers.columns}
    yield f"# {draft.name}{draft.year}年度行政执法数据：由记录库生成的草稿。核对、补齐以后提交，由另一个人审核："
    yield f"# gongshi submit 这个文件 --department {draft.department} --by 姓名"
    yield f"# 记录库里没有的，有的话请补上：{'、'.join(_UNKNOWN)}；没有在本平台办理的，加到数字里。"
    yield f"{ANNUAL_FIGURES.label}:"
    yield f'  - {fields["title"].label}: "{draft.name}{draft.year}年度行政执法数据"'
    yield f'    {fields["year"].label}: "{draft.year}"'
    yield f"    {numbers.label}:"
    for (act, entry), cells in _rows(draft):
        more = "".join(f', {labels[name]}: "{cell}"' for name, cell in cells.items())
        yield f"      - {{{labels['act']}: {act}, {labels['entry']}: {entry}{more}}}"
    yield f'    # {fields["note"].label}: "统计口径等需要说明的"'
    yield f'    {fields["effective_from"].label}: "{today.isoformat()}"'
    yield f"    {fields['secrecy_checked'].label}: 否  # 审查以后改为“是”"
