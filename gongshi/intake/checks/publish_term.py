"""Whether a department's 公示截止期 lies within what the rules allow (D28)."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from gongshi.intake.checks.row_checks import Finding
from gongshi.law.calendar import Calendar
from gongshi.law.retention import CitySetting, publish_until
from gongshi.law.rules import RuleSet
from gongshi.records.decision import Decision
from gongshi.records.department import Department
from gongshi.records.facts import decision_facts


class Law(Protocol):
    """What the term depends on, of an instance."""

    @property
    def rules(self) -> RuleSet:
        """The rules in force."""
        ...

    @property
    def calendar(self) -> Calendar:
        """The city's calendar."""
        ...

    @property
    def city(self) -> CitySetting:
        """The city's settings."""
        ...


def too_late(decision: Decision, department: Department, law: Law, today: date, *, earlier: bool) -> Finding | None:
    """W301 where the sheet's 公示截止期 is later than the rules' end, counted from a publication today."""
    wanted = decision.values.get("publish_until")
    if not wanted:
        return None
    without = Decision.from_payload({**decision.to_payload(), "values": {**decision.values, "publish_until": None}})
    facts = decision_facts(without, department, earlier=earlier, first_published_on=None)
    first = facts.first_published_on or today
    allowed = publish_until(facts, first, law.rules, law.calendar, law.city, today=today)
    if allowed.on is None or wanted <= allowed.on.isoformat():
        return None
    words = {"value": wanted, "allowed": allowed.on.isoformat(), "article": allowed.article}
    return Finding("W301", "publish_until", words)
