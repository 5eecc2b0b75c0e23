"""One decision explained: where it stands, how it came there, and what the law says of it (gongshi explain)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongshi.law.answer import Answer, EndFacts, answer
from gongshi.law.argument import argue
from gongshi.law.publishability import Choice, Standing
from gongshi.law.withdrawal import confirmation_due
from gongshi.lifecycle.acts.act import ACT_LABELS, RESULT_LABELS, ending_label
from gongshi.lifecycle.case import Case
from gongshi.lifecycle.transitions import LABELS, State
from gongshi.records import SUBMITTED_KINDS
from gongshi.store.acts import StoredAct
from gongshi.store.operations import RETURNED, SUSPEND
from gongshi.store.stored import Publication

_MANNERS = {"publish": "公示", "correct": "更正后公示", "restore": "恢复公示"}
_CHOICES = {Choice.PUBLISH: "公示（不显示未成年人）", Choice.WITHHOLD: "不予公示"}
_STAYS = {
    Standing.EXPIRED.value: "公示期满",
    Standing.WITHHELD.value: "不予公开",
    Standing.SEALED.value: "依法封存",
    Standing.WITHDRAWN.value: "撤下",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A decision by id, 文号 and department; its state; what happened to it; the law's answer.

    `law` is false where persons took it down: then the answer tells what the law would say without them.
    """

    id: str
    number: str
    kind: str
    department: str
    state: State
    happened: tuple[str, ...]
    by_hand: bool
    answer: Answer

    def render_text(self) -> str:
        """Numbered, with articles, as a person would argue it."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        kind = SUBMITTED_KINDS[self.kind].label
        yield f"{self.number}　{kind}　{self.department}　编号 {self.id}"
        yield f"当前状态：{LABELS[self.state]}"
        yield from (f"  {line}" for line in self.happened)
        if self.by_hand:
            yield "由人撤下的，法律怎样说都不会自动恢复；下面是法律对它的规定："
        argued = argue(self.answer)
        if not self.by_hand:
            yield from argued
            return
        yield from (f"撤下以前的{line}" if line.startswith("结论") else line for line in argued)
        yield f"现在：{LABELS[self.state]}，不在网站上。"


def explain(case: Case) -> Explained:
    """What there is to say about the decision of `case` on its day. No value of a party is in it."""
    one = case.approved or case.newest
    found = answer(
        case.facts, case.instance.rules, case.instance.calendar, case.today, case.instance.city, ended=_end(case)
    )
    return Explained(
        id=case.id,
        number=case.number,
        kind=one.decision.kind,
        department=case.department.name_on(case.today),
        state=case.state,
        happened=tuple(happened(case)),
        by_hand=bool(case.newest.ended or case.newest.suspended),
        answer=found,
    )


def _end(case: Case) -> EndFacts | None:
    """How it ended, or how a person proposes that it ends."""
    ended = case.newest.ended
    if ended is not None:
        return EndFacts(ended.ending, _day(ended.fields.get("effective_on")), _day(ended.fields.get("received_on")))
    if case.open is not None and case.open.ending:
        fields = case.open.fields
        return EndFacts(case.open.ending, _day(fields.get("effective_on")), _day(fields.get("received_on")))
    return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def happened(case: Case) -> Iterator[str]:
    """What happened, in order; persons are named by what they did, not by name."""
    newest = case.newest
    yield f"{newest.received_on} 接收（回执 {newest.batch}）" + ("，历史数据补录，不计时限" if newest.earlier else "")
    if newest.reviewed_on:
        yield f"{newest.reviewed_on} 审核{'退回' if newest.review == RETURNED else '通过'}"
    elif newest.approved is not None:
        yield "最新报送的内容等待审核，公示的仍是上一次审核通过的内容"
    yield from (f"{one.on} {_manner(one, first=not at)}" for at, one in enumerate(newest.history))
    if newest.choice:
        yield f"审核人选择：{_CHOICES[Choice(newest.choice)]}"
    yield from (_acted(case, act) for act in case.acts)
    yield from _staying(case)


def _manner(one: Publication, *, first: bool) -> str:
    """How it became public. A later publication that is no correction is of another decision (D27)."""
    if one.manner == "publish" and not first:
        return "变更后公示"
    return _MANNERS.get(one.manner, one.manner)


def _acted(case: Case, act: StoredAct) -> str:
    """One act of persons, with its answer or the day by which it is due."""
    ending = f"（{ending_label(case.instance, act.ending)}）" if act.ending else ""
    answered = f"，{act.decided_on or ''} {RESULT_LABELS[act.result]}".replace("， ", "，")
    return f"{act.on} {ACT_LABELS[act.act]}{ending}{answered}{_deadline(case, act)}"


def _deadline(case: Case, act: StoredAct) -> str:
    if act.act != SUSPEND or act.result:
        return ""
    due = confirmation_due(case.facts, act.on, case.instance.rules, case.instance.calendar)
    return f"，另一人应当在 {due.on} 以前确认（{due.article}）" if due.on else ""


def _staying(case: Case) -> Iterator[str]:
    """Why it does not come back by itself."""
    newest = case.newest
    if newest.stays_down:
        why = _STAYS.get(newest.stays_down, newest.stays_down)
        yield f"公示过以后因“{why}”离开网站：再次报送、审核或者规则变化都不会使它恢复；恢复须两人办理并写明理由"
    elif newest.comes_back:
        yield "下一次更新网站时恢复公示"
