"""The served app without a socket: what it takes from a request to the last byte of its answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bench.measuring import Spent
from gongshi.cli.base import collect_seldom
from gongshi.query.server import datasette_for

_OK = 200
T = TypeVar("T")


@dataclass(frozen=True)
class Times:
    """Of a series of requests: wall and processor seconds of each."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    def at(self, share: float) -> Spent:
        """What this share of them stayed below: 0.5 the median, 0.99 all but one in a hundred."""
        place = min(len(self.wall) - 1, int(len(self.wall) * share))
        return Spent(sorted(self.wall)[place], sorted(self.cpu)[place])

    def of(self, chosen: Sequence[bool]) -> Times:
        """Those of the chosen requests alone."""
        wall, cpu = (
            tuple(s for s, wanted in zip(all_, chosen, strict=True) if wanted) for all_ in (self.wall, self.cpu)
        )
        return Times(wall, cpu)


def in_turn(asked: Sequence[T], ways: Mapping[str, Callable[[T], object]]) -> dict[str, Times]:
    """Ask each in every way before the next is asked: so all ways meet the same load of the machine."""
    wall: dict[str, list[float]] = {way: [] for way in ways}
    cpu: dict[str, list[float]] = {way: [] for way in ways}
    for one in asked:
        for way, ask in ways.items():
            started, used = time.perf_counter(), time.process_time()
            ask(one)
            cpu[way].append(time.process_time() - used)
            wall[way].append(time.perf_counter() - started)
    return {way: Times(tuple(wall[way]), tuple(cpu[way])) for way in ways}


@contextmanager
def app_of(root: Path, answers: int = 0) -> Iterator[Callable[[str], None]]:
    """Something that asks the app for an address, as `gongshi serve` has it; it keeps `answers`, so many MiB, none
    unless told otherwise, so that each question is looked up. Raises RuntimeError where an answer is not 200."""
    build = root / "build"
    collect_seldom()
    with asyncio.Runner() as loop:
        datasette = datasette_for(build / "site", build / "public.db", root / "plugins" / "query", answers)
        loop.run(datasette.invoke_startup())
        app = datasette.app()
        yield lambda path: loop.get_loop().run_until_complete(_get(app, path))


async def _get(app: Any, path: str) -> None:
    raw, _, query = path.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": raw,
        "raw_path": raw.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"bench")],
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start" and message["status"] != _OK:
            raise RuntimeError(f"{message['status']} for {path}")

    await app(scope, receive, send)
