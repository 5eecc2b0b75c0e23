"""The supervisor's report: per department and month of formation, what was due and what came of it (S6, D32, D33).

One pass over the newest version of every decision in the store. Nothing of it is public: the public form
is another count, made from public.db alone (gongshi/publish/figures.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from gongshi.instance import Instance
from gongshi.lifecycle.due import DueRow, due
from gongshi.lifecycle.report_case import Case, formed_on
from gongshi.lifecycle.report_findings import Findings, Overdue, longest_first, overdue_of, withheld_shares
from gongshi.lifecycle.report_numbers import gaps, serial_of
from gongshi.lifecycle.report_tally import Tally, total
from gongshi.records.facts import decision_facts
from gongshi.store import Pending, Store, latest


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentReport:
    """One department: its numbers by month of formation (YYYY-MM, oldest first), their sum, what to ask it."""

    key: str
    name: str
    months: Mapping[str, Tally]
    total: Tally
    findings: Findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """The city's settings behind the findings; gongshi/records/city.py says what they mean."""

    withheld_factor: int
    withheld_least: int
    number_jump: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole report as of `today`. `period` is a year or a month of formation, empty for all.

    `departments`: the lowest share in time first, then the most overdue; those of which nothing was due
    come last. Registered departments that sent in nothing are among them.
    """

    today: date
    period: str
    criteria: Criteria
    departments: tuple[DepartmentReport, ...]

    @property
    def total(self) -> Tally:
        """The sum of all departments."""
        return total(department.total for department in self.departments)

    @property
    def months(self) -> dict[str, Tally]:
        """The sum of all departments by month, oldest first."""
        found: defaultdict[str, Tally] = defaultdict(Tally)
        for department in self.departments:
            for month, tally in department.months.items():
                found[month].add(tally)
        return dict(sorted(found.items()))

    def only(self, key: str) -> Report:
        """The same report, of one department."""
        ours = tuple(department for department in self.departments if department.key == key)
        return Report(today=self.today, period=self.period, criteria=self.criteria, departments=ours)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {
            "today": self.today.isoformat(),
            "period": self.period,
            "criteria": asdict(self.criteria),
            "total": self.total.to_json(),
            "departments": [
                {
                    "rank": rank,
                    "key": one.key,
                    "name": one.name,
                    "total": one.total.to_json(),
                    "months": {month: tally.to_json() for month, tally in one.months.items()},
                    "findings": one.findings.to_json(),
                }
                for rank, one in enumerate(self.departments, start=1)
            ],
        }


def report(store: Store, instance: Instance, today: date, *, period: str = "") -> Report:
    """The report as of `today`, of decisions formed in `period` (YYYY or YYYY-MM; empty for all).

    Document numbers are looked at for the whole year of the period.
    """
    with store.snapshot():
        counting = _Counting(instance, today, period, {row.id: row for row in due(store, instance, today)})
        for pending in latest(store):
            counting.take(pending)
    return counting.report()


@dataclass(slots=True)
class _Series:
    """The numbers of one series, and whether it is one that the department now sends in, not only old data."""

    serials: set[int] = field(default_factory=set)
    current: bool = False


class _Counting:
    """One pass over the store."""

    def __init__(self, instance: Instance, today: date, period: str, rows: Mapping[str, DueRow]) -> None:
        self._instance, self._today, self._period, self._rows = instance, today, period, rows
        self._months: dict[str, defaultdict[str, Tally]] = {key: defaultdict(Tally) for key in instance.departments}
        self._overdue: defaultdict[str, list[Overdue]] = defaultdict(list)
        self._series: defaultdict[str, defaultdict[tuple[str, str], _Series]] = defaultdict(
            lambda: defaultdict(_Series)
        )

    def take(self, pending: Pending) -> None:
        """Count one decision."""
        self._number(pending)
        department = self._instance.department(pending.decision.department)
        facts = decision_facts(
            pending.decision,
            department,
            earlier=pending.earlier,
            first_published_on=pending.first_published_on,
            choice=pending.choice,
        )
        month = formed_on(facts).isoformat()[:7]
        if not month.startswith(self._period):
            return
        row = self._rows.get(pending.id)
        case = Case(pending, facts, row, self._instance, self._today)
        self._months[department.key][month].add(case.tally())
        found = overdue_of(row, self._today, change=pending.first_published_on is not None) if row else None
        if found:
            self._overdue[department.key].append(found)

    def report(self) -> Report:
        """What was counted."""
        city = self._instance.city
        totals = {key: total(months.values()) for key, months in self._months.items()}
        shares = withheld_shares(totals, city)
        departments = [
            DepartmentReport(
                key=key,
                name=self._instance.departments[key].name_on(self._today),
                months=dict(sorted(months.items())),
                total=totals[key],
                findings=Findings(
                    overdue=longest_first(self._overdue[key]),
                    gaps=tuple(gaps(self._looked_at(key), city.number_jump)),
                    share=shares.get(key),
                ),
            )
            for key, months in self._months.items()
        ]
        criteria = Criteria(
            withheld_factor=city.withheld_factor, withheld_least=city.withheld_least, number_jump=city.number_jump
        )
        ranked = tuple(sorted(departments, key=_rank))
        return Report(today=self._today, period=self._period, criteria=criteria, departments=ranked)

    def _number(self, pending: Pending) -> None:
        serial = serial_of(pending.decision.values.get("document_number") or "")
        if serial and serial.year.startswith(self._period[:4]):
            series = self._series[pending.decision.department][serial.series, serial.year]
            series.serials.add(serial.serial)
            series.current |= not pending.earlier

    def _looked_at(self, key: str) -> dict[tuple[str, str], set[int]]:
        """The series in which a gap means something: of old data a city takes over what it has."""
        return {name: series.serials for name, series in self._series[key].items() if series.current}


def _rank(one: DepartmentReport) -> tuple[bool, float, int, str]:
    share = one.total.share
    return share is None, share or 0.0, -one.total["overdue"], one.key
