"""What became public and what stopped being so: journaled once, the first day never reset."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from gongshi.lifecycle import Recorded, State, record_publication, state_of
from gongshi.store import Approved, Store, approved, head, latest, verify
from gongshi.store.changes import position
from tests.plans import scans, statements

DAYS = [date(2026, 3, day) for day in range(2, 30)]


@pytest.fixture
def publish(store: Store, clock: Mapping[str, Any]) -> Callable[..., Recorded]:
    """Publish everything approved on `day`, save what `stopped` names."""

    def do(day: date, **stopped: str) -> Recorded:
        standings = {item.id: standing for item in approved(store) for standing in stopped.values()}
        shown = [
            (item.id, item.version, item.sort or 1000 + number, item.first_published_on or day)
            for number, item in enumerate(approved(store))
            if item.id not in standings
        ]
        stops = [(record, standing, ["code_b", "code_a"]) for record, standing in standings.items()]
        return record_publication(store, shown, stops, day, clock["now"])

    return do


def only(store: Store) -> Approved:
    (item,) = approved(store)
    return item


def state(store: Store) -> State:
    (pending,) = latest(store)
    return state_of(pending)


def test_first_publication_is_recorded_once(
    send: Callable, judge_batch: Callable, decision: Callable, publish: Callable, store: Store
) -> None:
    judge_batch(send(decision(1)))
    assert len(publish(DAYS[0]).published) == 1
    before = head(store)
    assert publish(DAYS[1]) == Recorded(published=(), corrected=(), restored=(), stopped=(), refused={})
    assert head(store) == before
    assert (only(store).first_published_on, only(store).sort) == (DAYS[0], 1000)
    assert state(store) is State.PUBLIC


@pytest.mark.article("D28")
def test_withdrawing_and_publishing_again_never_resets_the_first_day(
    send: Callable, judge_batch: Callable, decision: Callable, publish: Callable, store: Store
) -> None:
    judge_batch(send(decision(1)))
    publish(DAYS[0])
    assert publish(DAYS[1], why="held").stopped == (only(store).id,)
    assert state(store) is State.HELD
    assert publish(DAYS[5]).restored == (only(store).id,)
    assert (only(store).first_published_on, only(store).last_published_on) == (DAYS[0], DAYS[5])
    assert state(store) is State.RESTORED
    assert verify(store).ok


@pytest.mark.article("D28")
def test_historical_data_keeps_the_old_platform_s_day(
    send: Callable, judge_batch: Callable, decision: Callable, publish: Callable, store: Store
) -> None:
    judge_batch(send(decision(1, earlier_published_on="2023-05-06"), earlier=True))
    publish(DAYS[0])
    assert only(store).first_published_on == date(2023, 5, 6)


def test_a_stop_is_recorded_once_and_again_when_its_reason_changes(
    send: Callable, judge_batch: Callable, decision: Callable, publish: Callable, store: Store
) -> None:
    judge_batch(send(decision(1)))
    publish(DAYS[0], why="held")
    before = head(store)
    assert publish(DAYS[1], why="held").stopped == ()
    assert head(store) == before
    assert publish(DAYS[2], why="withheld").stopped
    item = only(store)
    assert (item.stopped, item.standing, item.reasons) == (True, "withheld", ("code_a", "code_b"))
    assert state(store) is State.WITHHELD


def test_a_mended_version_is_a_correction_and_a_changed_decision_is_none(
    send: Callable, judge_batch: Callable, decision: Callable, publish: Callable, store: Store
) -> None:
    judge_batch(send(decision(1)))
    publish(DAYS[0])
    judge_batch(send(decision(1, remarks="只改内部备注")))
    assert publish(DAYS[1]).published
    assert (state(store), only(store).corrected) == (State.PUBLIC, False)
    judge_batch(send(decision(1, content="变更后罚款", changed_on="2026-03-01")))
    publish(DAYS[2])
    assert (state(store), only(store).corrected) == (State.PUBLIC, False)
    judge_batch(send(decision(1, content="更正", changed_on="2026-03-01")))
    assert publish(DAYS[3]).corrected
    assert (state(store), only(store).corrected) == (State.CORRECTED, True)


@pytest.mark.article("D30")
def test_what_is_not_approved_is_refused_and_the_rest_goes_on(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store, clock: dict
) -> None:
    judge_batch(send(decision(1)))
    waiting = send(decision(2)).entries[0]
    good = only(store)
    recorded = record_publication(
        store,
        [(waiting.id, waiting.version, 5, DAYS[0]), (good.id, good.version, 6, DAYS[0]), ("f" * 16, 1, 7, DAYS[0])],
        [(waiting.id, "held", ["x"])],
        DAYS[0],
        clock["now"],
    )
    assert recorded.published == (good.id,)
    assert set(recorded.refused) == {waiting.id, "f" * 16}


def test_an_older_version_is_never_published_over_a_newer(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store, clock: dict
) -> None:
    judge_batch(send(decision(1)))
    old = only(store)
    judge_batch(send(decision(1, content="新")))
    record_publication(store, [(old.id, only(store).version, 1000, DAYS[0])], [], DAYS[0], clock["now"])
    recorded = record_publication(store, [(old.id, old.version, 1000, DAYS[0])], [], DAYS[1], clock["now"])
    assert "旧版本" in recorded.refused[old.id]


def test_what_was_public_and_withheld_stays_down_whatever_is_approved(
    send: Callable, judge_batch: Callable, decision: Callable, publish: Callable, store: Store
) -> None:
    judge_batch(send(decision(1)))
    publish(DAYS[0])
    judge_batch(send(decision(1, withhold_ground="危及安全稳定", withhold_reason="理由")))
    publish(DAYS[1], why="withheld")
    again = send(decision(1), raw=b"the old file, saved again")
    assert "恢复公示" in again.warnings[0]
    assert only(store).decision.values["withhold_ground"] == "危及安全稳定"
    judge_batch(again)
    assert only(store).decision.values["withhold_ground"] is None
    assert "恢复公示" in publish(DAYS[2]).refused[only(store).id]
    assert (state(store), only(store).stays_down) == (State.WITHHELD, "withheld")


def test_what_never_was_public_comes_out_once_its_ground_is_gone(
    send: Callable, judge_batch: Callable, decision: Callable, publish: Callable, store: Store
) -> None:
    judge_batch(send(decision(1, withhold_ground="危及安全稳定", withhold_reason="理由")))
    publish(DAYS[0], why="withheld")
    judge_batch(send(decision(1)))
    assert publish(DAYS[1]).published == (only(store).id,)
    assert state(store) is State.PUBLIC


def test_only_what_is_asked_about_is_read(
    send: Callable, judge_batch: Callable, decision: Callable, store: Store, clock: dict
) -> None:
    judge_batch(send(*map(decision, range(1, 30))))
    shown, stopped, *_ = approved(store)
    with statements(store) as heard:
        done = record_publication(
            store, [(shown.id, shown.version, 5, DAYS[0])], [(stopped.id, "held", ["x"])], DAYS[0], clock["now"]
        )
    assert (done.published, done.stopped) == ((shown.id,), (stopped.id,))
    assert heard
    assert scans(store, heard) == []


def test_what_is_published_is_journaled_piece_by_piece(  # noqa: PLR0917
    send: Callable,
    judge_batch: Callable,
    decision: Callable,
    store: Store,
    clock: dict,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So that a first build of a million is never in memory at once."""
    judge_batch(send(*map(decision, range(1, 41))))
    monkeypatch.setattr("gongshi.store.queries._AT_ONCE", 5)
    monkeypatch.setattr("gongshi.store.journal._CHUNK", 5)
    before, ahead = position(store), []

    def shown() -> Iterator[tuple[str, int, int, date]]:
        for number, item in enumerate(list(approved(store))):
            ahead.append(number - (position(store) - before))
            yield item.id, item.version, 1000 + number, DAYS[0]

    assert len(record_publication(store, shown(), [], DAYS[0], clock["now"]).published) == 40
    assert max(ahead) <= 10
    assert verify(store).ok
