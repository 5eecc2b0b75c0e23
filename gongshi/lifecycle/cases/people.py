"""Who has a part in a case on the official side: whoever is named on any line of it cannot review it (L2, S3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orjson

from gongshi.law.review.reviewers import Person
from gongshi.records.cases.case import CASE
from gongshi.records.cases.lines import LINES
from gongshi.records.field import FieldType
from gongshi.records.kind import RecordKind
from gongshi.store import Store
from gongshi.store.cases import entered
from gongshi.store.operations import Operation

_KINDS: Mapping[str, RecordKind] = {kind.name: kind for kind in (CASE, *LINES)}


def participants(store: Store, case: str) -> tuple[Person, ...]:
    """Everybody whom any version of the case or of a line of it names as acting for the department, each once."""
    found: dict[Person, None] = {}
    for one in entered(store, case, Operation.CASE, Operation.CASE_RECORD):
        if one.payload:
            kind = _KINDS[str(one.payload.get("sheet") or CASE.name)]
            found.update(dict.fromkeys(_named(kind, one.payload["values"])))
    return tuple(found)


def handlers(store: Store, case: str) -> tuple[str, ...]:
    """The names of those who handle, or handled, a case: every version's."""
    found = (one.payload["values"].get("handlers") for one in entered(store, case, Operation.CASE) if one.payload)
    return tuple(dict.fromkeys(one["name"] for text in found if text for one in orjson.loads(text)))


def _named(kind: RecordKind, values: Mapping[str, str | None]) -> Iterator[Person]:
    for field in kind.fields:
        text = values.get(field.name) if field.type is FieldType.PERSONS else None
        for one in orjson.loads(text) if text else ():
            yield Person(one["name"], one.get("certificate") or "")
