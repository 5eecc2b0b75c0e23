"""From the store to public.db, against inserting the very same ready-made rows into an empty schema with its index."""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from datetime import date
from itertools import islice
from pathlib import Path

from bench.measuring import Goal, Result, Spent
from gongshi.instance import load
from gongshi.publish import opening
from gongshi.publish.composing.public_decision import DECISION_COLUMNS, INDEXED, PARTY_COLUMNS, PublicDecision
from gongshi.publish.composing.schema import own_columns
from gongshi.publish.database import rows
from gongshi.publish.database.public_db import write_full
from gongshi.publish.database.reference_rows import tables
from gongshi.publish.database.shape import create
from gongshi.publish.preparing.prepare import prepare
from gongshi.publish.preparing.spool import ready
from gongshi.store import Store, head
from gongshi.store.sqlite import Connection

TODAY = date(2026, 11, 22)
_WORKERS = 2
_AT_ONCE = 5000
_TABLES = {"decisions": DECISION_COLUMNS, "parties": ("sort", *PARTY_COLUMNS)}


def measure(folder: Path, today: date = TODAY) -> list[Result]:
    """The whole way at a built city below `folder`, and its floor."""
    instance = load(folder)
    with tempfile.TemporaryDirectory(dir=folder) as aside, Store.open(folder / "data" / "store.db") as store:
        path = Path(aside) / "public.db"
        began, used = time.perf_counter(), _used()
        prepared = prepare(store, instance, today, workers=_WORKERS)
        between, judged = time.perf_counter(), _used()
        write_full(path, instance, ready(prepared.rows), head(store), prepared.notices)
        ended, wrote = time.perf_counter(), _used()
        size = len(prepared.rows)
        floor = _floor(path, Path(aside) / "floor.db", list(tables(instance, "")))
    whole = "executemany + FTS insert of the same rows"
    return [
        Result("judged, composed, gated, tokenised", size, Spent(between - began, judged - used), whole, floor),
        Result("written into public.db", size, Spent(ended - between, wrote - judged), whole, floor),
        Result("store → public.db", size, Spent(ended - began, wrote - used), whole, floor, Goal(ratio=2), "public_db"),
    ]


def _used() -> float:
    """Processor time of this process and of those that it has begun and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _floor(made: Path, target: Path, reference: list[tuple[str, tuple[str, ...], list[tuple[object, ...]]]]) -> Spent:
    """The time to insert what is in `made`; reading it and making it ready is not counted."""
    spent = Spent(0.0, 0.0)
    with opening.reading(made) as source, opening.filling(target) as db:
        create(db)
        db.execute("BEGIN")
        for name, columns, values in reference:
            db.executemany(_insert(name, columns), values)
        decisions = rows.stored(source)
        while some := [_ready(public) for public in islice(decisions, _AT_ONCE)]:
            spent += _timed(db, some)
        began, used = time.perf_counter(), time.process_time()
        db.execute("COMMIT")
        return spent + Spent(time.perf_counter() - began, time.process_time() - used)


Inserts = list[tuple[str, tuple[object, ...]]]


def _ready(public: PublicDecision) -> Inserts:
    indexed = public.indexed()
    own = ("sort", *own_columns(public.kind))
    return [
        (_insert("decisions", DECISION_COLUMNS), tuple(public.row[name] for name in DECISION_COLUMNS)),
        (_insert(public.kind, own), (public.sort, *(public.own[name] for name in own[1:]))),
        *(
            (_insert("parties", _TABLES["parties"]), (public.sort, *(party[name] for name in PARTY_COLUMNS)))
            for party in public.parties
        ),
        (_insert("tags", rows.TAGS), rows.tag_of(public)),
        (_insert("decisions_fts", ("rowid", *INDEXED)), (public.sort, *(indexed[name] for name in INDEXED))),
    ]


def _timed(db: Connection, some: list[Inserts]) -> Spent:
    """Insert them, statement by statement."""
    by_statement: dict[str, list[tuple[object, ...]]] = {}
    for statement, values in (one for inserts in some for one in inserts):
        by_statement.setdefault(statement, []).append(values)
    began, used = time.perf_counter(), time.process_time()
    for statement, found in by_statement.items():
        db.executemany(statement, found)
    return Spent(time.perf_counter() - began, time.process_time() - used)


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, help="the root of a built city")
    sys.stdout.writelines(f"{result.told}\n" for result in measure(options.parse_args().folder))
