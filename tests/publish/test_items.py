"""A decision that names an item of its department's list belongs to that item, however the code was typed (D9)."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from gongshi.law.citing import law_id
from gongshi.publish.database.changes import Changes, touched
from gongshi.publish.database.rows import stored
from gongshi.query.tokens import match_expression
from gongshi.records.registry.key import item_mark
from gongshi.release.affected import affected
from gongshi.store.sqlite import connect

CODE = "2207-CF-001"
NEWEST = "SELECT id FROM decisions WHERE item = ? ORDER BY sort DESC LIMIT 10"


def test_what_a_decision_stands_on_is_known_before_it_goes_and_when_it_comes(world: Any) -> None:
    world.send(world.decision(legal_basis="《食品安全法》第三条、《行政处罚法》第九条"))
    world.publish()
    with closing(connect(world.path, read_only=True)) as db:
        ((id, region),) = db.execute("SELECT id, region FROM decisions").fetchall()
    parts = {f"county:{region}", *(f"law:{law_id(name)}" for name in ("食品安全法", "行政处罚法"))}
    assert parts | {"counties", "laws"} <= affected(world.path, Changes((), (id,)))
    with closing(connect(world.path, read_only=True)) as db:
        (again,) = stored(db, [id])
    assert parts <= affected(world.path, Changes((again,), ()))


@pytest.mark.article("D9")
def test_a_decision_is_found_under_its_item_and_by_its_code(world: Any) -> None:
    world.send(world.decision(item_code=CODE), world.decision(item_code="２２０７-cf-001 "), world.decision())
    world.publish()
    mark = item_mark("11220700MB99000134", CODE)
    with closing(connect(world.path, read_only=True)) as db:
        rows = db.execute("SELECT id, item_code FROM decisions WHERE item = ?", (mark,)).fetchall()
        found = {row["id"]: row["item_code"] for row in rows}
        assert sorted(found.values()) == [CODE, "２２０７-cf-001 "]
        (without,) = db.execute("SELECT item, item_code FROM decisions WHERE item IS NULL").fetchall()
        assert tuple(without) == (None, None)
        query = "SELECT count(*) FROM decisions_fts WHERE decisions_fts MATCH ?"
        assert db.execute(query, (match_expression("2207-CF-001"),)).fetchone()[0] == 2
    one = next(iter(found))
    assert f"item:{mark}" in affected(world.path, Changes((), (one,)))
    assert [light.item for light in touched(world.path, Changes((), (one,))).before] == [mark]


def test_the_newest_of_an_item_are_read_by_its_index(world: Any) -> None:
    world.send(world.decision(item_code=CODE))
    world.publish()
    with closing(connect(world.path, read_only=True)) as db:
        plan = " ".join(row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {NEWEST}", ("x",)))
    assert "decisions_item" in plan and "TEMP B-TREE" not in plan
