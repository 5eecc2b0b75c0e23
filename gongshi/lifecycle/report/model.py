"""What the supervisor's report holds: the departments by rank, their months, what to ask them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from gongshi.lifecycle.report.cases import CasesReport
from gongshi.lifecycle.report.findings import Findings
from gongshi.lifecycle.report.records import RecordsReport
from gongshi.lifecycle.report.tally import Tally, total
from gongshi.lifecycle.report.undeclared import Undeclared


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentReport:
    """One department: its numbers by month (YYYY-MM, oldest first), their sum, what to ask it.

    A decision stands in the month in which it was formed, a request for correction in that of its arrival.
    `rank` is its place among all departments, from 1.
    """

    rank: int
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
    come last. Registered departments that sent in nothing are among them. `records` is what each has open before
    enforcement as of `today`, whatever the period; `undeclared` whose figures of last year are missing; `cases` the
    case files and legal reviews of the departments that have some.
    """

    today: date
    period: str
    criteria: Criteria
    departments: tuple[DepartmentReport, ...]
    records: tuple[RecordsReport, ...] = ()
    undeclared: Undeclared | None = None
    cases: tuple[CasesReport, ...] = ()

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
        records = tuple(one for one in self.records if one.key == key)
        undeclared = self.undeclared.only(key) if self.undeclared else None
        cases = tuple(one for one in self.cases if one.key == key)
        return replace(self, departments=ours, records=records, undeclared=undeclared, cases=cases)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {
            "today": self.today.isoformat(),
            "period": self.period,
            "criteria": asdict(self.criteria),
            "total": self.total.to_json(),
            "departments": [
                {
                    "rank": one.rank,
                    "key": one.key,
                    "name": one.name,
                    "total": one.total.to_json(),
                    "months": {month: tally.to_json() for month, tally in one.months.items()},
                    "findings": one.findings.to_json(),
                }
                for one in self.departments
            ],
            "records": [one.to_json() for one in self.records],
            "undeclared": self.undeclared.to_json() if self.undeclared else None,
            "cases": [one.to_json() for one in self.cases],
        }
