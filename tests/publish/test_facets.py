"""The counts of the search's facets: those of the rows, after any change of the file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gongshi.publish.database import facets
from gongshi.publish.database.public_db import intact
from gongshi.store.sqlite import connect


def counted(path: Path) -> list[tuple[Any, ...]]:
    """The table, which must be what the rows count."""
    db = connect(path)
    try:
        assert facets.agree(db)
        return [tuple(row) for row in db.execute("SELECT kind, year, decisions FROM facets ORDER BY kind, year")]
    finally:
        db.close()


def test_decisions_are_counted_by_kind_and_year(world: Any) -> None:
    licence = world.decision("licence", number="松市监许准〔2026〕1号", decided_on="2026-11-17")
    world.send(world.decision(), world.decision(number="松市监罚〔2026〕77号"), licence)
    world.publish()
    assert counted(world.path) == [("licence", "2026", 1), ("penalty", "2026", 2)]


@pytest.mark.parametrize("seed", range(2))
def test_after_any_changes_the_counts_are_those_of_the_rows(seed: int, world: Any) -> None:
    random, numbers = Random(seed), [f"松市监罚〔2026〕{n}号" for n in range(800, 806)]
    for _ in range(8):
        world.today += timedelta(days=random.randint(0, 20))
        decided = (world.today - timedelta(days=random.randint(0, 40))).isoformat()
        hidden = {"withhold_ground": "妨害执法", "withhold_reason": "正在侦办", "withhold_review_on": "2028-06-01"}
        world.send(world.decision(number=random.choice(numbers), decided_on=decided, **random.choice([{}, {}, hidden])))
        world.publish()
        step_by_step = counted(world.path)
    world.publish(full=True)
    assert counted(world.path) == step_by_step


def test_a_count_that_was_touched_is_noticed(world: Any) -> None:
    world.send(world.decision())
    world.publish()
    db = connect(world.path)
    try:
        assert intact(world.path)
        db.execute("UPDATE facets SET decisions = 7")
        assert not intact(world.path)
    finally:
        db.close()
