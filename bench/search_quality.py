"""How well the search finds: judged queries (judged.yml) asked of it and of what one would pick instead.

`python -m bench.search_quality` builds a city of the committed sample among DECISIONS invented ones and prints a table.
Of queries that want one thing: how far up it stands (MRR@10: 1 for the first place, 1/2 for the second, 0 beyond the
tenth) and how often it is the first. Of sets: how many of the decisions in which the words stand are found (recall).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import compress
from pathlib import Path
from statistics import fmean, median, quantiles
from time import perf_counter
from typing import Any, NamedTuple

from bench.judged import SETS, Judged, Page, judged, pages, wanted
from bench.peers_search import PEERS
from bench.published import past, published
from gongshi.query.answers import Answers
from gongshi.query.database import Reading
from gongshi.query.everything import Found, everything
from gongshi.query.question import Question
from gongshi.query.registered.items import RecordItem
from gongshi.query.search import places, search
from gongshi.query.things import TELLING, Hit
from gongshi.render.addresses import address, record_address
from gongshi.sample.generate import PROJECT, generate
from gongshi.store.sqlite import connect

DECISIONS, SEED, TODAY = 20_000, 6, date(2026, 11, 22)
MOST, TOP = 1_000, 10
"""Hits of a set that are asked for; places of one thing that count."""
_MINUTE = 60_000

Ask = Callable[[str, bool], Sequence[str]]
"""Addresses in the order in which they are shown for what was typed; with True all decisions, at most MOST."""


class Quality(NamedTuple):
    """Of one maker's queries: how many; MRR@10, of sets recall; the share whose first place is wanted; how many found
    nothing; median and 99th percentile in milliseconds; and what was not best: query and first addresses."""

    asked: int
    score: float
    first: float
    empty: int
    p50: float
    p99: float
    failed: tuple[tuple[str, Sequence[str]], ...]


def run(ask: Ask, queries: Sequence[Judged], there: Sequence[Page]) -> Quality:
    """Ask all queries of one maker."""
    scores, times, firsts, empty = list[float](), list[float](), list[bool](), 0
    failed: list[tuple[str, Sequence[str]]] = []
    for one in queries:
        right, is_set = wanted(one, there), one.maker == SETS
        begun = perf_counter()
        found = ask(one.typed, is_set)
        times.append((perf_counter() - begun) * 1000)
        scores.append(_recall(found, right) if is_set else _place(found, right))
        firsts.append(bool(found) and found[0] in right)
        empty += not found
        if scores[-1] < 1:
            failed.append((one.typed, found[:3]))
    return Quality(
        len(queries), fmean(scores), fmean(firsts), empty, median(times), quantiles(times, n=100)[-1], tuple(failed)
    )


def _place(found: Sequence[str], right: set[str]) -> float:
    return next((1 / at for at, one in enumerate(found[:TOP], start=1) if one in right), 0.0)


def _recall(found: Sequence[str], right: set[str]) -> float:
    return len(right.intersection(found)) / min(len(right), MOST)


class Ours:
    """The search of the site, without its pages."""

    def __init__(self, path: Path) -> None:
        self._db, self._kept = connect(path, read_only=True), dict[str, Any]()

    def __call__(self, typed: str, of_set: bool = False) -> Sequence[str]:
        """What /search shows, from top to bottom; where it asks whether something else was meant, the first thing to
        which each of these leads."""
        reading = Reading(self._db, _MINUTE, self._kept, Answers(0, lambda seconds, step: None))
        if of_set:
            sql = "SELECT id FROM decisions WHERE sort = ?"
            found = places(reading, Question(q=typed), MOST)
            return [address(self._db.execute(sql, (place,)).fetchone()["id"]) for place in found]
        return list(dict.fromkeys(_shown(reading, everything(reading, Question(q=typed)))))

    def close(self) -> None:
        """Let the file go."""
        self._db.close()


def _shown(reading: Reading, found: Found) -> Iterator[str]:
    decisions = [item.path for item in found.decisions.items] if found.decisions else []
    telling = [other.score >= TELLING or not decisions for other in found.others]
    yield from (one.path for one in found.understood.direct)
    yield from (_address_of(other.found) for other in compress(found.others, telling))
    yield from map(_address_of, found.records.items if found.records else ())
    yield from map(_address_of, found.things)
    yield from decisions
    yield from (_address_of(other.found) for other in found.others)
    if not decisions:
        yield from (item.path for near in found.near for item in search(reading, near.question).items[:1])


def _address_of(found: RecordItem | Hit) -> str:
    if isinstance(found, RecordItem):
        return record_address(found.record.kind, found.record.id) or found.record.id
    return found.thing.path


def by_maker(queries: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The queries of each maker."""
    makers: dict[str, list[Judged]] = {}
    for one in queries:
        makers.setdefault(one.maker, []).append(one)
    return makers


def city(folder: Path, decisions: int = DECISIONS) -> Path:
    """The public.db of the committed sample among so many invented decisions."""
    generate(decisions, SEED, folder, TODAY)
    shutil.copytree(PROJECT / "data" / "submissions", folder / "data" / "submissions", dirs_exist_ok=True)
    return published(folder, (*past(folder), TODAY), workers=2)


def main(decisions: int = DECISIONS) -> Iterator[str]:
    """The lines of the table, and under each what did not come first. What wants something that is not public in this
    city is left out."""
    with tempfile.TemporaryDirectory() as folder:
        path = city(Path(folder), decisions)
        with closing(connect(path, read_only=True)) as db:
            there = pages(db)
        with closing(Ours(path)) as ours:
            yield f"{len(there):,} pages | queries | ours | {' | '.join(PEERS)}"
            asked: dict[str, Ask] = {"ours": ours} | {name: make(there) for name, make in PEERS.items()}
            for maker, queries in by_maker([one for one in judged() if wanted(one, there)]).items():
                found = {name: run(ask, queries, there) for name, ask in asked.items()}
                cells = (f"{one.score:.3f}, first {one.first:.2f}, p50 {one.p50:.1f} ms" for one in found.values())
                yield f"{maker} | {len(queries)} | {' | '.join(cells)}"
                yield from (f"  {typed}: {' '.join(first) or 'nothing'}" for typed, first in found["ours"].failed)


if __name__ == "__main__":
    for line in main(*map(int, sys.argv[1:])):
        sys.stdout.write(f"{line}\n")
