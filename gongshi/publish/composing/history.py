"""How a decision came to be what its page says: the days, what happened, and which fields are others now.

Labels only, never an old value; and only of fields whose *public* form differs, so that nothing tells of
a masked name, of a party that may not be shown or of a text that waits for its reviewer (DOMAIN.md 5, 7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import orjson

from gongshi.lifecycle.diff import OF_LIFE
from gongshi.publish.composing.public_decision import PublicDecision, seal
from gongshi.records import DECISION_KINDS
from gongshi.records.field import Field
from gongshi.store.queries import Approved, Publication

PUBLISH, CORRECT, CHANGE, RESTORE = "publish", "correct", "change", "restore"
"""首次公示, 更正 (D31: what was wrong), 变更 (D27: the decision itself is another), 恢复公示."""

Formerly = Callable[[int], PublicDecision | None]
"""From a version to what the public would have of it today; None where that is nothing."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A publication, and what the public would have of its version today."""

    publication: Publication
    public: PublicDecision | None


def is_news(approved: Approved) -> bool:
    """Whether making `approved` public is a publication of its own, not on record yet."""
    return approved.published_version != approved.version or approved.stopped


def publications(approved: Approved, today: dt.date) -> tuple[Publication, ...]:
    """Every publication of `approved`, today's among them: the same before and after that one is journaled."""
    if not is_news(approved):
        return approved.history
    returns = approved.published_version is not None and approved.stopped
    now = Publication(version=approved.version, on=today, manner=RESTORE if returns else PUBLISH)
    return (*approved.history, now)


def with_history(public: PublicDecision, approved: Approved, today: dt.date, formerly: Formerly) -> PublicDecision:
    """`public` with its history, sealed. `formerly` is asked for versions other than the one that is shown."""
    first, *later = publications(approved, today) or (None,)
    events = [_event(public.row["first_published_on"], PUBLISH)]
    if first is not None and later:
        versions = {one.version for one in (first, *later)}
        forms = {version: public if version == approved.version else formerly(version) for version in versions}
        shown = [_Shown(one, forms[one.version]) for one in (first, *later)]
        events += [event for before, after in pairwise(shown) if (event := _between(before, after))]
    row = {**public.row, "history": orjson.dumps(events).decode()}
    return seal(row, public.own, public.parties, public.version)


def _between(before: _Shown, after: _Shown) -> dict[str, Any] | None:
    """What the later publication changed for the public; None where it was nothing."""
    on, restored = after.publication.on.isoformat(), after.publication.manner == RESTORE
    if before.public is None or after.public is None:
        return _event(on, RESTORE if restored else CORRECT)
    differing = list(_differing(before.public, after.public))
    fields = [field.plain_label for field in differing]
    if restored:
        return _event(on, RESTORE, fields)
    if not fields:
        return None
    changed = before.public.row["changed_on"] != after.public.row["changed_on"] or OF_LIFE.issuperset(
        field.name for field in differing
    )
    return _event(on, CHANGE if changed else CORRECT, fields)


def _event(on: str, event: str, fields: list[str] | None = None) -> dict[str, Any]:
    return {"on": on, "event": event, "fields": fields or []}


def _differing(before: PublicDecision, after: PublicDecision) -> Iterator[Field]:
    """The public fields whose public values differ; of one that waits in either, nothing."""
    waiting = {name for one in (before, after) for name in orjson.loads(one.row["held_fields"])}
    for field in DECISION_KINDS[after.kind].public_fields:
        if field.name not in waiting and _told(before, field.name) != _told(after, field.name):
            yield field


def _told(public: PublicDecision, name: str) -> list[str]:
    """What is said in a field, whether of the decision or of its parties."""
    return [value for value in public.values_of(name) if value]
