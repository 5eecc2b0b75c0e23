"""The second, small traversal: the records of registers, lists, guides and boards, thousands and not millions.

A row depends on its own record alone, on the reference data and on the day, so that looking at what was touched gives
what looking at everything gives. Only officers and boards know of others: two officers of one certificate number are
never have it at once, whoever came first has; and a board names no number of an officer who is not public. So where one
of them is looked at, all that may depend on it are (`together`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import orjson

from gongshi.instance import Instance
from gongshi.law.publishability import Standing as Of
from gongshi.law.registry import DECLARED, Standing, Validity
from gongshi.lifecycle.registry.updates import outdated_of
from gongshi.publish.composing.dates import Draw, draw_place, drawn
from gongshi.publish.composing.history import CORRECT
from gongshi.publish.composing.siblings import Places
from gongshi.publish.gate.checks import Refused
from gongshi.publish.preparing.by_hand import by_hand
from gongshi.publish.preparing.prepared import Stopped, stops
from gongshi.publish.preparing.wall import FAILED
from gongshi.publish.registry.composing import Outdated, RecordDates, as_json, files_of, in_words, row_of
from gongshi.publish.registry.gate import Candidate, failures
from gongshi.publish.registry.history import events, is_news
from gongshi.publish.registry.looking import Seen, seen
from gongshi.publish.registry.public_record import PublicRecord, seal_record
from gongshi.records.registry.board import POST_BOARD
from gongshi.records.registry.key import identity
from gongshi.records.registry.officer import OFFICER
from gongshi.store import raw
from gongshi.store.changes import position
from gongshi.store.registered import Registered, StoredVersion, registered
from gongshi.store.store import Store

_DAY = dt.timedelta(days=1)
UPCOMING, ENDED = Standing.UPCOMING.value, Standing.ENDED.value
"""Why a record that nobody took down is not public: its day has not come, or it has been over for long."""

_TOGETHER = f"""
SELECT id, key, kind, department FROM disclosures WHERE registry AND kind IN ('{OFFICER.name}', '{POST_BOARD.name}')
"""  # noqa: S608 - declared names
_NUMBERS = "officers"
_BEFORE = f"/{OFFICER.name}/"
"""What stands before the certificate number in an officer's key."""


@dataclass(slots=True)
class PreparedRecords:
    """What is to be public of the records that were looked at, as of one day; fields as of preparing.Prepared.

    `undecided` and `era` are what a decision may have besides: no name waits for a choice, and no rule that comes
    into force makes an approved record another.
    """

    rows: list[PublicRecord] = field(default_factory=list)
    stopped: list[Stopped] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    wakes: list[tuple[str, dt.date]] = field(default_factory=list)
    looked_at: Collection[str] | None = None
    position: int = 0
    undecided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    era: dt.date | None = None

    def without(self, ids: Collection[str]) -> list[PublicRecord]:
        """The rows, those of `ids` left out."""
        return [one for one in self.rows if one.id not in ids]

    @property
    def published(self) -> Iterator[tuple[str, int, int, dt.date]]:
        """Id, version, place and day of first publication of each row, as lifecycle journals them."""
        for one in self.rows:
            yield one.id, one.version, one.sort, dt.date.fromisoformat(one.row["first_published_on"])

    @property
    def stops(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Everything that is not public, what the gate refused as held by the gate."""
        return stops(self.stopped, self.refused)


class _Shown(NamedTuple):
    """A record that may be public, and what it is today."""

    one: Registered
    version: StoredVersion
    seen: Seen


def prepare_records(
    store: Store,
    instance: Instance,
    today: dt.date,
    *,
    ids: Collection[str] | None = None,
    ledger: Mapping[str, str] = MappingProxyType({}),
    taken: Collection[int] = (),
    draw: Draw = drawn,
) -> PreparedRecords:
    """Every record with an approved version, or those of `ids`, as the law of `today` and the gate let it out.

    `taken` are places that the same run drew for decisions; `ledger` as of `prepare`. A record that fails, in
    whatever way, is reported and stops no other.
    """
    wanted = None if ids is None else together(store, ids)
    wall = _Wall(store, instance, today, ledger, taken, draw)
    with store.snapshot():
        wall.found.position = position(store)
        wall.found.looked_at = None if wanted is None else frozenset(wanted)
        wall.look(registered(store, wanted))
    wall.found.rows.sort(key=lambda one: one.sort)
    return wall.found


class _Wall:
    """One look at a store as of one day."""

    def __init__(  # noqa: PLR0917
        self,
        store: Store,
        instance: Instance,
        today: dt.date,
        ledger: Mapping[str, str],
        taken: Collection[int],
        draw: Draw,
    ) -> None:
        self._store, self._instance, self._today, self._ledger, self._draw = store, instance, today, ledger, draw
        self._places = Places(store)
        for place in taken:
            self._places.take(place)
        self._holders: dict[str, str] = {}
        self.found = PreparedRecords()

    def look(self, records: Iterable[Registered]) -> None:
        """Look at these; what comes of them is in `found`. Officers come first, in the order in which they arrived."""
        for one in sorted(records, key=lambda one: (one.kind != OFFICER.name, one.versions[0].seq)):
            try:
                self._take(one)
            except Exception as error:
                message = f"处理时出错（{type(error).__name__}），请联系管理员"
                self.found.refused.append(Refused(one.id, FAILED, message))

    def _take(self, one: Registered) -> None:
        """Let one record out, or say why not."""
        if down := by_hand(one, self._ledger):
            self.found.stopped.append((one.id, *down))
            return
        if one.department not in self._instance.departments:
            self.found.refused.append(Refused(one.id, "department", "公示部门未登记"))
            return
        now = seen(one, self._instance, self._today)
        if now.wakes is not None:
            self.found.wakes.append((one.id, now.wakes))
        if now.version is None:
            self.found.stopped.append((one.id, Of.HELD, (UPCOMING,)))
        elif now.standing is Standing.GONE:
            self.found.stopped.append((one.id, Of.HELD, (ENDED,)))
        else:
            self._publish(_Shown(one, now.version, now))

    def _publish(self, shown: _Shown) -> None:
        number = _number(shown.version.decision.key) if _holds(shown) else ""
        public = self._composed(shown)
        candidate = Candidate(
            public=public,
            one=shown.one,
            version=shown.version,
            instance=self._instance,
            today=self._today,
            rivals=int(number in self._holders),
        )
        failed = failures(candidate)
        self.found.refused += failed
        if not failed:
            self.found.rows.append(public)
            if number:
                self._holders[number] = shown.one.department

    def _composed(self, shown: _Shown) -> PublicRecord:
        one, version, today, city = shown.one, shown.version, self._today, self._instance.city
        dates = self._dates(one, version)
        row = row_of(one, shown.seen, dates, self._instance, self._outdated(one))
        if one.kind == POST_BOARD.name:
            row["content"] = self._on_duty(row["content"], one.department)
        happened = events(one, version, dates.first_published_on, today, city)
        row["history"] = as_json(happened)
        row["corrected"] = int(any(event["event"] == CORRECT for event in happened))
        files, types = files_of(version.decision)
        return seal_record(row, files, version=version.seq, types=types, bodies=partial(_body, self._store))

    def _dates(self, one: Registered, version: StoredVersion) -> RecordDates:
        """The same before and after this publication is journaled."""
        first = one.first_published_on or self._today
        last = self._today if is_news(one, version) else one.last_published_on or self._today
        place = one.sort if one.sort is not None else draw_place(first, self._places, self._draw)
        return RecordDates(sort=place, first_published_on=first, updated_on=max(first, last))

    def _on_duty(self, content: str, department: str) -> str:
        """What a board says, of the numbers on it those of the department's officers who are public."""
        said = orjson.loads(content)
        numbers = (number for number in said.pop(_NUMBERS, "").split("、") if number)
        kept = [number for number in numbers if self._holders.get(identity(number)) == department]
        return as_json({**said, _NUMBERS: "、".join(kept)} if kept else said)

    def _outdated(self, one: Registered) -> Outdated | None:
        """What it should have followed by now; of several changes the first."""
        late = [found for found in outdated_of(self._store, self._instance, one, self._today) if found.overdue]
        first = min(late, key=lambda found: (found.due.on or self._today, found.change.id), default=None)
        if first is None or first.due.on is None:
            return None
        return Outdated(first.due.on + _DAY, in_words(first.change))


def together(store: Store, ids: Collection[str]) -> set[str]:
    """`ids` with what may come out otherwise where one of them does: officers of the same certificate number, and the
    officers and boards of their departments."""
    asked = set(ids)
    known = [tuple(row) for row in store.db.execute(_TOGETHER)] if ids else []
    touched = [one for one in known if one[0] in asked]
    if not touched:
        return asked
    departments = {row[-1] for row in (*touched, *_of_one_number(known, touched))}
    beside = [one for one in known if one[-1] in departments]
    return asked.union(row[0] for row in (*beside, *_of_one_number(known, beside)))


def _of_one_number(known: Collection[tuple[str, ...]], some: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The officers who have the certificate number of one of `some`."""
    numbers = {_number(key) for _, key, kind, _ in some if kind == OFFICER.name}
    return [row for row in known if row[2] == OFFICER.name and _number(row[1]) in numbers]


def _holds(shown: _Shown) -> bool:
    """Whether an officer has the certificate still: one that is over or was given back may be another department's."""
    if shown.one.kind != OFFICER.name or shown.seen.standing is not Standing.IN_FORCE:
        return False
    return DECLARED.get(shown.version.decision.values["state"] or "") is not Validity.REVOKED


def _number(key: str) -> str:
    """The certificate number in an officer's key, as it is compared."""
    return key.partition(_BEFORE)[2]


def _body(store: Store, sha256: str) -> bytes:
    """A file as it may be published. Raises LookupError."""
    found = b"".join(raw.pieces(store.db, sha256))
    if not found:
        raise LookupError(sha256)
    return found
