"""What each department has open before enforcement, what it lacks, and what is out of date (S5, S6, D25, S3.1).

As of today, whatever period the report is of. For the supervisor; the public's form is the page “12345+”.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gongshi.instance import Instance
from gongshi.law.registry import Validity, Version, in_force, reviewers_share, validity
from gongshi.lifecycle.registry.due import RecordRow, record_rows
from gongshi.lifecycle.registry.states import RecordState
from gongshi.records import REGISTRY_KINDS
from gongshi.records.decision import Decision
from gongshi.records.registry.annual import ANNUAL_FIGURES
from gongshi.records.registry.determination import DETERMINATION
from gongshi.records.registry.inspection import INSPECTION_PLAN
from gongshi.records.registry.officer import OFFICER
from gongshi.records.registry.text import NORMATIVE_TEXT
from gongshi.store import Store
from gongshi.store.registered import Registered, registered

_NOT_OF_ALL = (INSPECTION_PLAN.name, DETERMINATION.name, ANNUAL_FIGURES.name)
"""Kinds that not every department has: plans hang on its list, determinations on three of the six acts, and annual
figures are asked for by year (annual.py)."""
_WHOLE_CITY = "全市"
_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsReport:
    """One department. `counts` are its approved records in force by kind, `missing` the kinds of which there is none.

    `waiting` for another body's review, `outdated` by a change of law or organisation and of these `overdue`, count
    records. Of `officers` whose certificate holds `reviewers` review decisions; `share` is how many of a hundred that
    is, None without officers; `asked` how many there should be in principle, by the rule `rule_id`.
    """

    key: str
    name: str
    counts: Mapping[str, int]
    missing: tuple[str, ...]
    waiting: int
    outdated: int
    overdue: int
    officers: int
    reviewers: int
    asked: int
    rule_id: str

    @property
    def share(self) -> float | None:
        """Legal reviewers of a hundred officers."""
        return _PERCENT * self.reviewers / self.officers if self.officers else None

    @property
    def few_reviewers(self) -> bool:
        """Whether there are fewer than there should be (S3.1)."""
        return self.share is not None and self.share < self.asked

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        share = None if self.share is None else round(self.share, 1)
        return {**asdict(self), "share": share, "few_reviewers": self.few_reviewers}


def records_report(store: Store, instance: Instance, today: date) -> tuple[RecordsReport, ...]:
    """Every registered department, in their order; nothing where no department has any record."""
    found: defaultdict[str, list[Decision]] = defaultdict(list)
    for one in registered(store):
        decision = _in_force(one, today)
        if decision is not None:
            found[one.department].append(decision)
    waiting: defaultdict[str, list[RecordRow]] = defaultdict(list)
    for row in record_rows(store, instance, today):
        waiting[row.department].append(row)
    if not (found or waiting):
        return ()
    whole_city = any(_is_whole_city(one) for decisions in found.values() for one in decisions)
    rule = reviewers_share(instance.rules, today)
    asked, rule_id = (rule[0], rule[1].id) if rule else (0, "")
    return tuple(
        RecordsReport(
            key=key,
            name=department.name_on(today),
            missing=tuple(_missing(found[key], whole_city=whole_city)),
            asked=asked,
            rule_id=rule_id,
            **_counted(found[key], waiting[key], today),
        )
        for key, department in instance.departments.items()
    )


def _counted(ours: Sequence[Decision], rows: Sequence[RecordRow], today: date) -> dict[str, Any]:
    """What is in force, what waits, and who holds a certificate."""
    counts = Counter(one.kind for one in ours)
    valid = [one for one in ours if one.kind == OFFICER.name and _is_valid(one, today)]
    late = {record for row in rows if row.overdue for record in row.ids}
    return {
        "counts": {kind: counts[kind] for kind in REGISTRY_KINDS if counts[kind]},
        "waiting": sum(row.count for row in rows if row.state is RecordState.REVIEWED),
        "outdated": len({record for row in rows if row.state is RecordState.OUTDATED for record in row.ids}),
        "overdue": len(late),
        "officers": len(valid),
        "reviewers": sum(one.values.get("legal_reviewer") == "1" for one in valid),
    }


def _missing(ours: Iterable[Decision], *, whole_city: bool) -> Iterator[str]:
    there = {one.kind for one in ours}
    for kind in REGISTRY_KINDS:
        covered = kind == NORMATIVE_TEXT.name and whole_city
        if kind not in there and not covered and kind not in _NOT_OF_ALL:
            yield kind


def _in_force(one: Registered, today: date) -> Decision | None:
    """What it says today, where it is in force and nobody took it down."""
    found = in_force([Version(v.seq, v.effective_from, v.effective_to) for v in one.versions], today)
    over = found is None or (found.effective_to is not None and found.effective_to < today)
    if over or one.suspended or one.ended or one.stays_down:
        return None
    return next(version.decision for version in one.versions if found and version.seq == found.seq)


def _is_whole_city(record: Decision) -> bool:
    return record.kind == NORMATIVE_TEXT.name and record.values.get("applies_to") == _WHOLE_CITY


def _is_valid(officer: Decision, today: date) -> bool:
    values = officer.values
    since, until = (date.fromisoformat(values[name] or "") for name in ("valid_from", "valid_to"))
    return validity(values["state"] or "", since, until, today) is Validity.VALID
