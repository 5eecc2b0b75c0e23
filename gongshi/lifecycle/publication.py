"""The only writer of what became public and what stopped being so.

`publish` decides by the law which versions are to be seen today; this journals it, once for each change.
The day of first publication is set once: withdrawing, sending again or correcting never resets it
(DOMAIN.md 2), because retention runs from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import orjson

from gongshi.lifecycle.diff import is_correction
from gongshi.lifecycle.errors import LifecycleError, TransitionRefused
from gongshi.lifecycle.transitions import STANDING_EVENTS, Event, after, state_of
from gongshi.records.decision import Decision
from gongshi.store import Store
from gongshi.store.journal import Draft
from gongshi.store.operations import APPROVED, Operation
from gongshi.store.queries import decision_of
from gongshi.store.sqlite import Row

ACTOR = "gongshi"
"""Who acts when the day, not a person, makes a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Ids by what was journaled for them. `refused` (id to the reason) must not be written to public.db."""

    published: tuple[str, ...]
    corrected: tuple[str, ...]
    restored: tuple[str, ...]
    stopped: tuple[str, ...]
    refused: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Standing:
    """A row of `disclosures` as the transitions look at it."""

    standing: str
    comes_back: bool
    manner: str
    approved: int | None
    review: str

    @classmethod
    def of(cls, row: Row) -> _Standing:
        comes_back = bool(row["comes_back"])
        return cls(row["stopped"] or "", comes_back, row["manner"] or "", row["approved"], row["review"])


_ROWS = """
SELECT d.*, v.review FROM disclosures d JOIN versions v ON v.seq = d.newest
"""


def record_publication(
    store: Store,
    published: Iterable[tuple[str, int, int, date]],
    stopped: Iterable[tuple[str, str, Iterable[str]]],
    today: date,
    now: datetime,
) -> Recorded:
    """Journal what is public as of `today` and what is not, leaving out what is on record already.

    `published`: id, version (an approved one, never older than what was public), sort (the row's place
    in newest-first order, drawn once) and day of first publication. For 历史数据补录 the day is that of
    the old platform, whatever is given. `stopped`: id, the law's standing and its reason codes.
    """
    with store.write() as db:
        rows = {row["id"]: row for row in db.execute(_ROWS)}
        run = _Run(store, rows, today)
        drafts = [*run.publications(published), *run.stops(stopped)]
        store.append(drafts, now)
    return run.recorded()


class _Run:
    """One day's changes, sorted into what they are."""

    def __init__(self, store: Store, rows: Mapping[str, Row], today: date) -> None:
        self._store = store
        self._rows = rows
        self._on = today.isoformat()
        self._done: dict[Event, list[str]] = {event: [] for event in Event}
        self._refused: dict[str, str] = {}

    def recorded(self) -> Recorded:
        """What came of it."""
        stops = {record for event in STANDING_EVENTS.values() for record in self._done[event]}
        return Recorded(
            published=tuple(self._done[Event.PUBLISH]),
            corrected=tuple(self._done[Event.CORRECT]),
            restored=tuple(self._done[Event.RESTORE]),
            stopped=tuple(sorted(stops)),
            refused=self._refused,
        )

    def publications(self, published: Iterable[tuple[str, int, int, date]]) -> Iterator[Draft]:
        """An entry for each version that is not public yet."""
        for record, version, sort, first in published:
            row = self._rows.get(record)
            if row is not None and row["published_version"] == version and not _is_down(row):
                continue
            try:
                yield self._publication(record, row, version, sort, first)
            except LifecycleError as error:
                self._refused[record] = str(error)

    def stops(self, stopped: Iterable[tuple[str, str, Iterable[str]]]) -> Iterator[Draft]:
        """An entry for each decision that is not public, where that or its reason is new."""
        for record, standing, reasons in stopped:
            row, codes = self._rows.get(record), sorted(set(reasons))
            try:
                if row is None or not _is_stopped(row, standing, codes):
                    payload = {"standing": standing, "reasons": codes, "on": self._on}
                    yield self._draft(row, STANDING_EVENTS[standing], Operation.STOP, payload)
            except LifecycleError as error:
                self._refused[record] = str(error)

    def _publication(self, record: str, row: Row | None, version: int, sort: int, first: date) -> Draft:
        decision = self._publishable(row, record, version)
        before = decision_of(self._store, row["published_version"]) if row and row["published_version"] else None
        corrected = before is not None and is_correction(before, decision)
        event = _event(row, corrected)
        payload = {
            "version": version,
            "sort": sort,
            "first": self._first(version, decision, first).isoformat(),
            "on": self._on,
            "manner": event.value,
            "corrected": corrected,
        }
        return self._draft(row, event, Operation.PUBLISH, payload)

    def _publishable(self, row: Row | None, record: str, version: int) -> Decision:
        """The version's decision, if it was approved and is not older than what was public."""
        sql = "SELECT review FROM versions WHERE seq = ? AND id = ? AND erased_by IS NULL"
        found = self._store.db.execute(sql, (version, record)).fetchone()
        decision = decision_of(self._store, version)
        if row is None or found is None or found["review"] != APPROVED or decision is None:
            raise TransitionRefused("这一版没有审核通过，不能公示。")
        if row["stays_down"]:
            raise TransitionRefused("公示过又撤下的决定，须由两人办理恢复公示（gongshi restore）后才能再公示。")
        if row["published_version"] is not None and version < row["published_version"]:
            raise TransitionRefused("已公示过更新的版本，不能再公示旧版本。")
        return decision

    def _first(self, version: int, decision: Decision, given: date) -> date:
        """The old platform's day for 历史数据补录, otherwise the day given."""
        row = self._store.db.execute("SELECT earlier FROM versions WHERE seq = ?", (version,)).fetchone()
        old = decision.values.get("earlier_published_on") if row["earlier"] else None
        return date.fromisoformat(old) if old else given

    def _draft(self, row: Row | None, event: Event, operation: Operation, payload: Mapping[str, object]) -> Draft:
        if row is None:
            raise TransitionRefused("没有这个编号的决定。")
        after(state_of(_Standing.of(row)), event)
        self._done[event].append(row["id"])
        return Draft(ACTOR, row["department"], "", row["kind"], row["id"], operation, payload)


def _event(row: Row | None, corrected: bool) -> Event:
    """A decision that was public and stopped is restored; otherwise what differs decides."""
    if row is not None and _is_down(row) and row["published_version"] is not None:
        return Event.RESTORE
    return Event.CORRECT if corrected else Event.PUBLISH


def _is_down(row: Row) -> bool:
    """Whether it is not public although a version of it was approved and may have been."""
    return row["stopped"] is not None or bool(row["comes_back"])


def _is_stopped(row: Row, standing: str, codes: list[str]) -> bool:
    """Whether this very stop is on record."""
    return bool(row["stopped"] == standing and orjson.loads(row["reasons"]) == codes)
