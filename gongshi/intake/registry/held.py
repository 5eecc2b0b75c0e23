"""What a department has of a register: the right records of a batch, and of the store what it does not replace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from gongshi.intake.registry.asked import Asked
from gongshi.intake.registry.record import Record
from gongshi.records import REGISTRY_KINDS
from gongshi.records.decision import Decision, Values
from gongshi.records.registry.key import identity
from gongshi.records.registry.officer import CANCELLED, REVOKED


class Held:
    """The records of the submitting department, asked for kind by kind."""

    def __init__(self, records: Sequence[Record], asked: Asked) -> None:
        self._records = records
        self._asked = asked
        self._stored: dict[str, Mapping[str, Decision]] = {}
        self._by_number: dict[str, Mapping[str, Values]] = {}
        self._left = _MOST_COMPARED

    def stored(self, kind: str) -> Mapping[str, Decision]:
        """What the store has, by key."""
        if kind not in self._stored:
            found = self._asked.look(kind, self._asked.department.key)
            self._stored[kind] = {one.key: one for one in found}
        return self._stored[kind]

    def sent(self, kind: str) -> list[Record]:
        """What the batch has, right or wrong."""
        return [record for record in self._records if record.kind.name == kind]

    def all(self, kind: str) -> Iterator[Values]:
        """The values of what is in force or will be: of the right records, and of stored ones not sent again."""
        sent = {record.key: record for record in self.sent(kind)}
        for record in sent.values():
            if not record.wrong and stands(record.values, self._asked.today):
                yield record.values
        for key, stored in self.stored(kind).items():
            if key not in sent and stands(stored.values, self._asked.today):
                yield stored.values

    def by_number(self, kind: str) -> Mapping[str, Values]:
        """The same by the field under which they are cited; asked for when it is known which of them are right."""
        if kind not in self._by_number:
            number = REGISTRY_KINDS[kind].number
            self._by_number[kind] = {identity(values[number]): values for values in self.all(kind)}
        return self._by_number[kind]

    def nearest(self, kind: str, number: str) -> str:
        """The number that is most like the one that is cited in vain, "" for none; asked of the first few alone:
        to compare thousands with thousands takes long."""
        self._left -= 1
        if self._left < 0:
            return ""
        field = REGISTRY_KINDS[kind].number
        near = get_close_matches(number, [values[field] or "" for values in self.by_number(kind).values()], 1)
        return near[0] if near else ""

    def refused(self, kind: str, number: str) -> bool:
        """Whether the batch has the one that is cited, and it is wrong."""
        field = REGISTRY_KINDS[kind].number
        return any(one.wrong and identity(one.values[field]) == identity(number) for one in self.sent(kind))

    @cached_property
    def officers_of_others(self) -> Mapping[str, Sequence[Decision]]:
        """By certificate number, the officers of other departments who are in force or will be (D7)."""
        found: dict[str, list[Decision]] = {}
        for one in self._asked.look("officer"):
            if one.department == self._asked.department.key or one.values["state"] in GONE:
                continue
            if stands(one.values, self._asked.today):
                found.setdefault(identity(one.values["certificate_number"]), []).append(one)
        return found


def stands(values: Values, today: date) -> bool:
    """Whether a record is in force, or will be."""
    return (values["effective_to"] or _NEVER) >= today.isoformat()


def at_once(one: Values, other: Values, today: date) -> bool:
    """Whether two records are in force on a common day, today or later."""
    begins = max(values["effective_from"] or "" for values in (one, other))
    ends = min(values["effective_to"] or _NEVER for values in (one, other))
    return max(begins, today.isoformat()) <= ends


GONE = (CANCELLED, REVOKED)
"""States of a certificate that its number may leave for another department."""
_NEVER = "9999"
_MOST_COMPARED = 50
