"""The only writer of what became public and what stopped being so.

`publish` decides by the law which versions are to be seen today; this journals it, once for each change.
The day of first publication is set once: withdrawing, sending again or correcting never resets it
(DOMAIN.md 2), because retention runs from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import orjson

from gongshi.lifecycle.diff import is_correction
from gongshi.lifecycle.errors import LifecycleError, TransitionRefused
from gongshi.lifecycle.transitions import STANDING_EVENTS, Event, after, state_of
from gongshi.store import Store
from gongshi.store.journal import Draft
from gongshi.store.operations import APPROVED, Operation
from gongshi.store.queries import batched, chosen, decision_of
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
SELECT d.id, d.kind, d.department, d.approved, d.published_version, d.manner, d.stopped, d.reasons, d.comes_back,
  d.stays_down, d.registry, v.review
FROM disclosures d JOIN versions v ON v.seq = d.newest WHERE d.id IN ({})
"""
_APPROVED = f"""
SELECT v.seq, v.id,
  CASE WHEN v.earlier THEN json_extract(CAST(p.body AS TEXT), '$.decision.values.earlier_published_on') END AS old_day
FROM versions v JOIN payloads p ON p.seq = v.seq
WHERE v.review = '{APPROVED}' AND v.erased_by IS NULL AND v.seq IN ({{}})
"""  # noqa: S608

Shown = tuple[str, int, int, date]
"""Id, version, sort and day of first publication of what is public."""
Stopped = tuple[str, str, Iterable[str]]
"""Id, the law's standing and its reason codes of what is not."""


def record_publication(
    store: Store, published: Iterable[Shown], stopped: Iterable[Stopped], today: date, now: datetime
) -> Recorded:
    """Journal what is public as of `today` and what is not, leaving out what is on record already.

    `published`: id, version (an approved one, of a decision never older than what was public), sort (the row's place
    in newest-first order, drawn once) and day of first publication. For 历史数据补录 the day is that of
    the old platform, whatever is given. `stopped`: id, the law's standing and its reason codes. Each id
    once; both are read piece by piece, and of the store only what is known of these ids.
    """
    run = _Run(store, today)
    with store.write():
        store.append(run.drafts(published, stopped), now)
    return run.recorded()


class _Run:
    """One day's changes, sorted into what they are."""

    def __init__(self, store: Store, today: date) -> None:
        self._store = store
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

    def drafts(self, published: Iterable[Shown], stopped: Iterable[Stopped]) -> Iterator[Draft]:
        """An entry for each version that is not public yet, and for each stop that is new."""
        for shown in batched(published):
            rows = self._rows(record for record, *_ in shown)
            versions = {row["seq"]: row for row in chosen(self._store.db, _APPROVED, [seq for _, seq, *_ in shown])}
            yield from self._each(
                (record, partial(self._publication, rows.get(record), versions.get(seq), (record, seq, sort, first)))
                for record, seq, sort, first in shown
            )
        for stops in batched(stopped):
            rows = self._rows(record for record, *_ in stops)
            yield from self._each(
                (record, partial(self._stop, rows.get(record), standing, sorted(set(reasons))))
                for record, standing, reasons in stops
            )

    def _rows(self, ids: Iterable[str]) -> dict[str, Row]:
        return {row["id"]: row for row in chosen(self._store.db, _ROWS, list(ids))}

    def _each(self, asked: Iterable[tuple[str, Callable[[], Draft | None]]]) -> Iterator[Draft]:
        """What is refused stops no other."""
        for record, draft in asked:
            try:
                if (made := draft()) is not None:
                    yield made
            except LifecycleError as error:
                self._refused[record] = str(error)

    def _publication(self, row: Row | None, version: Row | None, shown: Shown) -> Draft | None:
        """None where this version is public already."""
        record, seq, sort, first = shown
        if row is not None and row["published_version"] == seq and not _is_down(row):
            return None
        row, version = self._publishable(row, version, record)
        corrected = self._corrects(row, seq)
        event = _event(row, corrected)
        payload = {
            "version": seq,
            "sort": sort,
            "first": version["old_day"] or first.isoformat(),
            "on": self._on,
            "manner": event.value,
            "corrected": corrected,
        }
        return self._draft(row, event, Operation.PUBLISH, payload)

    def _publishable(self, row: Row | None, version: Row | None, record: str) -> tuple[Row, Row]:
        """Both, if the version was approved and is not older than what was public; of a record an older one may be the
        one in force again, when a later one has ended."""
        if row is None or version is None or version["id"] != record:
            raise TransitionRefused("这一版没有审核通过，不能公示。")
        if row["stays_down"]:
            raise TransitionRefused("公示过又撤下的决定，须由两人办理恢复公示（gongshi restore）后才能再公示。")
        older = row["published_version"] is not None and version["seq"] < row["published_version"]
        if older and not row["registry"]:
            raise TransitionRefused("已公示过更新的版本，不能再公示旧版本。")
        return row, version

    def _corrects(self, row: Row, version: int) -> bool:
        """Whether this version mends what was public before."""
        if row["published_version"] is None:
            return False
        before, after = (decision_of(self._store, seq) for seq in (row["published_version"], version))
        return before is not None and after is not None and is_correction(before, after)

    def _stop(self, row: Row | None, standing: str, codes: list[str]) -> Draft | None:
        """None where that very stop is on record."""
        if row is not None and _is_stopped(row, standing, codes):
            return None
        payload = {"standing": standing, "reasons": codes, "on": self._on}
        return self._draft(row, STANDING_EVENTS[standing], Operation.STOP, payload)

    def _draft(self, row: Row | None, event: Event, operation: Operation, payload: Mapping[str, object]) -> Draft:
        if row is None:
            raise TransitionRefused("没有这个编号的决定。")
        after(state_of(_Standing.of(row)), event)
        self._done[event].append(row["id"])
        return Draft(ACTOR, row["department"], "", row["kind"], row["id"], operation, payload)


def _event(row: Row, corrected: bool) -> Event:
    """A decision that was public and stopped is restored; otherwise what differs decides."""
    if _is_down(row) and row["published_version"] is not None:
        return Event.RESTORE
    return Event.CORRECT if corrected else Event.PUBLISH


def _is_down(row: Row) -> bool:
    """Whether it is not public although a version of it was approved and may have been."""
    return row["stopped"] is not None or bool(row["comes_back"])


def _is_stopped(row: Row, standing: str, codes: list[str]) -> bool:
    """Whether this very stop is on record."""
    return bool(row["stopped"] == standing and orjson.loads(row["reasons"]) == codes)
