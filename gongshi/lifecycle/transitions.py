"""What may happen to a disclosure: one table of states and events; everything else is an error.

The states are DOMAIN.md's. They are not stored: each follows from what the journal says (`state_of`).
A newer version that waits for its review leaves the state of what is public as it is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from gongshi.lifecycle.errors import TransitionRefused
from gongshi.store.operations import RETURNED


class State(StrEnum):
    """Where a disclosure stands, by its glossary word."""

    RECEIVED = "received"
    RETURNED = "returned"
    SCHEDULED = "scheduled"
    HELD = "held"
    WITHHELD = "withheld"
    PUBLIC = "public"
    CORRECTED = "corrected"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


LABELS: dict[State, str] = {
    State.RECEIVED: "待审核",
    State.RETURNED: "退回修改",
    State.SCHEDULED: "待公示",
    State.HELD: "暂缓公示",
    State.WITHHELD: "不予公开",
    State.PUBLIC: "已公示",
    State.CORRECTED: "已更正",
    State.EXPIRED: "公示期满",
    State.SUSPENDED: "紧急下架（待确认）",
    State.WITHDRAWN: "已撤下",
    State.RESTORED: "恢复公示",
}


class Event(StrEnum):
    """What can happen."""

    RECEIVE = "receive"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    """Public for the first time, or in a version that is no correction (变更, internal fields only)."""
    CORRECT = "correct"
    """Public in a version that mends what was public (更正)."""
    RESTORE = "restore"
    """Public again after it was not."""
    LIFT = "lift"
    """Two persons let it come back; the next rebuild does (RESTORE)."""
    HOLD = "hold"
    WITHHOLD = "withhold"
    """A ground of D18, or sealed by law."""
    EXPIRE = "expire"
    SUSPEND = "suspend"
    """Taken down by one person at once (紧急下架): the decision, or the notice that stands in its place."""
    DECLINE = "decline"
    """The second person does not confirm what was suspended."""
    KEEP = "keep"
    """The same, where it was the notice of an ended decision: that stands again, the decision stays down."""
    WITHDRAW = "withdraw"
    """Ended by two persons."""


EVENT_LABELS: dict[Event, str] = {
    Event.RECEIVE: "接收",
    Event.RETURN: "退回修改",
    Event.APPROVE: "审核通过",
    Event.PUBLISH: "公示",
    Event.CORRECT: "更正后公示",
    Event.RESTORE: "恢复公示",
    Event.LIFT: "办理恢复公示",
    Event.HOLD: "暂缓公示",
    Event.WITHHOLD: "不予公开",
    Event.EXPIRE: "公示期满",
    Event.SUSPEND: "紧急下架",
    Event.DECLINE: "否决紧急下架",
    Event.KEEP: "否决撤下说明的紧急下架",
    Event.WITHDRAW: "撤下",
}

_REVIEW = (Event.RECEIVE, Event.RETURN, Event.APPROVE)
_STOPS = {Event.HOLD: State.HELD, Event.WITHHOLD: State.WITHHELD, Event.EXPIRE: State.EXPIRED}
_SHOWN = (State.PUBLIC, State.CORRECTED, State.RESTORED)
_BY_LAW = (State.HELD, State.WITHHELD, State.EXPIRED)
_BY_HAND = (State.SUSPENDED, State.WITHDRAWN)
_DOWN = (State.WITHHELD, State.EXPIRED, State.WITHDRAWN)
"""What was public before and is now in one of these comes back by two persons only (DOMAIN.md 3)."""

TRANSITIONS: dict[tuple[State, Event], State] = {
    # before any version was approved
    (State.RECEIVED, Event.RECEIVE): State.RECEIVED,
    (State.RECEIVED, Event.RETURN): State.RETURNED,
    (State.RECEIVED, Event.APPROVE): State.SCHEDULED,
    (State.RETURNED, Event.RECEIVE): State.RECEIVED,
    (State.SCHEDULED, Event.PUBLISH): State.PUBLIC,
    **{(State.SCHEDULED, stop): state for stop, state in _STOPS.items()},
    # a newer version on its way changes nothing until it is published
    **{(state, event): state for state in (State.SCHEDULED, *_SHOWN, *_BY_LAW, *_BY_HAND) for event in _REVIEW},
    # what is public
    **{(state, Event.PUBLISH): State.PUBLIC for state in _SHOWN},
    **{(state, Event.CORRECT): State.CORRECTED for state in _SHOWN},
    **{(state, stop): after for state in _SHOWN for stop, after in _STOPS.items()},
    # what the law keeps from the public
    **{(state, Event.PUBLISH): State.PUBLIC for state in _BY_LAW},
    **{(state, stop): after for state in _BY_LAW for stop, after in _STOPS.items()},
    # what persons take down, and what they let come back
    **{(state, Event.SUSPEND): State.SUSPENDED for state in (State.SCHEDULED, *_SHOWN, State.HELD, *_BY_HAND)},
    (State.SUSPENDED, Event.DECLINE): State.SCHEDULED,
    (State.SUSPENDED, Event.KEEP): State.WITHDRAWN,
    **{(state, Event.WITHDRAW): State.WITHDRAWN for state in (State.SCHEDULED, *_SHOWN, *_BY_LAW, *_BY_HAND)},
    **{(state, Event.LIFT): State.SCHEDULED for state in _DOWN},
    **{(state, Event.RESTORE): State.RESTORED for state in (State.SCHEDULED, State.HELD)},
}
"""(state, event) to the state after it. PUBLISH is for what never was public where a stop is before it; what
was public comes back by RESTORE."""

STANDING_EVENTS = {
    "held": Event.HOLD,
    "withheld": Event.WITHHOLD,
    "sealed": Event.WITHHOLD,
    "expired": Event.EXPIRE,
    "suspended": Event.SUSPEND,
    "withdrawn": Event.WITHDRAW,
}
"""The standing (gongshi/law/publishability.py) to the event that it causes."""
_STATES = {standing: TRANSITIONS[State.SCHEDULED, event] for standing, event in STANDING_EVENTS.items()}

_MANNERS = {Event.PUBLISH: State.PUBLIC, Event.CORRECT: State.CORRECTED, Event.RESTORE: State.RESTORED}


class Facts(Protocol):
    """What of a disclosure decides its state; `gongshi.store.Pending` has it."""

    @property
    def standing(self) -> str:
        """Why it is not public, in the law's words; empty where nothing stops it."""

    @property
    def comes_back(self) -> bool:
        """Whether it waits for the next rebuild to be public again."""

    @property
    def manner(self) -> str:
        """How it last became public; empty where it never did."""

    @property
    def approved(self) -> int | None:
        """The version that was last approved."""

    @property
    def review(self) -> str:
        """What review says of the newest version."""


def state_of(facts: Facts) -> State:
    """The state of a disclosure."""
    if facts.standing:
        return _STATES[facts.standing]
    if facts.manner and not facts.comes_back:
        return _MANNERS[Event(facts.manner)]
    if facts.approved is not None:
        return State.SCHEDULED
    return State.RETURNED if facts.review == RETURNED else State.RECEIVED


def after(state: State, event: Event) -> State:
    """The state that `event` leads to. Raises TransitionRefused, naming the state."""
    found = TRANSITIONS.get((state, event))
    if found is None:
        raise TransitionRefused(f"当前状态是“{LABELS[state]}”，不能{EVENT_LABELS[event]}。")
    return found
