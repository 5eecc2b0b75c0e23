"""Whether those who acted in a case are registered officers whose certificate held on the day (R10, D7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import orjson

from gongshi.intake.registry.look import Look
from gongshi.intake.registry.record import Finding, Record
from gongshi.records.decision import Values
from gongshi.records.field import FieldType
from gongshi.records.registry.key import identity
from gongshi.records.registry.officer import OFFICER

_ACTING = ("officers", "servers", "checked_by")
"""Fields that name who acted outside, by certificate; approvals are made inside."""
_DAY = 10


class Officers:
    """The officers of a department, as the store has them; asked for when a line first names a certificate."""

    def __init__(self, look: Look, department: str) -> None:
        self._look, self._department = look, department

    @cached_property
    def _registered(self) -> Mapping[str, Values]:
        found = self._look(OFFICER.name, self._department)
        return {identity(one.values["certificate_number"]): one.values for one in found}

    def findings(self, row: Record) -> Iterator[Finding]:
        """W702 for every certificate on the line that is not registered or did not hold on its day. A department
        that has registered nobody is told nothing."""
        day = (row.values.get(row.kind.event) or "")[:_DAY]
        for name in _ACTING:
            field = row.kind.by_name.get(name)
            if field is None or field.type is not FieldType.PERSONS:
                continue
            for person in orjson.loads(row.values[name] or "[]"):
                detail = self._detail(person["certificate"], day) if person["certificate"] else ""
                if detail:
                    yield Finding("W702", name, {"value": person["certificate"], "detail": detail})

    def _detail(self, number: str, day: str) -> str:
        if not self._registered:
            return ""
        officer = self._registered.get(identity(number))
        if officer is None:
            return "不在本部门登记的执法人员里"
        since, until = officer["valid_from"] or "", officer["valid_to"] or "9999"
        return "" if not day or since <= day <= until else f"在 {day} 不在有效期内"
