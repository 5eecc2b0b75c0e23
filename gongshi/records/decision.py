"""One checked decision or registry record, as it leaves intake and lies in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from gongshi.records import SUBMITTED_KINDS
from gongshi.records.field import Scope

Values = Mapping[str, str | None]
"""Field name to canonical text: dates YYYY-MM-DD, money in yuan as decimal text, flags 1 or 0,
several choices joined by 、, tables as canonical JSON; None where the cell is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision with its parties, or a record of a registry, which has none.

    `key` is department / kind / normalised 文号 and identifies the decision across versions
    (DOMAIN.md 16: agency and 文号; the parties are matched inside it). `values` holds the fields
    whose value is the decision's; each party holds its own, and those EITHER fields in which the
    parties differ. `kept` holds columns of the sheet that no field declares, by their header: nothing
    a department sends is lost, and none of it is ever public. Of a record `key` is made of its kind's
    `identity` (gongshi/records/registry/key.py), and nothing is kept that is not declared.
    """

    kind: str
    department: str
    key: str
    values: Values
    parties: tuple[Values, ...]
    kept: Mapping[str, str]

    def rows(self, name: str) -> tuple[Mapping[str, str], ...]:
        """The rows of a TABLE or of FILES; none where the field is empty."""
        return nested(self.values.get(name))

    def to_payload(self) -> dict[str, object]:
        """The JSON object that the journal's payload holds: without the fields that are empty."""
        blank = _blank(self.kind)
        return {
            "kind": self.kind,
            "department": self.department,
            "key": self.key,
            "values": _filled(self.values, blank.values),
            "parties": [_filled(party, blank.party) for party in self.parties],
            "kept": dict(self.kept),
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Decision:
        """The decision that `to_payload` wrote, its empty fields there again."""
        blank = _blank(payload["kind"])
        parties = tuple([{**blank.party, **party} for party in payload["parties"]])
        return cls(**{**payload, "values": {**blank.values, **payload["values"]}, "parties": parties})


def nested(value: str | None) -> tuple[Mapping[str, str], ...]:
    """The rows that a TABLE or FILES value holds."""
    return tuple(orjson.loads(value)) if value else ()


def nested_text(rows: Iterable[Mapping[str, object]]) -> str | None:
    """Rows as a value: canonical JSON, what is empty left out; None where nothing is left.

    The same rows give the same text in any order of their keys.
    """
    filled = [{name: cell for name, cell in row.items() if cell not in (None, "")} for row in rows]
    kept = [row for row in filled if row]
    return orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode() if kept else None


@dataclass(frozen=True, slots=True)
class _Blank:
    """The empty fields of one kind: the decision's, and those that are always a party's own."""

    values: Values
    party: Values


@cache
def _blank(kind: str) -> _Blank:
    fields = SUBMITTED_KINDS[kind].fields
    return _Blank(
        dict.fromkeys(field.name for field in fields if field.scope is not Scope.PARTY),
        dict.fromkeys(field.name for field in fields if field.scope is Scope.PARTY),
    )


def _filled(values: Values, blank: Values) -> dict[str, str | None]:
    """What is not empty. An EITHER field that is empty for one party alone stays: it says that the parties differ."""
    return {name: value for name, value in values.items() if value is not None or name not in blank}
