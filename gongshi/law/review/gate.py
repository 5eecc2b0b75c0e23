"""The gate (L4, L5, L13): why a decision may not be made yet, every reason with its article.

Only cases run in the system come here. The events of the review are replayed; nothing that somebody could set is
believed. A case that needs no review is exempt; summary procedure never needs one by the rules' own scopes (处罚法 51
to 53), and sending a case again as a summary one does not undo what fired before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from gongshi.law.review.flow import Review, Round
from gongshi.law.review.reviewers import Fault
from gongshi.law.review.words import Opinion, Outcome, State


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideFacts:
    """What the gate looks at: whether the case `needs` review, its course, and the decision that is to be made.

    Instants are ISO with zone. `differs` names what the decision changes of the reviewed draft; `reviewer_faults` are
    those of the last round's reviewer, asked again as of the day of the opinion; `in_order` whether the claimed order
    of the steps is that in which they were recorded; `already` whether the case was decided before; `recorded_on` when
    the case came into the record, empty where nobody asks.
    """

    needs: bool
    review: Review
    investigation_ended_at: str
    decided_at: str
    now: str
    differs: tuple[str, ...] = ()
    reviewer_faults: tuple[Fault, ...] = ()
    in_order: bool = True
    already: bool = False
    recorded_on: str = ""


class Refusal(NamedTuple):
    """One reason: a stable code, the article, and what is wrong."""

    code: str
    article: str
    message: str


class _Reason(NamedTuple):
    holds: Callable[[DecideFacts], bool]
    refusal: Refusal


def refusals(facts: DecideFacts) -> tuple[Refusal, ...]:
    """Everything that stands against the decision, in the order of the articles; empty where it may be made."""
    if facts.already:
        return (_ALREADY,)
    found = [_FUTURE] if _later(facts.decided_at, facts.now) else []
    found += [_BEFORE] if _later(facts.recorded_on, facts.decided_at) else []
    if not facts.needs:
        return tuple(found)
    last = facts.review.round
    if last is None:
        return (*found, _NONE)
    found += [reason.refusal for reason in _REASONS if reason.holds(facts)]
    if facts.differs:
        message = f"决定的{'、'.join(facts.differs)}与审核的草稿不同，应当重新送审"
        found.append(Refusal("review_substance", "第五条", message))
    found += [Refusal(fault.code, fault.article, fault.message) for fault in facts.reviewer_faults]
    return tuple(found)


_NONE = Refusal("review_missing", "第四条", "重大执法决定未经法制审核，不得作出决定")
_ALREADY = Refusal("already_decided", "第十三条", "本案已经作出决定：变更决定的，另立案号")
_BEFORE = Refusal(
    "decided_before_record",
    "第四条",
    "决定时间早于本案在系统中登记的时间：登记以前已经作出的决定，把文号和决定时间填在案卷里，或者用决定的表格报送",
)
_FUTURE = Refusal("decided_in_future", "第十三条", "决定时间在将来")


def _later(one: str, other: str) -> bool:
    """Whether `one` is later than `other`; an instant that is not known is never later."""
    return bool(one and other) and datetime.fromisoformat(one) > datetime.fromisoformat(other)


def _last(facts: DecideFacts) -> Round:
    rounds: Sequence[Round] = facts.review.rounds
    return rounds[-1]


_REASONS = (
    _Reason(
        lambda facts: _last(facts).opinion is not Opinion.AGREE,
        Refusal("review_not_passed", "第四条", "最后一轮法制审核的意见不是同意，不得作出决定"),
    ),
    _Reason(
        lambda facts: facts.review.state not in (State.DISCUSSED, State.AGREED),
        Refusal("review_open", "第四条", "法制审核尚未完成，或者案件已经移送、终止"),
    ),
    _Reason(
        lambda facts: (
            not facts.investigation_ended_at or _later(facts.investigation_ended_at, _last(facts).submitted_at)
        ),
        Refusal("review_before_end", "第五条", "送审应当在调查终结之后"),
    ),
    _Reason(
        lambda facts: not _last(facts).discussed_at,
        Refusal("meeting_missing", "第十三条", "审核以后没有负责人集体讨论的记录"),
    ),
    _Reason(
        lambda facts: bool(_last(facts).discussed_at) and _last(facts).outcome is not Outcome.PASS,
        Refusal("meeting_not_passed", "第十三条", "集体讨论没有通过"),
    ),
    _Reason(
        lambda facts: _later(_last(facts).opinion_at, _last(facts).discussed_at),
        Refusal("meeting_too_early", "第十三条", "集体讨论早于法制审核意见"),
    ),
    _Reason(
        lambda facts: _later(_last(facts).discussed_at, facts.decided_at),
        Refusal("decided_too_early", "第十三条", "决定时间早于集体讨论"),
    ),
    _Reason(
        lambda facts: not facts.in_order,
        Refusal("review_order", "第五条", "所填时间的先后与记录的先后不一致"),
    ),
)
