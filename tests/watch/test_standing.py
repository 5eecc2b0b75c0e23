"""What stands open is found among very many decisions without reading those that nobody has to look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongshi.instance import Instance, load
from gongshi.lifecycle.acts.waiting import open_acts
from gongshi.lifecycle.attention import Sort, attention
from gongshi.lifecycle.due import due
from gongshi.lifecycle.requests.rows import requests_due
from gongshi.lifecycle.transitions import State
from gongshi.store import Store, verify
from gongshi.watch.matters import Level, Matter
from gongshi.watch.standing import Look, standing
from gongshi.watch.status import Before, Status
from tests.crowd import DAY, Crowd, record
from tests.plans import scans, statements, work

REPOSITORY = Path(__file__).parents[2]
MANY = 5_000
LATER = DAY + timedelta(days=1)
ALARM = Path("data/inbox") / "ALARM"


@pytest.fixture(scope="module")
def instance() -> Instance:
    return load(REPOSITORY)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Very many closed decisions, one of each that is open."""
    with Store.open(tmp_path_factory.mktemp("crowded") / "store.db") as store:
        yield filled(store, MANY)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same that are open, and hardly another."""
    with Store.open(tmp_path_factory.mktemp("few") / "store.db") as store:
        yield filled(store, 50)


def filled(store: Store, closed: int) -> Store:
    crowd = Crowd(store)
    crowd.closed(closed)
    crowd.open()
    return store


def look(store: Store, instance: Instance, root: Path) -> Look:
    return Look(store, instance, root, DAY)


def test_what_stands_open_is_found_and_nothing_else(crowded: Store, instance: Instance, tmp_path: Path) -> None:
    rows = {row.id: row.state for row in due(crowded, instance, DAY)}
    assert rows == {
        record("unreviewed"): State.RECEIVED,
        record("returned"): State.RETURNED,
        record("held"): State.HELD,
        record("scheduled"): State.SCHEDULED,
    }
    looks = {(one.id, one.sort) for one in attention(crowded, instance, DAY)}
    assert looks == {
        (record("review"), Sort.REVIEW),
        (record("ended"), Sort.REVIEW),
        (record("sent again"), Sort.SENT_AGAIN),
        (record("ledger"), Sort.LEDGER),
    }
    assert {act.id for act in open_acts(crowded, instance, DAY)} == {record("suspended"), record("proposed")}
    assert [row.number for row in requests_due(crowded, instance, DAY)] == ["open"]
    matters = standing(look(crowded, instance, tmp_path))
    assert [matter.said for matter in matters if matter.code == "unknown"] == []
    named = {one for matter in matters for one in matter.ids}
    assert {record(name) for name in ("unreviewed", "review", "ended", "sent again", "ledger")} <= named


def test_nobody_reads_what_is_closed(crowded: Store, few: Store, instance: Instance, tmp_path: Path) -> None:
    """The same work among 5,000 as among 50: a step or two more in each index, and no scan of a table."""
    with statements(crowded) as heard:
        standing(look(crowded, instance, tmp_path))
    assert heard
    assert scans(crowded, heard) == []
    among_many = work(crowded, lambda: standing(look(crowded, instance, tmp_path)))
    among_few = work(few, lambda: standing(look(few, instance, tmp_path)))
    assert among_many <= 1.5 * among_few


def test_such_a_store_is_as_its_journal_says(few: Store) -> None:
    assert verify(few).ok


def test_what_is_known_of_this_record_and_day_is_not_looked_for_again(
    few: Store, instance: Instance, tmp_path: Path
) -> None:
    found = standing(look(few, instance, tmp_path))
    assert len(found) >= 6
    with statements(few) as heard:
        assert standing(look(few, instance, tmp_path), found) == found
    assert heard == []


def test_what_lies_outside_of_the_record_is_looked_at_each_time(few: Store, instance: Instance, tmp_path: Path) -> None:
    found = standing(look(few, instance, tmp_path))
    (tmp_path / ALARM).parent.mkdir(parents=True)
    (tmp_path / ALARM).write_text("not JSON", encoding="utf-8")
    again = standing(look(few, instance, tmp_path), found)
    assert [matter.code for matter in again if matter not in found] == ["door"]
    (tmp_path / ALARM).unlink()
    assert standing(look(few, instance, tmp_path), again) == found


def test_what_could_not_be_worked_out_is_looked_for_again(
    few: Store, instance: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = standing(look(few, instance, tmp_path))
    with monkeypatch.context() as broken:
        broken.setattr("gongshi.watch.standing.opened", lambda *asked: 1 / 0)
        part = standing(look(few, instance, tmp_path))
        assert "unknown" in {matter.code for matter in part}
    assert standing(look(few, instance, tmp_path), part) == found


@pytest.mark.parametrize(
    ("level", "day", "kept"),
    [(Level.NOTICE, DAY, True), (Level.ATTENTION, DAY, True), (Level.FAILED, DAY, False), (Level.NOTICE, LATER, False)],
)
def test_only_a_whole_status_of_this_day_is_trusted(level: Level, day: date, kept: bool, tmp_path: Path) -> None:
    matter = Matter(code="x", level=level, label="x")
    at = "2026-03-02T12:00:00+08:00"
    Status(
        site="x", at=at, today=DAY.isoformat(), seconds=1, went_well_at=at, changed={}, matters=(matter,)
    ).save(tmp_path)  # fmt: skip
    assert bool(Before.of(tmp_path).still(day)) is kept
