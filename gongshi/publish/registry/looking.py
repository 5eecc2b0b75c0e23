"""Which version of a record is shown on a day, what it is by then, and on which day that may change (D5, D7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongshi.instance import Instance
from gongshi.law import registry as law
from gongshi.law.registry import Standing, Validity, Version
from gongshi.records.registry.officer import OFFICER
from gongshi.store.registered import Registered, StoredVersion

_DAY = timedelta(days=1)
INVALID = "invalid"
"""What stands for 暂扣, 注销 and 吊销 where the city does not say publicly which of them it is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A record on a day: its `version` in force or just ended, `standing`, and of an officer the certificate's
    `validity`, as the public may read it; `wakes` is the next day on which any of it may be another."""

    version: StoredVersion | None
    standing: Standing
    validity: str | None
    wakes: date | None


def seen(one: Registered, instance: Instance, today: date) -> Seen:
    """What `one` is on `today`."""
    shown = in_force(one, today)
    days = [*_turns(one, instance), *_updates(one, instance)]
    if shown is None:
        return Seen(None, Standing.UPCOMING, None, law.next_day(days, today))
    standing = law.standing(_as_law(shown), today, _kept_months(one, instance), instance.calendar)
    validity = None
    if one.kind == OFFICER.name:
        days += law.validity_turns(*_validity_days(shown))
        left_on = _officer_leaves(shown, instance)
        days.append(left_on)
        standing = Standing.GONE if today >= left_on else standing
        validity = _validity(shown, instance, today)
    return Seen(shown, standing, validity, law.next_day(days, today))


def in_force(one: Registered, today: date) -> StoredVersion | None:
    """The approved version that holds on a day; of one that is over the last."""
    found = law.in_force([_as_law(version) for version in one.versions], today)
    return next((version for version in one.versions if found and version.seq == found.seq), None)


def _as_law(version: StoredVersion) -> Version:
    return Version(version.seq, version.effective_from, version.effective_to)


def _kept_months(one: Registered, instance: Instance) -> int:
    city = instance.city
    return city.officer_kept_months if one.kind == OFFICER.name else city.ended_kept_months


def _turns(one: Registered, instance: Instance) -> Iterator[date]:
    versions = map(_as_law, one.versions)
    return law.turns(versions, _kept_months(one, instance), instance.calendar)


def _updates(one: Registered, instance: Instance) -> Iterator[date]:
    """The days from which it may be out of date: behind the terms of what changes a law or the department (D25)."""
    for change in instance.changes:
        if any(change.touches(version.decision) for version in one.versions):
            due = law.update_due(change.on, instance.rules, instance.calendar)
            if due.on is not None:
                yield due.on + _DAY


def _validity_days(version: StoredVersion) -> tuple[date, date]:
    values = version.decision.values
    return date.fromisoformat(values["valid_from"] or ""), date.fromisoformat(values["valid_to"] or "")


def _validity(version: StoredVersion, instance: Instance, today: date) -> str:
    """In one word for all that was declared, unless the city says which it is."""
    holds = law.validity(version.decision.values["state"] or "", *_validity_days(version), today)
    if holds in law.DECLARED.values() and not instance.city.show_officer_state:
        return INVALID
    return holds.value


def _officer_leaves(version: StoredVersion, instance: Instance) -> date:
    """From when on nothing of an officer is public: some months after the certificate is over."""
    _, over = _validity_days(version)
    values = version.decision.values
    if law.DECLARED.get(values["state"] or "") is Validity.REVOKED:
        over = min(over, date.fromisoformat(values["state_on"] or version.effective_from.isoformat()))
    return instance.calendar.add_months(over, instance.city.officer_kept_months) + _DAY
