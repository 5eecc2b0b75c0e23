"""Each department's case files and legal reviews: how complete, how recorded, how reviewed (S6, L10 to L13).

Cases that began in the period, rounds that were submitted and major decisions that were formed in it, as of today. One
pass over what the tables hold and the entries of reviews; no person and no text is read. For the supervisor; nothing of
it is public.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType

from gongshi.instance import Instance
from gongshi.law.recording.hours import CITY_CLOCK
from gongshi.law.recording.model import Finding, Status
from gongshi.law.review.attestation import ReviewStanding
from gongshi.lifecycle.cases.checking import CaseCheck, check_all
from gongshi.lifecycle.legal.course import course
from gongshi.lifecycle.legal.ledger import Kept, RoundRow, rows_of
from gongshi.lifecycle.report.records import RecordsReport
from gongshi.records.cases.vocabulary import STAGES
from gongshi.store import Store

RECORDED, EXCUSED, MISSING = "met", "excused", "missing"
_NO_QUESTION = (Status.NOT_APPLICABLE, Status.NOT_YET)
_MEDIA, _ANY_LINE = ("medium:", "line:*:"), "line:"


@dataclass(slots=True)
class StageTally:
    """Of a stage: files that something was asked of, those of them that lack nothing, those that are late."""

    files: int = 0
    complete: int = 0
    late: int = 0


@dataclass(slots=True)
class CasesReport:
    """One department. `stages` by code; `recordings` counts sound and picture where they must be: there, with a reason
    why not, missing. Of the rounds of review `opinions` and `kept` count by word, `changed` what the next draft changed
    after an opinion; `decided` counts major decisions that were made through the gate. `answered` counts the major
    decisions that were sent in, from the system or from outside, by what answers for their review (ReviewStanding);
    `officers` hold a certificate today, of whom `reviewers` review decisions (S3.1)."""

    key: str
    name: str
    cases: int = 0
    complete: int = 0
    stages: dict[str, StageTally] = field(default_factory=lambda: {stage: StageTally() for stage in STAGES})
    recordings: Counter[str] = field(default_factory=Counter)
    lacked: Counter[tuple[str, str]] = field(default_factory=Counter)
    reviewed: int = 0
    rounds: int = 0
    opinions: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    extended: int = 0
    changed: Counter[str] = field(default_factory=Counter)
    disagreed: int = 0
    rulings: Counter[str] = field(default_factory=Counter)
    meetings: int = 0
    decided: int = 0
    answered: Counter[str] = field(default_factory=Counter)
    officers: int = 0
    reviewers: int = 0

    @property
    def reviewers_share(self) -> float | None:
        """Of the officers those who review, from 0 to 1; None without officers."""
        return self.reviewers / self.officers if self.officers else None

    @property
    def recording_rate(self) -> float | None:
        """The share of required recordings that are there or excused, from 0 to 1; None where none was required."""
        asked = self.recordings.total()
        return (asked - self.recordings[MISSING]) / asked if asked else None

    def take(self, check: CaseCheck) -> None:
        """Count one case."""
        lacking = check.lacking
        self.cases += 1
        self.complete += not lacking
        self.decided += check.case.major and bool(check.case.decided_seq)
        self.lacked.update((one.requirement.id, one.requirement.title) for one in lacking)
        asked = [one for one in check.findings if _asked(one)]
        self.recordings.update(told for one in asked if one.requirement.recorded and (told := _recording(one)))
        lacks = {one.requirement.stage for one in lacking}
        late = {one.requirement.stage for one in asked if one.late}
        for stage in {one.requirement.stage for one in asked} & self.stages.keys():
            tally = self.stages[stage]
            tally.files += 1
            tally.complete += stage not in lacks
            tally.late += stage in late

    def review(self, rounds: list[RoundRow]) -> None:
        """Count the rounds of one case."""
        self.reviewed += bool(rounds)
        for one in rounds:
            self.rounds += 1
            self.kept[one.kept] += 1
            self.extended += bool(one.extended_at)
            self.disagreed += one.disagreed
            self.meetings += one.outcome is not None
            self.opinions.update([one.opinion.value] if one.opinion else ())
            self.rulings.update([one.ruling.value] if one.ruling else ())
            self.changed.update(one.changed)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        rate, share = self.recording_rate, self.reviewers_share
        return {
            "key": self.key,
            "name": self.name,
            "cases": self.cases,
            "complete": self.complete,
            "stages": {
                stage: {"files": one.files, "complete": one.complete, "late": one.late}
                for stage, one in self.stages.items()
            },
            "recordings": {word: self.recordings[word] for word in (RECORDED, EXCUSED, MISSING)},
            "recording_rate": None if rate is None else round(rate, 4),
            "lacked": [{"requirement": id, "title": title, "cases": n} for (id, title), n in _most(self.lacked)],
            "reviewed": self.reviewed,
            "rounds": self.rounds,
            "opinions": dict(sorted(self.opinions.items())),
            "kept": {word.value: self.kept[word] for word in Kept},
            "extended": self.extended,
            "changed": dict(sorted(self.changed.items())),
            "disagreed": self.disagreed,
            "rulings": dict(sorted(self.rulings.items())),
            "meetings": self.meetings,
            "decided": self.decided,
            "answered": {standing.value: self.answered[standing] for standing in ReviewStanding},
            "officers": self.officers,
            "reviewers": self.reviewers,
            "reviewers_share": None if share is None else round(share, 4),
        }


def cases_report(  # noqa: PLR0917 - the report's own arguments, and what it has counted already
    store: Store,
    instance: Instance,
    today: date,
    period: str = "",
    answered: Mapping[str, Counter[str]] = MappingProxyType({}),
    records: Sequence[RecordsReport] = (),
) -> tuple[CasesReport, ...]:
    """Every department that has cases, major decisions or officers, in the order of their register. Terms are looked at
    as the day begins. `answered` are the major decisions by department and by what answers for their review."""
    found = {key: CasesReport(key, one.name) for key, one in instance.departments.items()}
    for key, standings in answered.items():
        found[key].answered = standings
    for record in records:
        found[record.key].officers, found[record.key].reviewers = record.officers, record.reviewers
    for check in check_all(store, instance, datetime.combine(today, time(), CITY_CLOCK)):
        ours = found[check.case.department]
        if check.case.started_at.startswith(period):
            ours.take(check)
        if check.case.round:
            rows = rows_of(check.case, course(store, check.case), instance, today)
            ours.review([one for one in rows if one.submitted_at.startswith(period)])
    return tuple(one for one in found.values() if one.cases or one.rounds or one.answered or one.officers)


def _asked(one: Finding) -> bool:
    return one.counted and one.status not in _NO_QUESTION


def _recording(one: Finding) -> str:
    """How a recording that is required stands; empty where its very document is missing."""
    if one.status is Status.EXCUSED:
        return EXCUSED
    if any(word.startswith(_MEDIA) for word in one.lacking):
        return MISSING
    return "" if any(word.startswith(_ANY_LINE) for word in one.lacking) else RECORDED


def _most(counter: Counter[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], int]]:
    yield from sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def stages_of(one: CasesReport) -> Mapping[str, StageTally]:
    """Its stages in words."""
    return {label: one.stages[stage] for stage, label in STAGES.items()}
