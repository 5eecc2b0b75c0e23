"""Several processes answer on one socket: a takedown shows in each at once, and none outlives the others."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from gongshi.door.errors import TooOften
from gongshi.door.limits import Limits, Settings
from gongshi.query import together

CONNECTIONS, AT_ONCE = 16, 64


@pytest.fixture
def pair(tmp_path: Path, make: Any, decisions: list[Any]) -> Iterator[Any]:
    """A server of two processes."""
    make.write(tmp_path / "build" / "public.db", decisions)
    running = make.start(make.built(tmp_path), processes=2)
    yield running
    make.stop(running)


def sockets(pid: int) -> int:
    """Connections that a process holds."""
    folder = Path(f"/proc/{pid}/fd")
    return sum(str(link.readlink()).startswith("socket:") for link in folder.iterdir() if link.is_symlink())


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_takedown_shows_in_every_process_at_once(pair: Any, make: Any, decisions: list[Any]) -> None:
    canary = next(d for d in decisions if d.sort == 90_000)
    path = pair.build / "public.db"
    before = {pid: sockets(pid) for pid in pair.workers()}
    assert len(before) == 2
    with ExitStack() as open_ones:
        clients = [open_ones.enter_context(pair.client()) for _ in range(CONNECTIONS)]

        def seen(web: httpx.Client) -> bool:
            found = web.get("/search", params={"q": canary.number}).text
            listed = web.get("/api/v1/decisions", params={"q": "轴承"}).json()
            return canary.id in found or listed["total"]["value"] > 0

        assert all(seen(web) for web in clients)
        assert all(sockets(pid) > before[pid] for pid in before), "each has some of the connections"
        make.change(path, remove=[canary])
        assert not any(seen(web) for web in clients)
        make.write(path, decisions)
        assert all(seen(web) for web in clients)
        make.write(path, [d for d in decisions if d is not canary])
        assert not any(seen(web) for web in clients)


def test_connections_that_come_at_once_and_stay_are_shared_out(pair: Any) -> None:
    before = {pid: sockets(pid) for pid in pair.workers()}
    address = urlsplit(pair.url)
    with ExitStack() as open_ones:
        kept = [socket.create_connection((address.hostname, address.port)) for _ in range(AT_ONCE)]
        for one in kept:
            open_ones.enter_context(one)
            one.sendall(b"GET /api/v1/ HTTP/1.1\r\nHost: test\r\n\r\n")
        assert all(one.recv(1) == b"H" for one in kept)
        held = [sockets(pid) - before[pid] for pid in before]
    assert sum(held) == AT_ONCE
    assert min(held) >= AT_ONCE / 4, held


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_all_of_them_end_together(pair: Any, make: Any, by: signal.Signals) -> None:
    workers = pair.workers()
    pair.process.send_signal(by)
    pair.process.wait(10)
    assert make.eventually(lambda: not any(map(is_there, workers)))
    with pytest.raises(httpx.TransportError):
        httpx.get(pair.url)


def test_one_that_was_killed_is_started_again(pair: Any, make: Any) -> None:
    first, second = pair.workers()
    os.kill(first, signal.SIGKILL)
    assert make.eventually(lambda: len(pair.workers()) == 2 and first not in pair.workers())
    assert second in pair.workers()
    with pair.client() as web:
        assert web.get("/search").status_code == 200


def test_what_can_not_start_says_so_and_leaves_nothing_behind() -> None:
    def fails(started: Any) -> None:
        os._exit(1)

    with pytest.raises(together.ProcessLost, match="Q003"):
        together.run(fails, 2, lambda: None)


def test_who_asks_too_often_asks_all_processes_too_often() -> None:
    with together.memory() as shared:
        limits = Limits(Settings(tries=2), shared.dict)
        for _ in range(2):
            other = get_context("fork").Process(target=limits.check_try, args=("192.0.2.1",))
            other.start()
            other.join()
            assert other.exitcode == 0
        limits.check_try("192.0.2.2")
        with pytest.raises(TooOften):
            limits.check_try("192.0.2.1")
