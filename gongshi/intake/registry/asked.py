"""What the checks of records need to know beside them: who sends them, on which day, of which city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from gongshi.intake.registry.look import Look
from gongshi.law.rules import RuleSet
from gongshi.records.changes import Change
from gongshi.records.city import City, Region
from gongshi.records.department import Department


class Reference(Protocol):
    """What is read of an instance."""

    @property
    def departments(self) -> Mapping[str, Department]: ...
    @property
    def regions(self) -> Mapping[str, Region]: ...
    @property
    def rules(self) -> RuleSet: ...
    @property
    def changes(self) -> tuple[Change, ...]: ...
    @property
    def city(self) -> City: ...
    @property
    def not_names(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who sends the batch and on which day, the reference data, and what the store holds."""

    department: Department
    instance: Reference
    today: date
    look: Look
