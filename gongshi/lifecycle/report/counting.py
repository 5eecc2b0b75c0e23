"""The supervisor's report: per department and month of formation, what was due and what came of it (S6, D32, D33).

One pass over the newest version of every decision in the store. Nothing of it is public: the public form
is another count, made from public.db alone (gongshi/publish/figures.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gongshi.instance import Instance
from gongshi.law.review.attestation import REVOKE, TOLD, ReviewStanding
from gongshi.lifecycle.acts.waiting import OpenAct, open_acts
from gongshi.lifecycle.attention import Attention, Sort, attention
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.due import DueRow, due_row
from gongshi.lifecycle.registry.told import cited
from gongshi.lifecycle.released import instruction_of
from gongshi.lifecycle.report.case import Case, formed_on
from gongshi.lifecycle.report.cases import cases_report
from gongshi.lifecycle.report.findings import (
    Findings,
    Overdue,
    Unreviewed,
    longest_first,
    overdue_of,
    waiting_of,
    withheld_shares,
)
from gongshi.lifecycle.report.model import Criteria, DepartmentReport, Report
from gongshi.lifecycle.report.numbers import gaps, serial_of
from gongshi.lifecycle.report.records import records_report
from gongshi.lifecycle.report.tally import Tally, total
from gongshi.lifecycle.report.undeclared import undeclared
from gongshi.lifecycle.requests.figures import RequestMonth, request_figures
from gongshi.lifecycle.stored_facts import facts_of
from gongshi.store import Pending, Store, latest


def report(store: Store, instance: Instance, today: date, *, period: str = "") -> Report:
    """The report as of `today`, of decisions formed in `period` (YYYY or YYYY-MM; empty for all) and of requests
    for correction that arrived in it.

    Document numbers are looked at for the whole year of the period; acts that wait too long, whenever proposed.
    """
    with store.snapshot():
        instance = determined(store, instance)
        counting = _Counting(store, instance, today, period)
        for pending in latest(store):
            counting.take(pending, due_row(store, instance, pending, today) if pending.is_open else None)
        for month in request_figures(store, instance, today):
            counting.take_requests(month)
        acts = [act for act in open_acts(store, instance, today) if act.overdue]
        looks = [one for one in attention(store, instance, today) if one.sort is Sort.REVIEW]
        records, missing = records_report(store, instance, today), undeclared(store, instance, today)
        cases = cases_report(store, instance, today, period, counting.answered, records)
    return replace(counting.report(acts, looks), records=records, undeclared=missing, cases=cases)


@dataclass(slots=True)
class _Series:
    """The numbers of one series, and whether it is one that the department now sends in, not only old data."""

    serials: set[int] = field(default_factory=set)
    current: bool = False


class _Counting:
    """One pass over the store. `answered` counts major decisions by department and by what answers for their review."""

    def __init__(self, store: Store, instance: Instance, today: date, period: str) -> None:
        self._store, self._instance, self._today, self._period = store, instance, today, period
        self._months: dict[str, defaultdict[str, Tally]] = {key: defaultdict(Tally) for key in instance.departments}
        self._overdue: defaultdict[str, list[Overdue]] = defaultdict(list)
        self._unreviewed: defaultdict[str, list[Unreviewed]] = defaultdict(list)
        self.answered: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._series: defaultdict[str, defaultdict[tuple[str, str], _Series]] = defaultdict(
            lambda: defaultdict(_Series)
        )

    def take(self, pending: Pending, row: DueRow | None) -> None:
        """Count one decision; `row` is what gongshi due lists of it."""
        self._number(pending)
        department = self._instance.department(pending.decision.department)
        facts = facts_of(pending, department, self._store, self._instance.rules)
        month = formed_on(facts).isoformat()[:7]
        if not month.startswith(self._period):
            return
        case = Case(pending, facts, row, self._instance, self._today)
        self._months[department.key][month].add(case.tally())
        found = overdue_of(row, self._today, change=pending.first_published_on is not None) if row else None
        if found:
            self._overdue[department.key].append(found)
        if facts.review:
            self.answered[department.key][facts.review] += 1
        if facts.review in TOLD and pending.ended is None:
            self._unreviewed[department.key].append(self._without_review(pending, ReviewStanding(facts.review)))

    def _without_review(self, pending: Pending, standing: ReviewStanding) -> Unreviewed:
        return Unreviewed(
            department=pending.decision.department,
            id=pending.id,
            number=cited(pending.decision),
            kind=pending.decision.kind,
            standing=standing,
            revoke=instruction_of(self._store, pending) == REVOKE,
        )

    def take_requests(self, month: RequestMonth) -> None:
        """Count the requests that reached a department in a month."""
        if month.department in self._months and month.month.startswith(self._period):
            self._months[month.department][month.month].add(_of_requests(month))

    def report(self, acts: Sequence[OpenAct], looks: Sequence[Attention]) -> Report:
        """What was counted, with the acts and the reviews of grounds that wait too long."""
        city = self._instance.city
        totals = {key: total(months.values()) for key, months in self._months.items()}
        shares = withheld_shares(totals, city)
        departments = tuple(
            DepartmentReport(
                rank=rank,
                key=key,
                name=self._instance.departments[key].name_on(self._today),
                months=dict(sorted(self._months[key].items())),
                total=totals[key],
                findings=Findings(
                    overdue=longest_first(self._overdue[key]),
                    waiting=waiting_of(totals[key]),
                    requests=totals[key]["requests_overdue"],
                    acts=tuple(act for act in acts if act.department == key),
                    reviews=tuple(one for one in looks if one.department == key),
                    gaps=tuple(gaps(self._looked_at(key), city.number_jump)),
                    share=shares.get(key),
                    unreviewed=tuple(self._unreviewed[key]),
                ),
            )
            for rank, key in enumerate(sorted(totals, key=lambda key: _rank(key, totals[key])), start=1)
        )
        criteria = Criteria(
            withheld_factor=city.withheld_factor, withheld_least=city.withheld_least, number_jump=city.number_jump
        )
        return Report(today=self._today, period=self._period, criteria=criteria, departments=departments)

    def _number(self, pending: Pending) -> None:
        serial = serial_of(pending.decision.values.get("document_number") or "")
        if serial and serial.year.startswith(self._period[:4]):
            series = self._series[pending.decision.department][serial.series, serial.year]
            series.serials.add(serial.serial)
            series.current |= not pending.earlier

    def _looked_at(self, key: str) -> dict[tuple[str, str], set[int]]:
        """The series in which a gap means something: of old data a city takes over what it has."""
        return {name: series.serials for name, series in self._series[key].items() if series.current}


def _of_requests(month: RequestMonth) -> Tally:
    found = Tally(days=list(month.days))
    found.counts.update(
        requests=month.received,
        answered=month.answered,
        answered_in_time=month.in_time,
        requests_overdue=month.overdue,
    )
    return found


def _rank(key: str, tally: Tally) -> tuple[bool, float, int, str]:
    """The lowest share in time first, then the most overdue; without anything due last."""
    return tally.share is None, tally.share or 0.0, -tally["overdue"], key
