"""What leaves public.db has left the running server: after a change in place and after a new file.

MEASURED.md, "Traps": Datasette serves a replaced file's old rows, and adding the file again under its
name changes nothing.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest


def seen(web: httpx.Client, decision: Any) -> dict[str, bool]:
    """On which surfaces of the server the decision can be found."""

    def text(path: str, **params: str) -> str:
        return web.get(path, params=params).text

    whole = {"q": decision.number, "kind": decision.kind}
    return {
        "search": decision.id in text("/search", q=decision.number),
        "search in a facet": decision.id in text("/search", **whole),
        "newest": decision.id in text("/search"),
        "search of one character": decision.id in text("/search", q="䶮"),
        "api": decision.id in text("/api/v1/decisions", q=decision.number),
        "api of one": web.get(f"/api/v1/decisions/{decision.id}").status_code == 200,
        "table": decision.id in text("/data/public/decisions"),
        "table json": bool(web.get(f"/data/public/decisions.json?id={decision.id}").json()["rows"]),
        "table csv": decision.id in text("/data/public/decisions.csv", sort=str(decision.sort)),
        "row": web.get(f"/data/public/decisions/{decision.sort}").status_code == 200,
        "kind's row": web.get(f"/data/public/{decision.kind}/{decision.sort}").status_code == 200,
        "party": web.get(f"/data/public/parties/{decision.sort},1").status_code == 200,
    }


def counted(web: httpx.Client) -> int:
    total: int = web.get("/api/v1/decisions").json()["total"]["value"]
    return total


@pytest.fixture
def canary(decisions: list[Any]) -> Any:
    return next(d for d in decisions if d.sort == 90_000)


@pytest.mark.article("S1.3")
@pytest.mark.article("D28")
def test_a_change_in_place_shows_at_once(own_server: Any, make: Any, canary: Any) -> None:
    with own_server.client() as web:
        for _ in range(2):  # the second time from what is kept of the first
            assert all(seen(web, canary).values())
        before = counted(web)
        path = own_server.build / "public.db"
        make.change(path, remove=[canary])
        assert not any(seen(web, canary).values())
        assert counted(web) == before - 1
        fresh = make.Decision(95_000, number="松示例字〔2026〕9001号", facts="䶮")
        make.change(path, add=[fresh])
        assert all(seen(web, fresh).values())


@pytest.mark.article("S1.3")
@pytest.mark.article("D28")
def test_a_new_file_in_its_place_shows_at_once(own_server: Any, make: Any, canary: Any, decisions: list[Any]) -> None:
    with own_server.client() as web:
        assert all(seen(web, canary).values())
        before = counted(web)
        for _ in range(3):  # every thread's connection has to be a new one
            make.write(own_server.build / "public.db", [d for d in decisions if d.sort != canary.sort])
            assert not any(seen(web, canary).values())
            assert counted(web) == before - 1
            make.write(own_server.build / "public.db", decisions)
            for _ in range(2):
                assert all(seen(web, canary).values())
        table = web.get("/data/public/decisions.json").json()
        assert table["database"] == "public"
    assert make.eventually(lambda: not [name for name in own_server.open_files() if "(deleted)" in name])


def test_readers_notice_nothing_of_new_files_and_changes(own_server: Any, make: Any, decisions: list[Any]) -> None:
    path = own_server.build / "public.db"
    addresses = (
        "/search?q=罚",
        "/api/v1/decisions?order=best&q=运输",
        "/data/public/decisions",
        "/data/public/parties.json",
    )
    over = threading.Event()

    def read(address: str) -> set[int]:
        with own_server.client() as web:
            statuses = set()
            while not over.is_set():
                statuses.add(web.get(address).status_code)
            return statuses

    with ThreadPoolExecutor() as readers:
        results = [readers.submit(read, address) for address in addresses]
        for round in range(4):
            make.write(path, decisions[round:])
            make.change(path, remove=decisions[round + 20 : round + 22])
        over.set()
        assert {status for result in results for status in result.result()} == {200}


def test_while_the_file_is_away_everything_else_stands(own_server: Any, make: Any, canary: Any) -> None:
    path: Path = own_server.build / "public.db"
    with own_server.client() as web:
        assert all(seen(web, canary).values())
        path.rename(path.with_suffix(".away"))
        for address in ("/search?q=罚", "/data/", "/data/public/decisions"):
            answer = web.get(address)
            assert answer.status_code == 503
            assert "正在更新" in answer.text
            assert answer.headers["retry-after"]
        api = web.get("/api/v1/decisions?q=罚")
        assert (api.status_code, api.json()["error"]["code"]) == (503, "unavailable")
        assert web.get("/").status_code == 200
        assert web.get("/nothing").status_code == 404
        path.with_suffix(".away").rename(path)
        assert all(seen(web, canary).values())


def test_a_damaged_file_is_a_pause_and_no_traceback(own_server: Any, make: Any, decisions: list[Any]) -> None:
    path: Path = own_server.build / "public.db"
    with own_server.client() as web:
        path.with_suffix(".new").write_bytes(b"no database at all" * 500)
        path.with_suffix(".new").replace(path)
        for address in ("/search?q=罚", "/api/v1/decisions"):
            answer = web.get(address)
            assert answer.status_code == 503
            assert "Traceback" not in answer.text
            assert "sqlite" not in answer.text.lower()
        make.write(path, decisions)
        assert web.get("/search?q=罚").status_code == 200


def test_the_server_starts_without_a_database_and_finds_it_later(
    tmp_path: Path, make: Any, decisions: list[Any]
) -> None:
    server = make.start(make.built(tmp_path))
    try:
        with server.client() as web:
            assert web.get("/search").status_code == 503
            assert web.get("/").status_code == 200
            make.write(tmp_path / "build" / "public.db", decisions)
            assert web.get("/search").status_code == 200
    finally:
        make.stop(server)
