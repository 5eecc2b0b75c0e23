"""Whether a row is the submitting department's own: its code, its name on the day, its number's prefix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from gongshi.intake.checks.row_checks import Finding, Values
from gongshi.intake.values.choices import folded
from gongshi.law.document_number import match_key
from gongshi.records.department import Department
from gongshi.records.kind import RecordKind

_PREFIXES_SHOWN = 6
_key = lru_cache(1 << 14)(match_key)
"""The key of a department's prefix: the same in each of a city's thousand files."""
Column = Sequence[str | None]


class Agency:
    """The submitting department among all departments of the instance."""

    def __init__(self, department: Department, departments: Mapping[str, Department]) -> None:
        self._department = department
        self._own_prefixes = tuple(map(_key, department.number_prefixes))
        self._own_names = {folded(dated.name) for dated in department.names}
        others = [other for other in departments.values() if other.key != department.key]
        self._names = {folded(dated.name): other for other in others for dated in other.names}
        self._judged: dict[tuple[str, str], tuple[Finding, ...]] = {}
        self._prefixes = sorted(
            ((_key(prefix), other) for other in others for prefix in other.number_prefixes),
            key=lambda pair: -len(pair[0]),
        )

    @property
    def key(self) -> str:
        """The department's key."""
        return self._department.key

    def fill(self, values: dict[str, str | None], names: tuple[str, ...], day: str | None) -> None:
        """Sets the named agency fields, for which the sheet has no column, to the department's own."""
        for name in names:
            if name.endswith("_uscc"):
                values[name] = self._department.key
            elif day:
                values[name] = self._department.name_on(date.fromisoformat(day))

    def findings(self, values: Values, kind: RecordKind, number_key: str) -> Iterator[Finding]:
        """What speaks against the row being the department's own."""
        uscc, name, day = values["agency_uscc"], values["agency_name"], values[kind.event]
        if uscc and uscc != self._department.key:
            words = {"value": uscc, "name": self._department.name, "expected": self._department.key}
            yield Finding("E261", "agency_uscc", words)
        if name and day:
            yield from self._of_name(name, day)
        if number_key and self._own_prefixes and not number_key.startswith(self._own_prefixes):
            yield self._prefix(values, number_key)

    def doubts(self, codes: Column, names: Column, days: Column, number_keys: Sequence[str]) -> Iterator[int]:
        """The places of the rows of which `findings` would say something."""
        key, prefixes = self._department.key, self._own_prefixes
        for at, (uscc, name, day, number) in enumerate(zip(codes, names, days, number_keys, strict=True)):
            foreign = (uscc and uscc != key) or (prefixes and not number.startswith(prefixes))
            if foreign or (name and day and self._of_name(name, day)):
                yield at

    def _of_name(self, name: str, day: str) -> tuple[Finding, ...]:
        if (name, day) not in self._judged:
            self._judged[name, day] = tuple(self._name(name, date.fromisoformat(day)))
        return self._judged[name, day]

    def _name(self, name: str, day: date) -> Iterator[Finding]:
        expected = self._department.name_on(day)
        if name == expected or folded(name) == folded(expected):
            return
        words = {"value": name, "name": self._department.name, "expected": expected, "on": day.isoformat()}
        if folded(name) in self._own_names:
            yield Finding("W261", "agency_name", words)
        else:
            yield Finding("E262" if folded(name) in self._names else "E263", "agency_name", words)

    def _prefix(self, values: Values, number_key: str) -> Finding:
        for prefix, other in self._prefixes:
            if number_key.startswith(prefix):
                words = {"value": values["document_number"], "prefix": prefix, "owner": other.name}
                return Finding("E253", "document_number", words)
        shown = "、".join(self._department.number_prefixes[:_PREFIXES_SHOWN])
        return Finding("W251", "document_number", {"value": values["document_number"], "prefixes": shown})
