"""Every state against every event: it leads where the table below says, or is refused and names the state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongshi.law.publishability import Standing
from gongshi.lifecycle.errors import TransitionRefused
from gongshi.lifecycle.transitions import EVENT_LABELS, LABELS, STANDING_EVENTS, TRANSITIONS, Event, State, after

EVENTS = "receive return approve publish correct restore lift hold withhold expire suspend decline withdraw keep"
TABLE = """
received  =        returned scheduled .      .         .        .         .    .        .       .         .         .         .
returned  received .        .         .      .         .        .         .    .        .       .         .         .         .
scheduled =        =        =         public .         restored .         held withheld expired suspended .         withdrawn .
held      =        =        =         public .         restored .         =    withheld expired suspended .         withdrawn .
withheld  =        =        =         public .         .        scheduled held =        expired .         .         withdrawn .
expired   =        =        =         public .         .        scheduled held withheld =       .         .         withdrawn .
public    =        =        =         =      corrected .        .         held withheld expired suspended .         withdrawn .
corrected =        =        =         public =         .        .         held withheld expired suspended .         withdrawn .
restored  =        =        =         public corrected .        .         held withheld expired suspended .         withdrawn .
suspended =        =        =         .      .         .        .         .    .        .       =         scheduled withdrawn withdrawn
withdrawn =        =        =         .      .         .        scheduled .    .        .       suspended .         =         .
"""  # noqa: E501
"""`=` the state stays, `.` the event is refused."""


def cells() -> Iterator[tuple[State, Event, str]]:
    for line in TABLE.strip().splitlines():
        state, *results = line.split()
        for event, result in zip(EVENTS.split(), results, strict=True):
            yield State(state), Event(event), state if result == "=" else result


CELLS = list(cells())


@pytest.mark.parametrize(("state", "event", "result"), CELLS)
def test_each_state_and_event(state: State, event: Event, result: str) -> None:
    if result != ".":
        assert after(state, event) == State(result)
        return
    with pytest.raises(TransitionRefused, match=LABELS[state]) as caught:
        after(state, event)
    assert EVENT_LABELS[event] in str(caught.value)


def test_no_state_and_no_event_is_left_out() -> None:
    assert {(state, event) for state, event, _ in CELLS} == {(state, event) for state in State for event in Event}


def test_nothing_unreviewed_becomes_public_by_the_table() -> None:
    unreviewed = {State.RECEIVED, State.RETURNED}
    assert {result for (state, _), result in TRANSITIONS.items() if state in unreviewed} == {
        State.RECEIVED,
        State.RETURNED,
        State.SCHEDULED,
    }


def test_every_state_can_be_reached() -> None:
    assert {State.RECEIVED, *TRANSITIONS.values()} == set(State)


def test_every_standing_that_stops_has_its_event() -> None:
    assert set(STANDING_EVENTS) == set(Standing) - {Standing.PUBLISH}
