"""A run looks again only at what may have changed, and public.db comes out as if it had looked at all (promise 5)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gongshi.lifecycle.publication import Recorded, record_publication
from gongshi.publish.database.changes import changes, touched
from gongshi.publish.database.judged import Judged, Outstanding
from gongshi.publish.database.public_db import apply, count, published_head, write_full
from gongshi.publish.preparing.prepare import Prepared, prepare
from gongshi.store import head
from gongshi.store.queries import approved
from gongshi.store.sqlite import connect

NUMBERS = tuple(f"松市监罚〔2026〕{number}号" for number in range(700, 706))
MARK = "the reference data and the code"


class Runs:
    """Rebuilds of a world up to public.db, each remembering what came of it."""

    def __init__(self, world: Any, dump: Callable[[Path], Any]) -> None:
        self.world, self.dump = world, dump
        self.path = world.path.with_name("judged.db")

    def todo(self, mark: str = MARK, built: str = "") -> frozenset[str] | None:
        return Judged(self.path, mark).todo(self.world.store, self.world.today, built or self.built())

    def built(self) -> str:
        return published_head(self.world.path)

    def remember(self, prepared: Prepared, recorded: Recorded) -> Outstanding:
        return Judged(self.path, MARK).remember(
            *(prepared, recorded, self.world.store, self.world.today),
            built=self.built(),
            public=count(self.world.path),
            again=self.world.ledger,
        )

    def run(self, *, everything: bool = False) -> Outstanding:
        """One run; how it changed public.db is checked against a file from nothing."""
        world = self.world
        prepared = self.prepared(None if everything else self.todo())
        recorded = self.record(prepared)
        wanted = changes(world.path, prepared, recorded.refused)
        if wanted is None:
            write_full(world.path, world.instance, prepared.rows, head(world.store), prepared.notices)
        else:
            apply(world.path, wanted, world.instance, head(world.store))
        standing = self.remember(prepared, recorded)
        self.same_as_from_nothing(standing)
        return standing

    def prepared(self, ids: Any) -> Prepared:
        world = self.world
        draw = Random(world.store.db.total_changes).getrandbits
        return prepare(world.store, world.instance, world.today, draw, ledger=world.ledger, ids=ids)

    def record(self, prepared: Prepared) -> Recorded:
        world = self.world
        return record_publication(world.store, prepared.published, prepared.stops, world.today, world.now)

    def same_as_from_nothing(self, standing: Outstanding) -> None:
        whole = self.prepared(None)
        fresh = self.path.with_name("fresh.db")
        write_full(fresh, self.world.instance, whole.rows, head(self.world.store), whole.notices)
        assert self.dump(self.world.path) == self.dump(fresh)
        assert standing.public == len(whole.rows)
        assert sorted(standing.refused, key=lambda one: one.id) == sorted(whole.refused, key=lambda one: one.id)
        assert standing.undecided == {one: len(names) for one, names in whole.undecided.items()}


@pytest.fixture
def runs(world: Any, dump: Callable[[Path], Any]) -> Runs:
    """Six decisions are public, and a run knows it."""
    world.send(*(world.decision(number=number, facts=f"{number}的事实") for number in NUMBERS))
    found = Runs(world, dump)
    found.run()
    return found


def record(world: Any, number: str = NUMBERS[2]) -> str:
    return next(one.id for one in approved(world.store) if one.decision.values["document_number"] == number)


CHANGES: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda world: None,
    "a new decision": lambda world: world.send(world.decision(number="松市监罚〔2026〕799号")),
    "a new version": lambda world: world.send(world.decision(number=NUMBERS[2], facts="更正后的事实")),
    "a version with a name nobody decided on": lambda world: world.send(
        world.decision(number=NUMBERS[2], facts="经查实，王立新未按规定公示。")
    ),
    "a version that the gate refuses": lambda world: world.send(
        world.decision(number=NUMBERS[2], parties=[{"party_name": "赵铁柱", "party_type": "法人及非法人组织"}])
    ),
    "a version of internal fields": lambda world: world.send(world.decision(number=NUMBERS[2], remarks="备注")),
    "a ground": lambda world: world.send(
        world.decision(number=NUMBERS[2], withhold_ground="危及安全稳定", withhold_reason="经研判")
    ),
    "withdrawn": lambda world: world.end(record(world)),
    "suspended": lambda world: world.suspend(record(world)),
    "a licence that runs out": lambda world: world.send(
        world.decision("licence", number="松市监许准〔2026〕1号", licence_state="有效", valid_until="2026-11-28")
    ),
    "suspended and declined": lambda world: world.decline(world.suspend(record(world))),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_looking_at_what_changed_comes_out_as_looking_at_everything(change: Callable[[Any], Any], runs: Runs) -> None:
    change(runs.world)
    for _ in range(3):
        runs.run()
    assert runs.todo() == frozenset(), "and then nothing is left to do"


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_day_that_changes_something_is_known_beforehand(change: Callable[[Any], Any], runs: Runs) -> None:
    """Through the month of a notice and to the end of the retention, in leaps: each day is as from nothing."""
    change(runs.world)
    for days in (1, 29, 1, 1, 300, 33, 1, 1, 365 * 2):
        runs.world.today += timedelta(days=days)
        runs.run()


def test_only_what_was_touched_is_looked_at(runs: Runs) -> None:
    assert runs.todo() == frozenset()
    runs.world.send(runs.world.decision(number=NUMBERS[4], facts="更正后的事实"))
    assert runs.todo() == {record(runs.world, NUMBERS[4])}


def test_what_somebody_else_wrote_during_a_run_is_looked_at_in_the_next(runs: Runs) -> None:
    prepared = runs.prepared(None)
    runs.world.send(runs.world.decision(number=NUMBERS[1], facts="更正后的事实"))
    recorded = runs.record(prepared)
    runs.remember(prepared, recorded)
    assert record(runs.world, NUMBERS[1]) in (runs.todo() or ())


def test_what_only_the_ledger_keeps_down_is_looked_at_again_each_time(runs: Runs) -> None:
    ours = record(runs.world)
    runs.world.ledger = {ours: "withdrawn"}
    runs.run(everything=True)
    assert runs.todo() == {ours}


def test_what_could_not_be_journaled_is_looked_at_again(runs: Runs) -> None:
    prepared, ours = runs.prepared(frozenset()), record(runs.world)
    recorded = replace(runs.record(prepared), refused={ours: "没有审核通过"})
    runs.remember(prepared, recorded)
    assert runs.todo() == {ours}


def test_by_another_mark_beside_another_file_or_store_and_on_an_earlier_day_nothing_is_known(runs: Runs) -> None:
    assert runs.todo("other code") is None
    assert runs.todo(built="a public.db of a backup") is None
    runs.world.today -= timedelta(days=1)
    assert runs.todo() is None
    runs.world.today += timedelta(days=1)
    runs.world.store.db.execute("PRAGMA writable_schema = ON")
    runs.world.store.db.execute("DELETE FROM sqlite_schema WHERE type = 'trigger'")
    runs.world.store.db.execute("PRAGMA writable_schema = RESET")
    runs.world.store.db.execute("UPDATE journal SET hash = hash || 'x'")
    assert runs.todo() is None


@pytest.mark.parametrize("left", [None, b"", b"no database" * 100])
def test_a_lost_or_damaged_file_knows_nothing_and_is_made_again(left: bytes | None, runs: Runs) -> None:
    runs.path.unlink()
    if left is not None:
        runs.path.write_bytes(left)
    assert runs.todo() is None
    runs.run(everything=True)
    assert runs.todo() == frozenset()


@pytest.mark.parametrize("table", ["wakes", "refused", "undecided", "again", "meta"])
def test_a_table_that_can_not_be_read_is_a_file_that_knows_nothing(table: str, runs: Runs) -> None:
    with closing(connect(runs.path)) as db:
        db.execute(f"DROP TABLE {table}")
    assert runs.todo() is None


def test_damage_that_is_met_late_costs_the_next_run_a_look_at_everything(runs: Runs) -> None:
    runs.world.send(runs.world.decision(number=NUMBERS[4], facts="更正后的事实"))
    todo = runs.todo()
    with closing(connect(runs.path)) as db:
        page = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'wakes'").fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    with runs.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    prepared = runs.prepared(todo)
    recorded = runs.record(prepared)
    assert runs.remember(prepared, recorded).public == len(NUMBERS)
    assert runs.todo() is None
    runs.run(everything=True)
    assert runs.todo() == frozenset()


@pytest.mark.parametrize("days", [0, 1, 10])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_run_that_died_before_it_remembered_is_gone_on_with(
    change: Callable[[Any], Any], days: int, runs: Runs
) -> None:
    """public.db is newer than what is remembered, and known to be: only what that run looked at is looked at again."""
    world = runs.world
    change(world)
    prepared = runs.prepared(runs.todo())
    recorded = runs.record(prepared)
    Judged(runs.path, MARK).expect(head(world.store), world.today)
    apply(world.path, changes(world.path, prepared, recorded.refused), world.instance, head(world.store))
    world.today += timedelta(days=days)
    again = runs.todo()
    assert again is not None
    assert again >= (prepared.looked_at or set())
    runs.run()


def test_what_another_code_made_before_it_died_is_not_known(runs: Runs) -> None:
    runs.world.send(runs.world.decision(number=NUMBERS[4], facts="更正后的事实"))
    Judged(runs.path, "other code").expect("made by it", runs.world.today)
    assert runs.todo(built="made by it") is None
    Judged(runs.path, MARK).expect("made by it", runs.world.today + timedelta(days=1))
    assert runs.todo(built="made by it") is None, "of a day that has not come"


def test_it_holds_no_word_of_a_decision_and_is_its_owners_alone(runs: Runs) -> None:
    runs.world.send(runs.world.decision(number=NUMBERS[2], facts="经查实，王立新未按规定公示。"))
    runs.run()
    assert "王立新".encode() not in runs.path.read_bytes()
    assert NUMBERS[2].encode() not in runs.path.read_bytes()
    assert runs.path.stat().st_mode & 0o777 == 0o600


def test_the_parts_of_the_site_are_computed_from_what_stood_and_what_will(runs: Runs) -> None:
    world, ours, other = runs.world, record(runs.world), record(runs.world, NUMBERS[3])
    world.send(world.decision(number=NUMBERS[3], facts="更正后的事实"))
    world.end(ours)
    prepared = runs.prepared(runs.todo())
    found = changes(world.path, prepared, ())
    assert found
    light = touched(world.path, found)
    assert {one.id for one in light.before} == {ours, other}
    assert [one.id for one in light.after] == [other]
    assert [one.id for one in light.notices_after] == [ours]
    assert light.notices_before == ()
    assert {one.first_published_on for one in light.before} == {world.today.isoformat()}


def test_where_nothing_can_be_changed_everything_must_be_written(runs: Runs, tmp_path: Path) -> None:
    assert changes(tmp_path / "none.db", runs.prepared(None), ()) is None
