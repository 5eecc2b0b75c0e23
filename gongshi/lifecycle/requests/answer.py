"""The department's answer to a request for correction: corrected, refused or referred, with its reason (D31)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from gongshi.instance import Instance
from gongshi.lifecycle.people import is_one_of, normalised
from gongshi.lifecycle.requests.errors import AnswererUnknown, AnswerIncomplete, RequestAnswered, RequestErased
from gongshi.lifecycle.requests.rows import find_request
from gongshi.lifecycle.requests.states import publish_state
from gongshi.records.request import STATE_LABELS, RequestState, plain
from gongshi.store import Store
from gongshi.store.requests import StoredRequest, newer_version, record_answer

_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was answered. `changed` is false where the same answer was on record before; `warning` says what is
    still missing for the answer to be true."""

    number: str
    state: RequestState
    by: str
    on: date
    reason: str
    referred_to: str
    changed: bool
    warning: str = ""

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {**asdict(self), "state": self.state.value, "on": self.on.isoformat()}

    def render_text(self) -> str:
        """For the department, in Chinese."""
        to = f"（{self.referred_to}）" if self.referred_to else ""
        lines = [f"更正申请 {self.number}：{STATE_LABELS[self.state]}{to}（{self.by}，{self.on}）"]
        if not self.changed:
            lines.append("  此前已有相同的答复，没有改动任何内容。")
        lines.append(f"  申请人凭回执编号和查询码可以看到：{self.reason}")
        if self.warning:
            lines.append(f"  请注意：{self.warning}")
        return "\n".join(lines)


def answer_request(
    store: Store,
    instance: Instance,
    number: str,
    *,
    by: str,
    result: RequestState,
    reason: str,
    to: str = "",
    today: date,
    now: datetime,
) -> Answered:
    """Record the answer and show it to the one who asked. The same answer again changes nothing.

    `result` is one of records.request.ANSWERS; `to` says where a referral went (another platform, another
    department). Raises RequestUnknown, RequestErased, RequestAnswered, AnswererUnknown, AnswerIncomplete.
    """
    reason, to = plain(reason), plain(to)
    with store.write():
        one = find_request(store, number)
        _check_answer(result, reason, to)
        _check_may(instance, one, by)
        _check_first(one, by, (result.value, reason, to))
        changed = not one.result
        if changed:
            record_answer(store, one, result=result, by=by, on=today, reason=reason, to=to, now=now)
    answered = find_request(store, one.number)
    publish_state(instance, answered, today)
    return Answered(
        number=one.number,
        state=result,
        by=answered.answered_by,
        on=answered.answered_on or today,
        reason=answered.reason,
        referred_to=answered.referred_to,
        changed=changed,
        warning=_warning(store, one, result),
    )


def _check_answer(result: RequestState, reason: str, to: str) -> None:
    if not reason:
        raise AnswerIncomplete("请用 --reason 写明办理结果和理由，申请人会看到。")
    if len(reason) > _LONGEST:
        raise AnswerIncomplete(f"--reason 最多 {_LONGEST} 个字，现在有 {len(reason)} 个，请缩短。")
    if (result is RequestState.REFERRED) != bool(to):
        raise AnswerIncomplete("转办的要用 --to 写明转给哪个平台或者部门；更正、不予更正的不写 --to。")


def _check_may(instance: Instance, one: StoredRequest, by: str) -> None:
    """Only a person who is registered for the department answers, and only what is still kept."""
    if one.erased:
        raise RequestErased(f"更正申请 {one.number} 的保存期已满，内容已经清除，不能再办理。")
    department = instance.department(one.department)
    people = tuple(dict.fromkeys((*department.reviewers, *department.submitters)))
    if not is_one_of(by, people):
        raise AnswererUnknown(f"“{by}”不是{department.name}登记的人员（{'、'.join(people)}），请由登记的人员答复。")


def _check_first(one: StoredRequest, by: str, said: tuple[str, str, str]) -> None:
    """An answer stands; saying the same again is no other answer."""
    same = (one.result, one.reason, one.referred_to) == said and normalised(one.answered_by) == normalised(by)
    if one.result and not same:
        raise RequestAnswered(
            f"更正申请 {one.number} 已于 {one.answered_on} 由{one.answered_by}答复："
            f"{STATE_LABELS[RequestState(one.result)]}。答复不能改写；需要改变结果的，请直接联系申请人。"
        )


def _warning(store: Store, one: StoredRequest, result: RequestState) -> str:
    if result is RequestState.CORRECTED and not newer_version(store, one):
        return "收到申请以后还没有报送过这个决定的更正版本：请尽快提交同一文号的更正内容，由审核人审核。"
    return ""
