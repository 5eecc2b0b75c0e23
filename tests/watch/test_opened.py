"""What stands open is told from run to run as if everything were asked, though only what may have changed is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongshi.instance import Instance, load
from gongshi.lifecycle.due import due_rows
from gongshi.store import Store
from gongshi.store.operations import Operation
from gongshi.watch import opened as module
from gongshi.watch.opened import Open, opened
from tests.crowd import DAY, Crowd, record

REPOSITORY = Path(__file__).parents[2]
CITY = load(REPOSITORY)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as store:
        crowd = Crowd(store)
        crowd.closed(20)
        crowd.open()
        yield store


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of which the law was asked, as they are."""
    ids: list[str] = []
    real = module.due_and_next

    def due_and_next(store: Store, instance: Instance, pending: module.Pending, today: date) -> object:
        ids.append(pending.id)
        return real(store, instance, pending, today)

    monkeypatch.setattr(module, "due_and_next", due_and_next)
    return ids


def both(store: Store, path: Path, day: date, instance: Instance = CITY) -> tuple[list[Open], list[Open]]:
    """What is kept, and what there is."""
    return sorted(opened(path, store, instance, day)), sorted(map(Open.of, due_rows(store, instance, day)))


STEPS: tuple[Callable[[Crowd], None], ...] = (
    lambda crowd: crowd.receive("s1", ["new", "newer"]),
    lambda crowd: crowd.review("s1"),
    lambda crowd: crowd.publish(["new", "scheduled"]),
    lambda crowd: crowd.stop({"newer": "held"}),
    lambda crowd: crowd.receive("s2", ["scheduled"]),
    lambda crowd: crowd.review("s2", Operation.RETURN),
    lambda crowd: crowd.propose("new", "suspend"),
)


def test_what_is_kept_is_what_there_is_after_each_change_and_on_each_day(store: Store, tmp_path: Path) -> None:
    path, crowd = tmp_path / "open.db", Crowd(store)
    crowd._sorts = iter(range(1000, 2000))
    overdue = set[int]()
    for days in range(40):
        if days % 5 == 1 and days // 5 < len(STEPS):
            STEPS[days // 5](crowd)
        kept, there = both(store, path, DAY + timedelta(days=days))
        assert kept == there
        overdue.add(sum(one.overdue for one in kept))
    assert len(overdue) > 1, "some came to their day"


def test_only_what_was_touched_is_asked_again(store: Store, tmp_path: Path, asked: list[str]) -> None:
    path = tmp_path / "open.db"
    both(store, path, DAY)
    assert record("held") in asked
    asked.clear()
    both(store, path, DAY)
    assert asked == []
    Crowd(store).receive("s1", ["new"])
    both(store, path, DAY)
    assert asked == [record("new")]


@pytest.mark.parametrize("content", [b"", b"not a database", None])
def test_a_file_that_can_not_be_used_is_asked_nothing(store: Store, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "open.db"
    both(store, path, DAY)
    assert path.stat().st_mode & 0o077 == 0
    if content is None:
        path = tmp_path / "none" / "open.db"
    else:
        path.write_bytes(content)
    kept, there = both(store, path, DAY)
    assert kept == there
    kept, there = both(store, path, DAY)
    assert kept == there


def test_what_another_store_had_open_is_forgotten(store: Store, tmp_path: Path) -> None:
    """As where an older backup is put back."""
    path = tmp_path / "open.db"
    both(store, path, DAY)
    with Store.open(tmp_path / "older.db") as older:
        Crowd(older).receive("other", ["alone"])
        kept, there = both(older, path, DAY)
    assert kept == there
    assert [one.id for one in kept] == [record("alone")]
