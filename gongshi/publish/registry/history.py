"""How a record came to be what its page says: when it was published, corrected, changed, let back.

What was in force before and is not any more may be read again (D5); what was wrong may not, nor what was in force of
an officer or a board: of those only the labels of the fields that are others now, as of decisions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gongshi.publish.composing.history import CHANGE, CORRECT, PUBLISH, RESTORE
from gongshi.publish.registry.composing import content_of
from gongshi.publish.registry.looking import in_force
from gongshi.records import REGISTRY_KINDS
from gongshi.records.city import City
from gongshi.records.decision import Decision
from gongshi.records.field import FieldType
from gongshi.store.queries import Publication
from gongshi.store.registered import Registered, StoredVersion

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Shown:
    publication: Publication
    version: StoredVersion | None


def is_news(one: Registered, version: StoredVersion) -> bool:
    """Whether making `version` public is a publication of its own, not on record yet."""
    return one.published_version != version.seq or one.stopped


def events(one: Registered, version: StoredVersion, first: dt.date, today: dt.date, city: City) -> list[dict[str, Any]]:
    """What happened, oldest first, the same before and after today's publication is journaled."""
    known = {each.seq: each for each in one.versions}
    shown = [_Shown(each, known.get(each.version)) for each in _publications(one, version, today)]
    later = (event for before, after in pairwise(shown) if (event := _between(one, before, after, city)))
    return [_event(first, PUBLISH), *later]


def _publications(one: Registered, version: StoredVersion, today: dt.date) -> tuple[Publication, ...]:
    if not is_news(one, version):
        return one.history
    returns = one.published_version is not None and one.stopped
    return (*one.history, Publication(version=version.seq, on=today, manner=RESTORE if returns else PUBLISH))


def _between(one: Registered, before: _Shown, after: _Shown, city: City) -> dict[str, Any] | None:
    """What the later publication changed for the public; None where it was nothing."""
    on, restored = after.publication.on, after.publication.manner == RESTORE
    if before.version is None or after.version is None:
        return _event(on, RESTORE if restored else CORRECT)
    fields = list(_differing(before.version, after.version, city))
    begins = after.version.effective_from
    if restored or not fields:
        return _event(on, RESTORE, fields) if restored else None
    if begins <= before.version.effective_from:
        return _event(on, CORRECT, fields)
    return _event(on, CHANGE, fields, **_former(one, begins, city))


def _former(one: Registered, begins: dt.date, city: City) -> dict[str, Any]:
    """What was in force before, as the law sees it now: where a mistake in that was mended later, without it.

    Nothing of a version that came and went between two rebuilds and could not have been shown itself (D18).
    """
    former = in_force(one, begins - _DAY)
    if former is None or not REGISTRY_KINDS[one.kind].former or former.decision.values.get("secrecy_checked") == "0":
        return {}
    until = min(begins - _DAY, former.effective_to or dt.date.max)
    return {
        "from": former.effective_from.isoformat(),
        "to": until.isoformat(),
        "former": content_of(former.decision, city),
    }


def _event(on: dt.date, event: str, fields: list[str] | None = None, **more: Any) -> dict[str, Any]:
    return {"on": on.isoformat(), "event": event, "fields": fields or [], **more}


def _differing(before: StoredVersion, after: StoredVersion, city: City) -> Iterator[str]:
    """The labels of the public fields in which two versions differ."""
    one, other = (_told(version.decision, city) for version in (before, after))
    for field in REGISTRY_KINDS[after.decision.kind].public_fields:
        if one.get(field.name) != other.get(field.name):
            yield field.plain_label


def _told(record: Decision, city: City) -> dict[str, Any]:
    """What the public may know of a version, its files by their own hashes."""
    fields = REGISTRY_KINDS[record.kind].public_fields
    files = {field.name: record.values.get(field.name) for field in fields if field.type is FieldType.FILES}
    return content_of(record, city) | files
