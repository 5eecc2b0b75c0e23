"""The public numbers of legal review: in place as from nothing; switched off they leave no trace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongshi.publish.database.changes import Changes
from gongshi.publish.database.public_db import apply, write_full
from gongshi.publish.database.review_figures import differ
from gongshi.records.review_figures import ReviewYear
from gongshi.store import head
from tests.publish.test_figures import pages_of_figures

YEARS = (
    ReviewYear("2024", (12, 12, 0, 12, 0, 0, 0, 0, 0)),
    ReviewYear("2025", (1240, None, None, 1200, 0, 0, 40, 0, 0)),
)


def test_they_stand_beside_the_other_figures_and_go_without_a_trace(
    world: Any, dump: Callable[[Path], Any], tmp_path: Path
) -> None:
    world.send(world.decision(decided_on="2026-11-17"))
    world.publish()
    before, without = dump(world.path), pages_of_figures(world.path)
    assert differ(world.path, YEARS)
    apply(world.path, Changes((), ()), world.instance, head(world.store), reviews=YEARS)
    assert not differ(world.path, YEARS)
    again = tmp_path / "again.db"
    write_full(again, world.instance, list(world.prepare().rows), head(world.store), reviews=YEARS)
    assert dump(again) == dump(world.path)
    shown = pages_of_figures(world.path)
    assert "不公布".encode() in shown["figures/index.html"]
    assert b"1,200" in shown["figures/index.html"]
    assert shown["figures/reviews.csv"].decode("utf-8-sig").splitlines()[1:] == [
        "2025年,1240,不公布,不公布,1200,0,0,40,0,0",
        "2024年,12,12,0,12,0,0,0,0,0",
    ]
    changed = {path for path in shown if shown[path] != without.get(path)}
    assert changed == {"figures/index.html", "figures/reviews.csv"}, "of the whole city alone"
    apply(world.path, Changes((), ()), world.instance, head(world.store))
    assert (dump(world.path), pages_of_figures(world.path)) == (before, without)
