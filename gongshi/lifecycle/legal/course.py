"""The course of a review as the journal has it: replayed from its entries, never read from a state that was set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gongshi.law.review.flow import Happened, Review, replay
from gongshi.law.review.words import Event, State
from gongshi.store import Store
from gongshi.store.cases import CaseRow, Entered, entered
from gongshi.store.operations import Operation


def course(store: Store, case: CaseRow) -> Review:
    """Where the review of a case stands; NONE where it needs none. Raises ReviewRefused where the journal holds a
    step that could not follow: the record was written by other hands than ours."""
    if not case.review:
        return Review()
    steps = [happened(one) for one in entered(store, case.id, Operation.LEGAL) if one.payload]
    began = Happened(event=Event.REQUIRE, at=steps[0].at if steps else "", by="")
    review = replay([began, *steps])
    return replace(review, state=State.DECIDED) if case.decided_seq else review


def happened(one: Entered) -> Happened:
    """An entry as the law sees it."""
    payload: Mapping[str, object] = one.payload or {}
    fields = payload["fields"]
    assert isinstance(fields, Mapping)
    return Happened(event=Event(str(payload["event"])), at=str(payload["at"]), by=one.actor, fields=fields)


def in_order(store: Store, case: CaseRow) -> bool:
    """Whether the claimed order of the steps is that in which they were recorded (L5)."""
    claimed = [happened(one).at for one in entered(store, case.id, Operation.LEGAL) if one.payload]
    return claimed == sorted(claimed)
