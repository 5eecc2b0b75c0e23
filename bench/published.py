"""A city's public.db alone, without a site: enough to search in, and a third of the time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from gongshi.instance import load
from gongshi.lifecycle.publication import record_publication
from gongshi.lifecycle.submissions import take_in
from gongshi.publish.database.public_db import write_full
from gongshi.publish.preparing.prepare import prepare
from gongshi.publish.registry.wall import prepare_records
from gongshi.sample.city import DAYS
from gongshi.store import Store

_NINE = time(9, tzinfo=ZoneInfo("Asia/Shanghai"))


def past(root: Path) -> tuple[date, ...]:
    """The days that the sample city in `root` has seen, by its committed files."""
    told = {line for path in (root / "data" / "submissions").glob(f"*/{DAYS}") for line in path.read_text().split()}
    return tuple(map(date.fromisoformat, sorted(told)))


def published(root: Path, days: Sequence[date], workers: int = 1) -> Path:
    """Live through `days` in the city in `root`: take in, review, publish; the public.db of the last of them. Nothing
    is proven here: it is for benchmarks and tests of the search."""
    instance, public = load(root), root / "build" / "public.db"
    public.parent.mkdir(exist_ok=True)
    with Store.open(root / "data" / "store.db") as store:
        for today in days:
            now = datetime.combine(today, _NINE)
            take_in(store, instance, today=today, now=now)
            prepared = prepare(store, instance, today, workers=workers, spool=public.parent)
            listed = prepare_records(store, instance, today, taken=prepared.drawn_on(today))
            shown, stopped = chain(prepared.published, listed.published), chain(prepared.stops, listed.stops)
            refused = record_publication(store, shown, stopped, today, now).refused
        rows, notices = prepared.without(refused)
        write_full(public, instance, rows, "0" * 64, notices, records=listed.without(refused))
    return public
