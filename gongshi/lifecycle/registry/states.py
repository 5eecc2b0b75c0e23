"""Where a record of a register or list stands, in the words that due, receipts and explanations use."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from gongshi.instance import Instance
from gongshi.law.registry import Standing, Version, in_force, standing
from gongshi.records.registry.officer import OFFICER
from gongshi.store.operations import RECEIVED, RETURNED, REVIEWED, SUPERSEDED
from gongshi.store.registered import Registered


class RecordState(StrEnum):
    """Where a record, or its newest version, stands."""

    RECEIVED = "received"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    """Its department reviewed it; another body's review is still to come (D22, D23)."""
    UPCOMING = "upcoming"
    SCHEDULED = "scheduled"
    PUBLIC = "public"
    CORRECTED = "corrected"
    ENDED = "ended"
    """It is no longer in force; its page says so."""
    GONE = "gone"
    """It ended so long ago that nothing of it is public."""
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    OUTDATED = "outdated"
    """A change of law or organisation touches it, and nobody has brought it up to date or upheld it (D25)."""


LABELS: dict[RecordState, str] = {
    RecordState.RECEIVED: "待审核",
    RecordState.RETURNED: "退回修改",
    RecordState.REVIEWED: "待第二道审核",
    RecordState.UPCOMING: "待生效",
    RecordState.SCHEDULED: "待公示",
    RecordState.PUBLIC: "已公示",
    RecordState.CORRECTED: "已更正",
    RecordState.ENDED: "已失效",
    RecordState.GONE: "不再公示",
    RecordState.SUSPENDED: "紧急下架（待确认）",
    RecordState.WITHDRAWN: "已撤下",
    RecordState.OUTDATED: "须更新",
}
OF_REVIEW = {
    RECEIVED: RecordState.RECEIVED,
    RETURNED: RecordState.RETURNED,
    REVIEWED: RecordState.REVIEWED,
    SUPERSEDED: RecordState.RETURNED,
}
"""Where a record stands of which no version has passed, by what review says of its newest."""
_OF_LAW = {
    Standing.UPCOMING: RecordState.UPCOMING,
    Standing.ENDED: RecordState.ENDED,
    Standing.GONE: RecordState.GONE,
}


def state_of(one: Registered, instance: Instance, today: date) -> RecordState:
    """Where a record with an approved version stands on a day."""
    if one.suspended:
        return RecordState.SUSPENDED
    if one.ended or one.stays_down:
        return RecordState.WITHDRAWN
    by_law = _OF_LAW.get(_standing(one, instance, today))
    if by_law is not None:
        return by_law
    if one.published_version is None or one.stopped:
        return RecordState.SCHEDULED
    return RecordState.CORRECTED if one.corrected else RecordState.PUBLIC


def _standing(one: Registered, instance: Instance, today: date) -> Standing:
    versions = [Version(version.seq, version.effective_from, version.effective_to) for version in one.versions]
    city = instance.city
    months = city.officer_kept_months if one.kind == OFFICER.name else city.ended_kept_months
    return standing(in_force(versions, today), today, months, instance.calendar)
