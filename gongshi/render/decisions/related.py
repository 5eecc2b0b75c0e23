"""The ways from a decision to what has to do with it.

They are worked out from its own rows and say no number: one decision more or less changes no other one's page; an
item is led to by its mark, wherever its page is. Only a legal person's decisions are gathered (DOMAIN.md 7: a name is
no way to profile anybody).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from gongshi.records.keys import organisations_of
from gongshi.records.penalty import PENALTY
from gongshi.render.contexts import Link
from gongshi.render.words import date_zh, shortened

_MOST_PARTIES = 3
_LENGTH = 24
"""Of a name in a link."""


def related(row: Mapping[str, Any], parties: Sequence[Mapping[str, Any]]) -> tuple[Link, ...]:
    """The same legal persons, the item of the department's list, decisions on the same subject, the department's of
    that month."""
    month = _month(row["department"], row["department_name"], row["first_published_on"][:7])
    return (*_parties(parties), *_subject(row), month)


def _parties(parties: Sequence[Mapping[str, Any]]) -> list[Link]:
    named = dict(organisations_of(parties[:_MOST_PARTIES]))
    return [Link(f"{shortened(name, _LENGTH)}的全部决定", f"/parties/{uscc}") for uscc, name in named.items()]


def _subject(row: Mapping[str, Any]) -> Iterator[Link]:
    if row["item"]:
        yield Link("执法事项：依据、流程和救济", f"/search/item/{row['item']}")
    if subject := row["subject"]:
        told = "同一事由的决定" if row["kind"] == PENALTY.name and not row["item"] else "同一事项的决定"
        yield Link(told, f"/search?item={subject}")


@lru_cache(maxsize=4096)
def _month(department: str, name: str, month: str) -> Link:
    return Link(f"{name}{date_zh(month)}公示的决定", f"/departments/{department}/{month}/")
