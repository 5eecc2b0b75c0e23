"""Answers that were given lately: of the same state of public.db, never of another, and not for long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from gongshi.query import answers
from gongshi.query.answers import Answers
from gongshi.query.database import Reading
from gongshi.query.server import datasette_for

ROOT = Path(__file__).parents[2]
Ask = Callable[[str], httpx.Response]
ADDRESSES = (
    "/search?q=䶮",
    "/search",
    "/search?kind=penalty",
    "/search?q=轴承&order=best",
    "/api/v1/decisions?q=䶮",
    "/api/v1/decisions",
    "/api/v1/decisions?q=轴承&year=2026",
)


class Counted:
    """How many statements the server had SQLite answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements = 0
        rows = Reading.rows

        def counted(db: Reading, *arguments: Any, **named: Any) -> Any:
            self.statements += 1
            return rows(db, *arguments, **named)

        monkeypatch.setattr(Reading, "rows", counted)

    def of(self, ask: Callable[[], object]) -> int:
        """Those of one question."""
        before = self.statements
        ask()
        return self.statements - before


@contextmanager
def asked_in_process(build: Path, kept: int = answers.MOST_MIB) -> Iterator[Ask]:
    """The app without a socket, on one loop."""
    with asyncio.Runner() as loop:
        datasette = datasette_for(build / "site", build / "public.db", ROOT / "plugins" / "query", kept)
        loop.run(datasette.invoke_startup())
        web = httpx.AsyncClient(transport=httpx.ASGITransport(datasette.app()), base_url="http://one")
        yield lambda address: loop.run(web.get(address))


@pytest.fixture
def build(tmp_path: Path, make: Any, decisions: list[Any]) -> Path:
    made: Path = make.built(tmp_path)
    make.write(made / "public.db", decisions)
    return made


@pytest.fixture
def canary(decisions: list[Any]) -> Any:
    return next(d for d in decisions if d.sort == 90_000)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_asked_again_is_not_looked_up_again(build: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    counted = Counted(monkeypatch)
    with asked_in_process(build) as ask:
        first = ask(address)
        found: list[httpx.Response] = []
        assert counted.of(lambda: found.append(ask(address))) == 0
        assert (found[0].status_code, found[0].content) == (200, first.content)
        assert found[0].headers == first.headers
    with asked_in_process(build, 0) as ask:
        assert ask(address).content == first.content
        assert counted.of(lambda: ask(address)) > 0, "where no memory is given, nothing is kept"


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_way_of_asking_the_same_is_the_same_question(
    build: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    counted = Counted(monkeypatch)
    with asked_in_process(build) as ask:
        first = ask(address)
        longer = f"{address}{'&' if '?' in address else '?'}page=1&department="
        assert counted.of(lambda: ask(longer)) == 0
        assert ask(longer).content == first.content


@pytest.mark.article("D28")
@pytest.mark.article("S1.3")
def test_a_change_of_the_file_leaves_no_answer(build: Path, make: Any, canary: Any, decisions: list[Any]) -> None:
    path = build / "public.db"
    with asked_in_process(build) as ask:
        there = {address: ask(address).content for address in ADDRESSES}
        assert {address: ask(address).content for address in ADDRESSES} == there
        make.change(path, remove=[canary])
        for address in ADDRESSES:
            assert ask(address).content != there[address], address
            assert canary.id not in ask(address).text, address
        make.write(path, decisions)
        assert {address: ask(address).content for address in ADDRESSES} == there, "and so does another file"


def test_a_new_header_is_on_the_next_page(build: Path) -> None:
    with asked_in_process(build) as ask:
        assert "松原市页眉" in ask("/search").text
        (build / "shell" / "header.html").write_text('<header class="gs-header">新的页眉</header>', encoding="utf-8")
        (build / "shell" / "footer.html").write_text('<footer class="gs-footer">新的页脚</footer>', encoding="utf-8")
        assert "新的页眉" in ask("/search").text


@pytest.mark.parametrize(
    "address", ["/search?kind=nothing", "/search?page=0", "/api/v1/decisions?kind=nothing", "/api/v1/decisions?x=1"]
)
def test_a_refusal_is_not_kept(build: Path, address: str) -> None:
    with asked_in_process(build) as ask:
        assert [ask(address).status_code for _ in range(2)] == [400, 400]


class Clock:
    """What was to be done later."""

    def __init__(self) -> None:
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def later(self, seconds: float, step: Callable[[], None]) -> None:
        self.waiting.append((seconds, step))


def test_where_nobody_asks_any_more_the_answers_go() -> None:
    clock = Clock()
    kept = Answers(100_000, clock.later)
    for question in ("one", "two"):
        kept.keep(question, b"...")
    ((seconds, go),) = clock.waiting
    assert seconds == answers.LONGEST <= 60
    go()
    assert kept.get("one") is None
    assert kept.get("two") is None
    kept.keep("one", b"...")
    assert len(clock.waiting) == 2, "what is kept afterwards goes in its own time"


def test_the_answers_asked_for_longest_ago_make_room() -> None:
    kept = Answers(10_000, Clock().later)
    bodies = {number: bytes(3_000) for number in range(3)}
    kept.keep(0, bodies[0])
    kept.keep(1, bodies[1])
    assert kept.get(0) == bodies[0]
    kept.keep(2, bodies[2])
    assert kept.get(1) is None
    assert (kept.get(0), kept.get(2)) == (bodies[0], bodies[2])
    kept.keep("more than there is room for", bytes(10_000))
    assert kept.get("more than there is room for") is None
    assert kept.get(0) == bodies[0]
