"""What a search does where counting or ranking would take too long: less, and it says so."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from gongshi.query import database, facets, search
from gongshi.query.database import Reading, follow
from gongshi.query.errors import TooSlow
from gongshi.query.everything import Found
from gongshi.query.facets import Count
from gongshi.query.filters import FILTERS
from gongshi.query.metadata import SETTINGS
from gongshi.query.press import UNNAMED
from gongshi.query.question import parse
from gongshi.query.searchpage import words
from gongshi.query.searchpage.page import search_page
from gongshi.query.understanding import Understood
from gongshi.store.sqlite import connect

Ask = Callable[..., search.Answer]


@pytest.fixture
def ask(public_db: Path) -> Ask:
    """Ask in this process; `slow` is a part of what takes too long."""

    def answer(*pairs: tuple[str, str], slow: str = "") -> search.Answer:
        def asked(db: Reading) -> search.Answer:
            return search.search(Hindered(db, slow) if slow else db, parse(pairs))

        async def run() -> search.Answer:
            return await follow(Datasette([str(public_db)], settings=dict(SETTINGS))).look(asked)

        return asyncio.run(run())

    return answer


class Hindered(Reading):
    """A look at the database in which some queries take too long."""

    def __init__(self, db: Reading, slow: str) -> None:
        self.db, self.slow = db, slow

    def rows(self, sql: str, parameters: Any = (), *, limit_ms: int | None = None) -> list[Any]:
        if self.slow in sql:
            raise TooSlow
        return self.db.rows(sql, parameters, limit_ms=limit_ms)

    def once(self, name: str, make: Callable[[Reading], Any]) -> Any:
        return self.db.once(name, make)


def notes(answer: search.Answer) -> str:
    asked = answer.question
    found = Found(question=asked, understood=Understood(question=asked), decisions=answer)
    return "".join(note.text for note in search_page(UNNAMED, found).notes)


def test_a_common_word_is_shown_newest_first_where_ranking_takes_too_long(ask: Ask) -> None:
    best, hindered, newest = (
        ask(("q", "罚"), ("order", "best")),
        ask(("q", "罚"), ("order", "best"), slow="CASE WHEN"),
        ask(("q", "罚"), ("order", "newest")),
    )
    assert best.ranked
    assert not hindered.ranked
    assert [item.row["id"] for item in hindered.items] == [item.row["id"] for item in newest.items]
    assert "太常见" in notes(hindered)


def test_ranking_among_the_newest_says_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert notes(ask(("q", "罚"), ("order", "best"))) == ""
    monkeypatch.setattr(words, "BEST_OF", 50)
    assert "主要在最新的 50 条结果中排序" in notes(ask(("q", "罚"), ("order", "best")))


def test_without_counts_the_hits_are_still_there(ask: Ask) -> None:
    answer = ask(("q", "罚"), slow="group_concat")
    assert len(answer.items) == 20
    assert {choice.count for choice in answer.facets["kind"]} == {None}
    assert answer.total is None


def test_counts_stop_at_their_bound(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "COUNT_BOUND", 40)
    answer = ask(("q", "罚"))
    assert answer.total == Count(40, exact=False)
    for facet in FILTERS:
        assert {choice.count for choice in answer.facets[facet]} <= {None}, "a number that a click may not give"
    assert len(answer.facets["year"]) > 1, "what there may be can be chosen all the same"
    assert ask(("q", "轴承")).total == Count(1)


def test_a_page_past_the_last_one_leads_nowhere(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LISTED", 40)
    assert ask(("q", "罚"), ("order", "newest"), ("page", "1")).next is not None
    assert ask(("q", "罚"), ("order", "newest"), ("page", "2")).next is None


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {steps}) SELECT count(*) AS i FROM n"


def threads_of(public_db: Path, look: Callable[[Reading], object]) -> list[int]:
    """In which threads a look was tried."""
    tried: list[int] = []

    def noted(db: Reading) -> object:
        tried.append(threading.get_ident())
        return look(db)

    async def run() -> None:
        await follow(Datasette([str(public_db)], settings=dict(SETTINGS))).look(noted)

    asyncio.run(run())
    return tried


def test_what_is_quick_is_looked_up_at_once_and_what_takes_long_in_a_thread(
    public_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, slow = (ENDLESS.format(steps=steps) for steps in (10, 400_000))
    here = threading.get_ident()
    assert threads_of(public_db, lambda db: db.rows(quick)) == [here]
    monkeypatch.setattr(database, "AT_ONCE", 0.001)
    first, second = threads_of(public_db, lambda db: db.rows(slow))
    assert first == here != second


def test_a_look_past_its_limit_is_too_slow_and_the_next_one_is_not(public_db: Path) -> None:
    def look(db: Reading) -> int:
        with pytest.raises(TooSlow):
            db.rows(ENDLESS.format(steps=10**9), limit_ms=30)
        return int(db.rows(ENDLESS.format(steps=10))[0]["i"])

    assert len(threads_of(public_db, look)) == 2, "at once it does not even get that far"


def test_nobody_waits_while_the_file_is_changed(public_db: Path) -> None:
    async def run() -> tuple[bool, int]:
        db = follow(Datasette([str(public_db)], settings=dict(SETTINGS)))
        writer = connect(public_db)
        writer.execute("BEGIN EXCLUSIVE")
        looking = asyncio.create_task(db.look(lambda reading: len(reading.rows("SELECT 1 FROM meta"))))
        await asyncio.sleep(0.2)
        answered_before = looking.done()
        writer.execute("ROLLBACK")
        writer.close()
        return answered_before, await looking

    before, rows = asyncio.run(run())
    assert not before
    assert rows
