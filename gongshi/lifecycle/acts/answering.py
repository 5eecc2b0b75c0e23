"""The second of two persons: confirm or decline what the first proposed (DESIGN.md promise 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from gongshi.instance import Instance
from gongshi.law.endings import endings
from gongshi.lifecycle.acts.act import ACT_LABELS, RESULT_LABELS, Act, act_of, ending_label
from gongshi.lifecycle.acts.proposing import check_ending, check_restorable
from gongshi.lifecycle.case import Case, case_of
from gongshi.lifecycle.errors import AlreadyAnswered, EndingNeeded, OpinionNeeded, SamePerson, UnknownAct
from gongshi.lifecycle.people import check_reviewer, normalised
from gongshi.lifecycle.transitions import Event, after
from gongshi.store import Store
from gongshi.store.acts import StoredAct, act
from gongshi.store.erase import erase_within, fold
from gongshi.store.journal import Draft
from gongshi.store.operations import CONFIRMED, DECLINED, ERASE, RESTORE, SUSPEND, Operation

_NO_END: dict[str, object] = {"ending": "", "fields": {}}


@dataclass(frozen=True, slots=True)
class _Answer:
    """The proposal with its decision, and who answers."""

    case: Case
    stored: StoredAct
    by: str


def confirm(
    store: Store,
    instance: Instance,
    number: int,
    *,
    by: str,
    opinion: str,
    today: date,
    now: datetime,
    ending: str = "",
    fields: Mapping[str, str] | None = None,
) -> Act:
    """Let the act of that number take effect.

    A suspension that named no kind of end needs `ending` with its `fields` now. The same answer again
    changes nothing. What is erased is gone from the disk when this returns. Raises UnknownAct,
    ReviewerUnknown, SamePerson, AlreadyAnswered, EndingNeeded, RestoreForbidden, TransitionRefused, what
    `withdraw` raises for an end, and ErasureIncomplete where a reader is in the way.
    """
    with store.write():
        answer = _allowed(_case(store, instance, number, today), number, by, CONFIRMED)
        case, stored = answer.case, answer.stored
        if stored.result:
            return act_of(case, stored, ending_label(instance, stored.ending), changed=False)
        payload: dict[str, object] = {"of": number, "opinion": opinion.strip(), "on": today.isoformat()}
        if stored.act == ERASE:
            done = _erased(answer, payload | _NO_END, now)
        elif stored.act == RESTORE:
            check_restorable(case)
            done = _journal(answer, Operation.CONFIRM, payload | _NO_END, now)
        else:
            after(case.state, Event.WITHDRAW)
            done = _journal(answer, Operation.CONFIRM, payload | _end(answer, ending, fields or {}), now)
    if stored.act == ERASE:
        fold(store)
    return done


def decline(store: Store, instance: Instance, number: int, *, by: str, opinion: str, today: date, now: datetime) -> Act:
    """Do not let it: a suspended decision comes back, of an ended one its notice; anything else stays as it is.

    The opinion is needed. Raises as `confirm` does, and OpinionNeeded.
    """
    with store.write():
        answer = _allowed(_case(store, instance, number, today), number, by, DECLINED)
        if answer.stored.result:
            return act_of(answer.case, answer.stored, ending_label(instance, answer.stored.ending), changed=False)
        if not opinion.strip():
            raise OpinionNeeded("不予确认时请写明意见，提出人才知道怎样处理。")
        if answer.stored.act == SUSPEND:
            after(answer.case.state, Event.KEEP if answer.case.newest.ended else Event.DECLINE)
        payload = {"of": number, "opinion": opinion.strip(), "on": today.isoformat()}
        return _journal(answer, Operation.DECLINE, payload, now)


def _case(store: Store, instance: Instance, number: int, today: date) -> Case:
    """The decision that the act is about."""
    stored = act(store, number)
    if stored is None:
        raise UnknownAct(f"没有编号为 {number} 的待确认事项：用 gongshi due 查看等待确认的事项。")
    return case_of(store, instance, stored.id, today)


def _allowed(case: Case, number: int, by: str, result: str) -> _Answer:
    """The act, where this person may give it this answer."""
    stored = _stored(case, number)
    check_reviewer(by, case.department)
    if normalised(by) == normalised(stored.by):
        raise SamePerson(f"“{by}”是这一事项的提出人，须由另一位登记的审核人确认。")
    if stored.result and stored.result != result:
        raise AlreadyAnswered(
            f"事项 {number}（{ACT_LABELS[stored.act]}）由{stored.decided_by}于 {stored.decided_on} "
            f"{RESULT_LABELS[stored.result]}，不能再改为相反的结果。"
        )
    return _Answer(case, stored, by.strip())


def _end(answer: _Answer, ending: str, fields: Mapping[str, str]) -> dict[str, object]:
    """The kind of end that a suspension still lacks; what was proposed is not changed by who confirms it."""
    stored, instance = answer.stored, answer.case.instance
    if stored.ending:
        if ending and ending not in (stored.ending, ending_label(instance, stored.ending)):
            raise AlreadyAnswered(
                f"提出时的撤下情形是“{ending_label(instance, stored.ending)}”，确认时不能更改："
                f"不同意的，请 gongshi decline {stored.number} 后重新提出。"
            )
        return _NO_END
    if not ending:
        allowed = endings(instance.rules, answer.case.facts, answer.case.today).values()
        choice = "、".join(f"{one.label}（{one.kind}）" for one in allowed)
        raise EndingNeeded(f"确认紧急下架须写明撤下的情形（--ending）：{choice}。")
    chosen, filled = check_ending(answer.case, ending, fields)
    return {"ending": chosen.kind, "fields": filled}


def _journal(answer: _Answer, operation: Operation, payload: Mapping[str, object], now: datetime) -> Act:
    stored, case = answer.stored, answer.case
    case.store.append([Draft(answer.by, stored.department, "", stored.kind, stored.id, operation, payload)], now)
    done = case.again()
    answered = _stored(done, stored.number)
    return act_of(done, answered, ending_label(case.instance, answered.ending), changed=True)


def _erased(answer: _Answer, payload: Mapping[str, object], now: datetime) -> Act:
    """The answer, and then the erasure, which takes the proposal and the answer along."""
    stored, case = answer.stored, answer.case
    done = _journal(answer, Operation.CONFIRM, payload, now)
    who = f"{stored.by}、{answer.by}"
    erase_within(case.store, [case.id], reason=stored.reason, by=who, department=stored.department, now=now)
    return replace(done, state=None)


def _stored(case: Case, number: int) -> StoredAct:
    return next(one for one in case.acts if one.number == number)
