"""What the wall let out on one day, and what it did not: handed on in bounded memory, however much it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gongshi.law.publishability import Standing
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.gate.checks import Refused
from gongshi.publish.notices.notice import PublicNotice
from gongshi.publish.preparing.slices import Slice, wakes_in
from gongshi.publish.preparing.spool import Part, Rows, Spool, heads
from gongshi.records.places import first_of, last_of

Stopped = tuple[str, Standing, tuple[str, ...]]
"""An id, its standing, and the codes of the reasons."""


def stops(stopped: Collection[Stopped], refused: Iterable[Refused]) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is not public, as lifecycle journals it; what the gate refused as held by the gate."""
    down = {record for record, _, _ in stopped}
    kept_out: dict[str, list[str]] = {}
    for one in refused:
        if one.id not in down:
            kept_out.setdefault(one.id, []).append(f"gate_{one.check}")
    held = [(record, Standing.HELD.value, tuple(checks)) for record, checks in kept_out.items()]
    return [(record, standing.value, codes) for record, standing, codes in stopped] + held


@dataclass(slots=True)
class Prepared:
    """What is to be public as of one day.

    `rows` and `notices` by place; `stopped`: id, the law's standing, reason codes; `refused`: what the gate kept out,
    which the law would let out; `undecided`: by id the possible names for which fields are held back:
    for the department's eyes only. `looked_at` are the ids that were looked at, None where that is all;
    `position` the store's newest entry then; `era` the first day on which a rule comes into or goes out of force.
    """

    spools: Sequence[Spool] = field(default=(), compare=False)
    rows: Sequence[PublicDecision] = field(default_factory=list)
    notices: list[PublicNotice] = field(default_factory=list)
    stopped: list[Stopped] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    undecided: dict[str, tuple[str, ...]] = field(default_factory=dict)
    looked_at: Collection[str] | None = None
    position: int = 0
    era: dt.date | None = None
    _days: list[Part] = field(default_factory=list, compare=False)

    def __post_init__(self) -> None:
        self.rows = self.rows or Rows(self.spools)

    def take(self, one: Slice) -> None:
        """Add what came of a slice."""
        if isinstance(self.rows, Rows):
            self.rows.extend(one.rows)
        self.notices += one.looked.notices
        self.stopped += one.looked.stopped
        self.refused += one.looked.refused
        self.undecided |= one.looked.undecided
        self._days.append(one.wakes)

    def without(self, ids: Collection[str]) -> tuple[Sequence[PublicDecision], list[PublicNotice]]:
        """Rows and notices, those of `ids` left out."""
        notices = [one for one in self.notices if one.id not in ids]
        if not ids:
            return self.rows, notices
        chosen = [at for at, head in enumerate(heads(self.rows)) if head.id not in ids]
        return (self.rows.only(chosen) if isinstance(self.rows, Rows) else [self.rows[at] for at in chosen]), notices

    def drawn_on(self, day: dt.date) -> frozenset[int]:
        """The places of what is public since `day`: those that this run drew are among them."""
        sorts = self.rows.sorts() if isinstance(self.rows, Rows) else (one.sort for one in self.rows)
        first, last = first_of(day), last_of(day)
        return frozenset(place for place in sorts if first <= place <= last)

    @property
    def published(self) -> Iterator[tuple[str, int, int, dt.date]]:
        """Id, version, place and day of first publication of each row, as lifecycle journals them: in the order in
        which the store has them, for by place each would be a page from somewhere else."""
        for head in self.rows.heads_as_found() if isinstance(self.rows, Rows) else heads(self.rows):
            yield head.id, head.version, head.sort, dt.date.fromisoformat(head.first_published_on)

    @property
    def stops(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Everything that is not public, what the gate refused as held by the gate."""
        return stops(self.stopped, self.refused)

    @property
    def wakes(self) -> Iterator[tuple[str, dt.date]]:
        """By id the first day after this one on which its row, notice or standing may be another although nothing
        touched it; nothing of an id that no day changes."""
        return (found for part in self._days for found in wakes_in(self.spools[part.spool].read(part.at, part.size)))
