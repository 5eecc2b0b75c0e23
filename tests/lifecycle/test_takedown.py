"""What must not be public stops being so through the law, and stays so whatever is sent again (D18, D28)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongshi.lifecycle import Recorded, State, state_of
from gongshi.store import Store, latest, verify

Day = Callable[[date], Recorded]


def state(store: Store) -> State:
    (pending,) = latest(store)
    return state_of(pending)


TAKEN_DOWN: dict[str, tuple[dict[str, str], State]] = {
    "a ground found later": ({"withhold_ground": "危及安全稳定", "withhold_reason": "理由"}, State.WITHHELD),
    "sealed by law": ({"legal_basis": "《中华人民共和国治安管理处罚法》第二十六条"}, State.WITHHELD),
    "no secrecy check": ({"secrecy_checked": "0"}, State.HELD),
    "its own last day": ({"publish_until": "2026-03-05"}, State.EXPIRED),
}


@pytest.mark.article("D18")
@pytest.mark.parametrize("case", TAKEN_DOWN)
def test_a_reviewed_new_version_takes_down(  # noqa: PLR0917
    case: str, send: Callable, judge_batch: Callable, decision: Callable, store: Store, rebuild: Day
) -> None:
    values, expected = TAKEN_DOWN[case]
    judge_batch(send(decision(1)))
    assert len(rebuild(date(2026, 3, 3)).published) == 1
    receipt = send(decision(1, **values))
    assert rebuild(date(2026, 3, 9)).stopped == ()
    judge_batch(receipt)
    assert len(rebuild(date(2026, 3, 9)).stopped) == 1
    assert state(store) is expected
    assert rebuild(date(2026, 3, 10)) == Recorded(published=(), corrected=(), restored=(), stopped=(), refused={})
    assert verify(store).ok


@pytest.mark.article("D18")
def test_a_minor_is_never_published(  # noqa: PLR0917
    send: Callable, judge_batch: Callable, decision: Callable, party: Callable, store: Store, rebuild: Day
) -> None:
    judge_batch(send(decision(1, party("张小山", party_adult_when_decided="0"))))
    recorded = rebuild(date(2026, 3, 3))
    assert (recorded.published, len(recorded.stopped)) == ((), 1)
    assert state(store) is State.WITHHELD


@pytest.mark.article("D28")
def test_a_person_s_decision_expires_two_years_after_its_first_publication_and_stays_down(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store, rebuild: Day
) -> None:
    judge_batch(send(decision(1, "张大山")))
    rebuild(date(2026, 3, 3))
    assert rebuild(date(2028, 3, 3)).stopped == ()
    assert len(rebuild(date(2028, 3, 4)).stopped) == 1
    assert state(store) is State.EXPIRED
    judge_batch(send(decision(1, "张大山", content="重新提交")))
    rebuild(date(2028, 3, 6))
    assert state(store) is State.EXPIRED
