"""Several processes judge what one would have judged, with the same outcome; one that dies is told, not waited for."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest

from gongshi.lifecycle.publication import record_publication
from gongshi.publish.composing.dates import Draw, drawn
from gongshi.publish.preparing import prepare as module
from gongshi.publish.preparing import slices
from gongshi.publish.preparing.prepare import Prepared
from gongshi.publish.preparing.workers import WorkerDied
from gongshi.records.places import RANDOM_BITS

FEW = 2
"""Decisions in a slice, so that a handful of them is many."""


@pytest.fixture
def city(world: Any, parties: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Eight public decisions, one of them withdrawn, one corrected, one with a name that waits, one refused."""
    monkeypatch.setattr(slices, "_AT_ONCE", FEW)
    monkeypatch.setattr(module, "_FEW", 1)
    number = "松市监罚〔2026〕7310号"
    world.send(*(world.decision(parties=[parties["person"]]) for _ in range(4)), world.decision(number=number))
    world.send(world.decision("licence"), world.decision(facts="经查实，王立新未按规定公示。"))
    world.send(world.decision(parties=[{"party_name": "赵铁柱", "party_type": "法人及非法人组织"}]))
    world.publish()
    world.send(world.decision(number=number, facts="更正后的事实"))
    world.end(next(row.id for row in world.prepare().rows if row.kind == "licence"))
    world.publish()
    return world


def prepared(world: Any, workers: int, draw: Draw = drawn) -> Prepared:
    return module.prepare(world.store, world.instance, world.today, draw, workers=workers)


def test_two_processes_let_out_what_one_does(city: Any) -> None:
    alone, both = prepared(city, 1), prepared(city, 2)
    assert alone == both
    assert len(both.rows) == 6
    assert len(both.notices) == 1
    assert both.undecided
    assert [one.check for one in both.refused] == ["person_as_company"]
    assert list(alone.wakes) == list(both.wakes)
    assert list(alone.published) == list(both.published)
    assert both.looked_at is None


def test_places_that_two_draw_at_the_same_time_never_meet(city: Any) -> None:
    city.today = date(2026, 11, 21)
    city.send(*(city.decision() for _ in range(6)))
    both = prepared(city, 2, bits_that_are_all_alike)
    drawn_now = [row.sort for row in both.rows if row.row["first_published_on"] == "2026-11-21"]
    assert len(set(drawn_now)) == 6
    assert not both.refused[1:]


_next = iter(range(1000))


def bits_that_are_all_alike(bits: int) -> int:
    """In every process 0, 1, 2, …"""
    return next(_next)


def test_a_process_that_dies_is_told_and_not_waited_for(city: Any) -> None:
    city.send(city.decision())
    with pytest.raises(WorkerDied) as caught:
        prepared(city, 2, os._exit)
    assert caught.value.code == "R010"


def test_where_somebody_wrote_while_they_began_all_is_looked_at_anew(
    city: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = module.position, []

    def moves_once(store: Any) -> int:
        asked.append(store)
        return real(store) - (len(asked) == 1)

    monkeypatch.setattr(module, "position", moves_once)
    assert prepared(city, 2) == prepared(city, 1)
    assert len(asked) == 3


def test_the_rows_wait_in_no_file_that_has_a_name(city: Any) -> None:
    before = sorted(city.path.parent.iterdir())
    found = prepared(city, 1)
    assert sorted(city.path.parent.iterdir()) == before
    assert list(found.rows) == [found.rows[at] for at in range(len(found.rows))] == found.rows[:]
    assert found.rows[-1] == found.rows[len(found.rows) - 1]


_falling = iter(range(2**RANDOM_BITS - 1, 0, -1))


def bits_that_fall(bits: int) -> int:
    """In every process each less than the one before: by place the last to arrive comes first."""
    return next(_falling)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_judged_and_journaled_goes_in_the_order_of_arrival(
    world: Any, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(slices, "_AT_ONCE", FEW)
    monkeypatch.setattr(module, "_FEW", 1)
    world.send(*(world.decision() for _ in range(8)))
    found = prepared(world, workers, bits_that_fall)
    arrived = told(world, "SELECT id FROM disclosures ORDER BY rowid")
    assert arrived != sorted(arrived)
    assert [row.id for row in found.rows] != arrived
    assert [record for record, *_ in found.published] == arrived
    record_publication(world.store, found.published, found.stops, world.today, world.now)
    assert told(world, "SELECT record FROM journal WHERE operation = 'publish' ORDER BY seq") == arrived


def told(world: Any, query: str) -> list[str]:
    return [one for (one,) in world.store.db.execute(query)]
