"""Who has not declared the annual figures in time (D32): by 31 January for the year before, where the rule says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gongshi.instance import Instance
from gongshi.law.registry import figures_due
from gongshi.records.registry.annual import ANNUAL_FIGURES
from gongshi.store import Store
from gongshi.store.registered import Registered, registered, registered_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Undeclared:
    """The figures of a year that were to be public by `due`, and which departments (keys with names) have none."""

    year: int
    due: date
    rule_id: str
    article: str
    departments: tuple[tuple[str, str], ...]

    def only(self, key: str) -> Undeclared:
        """The same of one department."""
        ours = tuple(one for one in self.departments if one[0] == key)
        return replace(self, departments=ours)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        names = [{"key": key, "name": name} for key, name in self.departments]
        return {"year": self.year, "due": self.due.isoformat(), "rule": self.rule_id, "departments": names}


def undeclared(store: Store, instance: Instance, today: date) -> Undeclared | None:
    """Who has not declared the figures of last year; None before they are due, and where everybody has."""
    year = today.year - 1
    asked = figures_due(year, instance.rules, today)
    if asked is None or today <= asked[0]:
        return None
    ids = registered_ids(store, ANNUAL_FIGURES.name)
    there = {one.department for one in registered(store, ids) if _declares(one, year)}
    missing = tuple((key, one.name_on(today)) for key, one in instance.departments.items() if key not in there)
    due, rule = asked
    if not missing:
        return None
    return Undeclared(year=year, due=due, rule_id=rule.id, article=rule.article, departments=missing)


def _declares(one: Registered, year: int) -> bool:
    """Whether a record has the figures of a year, and nobody took it down."""
    return one.decision.values.get("year") == str(year) and not (one.suspended or one.ended or one.stays_down)
