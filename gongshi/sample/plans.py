"""Which decisions departments have taken, and in which files they lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, pairwise
from random import Random

from gongshi.records.department import Department
from gongshi.sample.acts import Act, Office
from gongshi.sample.batches import SHARES, divide
from gongshi.sample.days import Days

RECENT = timedelta(days=7)
"""Decisions younger than this are submitted as new; older ones as 历史数据补录."""
IN_A_FILE = 20_000
"""Decisions in one file at most."""
_FALLING = 0.8
"""A department has this part of the decisions of the one before it."""


@dataclass(slots=True)
class Plan:
    """What a department decided of one kind in a year, or in the last week: `count` decisions, oldest first."""

    office: Office
    kind: str
    days: Days
    first: date
    last: date
    count: int
    earlier: bool

    def files(self) -> Iterator[tuple[str, Iterator[Act]]]:
        """The files' names, without their ending, and what goes into each."""
        name = f"{self.kind}-{self.first.year}" if self.earlier else f"{self.kind}-{self.last.isoformat()}"
        acts = (self.office.decide(self.kind, on) for on in self.days.spread(self.first, self.last, self.count))
        yield name, islice(acts, IN_A_FILE)
        for part in range(1, -(-self.count // IN_A_FILE)):
            yield f"{name}-{part + 1}", islice(acts, IN_A_FILE)


def plans(
    rng: Random, departments: list[Department], decisions: int, first: date, today: date
) -> Iterator[tuple[Office, str, list[Plan]]]:
    """Each department that decides and kind with its plans, of exactly `decisions` decisions from `first` to the day
    before `today`. What a department remembers, its parties and numbers, goes with its last kind."""
    days = Days(first, today - timedelta(days=1))
    deciding = [department for department in departments if department.number_prefixes]
    shares = divide(decisions, [_FALLING**rank for rank in range(len(deciding))])
    for department, share in zip(deciding, shares, strict=True):
        office = Office(rng, department, today, tells_more=True)
        counts = divide(share, [SHARES[kind] for kind in office.kinds])
        for kind, count in zip(office.kinds, counts, strict=True):
            yield office, kind, list(_years(office, kind, count, days, today))


def _years(office: Office, kind: str, count: int, days: Days, today: date) -> Iterator[Plan]:
    first, newest = days.first, today - RECENT
    starts = [first, *(date(year, 1, 1) for year in range(first.year + 1, newest.year + 1)), newest, today]
    spans = [(start, end - timedelta(days=1)) for start, end in pairwise(starts) if start < end]
    parts = divide(count, [days.share(*span) for span in spans])
    for (start, last), part in zip(spans, parts, strict=True):
        if part:
            yield Plan(office, kind, days, start, last, part, earlier=start < newest)
