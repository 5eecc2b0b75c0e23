"""The search through the running server against the same questions asked of SQLite directly.

`python -m bench.searching FOLDER` measures a built instance (FOLDER/build/public.db) as it lies. Server time is
that of the ASGI app alone, from the request to its last byte; what HTTP adds is shown beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode

from datasette.app import Datasette

from bench.asking import Server, at_once, one_by_one, served
from bench.measuring import Goal, Result, Spent
from bench.questions import SORTS, Term, characters, terms
from gongshi.query import facets
from gongshi.query.database import Reading
from gongshi.query.question import COUNT_BOUND, LAST_PAGE
from gongshi.query.server import datasette_for
from gongshi.query.tokens import match_expression
from gongshi.store.sqlite import Connection, connect

MIX, SEED = 500, 4
MILLION = 1_000_000
CONNECTIONS, PROCESSES, REQUESTS = 16, 2, 4000
ALONE = "the same page without them"
SEARCH, API, TABLE = "/search", "/api/v1/decisions", "/data/public/decisions"

_HITS = "SELECT rowid FROM decisions_fts WHERE decisions_fts MATCH :match ORDER BY rowid DESC LIMIT"
RAW = (f"SELECT * FROM decisions WHERE sort IN ({_HITS} 20) ORDER BY sort DESC",)
"""The newest 20, and nothing else."""
WHOLE = (
    *RAW,
    f"SELECT count(*) FROM ({_HITS} {COUNT_BOUND + 1})",
    *(
        f"SELECT {facet}, count(*) FROM decisions WHERE sort IN ({_HITS} {COUNT_BOUND}) GROUP BY 1"
        for facet in ("kind", "department", "substr(decided_on, 1, 4)")
    ),
)
"""All that the page says, as one would write it: the hits, how many, and three facets, each of the newest hits."""


@dataclass(frozen=True)
class Times:
    """Of a series of requests: wall and processor seconds of each."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    def at(self, share: float) -> Spent:
        """What this share of them stayed below: 0.5 the median, 0.99 all but one in a hundred."""
        place = min(len(self.wall) - 1, int(len(self.wall) * share))
        return Spent(sorted(self.wall)[place], sorted(self.cpu)[place])


def measure(root: Path, mix: int = MIX) -> Iterator[Result]:
    """Each line of the table, of the instance built below `root`."""
    db = connect(root / "build" / "public.db", read_only=True)
    try:
        size = db.execute("SELECT sum(decisions) FROM facets").fetchone()[0]
        asked, single = terms(db, mix, SEED), characters(db, mix // 2, SEED)
        yield from (replace(line, size=size) for line in _alone(root, db, asked, single))
    finally:
        db.close()
    with served(root, "--processes", str(PROCESSES)) as server:
        yield from (replace(line, size=size) for line in _through_http(server, asked))


def _alone(root: Path, db: Connection, asked: Sequence[Term], single: Sequence[Term]) -> Iterator[Result]:
    """What the app takes by itself."""
    raw = _asked_raw(db, asked, RAW)
    whole = _asked_raw(db, asked, WHOLE)
    with asyncio.Runner() as loop:
        app = loop.run(_app(root))

        def ask(address: str, found: Sequence[Term], **more: str) -> Times:
            return loop.run(_ask(app, [_path(address, term, **more) for term in found]))

        ask(SEARCH, asked[:50])  # templates and connections are there when it counts
        page = ask(SEARCH, asked)
        yield from _lines("search page", page, whole, "raw SQL of all that it shows", Goal(ratio=2.0, seconds=0.005))
        yield Result("search page, p50", 0, page.at(0.5), "raw SQL of the newest 20 alone", raw.at(0.5))
        for sort in SORTS:
            some = [term for term in asked if term.sort == sort]
            yield from _lines(f"search page, {sort} terms", ask(SEARCH, some), _asked_raw(db, some, WHOLE), "raw SQL")
        yield from _lines("search as JSON", ask(API, asked), whole, "raw SQL of all that it says")
        with patch.object(facets, "hits", _hits_alone):
            bare = ask(SEARCH, asked)
        again = ask(SEARCH, asked)
        yield _line("search page with three facets", again, 0.5, ALONE, bare, goal=Goal(ratio=1.5))
        best = ask(SEARCH, asked, order="best")
        yield _line("search page by relevance", best, 0.99, "newest first", again, goal=_under(0.15))
        one = ask(SEARCH, single)
        yield _line("search for one character", one, 0.99, "500 mixed questions", again, goal=_under(0.05))
        empty = loop.run(_ask(app, [SEARCH] * 100))
        yield _line("search page without a word", empty, 0.5, "500 mixed questions", again)
        deep = ask(SEARCH, asked[:200], page=str(LAST_PAGE))
        yield _line("the last page that can be turned to", deep, 0.99, "500 mixed questions", again)
        plain, faceted = (loop.run(_ask(app, [f"{TABLE}{more}"] * 40)) for more in ("?_nofacet=1", ""))
        yield _line("table page with three facets", faceted, 0.5, ALONE, plain, goal=Goal(ratio=1.5))


def _lines(what: str, times: Times, floor: Times, told: str, goal: Goal | None = None) -> Iterator[Result]:
    for share, most in ((0.5, goal), (0.99, _under(0.05) if goal else None)):
        yield replace(_line(what, times, share, told, floor, goal=most), key=f"{what} p{share * 100:.0f}")


def _line(what: str, times: Times, share: float, told: str, floor: Times, *, goal: Goal | None = None) -> Result:
    what = f"{what}, p{share * 100:.0f}"
    return Result(what, 0, times.at(share), told, floor.at(share), goal, key=what)


def _hits_alone(db: Reading, match: str, offset: int, limit: int) -> tuple[list[int], facets.Tally]:
    """The hits of a page, without counting any."""
    found = db.rows(f"{_HITS} {limit} OFFSET {offset}", {"match": match})
    return [row["rowid"] for row in found], facets.Tally({})


def _under(seconds: float) -> Goal:
    return Goal(seconds=seconds, at=(MILLION,))


def _through_http(server: Server, asked: Sequence[Term]) -> Iterator[Result]:
    """What a reader waits for, and how many readers there may be."""
    one_by_one(server, [_path(SEARCH, term) for term in asked[:50]])
    times = sorted(one_by_one(server, [_path(SEARCH, term) for term in asked]))
    for share in (0.5, 0.99):
        wall = times[int(len(times) * share)]
        yield Result(f"search page through HTTP, p{share * 100:.0f}", 0, Spent(wall, 0.0))
    for address, told in ((API, "JSON"), (SEARCH, "pages")):
        paths = [_path(address, term) for term in asked]
        many = (paths * -(-REQUESTS // len(paths)))[:REQUESTS]
        used = server.cpu()
        wall = at_once(server, many, CONNECTIONS)
        spent = Spent(wall / REQUESTS, (server.cpu() - used) / REQUESTS)
        goal = Goal(seconds=1 / 500) if address == API else None
        rate = f"{told}, {CONNECTIONS} connections, {PROCESSES} processes: {REQUESTS / wall:,.0f} a second, each"
        yield Result(rate, 0, spent, goal=goal, key=f"{told} at once")


def _path(address: str, term: Term, **more: str) -> str:
    return f"{address}?{urlencode({'q': term.text, **more})}"


def _asked_raw(db: Connection, asked: Sequence[Term], statements: Sequence[str]) -> Times:
    """The statements for each term, on one connection."""

    def run(match: str) -> None:
        for statement in statements:
            db.execute(statement, {"match": match}).fetchall()

    return _timed([lambda term=term: run(match_expression(term.text)) for term in asked])  # type: ignore[misc]


def _timed(steps: Sequence[Callable[[], object]]) -> Times:
    wall, cpu = [], []
    for step in steps:
        started, used = time.perf_counter(), time.process_time()
        step()
        cpu.append(time.process_time() - used)
        wall.append(time.perf_counter() - started)
    return Times(tuple(wall), tuple(cpu))


async def _app(root: Path) -> Callable[..., object]:
    build = root / "build"
    datasette: Datasette = datasette_for(build / "site", build / "public.db", root / "plugins" / "query")
    await datasette.invoke_startup()
    return datasette.app()  # type: ignore[no-any-return]


async def _ask(app: Callable[..., object], paths: Sequence[str]) -> Times:
    """One request after the other, without a socket. Raises RuntimeError where an answer is not 200."""
    wall, cpu = [], []
    for path in paths:
        started, used = time.perf_counter(), time.process_time()
        await _get(app, path)
        cpu.append(time.process_time() - used)
        wall.append(time.perf_counter() - started)
    return Times(tuple(wall), tuple(cpu))


async def _get(app: Callable[..., object], path: str) -> None:
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

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start" and message["status"] != 200:
            raise RuntimeError(f"{message['status']} for {path}")

    await app(scope, receive, send)  # type: ignore[misc]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, help="a built instance")
    options.add_argument("--mix", type=int, default=MIX, help="how many questions")
    chosen = options.parse_args()
    for line in measure(chosen.folder, chosen.mix):
        sys.stdout.write(f"{line.told}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
