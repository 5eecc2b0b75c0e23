"""A run looks again only at what changed, and comes out as if it had looked at everything (promise 5)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gongshi.publish import prepare as module
from gongshi.publish.memory import Memory
from gongshi.publish.prepare import Prepared, prepare
from gongshi.store.queries import approved
from gongshi.store.sqlite import connect

NUMBERS = tuple(f"松市监罚〔2026〕{number}号" for number in range(700, 706))


def prepared(world: Any, memory: Memory | None) -> Prepared:
    rows = memory.unchanged(world.store, world.path, ()) if memory else ()
    draw = Random(9).getrandbits
    return prepare(world.store, world.instance, world.today, draw, ledger=world.ledger, unchanged=rows)


@pytest.fixture
def remembered(world: Any) -> Memory:
    """Six decisions are public; what is remembered of them."""
    world.send(*(world.decision(number=number, facts=f"{number}的事实") for number in NUMBERS))
    world.publish()
    return Memory("mark").after(world.store, world.prepare().rows, ())


def record(world: Any, number: str = NUMBERS[2]) -> str:
    return next(one.id for one in approved(world.store) if one.decision.values["document_number"] == number)


CHANGES: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda world: None,
    "a new decision": lambda world: world.send(world.decision(number="松市监罚〔2026〕799号")),
    "a new version": lambda world: world.send(world.decision(number=NUMBERS[2], facts="更正后的事实")),
    "a version with a name nobody decided on": lambda world: world.send(
        world.decision(number=NUMBERS[2], facts="经查实，王立新未按规定公示。")
    ),
    "a version of internal fields": lambda world: world.send(world.decision(number=NUMBERS[2], remarks="备注")),
    "a ground": lambda world: world.send(
        world.decision(number=NUMBERS[2], withhold_ground="危及安全稳定", withhold_reason="经研判")
    ),
    "withdrawn": lambda world: world.end(record(world)),
    "suspended": lambda world: world.suspend(record(world)),
    "suspended and declined": lambda world: world.decline(world.suspend(record(world))),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_remembered_changes_nothing_that_comes_out(
    change: Callable[[Any], Any], world: Any, remembered: Memory
) -> None:
    change(world)
    for _ in range(2):
        quick, whole = prepared(world, remembered), prepared(world, None)
        assert (quick.rows, quick.notices, sorted(quick.stops)) == (whole.rows, whole.notices, sorted(whole.stops))
        assert (quick.refused, quick.undecided) == (whole.refused, whole.undecided)
        world.publish()


def test_only_what_changed_is_made_again(world: Any, remembered: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = module.compose
    monkeypatch.setattr(module, "compose", lambda one, *rest: made.append(one.id) or real(one, *rest))
    prepared(world, remembered)
    assert made == []
    world.send(world.decision(number=NUMBERS[4], facts="更正后的事实"))
    prepared(world, remembered)
    assert set(made) == {record(world, NUMBERS[4])}


def test_an_erased_earlier_version_is_a_change(world: Any, remembered: Memory) -> None:
    world.send(world.decision(number=NUMBERS[2], facts="更正后的事实"))
    world.publish()
    ours = record(world)
    memory = Memory("mark").after(world.store, world.prepare().rows, ())
    assert ours in {row.id for row in memory.unchanged(world.store, world.path, ())}
    old = world.store.db.execute("SELECT min(seq) FROM versions WHERE id = ?", (ours,)).fetchone()[0]
    world.store.db.execute("UPDATE versions SET erased_by = 1 WHERE seq = ?", (old,))
    assert ours not in {row.id for row in memory.unchanged(world.store, world.path, ())}


def test_what_the_ledger_keeps_down_is_not_remembered_to_be_public(world: Any, remembered: Memory) -> None:
    ours = record(world)
    assert ours not in {row.id for row in remembered.unchanged(world.store, world.path, {ours})}


def test_a_row_that_was_altered_in_the_file_is_made_again(world: Any, remembered: Memory) -> None:
    db = connect(world.path)
    db.execute("UPDATE decisions SET facts = '别的' WHERE document_number = ?", (NUMBERS[2],))
    db.close()
    assert record(world) not in {row.id for row in remembered.unchanged(world.store, world.path, ())}
    assert prepared(world, remembered).rows == prepared(world, None).rows


@pytest.mark.parametrize("left", [None, b"", b"[]", b"{}", b'{"mark": "m", "known": {"x": 1}}'])
def test_a_lost_or_damaged_memory_knows_nothing(left: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "prepared.json"
    if left is not None:
        path.write_bytes(left)
    assert Memory.load(path, "m").known == {}


def test_it_is_kept_without_a_word_and_forgotten_with_the_day(world: Any, remembered: Memory, tmp_path: Path) -> None:
    path = tmp_path / "prepared.json"
    path.write_bytes(remembered.content())
    assert Memory.load(path, "mark") == remembered
    assert Memory.load(path, "another day").known == {}
    assert all(byte < 128 for byte in path.read_bytes())


def test_without_public_db_nothing_is_remembered(world: Any, remembered: Memory, tmp_path: Path) -> None:
    assert remembered.unchanged(world.store, tmp_path / "none.db", ()) == []
