"""The first of two persons: withdraw, suspend (紧急下架, at once), restore or erase a decision, with the reason.

All but the suspension wait for the second person; what is suspended is down at once. Doing a thing
twice changes nothing; what the state does not allow is refused, naming the state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from gongshi.instance import Instance
from gongshi.intake.readers.characters import dangerous_characters
from gongshi.law.endings import FIELDS, Ending, Form, Leaves, endings, named, problems
from gongshi.law.publishability import Standing
from gongshi.lifecycle.acts.act import ACT_LABELS, Act, act_of, ending_label
from gongshi.lifecycle.acts.notice_words import betrayals
from gongshi.lifecycle.case import Case, case_of
from gongshi.lifecycle.errors import (
    ActWaiting,
    EndingFieldsWrong,
    NoticeRepeats,
    ReasonNeeded,
    RestoreForbidden,
    TransitionRefused,
)
from gongshi.lifecycle.people import check_submitter
from gongshi.lifecycle.transitions import Event, State, after
from gongshi.store import Store
from gongshi.store.acts import StoredAct
from gongshi.store.journal import Draft
from gongshi.store.operations import CONFIRMED, DECLINED, ERASE, RESTORE, SUSPEND, WITHDRAW, Operation
from gongshi.store.queries import versions_of

_LONGEST_TEXT = 2000
_LONGEST = {"instrument_number": 128, "instrument_agency": 200}
"""Characters, as the credit-system standard allows for a 文号 and an agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proposal:
    """What is proposed, before it is journaled."""

    act: str
    event: Event | None
    by: str
    reason: str
    ending: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


def withdraw(
    store: Store,
    instance: Instance,
    record: str,
    *,
    ending: str,
    fields: Mapping[str, str],
    by: str,
    today: date,
    now: datetime,
    source: str = "",
) -> Act:
    """Propose to end the decision `record`: `ending` is one of law/endings.py, `fields` what it asks for.

    It takes effect with the second person's confirmation. Raises SubmitterUnknown, EndingNotAllowed,
    EndingFieldsWrong, NoticeRepeats, ActWaiting, TransitionRefused.
    """
    with store.write():
        case = case_of(store, instance, record, today)
        check_submitter(by, case.department)
        chosen, filled = check_ending(case, ending, fields)
        return _propose(
            case,
            _Proposal(
                act=WITHDRAW,
                event=Event.WITHDRAW,
                by=by,
                reason=filled.get("reason") or filled.get("note", ""),
                ending=chosen.kind,
                fields=filled,
                source=source,
            ),
            now,
        )


def suspend(
    store: Store,
    instance: Instance,
    record: str,
    *,
    reason: str,
    by: str,
    today: date,
    now: datetime,
    ending: str = "",
    fields: Mapping[str, str] | None = None,
    source: str = "",
) -> Act:
    """紧急下架: the decision `record` is down at once, and of an ended one its notice; the second person answers by
    the next working day.

    Any registered person of the department may do it. A withdrawal or an erasure that waits for the second
    person does not hold it up: it is overtaken, and its end taken over. `ending` with its `fields` may be named now, or
    with the confirmation. `reason` is internal. Raises as `withdraw` does, and ReasonNeeded.
    """
    with store.write():
        case = case_of(store, instance, record, today)
        check_submitter(by, case.department, or_reviewer=True)
        _check_reason(reason, "紧急下架")
        filled: Mapping[str, str] = {}
        if ending:
            chosen, filled = check_ending(case, ending, fields or {})
            ending = chosen.kind
        proposal = _Proposal(
            act=SUSPEND, event=Event.SUSPEND, by=by, reason=reason.strip(), ending=ending, fields=filled, source=source
        )
        return _propose(case, proposal, now)


def restore(
    store: Store,
    instance: Instance,
    record: str,
    *,
    reason: str,
    by: str,
    today: date,
    now: datetime,
    source: str = "",
) -> Act:
    """Propose that the decision `record`, which was taken down, becomes public again.

    Its first day and its place stay what they were. Raises RestoreForbidden while the law itself forbids
    it, with the rule; otherwise as `withdraw`, and ReasonNeeded.
    """
    with store.write():
        case = case_of(store, instance, record, today)
        check_submitter(by, case.department)
        _check_reason(reason, "恢复公示")
        proposal = _Proposal(act=RESTORE, event=Event.LIFT, by=by, reason=reason.strip(), source=source)
        return _propose(case, proposal, now)


def erase(
    store: Store,
    instance: Instance,
    record: str,
    *,
    reason: str,
    by: str,
    today: date,
    now: datetime,
) -> Act:
    """Propose to erase the decision `record` by law: every version, what persons wrote about it, its raw files.

    With the confirmation it is gone from the record for good; the journal keeps who, when and `reason`,
    which must name nobody. Raises SubmitterUnknown, ReasonNeeded, ActWaiting.
    """
    with store.write():
        case = case_of(store, instance, record, today)
        check_submitter(by, case.department)
        _check_reason(reason, "依法清除")
        return _propose(case, _Proposal(act=ERASE, event=None, by=by, reason=reason.strip()), now)


def check_restorable(case: Case) -> None:
    """Raise TransitionRefused where nothing keeps the decision down, RestoreForbidden where the law does."""
    after(case.state, Event.LIFT)
    if not (case.newest.stays_down or case.newest.ended):
        raise TransitionRefused("这个决定没有公示过，也没有被撤下：原因消除后自行公示，不需要办理恢复公示。")
    if case.verdict.standing in (Standing.EXPIRED, Standing.SEALED, Standing.WITHHELD):
        why = "；".join(f"{one.text}（{one.article}，规则 {one.rule_id}）" for one in case.verdict.reasons)
        raise RestoreForbidden(f"依法仍不得公示，不能恢复：{why}。")


def _check_shown(case: Case) -> None:
    """Raise TransitionRefused where it is down already and no notice stands in its place."""
    ended = case.newest.ended
    if case.state is not State.WITHDRAWN:
        return
    ending = endings(case.instance.rules, case.facts, case.today).get(ended.ending) if ended else None
    if ended is None or (ending is not None and ending.leaves is Leaves.NOTHING):
        raise TransitionRefused("这个决定已经撤下，也没有撤下说明：没有可以紧急下架的内容。")


def check_ending(case: Case, ending: str, fields: Mapping[str, str]) -> tuple[Ending, dict[str, str]]:
    """The end that may be chosen and its fields as they are kept, without blanks and empty ones.

    Raises EndingNotAllowed, EndingFieldsWrong with everything that is wrong, NoticeRepeats.
    """
    chosen = named(ending, case.instance.rules, case.facts, case.today)
    filled = {name: value.strip() for name, value in fields.items() if value.strip()}
    wrong = [(one.field, one.message) for one in problems(chosen, filled, case.instance.rules, case.today)]
    wrong += [(name, message) for name, value in filled.items() if (message := _unwritable(name, value))]
    if wrong:
        said = "；".join(f"{message}（{name}）" for name, message in wrong)
        raise EndingFieldsWrong(f"撤下情形“{chosen.label}”填写不完整或者有误：{said}。")
    _check_wording(case, filled)
    return chosen, filled


def _unwritable(name: str, value: str) -> str:
    """Why a value can not stand as it is, in Chinese: far too long, or with signs that hide or turn text around."""
    longest = _LONGEST.get(name, _LONGEST_TEXT)
    if len(value) > longest:
        return f"最多 {longest} 个字，现在有 {len(value)} 个，请缩短"
    if found := dangerous_characters(value):
        return f"含有看不见的控制字符（{'、'.join(found)}），请重新输入"
    return ""


def _check_wording(case: Case, fields: Mapping[str, str]) -> None:
    """What stands in the notice tells nothing of the decision; its gate asks the same table again."""
    departments = tuple(dated.name for one in case.instance.departments.values() for dated in one.names)
    number = fields.get("instrument_number", "")
    versions = versions_of(case.store, case.id)
    for name, about in FIELDS.items():
        if about.public and about.form is Form.TEXT and name in fields:
            by_right = (*departments, case.number, "" if name == "instrument_number" else number)
            found = betrayals(fields[name], versions, by_right, case.instance.not_names)
            if found:
                said = "；".join(one.message for one in found)
                raise NoticeRepeats(f"“{about.label}”会公开在撤下说明里：{said}。请改写后再提交。")


def _check_reason(reason: str, what: str) -> None:
    if not reason.strip():
        raise ReasonNeeded(f"{what}须写明理由。")


def _propose(case: Case, proposal: _Proposal, now: datetime) -> Act:
    known = _on_record(case, proposal)
    if known is not None:
        return act_of(case, known, ending_label(case.instance, known.ending), changed=False)
    waiting = case.open
    overtaken = waiting if waiting is not None and _overtakes(proposal, waiting) else None
    if waiting is not None and overtaken is None:
        raise ActWaiting(
            f"这个决定已有等待确认的事项 {waiting.number}（{ACT_LABELS[waiting.act]}）："
            f"请先由审核人 gongshi confirm {waiting.number} 确认，或者 gongshi decline {waiting.number} 不予确认。"
        )
    if proposal.event is not None:
        after(case.state, proposal.event)
    if proposal.act == RESTORE:
        check_restorable(case)
    if proposal.act == SUSPEND:
        _check_shown(case)
    if overtaken is not None and not proposal.ending:
        proposal = replace(proposal, ending=overtaken.ending, fields=overtaken.fields)
    case.store.append(list(_drafts(case, proposal, overtaken)), now)
    done = case.again()
    return act_of(done, done.acts[-1], ending_label(case.instance, proposal.ending), changed=True)


def _overtakes(proposal: _Proposal, waiting: StoredAct) -> bool:
    """An emergency waits for nobody: a withdrawal or an erasure that waits becomes a suspension at once."""
    return proposal.act == SUSPEND and waiting.act in (WITHDRAW, ERASE)


def _drafts(case: Case, proposal: _Proposal, overtaken: StoredAct | None) -> Iterator[Draft]:
    """The proposal for the journal, after the answer to what it overtakes."""
    who, kind, on = proposal.by.strip(), case.newest.decision.kind, case.today.isoformat()
    if overtaken is not None:
        answer = {"of": overtaken.number, "opinion": "改为紧急下架", "on": on}
        yield Draft(who, case.department.key, "", kind, case.id, Operation.DECLINE, answer)
    payload = {
        "act": proposal.act,
        "ending": proposal.ending,
        "fields": dict(proposal.fields),
        "reason": proposal.reason,
        "on": on,
        "source": proposal.source,
    }
    yield Draft(who, case.department.key, "", kind, case.id, Operation.PROPOSE, payload)


def _on_record(case: Case, proposal: _Proposal) -> StoredAct | None:
    """The act that says this already, if it waits or is in force."""
    last = case.acts[-1] if case.acts else None
    if last is None or last.result == DECLINED or last.act != proposal.act:
        return None
    if last.act in (SUSPEND, ERASE):
        return None if last.result else last
    if last.act == RESTORE:
        return last if not last.result or not (case.newest.stays_down or case.newest.ended) else None
    same = (last.ending, dict(last.fields)) == (proposal.ending, dict(proposal.fields))
    return last if same and (last.result != CONFIRMED or case.newest.ended is not None) else None
