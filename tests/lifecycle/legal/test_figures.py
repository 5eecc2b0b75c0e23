"""Legal reviews as numbers for the public: of closed years, by the last opinion of each round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle.legal.figures import review_years
from gongshi.records.review_figures import COLUMNS
from gongshi.store import Store, verify
from gongshi.store.operations import Operation
from tests.lifecycle.legal.casework import case_said, instance, write

FIRST = datetime.fromisoformat("2025-03-03T09:00+08:00")


@pytest.fixture(scope="module")
def city() -> Instance:
    return instance()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Reviews of 2025: ten in time, ten too late of which one was extended and is not, one revised; one of 2026."""
    with Store.open(tmp_path_factory.mktemp("figures") / "data" / "store.db") as opened:
        for number in range(10):
            reviewed(opened, f"a{number}", FIRST, days=1, opinion="agree")
            reviewed(opened, f"b{number}", FIRST, days=15, opinion="change", extend=number == 0)
        said(opened, "a0", "revise", FIRST + timedelta(days=2), "agree", opinion="correct")
        reviewed(opened, "c0", FIRST + timedelta(days=366), days=1, opinion="agree")
        yield opened


def reviewed(store: Store, name: str, at: datetime, *, days: int, opinion: str, extend: bool = False) -> None:
    write(store, at, (Operation.CASE, case_said() | {"key": name}), case=name * 8)
    said(store, name, "submit", at, "submitted")
    if extend:
        said(store, name, "extend", at, "reviewing")
    said(store, name, "opine", at + timedelta(days=days), "agreed", opinion=opinion)


def said(store: Store, name: str, event: str, at: datetime, state: str, **fields: str) -> None:
    step = {"event": event, "round": 1, "at": at.isoformat(timespec="minutes"), "state": state, "fields": fields}
    write(store, at, (Operation.LEGAL, step), case=name * 8)


def numbers(store: Store, city: Instance, today: str) -> list[tuple[str, dict[str, int | None]]]:
    found = review_years(store, city, date.fromisoformat(today))
    return [(one.year, dict(zip(COLUMNS, one.numbers, strict=True))) for one in found]


@pytest.mark.article("S6", "L10", "L11")
def test_a_year_is_counted_once_it_is_over(store: Store, city: Instance) -> None:
    assert numbers(store, city, "2025-12-31") == []
    ((year, told),) = numbers(store, city, "2026-01-01")
    assert (year, told["opinions"], told["in_time"], told["late"]) == ("2025", 20, None, None), "nine were late"
    assert (told["agree"], told["change"], told["correct"], told["transfer"]) == (None, 10, None, 0)
    assert [year for year, _ in numbers(store, city, "2027-01-01")] == ["2025"], "one review is too few for a year"


def test_the_opinions_are_what_a_replay_gives(store: Store) -> None:
    assert store.db.execute("SELECT count(*) FROM opinions").fetchone()[0] == 21
    assert verify(store).ok
