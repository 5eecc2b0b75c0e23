"""The ways from a decision to what has to do with it.

They are worked out from its own rows and say no number: one decision more or less changes no other one's page. Only a
legal person's decisions are gathered (DOMAIN.md 7: a name is no way to profile anybody).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from gongshi.records.keys import organisations_of
from gongshi.render.contexts import Link
from gongshi.render.words import date_zh, shortened

_MOST_PARTIES = 3
_LENGTH = 24
"""Of a name in a link."""


def related(row: Mapping[str, Any], parties: Sequence[Mapping[str, Any]]) -> tuple[Link, ...]:
    """The same legal persons, the item of the department's list, decisions on the same subject, the department's of
    that month."""
    return (*_parties(parties), *_subject(row), *_month(row))


def _parties(parties: Sequence[Mapping[str, Any]]) -> Iterator[Link]:
    named = dict(organisations_of(parties))
    for uscc, name in [*named.items()][:_MOST_PARTIES]:
        yield Link(f"{shortened(name, _LENGTH)}的全部决定", f"/parties/{uscc}")


def _subject(row: Mapping[str, Any]) -> Iterator[Link]:
    if code := row["item_code"]:
        asked = {"q": code, "type": "enforcement_item", "department": row["department"]}
        yield Link("执法事项：依据、流程和救济", f"/search?{urlencode(asked)}")
    if subject := row["subject"]:
        yield Link("同一事项的决定" if row["item"] else "同一事由的决定", f"/search?item={subject}")


def _month(row: Mapping[str, Any]) -> Iterator[Link]:
    month = row["first_published_on"][:7]
    name = f"{row['department_name']}{date_zh(month)}公示的决定"
    yield Link(name, f"/departments/{row['department']}/{month}/")
