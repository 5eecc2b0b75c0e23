"""The search through the running server against the same questions asked of SQLite directly.

`python -m bench.searching FOLDER` measures a built instance (FOLDER/build/public.db) as it lies. Server time is
that of the ASGI app alone, from the request to its last byte; what HTTP adds is shown beside it.

`gongshi serve` answers what is asked again from memory. Here it keeps nothing, so that every question is looked up;
what is asked again is measured by itself, in the lines that say so.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode

from bench.asking import Server, at_once, bare, length, one_by_one, served
from bench.goals import LIMIT
from bench.inside import Times, app_of, in_turn
from bench.measuring import Goal, Memory, Result, Spent
from bench.questions import SORTS, Term, characters, terms
from gongshi.query import facets, search
from gongshi.query.answers import MOST_MIB
from gongshi.query.database import CACHE_AT_ONCE_KIB, Reading
from gongshi.query.filters import FILTERS
from gongshi.query.known import CELLS, Cells
from gongshi.query.question import COUNT_BOUND, LAST_PAGE, Question
from gongshi.query.tokens import match_expression
from gongshi.store.sqlite import Connection, connect

MIX, SEED = 500, 4
MILLION = 1_000_000
CONNECTIONS, PROCESSES, REQUESTS = 16, 2, 4000
TOGETHER = f"{CONNECTIONS} connections, {PROCESSES} processes"
AGAIN = "looked up each time"
ALONE = "the same page without them"
BARE = "an app that only sends as many bytes"
SEARCH, API, TABLE = "/search", "/api/v1/decisions", "/data/public/decisions"
BARE_TABLE = f"{TABLE}?_nofacet=1"
MIXED = "500 mixed questions"

_HITS = "SELECT rowid FROM decisions_fts WHERE decisions_fts MATCH :match ORDER BY rowid DESC LIMIT"
RAW = (f"SELECT * FROM decisions WHERE sort IN ({_HITS} 20) ORDER BY sort DESC",)
"""The newest 20, and nothing else."""
WHOLE = (
    *RAW,
    f"SELECT count(*) FROM ({_HITS} {COUNT_BOUND + 1})",
    *(
        f"SELECT {column}, count(*) FROM tags JOIN facets USING (cell) WHERE sort IN ({_HITS} {COUNT_BOUND}) GROUP BY 1"
        for column in ("kind", "department", "region", "classes", "band", "party", "year", "state")
    ),
    *(
        f"SELECT {column}, count(*) FROM tags WHERE sort IN ({_HITS} {COUNT_BOUND}) GROUP BY 1"
        for column in ("item", "laws")
    ),
)
"""All that the page says, as one would write it: the hits, how many, and ten facets, each of the newest hits."""
POSTINGS = (f"{_HITS} {COUNT_BOUND + 1}",)
"""Where the words stand, as far as they are counted: what no answer that counts them can do without."""


def measure(root: Path, mix: int = MIX) -> Iterator[Result]:
    """Each line of the table, of the instance built below `root`."""
    with _opened(root) as db, _opened(root) as other:
        size = db.execute("SELECT sum(decisions) FROM facets").fetchone()[0]
        asked, single = terms(db, mix, SEED), characters(db, mix // 2, SEED)
        yield from (replace(line, size=size) for line in _alone(root, (db, other), asked, single))
    with served(root, "--processes", str(PROCESSES), "--answers", "0") as server:
        looked_up = [replace(line, size=size) for line in _through_http(server, asked)]
        yield from looked_up
    with served(root, "--processes", str(PROCESSES)) as server:
        again = _asked_again(server, asked, {line.key: line.spent for line in looked_up})
        yield from (replace(line, size=size) for line in again)


@contextmanager
def _opened(root: Path) -> Iterator[Connection]:
    """The database with as much memory for its pages as the server has."""
    db = connect(root / "build" / "public.db", read_only=True)
    try:
        db.execute(f"PRAGMA cache_size = -{CACHE_AT_ONCE_KIB}")
        yield db
    finally:
        db.close()


def _alone(
    root: Path, dbs: tuple[Connection, Connection], asked: Sequence[Term], single: Sequence[Term]
) -> Iterator[Result]:
    """What the app takes by itself."""
    with app_of(root) as get:
        for term in asked[:50]:
            get(_path(SEARCH, term))  # templates and connections are there when it counts
        ways = _ways(*dbs, get)
        times = in_turn(asked, ways)
        page, whole = times["page"], times["whole"]
        yield from _lines(
            "search page", page, whole, "raw SQL of all that it shows", Goal(ratio=2.0, seconds=0.005, at=(MILLION,))
        )
        yield Result("search page, p50", 0, page.at(0.5), "raw SQL of the newest 20 alone", times["raw"].at(0.5))
        yield from _lines(LIMIT, times["postings"], page, "the search page")
        for sort in SORTS:
            some = [term.sort == sort for term in asked]
            yield from _lines(f"search page, {sort} terms", page.of(some), whole.of(some), "raw SQL")
        yield from _lines("search as JSON", times["json"], whole, "raw SQL of all that it says")
        warm = times["warm"]  # of pages of the file that lie in memory, as the two beside it
        yield _line("search page with three facets", warm, 0.5, ALONE, times["bare"], goal=Goal(ratio=1.5))
        yield _line("search page with facets and count", warm, 0.5, ALONE, times["barer"])
        yield _line("search page by relevance", times["best"], 0.99, "newest first", page, goal=_under(0.15))
        one = in_turn(single, {"page": ways["page"]})["page"]
        yield _line("search for one character", one, 0.99, MIXED, page, goal=_under(0.05))
        last = {"order": "newest", "page": str(LAST_PAGE)}
        deep = in_turn(asked[:200], {"page": ways["page"], "last": lambda t: get(_path(SEARCH, t, **last))})
        yield _line("the last page that can be turned to", deep["last"], 0.99, MIXED, deep["page"])
        others = in_turn([""] * 50, {path: lambda _, path=path: get(path) for path in (SEARCH, TABLE, BARE_TABLE)})
        yield _line("search page without a word", others[SEARCH], 0.5, MIXED, page)
        yield _line("table page with three facets", others[TABLE], 0.5, ALONE, others[BARE_TABLE], goal=Goal(ratio=1.5))
    with app_of(root, MOST_MIB) as get:
        once = _ways(*dbs, get)["page"]
        again = in_turn(asked, {"first": once, "again": once})["again"]
        yield _line("search page asked again", again, 0.5, AGAIN, page)


def _ways(db: Connection, other: Connection, get: Callable[[str], None]) -> dict[str, Callable[[Term], None]]:
    """How a term is asked for: of SQLite, and of the app; of postings alone over a connection that did nothing else."""

    def sql(statements: Sequence[str], term: Term, db: Connection = db) -> None:
        for statement in statements:
            db.execute(statement, {"match": match_expression(term.text)}).fetchall()

    def without(hits: Callable[..., object], term: Term) -> None:
        with patch.object(facets, "hits", hits), patch.object(search, "_facets", _no_facets):
            get(_path(SEARCH, term, order="newest"))

    return {
        "raw": lambda term: sql(RAW, term),
        "whole": lambda term: sql(WHOLE, term),
        "postings": lambda term: sql(POSTINGS, term, other),
        "page": lambda term: get(_path(SEARCH, term, order="newest")),
        "bare": lambda term: without(_hits_counted, term),
        "barer": lambda term: without(_hits_alone, term),
        "warm": lambda term: get(_path(SEARCH, term, order="newest")),
        "json": lambda term: get(_path(API, term)),
        "best": lambda term: get(_path(SEARCH, term)),
    }


def _lines(what: str, times: Times, floor: Times, told: str, goal: Goal | None = None) -> Iterator[Result]:
    for share, most in ((0.5, goal), (0.99, _under(0.05) if goal else None)):
        yield replace(_line(what, times, share, told, floor, goal=most), key=f"{what} p{share * 100:.0f}")


def _line(what: str, times: Times, share: float, told: str, floor: Times, *, goal: Goal | None = None) -> Result:
    what = f"{what}, p{share * 100:.0f}"
    return Result(what, 0, times.at(share), told, floor.at(share), goal, key=what)


def _hits_counted(db: Reading, question: Question, offset: int, limit: int) -> tuple[list[int], facets.Tally]:
    """The hits of a page, and how many there are; not by facet."""
    found = [row["rowid"] for row in db.rows(f"{_HITS} {COUNT_BOUND + 1}", {"match": question.match()})]
    cells = Cells({("",) * len(CELLS): len(found)})
    return found[offset : offset + limit], facets.Tally(cells, {}, {}, len(found) <= COUNT_BOUND)


def _hits_alone(db: Reading, question: Question, offset: int, limit: int) -> tuple[list[int], facets.Tally]:
    """The hits of a page, without counting any."""
    found = db.rows(f"{_HITS} {limit} OFFSET {offset}", {"match": question.match()})
    return [row["rowid"] for row in found], facets.Tally(Cells({}), {}, {})


def _no_facets(*_: object) -> dict[str, tuple[facets.Choice, ...]]:
    return dict.fromkeys(FILTERS, ())


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
        floor = _bare(length(server, paths[:100]), paths)
        goal = Goal(seconds=1 / 500, peak=1024) if address == API else None
        yield _at_once(f"{told}, {TOGETHER}, each looked up", server, paths, BARE, floor, goal, f"{told} at once")


def _asked_again(server: Server, asked: Sequence[Term], looked_up: Mapping[str, Spent]) -> Iterator[Result]:
    """The same where the server may keep what it answered, and was asked all of it before."""
    for address, told in ((API, "JSON"), (SEARCH, "pages")):
        paths = [_path(address, term) for term in asked]
        _rate(server, paths)  # after it, each process was asked nearly everything
        what, floor = f"{told} asked again, {TOGETHER}", looked_up[f"{told} at once"]
        yield _at_once(what, server, paths, AGAIN, floor, None, f"{told} again")


def _at_once(  # noqa: PLR0917 - what a line of the table has
    what: str, server: Server, paths: Sequence[str], told: str, floor: Spent, goal: Goal | None, key: str
) -> Result:
    memory = Memory(server.pids[0])
    spent = _rate(server, paths)
    each = replace(spent, peak=memory.peak())
    return Result(f"{what}: {1 / spent.seconds:,.0f} a second, each", 0, each, told, floor, goal, key)


def _rate(server: Server, paths: Sequence[str]) -> Spent:
    """What a request takes where many ask at once."""
    many = ([*paths] * -(-REQUESTS // len(paths)))[:REQUESTS]
    used = server.cpu()
    wall = at_once(server, many, CONNECTIONS)
    return Spent(wall / REQUESTS, (server.cpu() - used) / REQUESTS)


def _bare(size: int, paths: Sequence[str]) -> Spent:
    with bare(size, PROCESSES) as server:
        return _rate(server, paths)


def _path(address: str, term: Term, **more: str) -> str:
    return f"{address}?{urlencode({'q': term.text, **more})}"


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
