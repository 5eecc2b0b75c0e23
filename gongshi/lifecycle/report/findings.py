"""What a supervisor should ask about (D33): not published as required, not updated in time, selectively published.

For the supervisor only: nothing of it is ever public. Each finding is a question to the department, made
from what the store knows; what was never sent in shows, if at all, as a gap in the document numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from gongshi.law.review.attestation import ReviewStanding
from gongshi.lifecycle.acts.waiting import OpenAct
from gongshi.lifecycle.attention import Attention
from gongshi.lifecycle.due import DueRow
from gongshi.lifecycle.report.numbers import NumberGap
from gongshi.lifecycle.report.tally import Because, Tally
from gongshi.lifecycle.transitions import LABELS
from gongshi.records import DECISION_KINDS
from gongshi.records.city import City

_OMISSIONS = ("determination_missing", "not_handled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """A decision past its day with no ground: never public, or (`change`) changed and not updated.

    `days` are calendar days since the legal day.
    """

    department: str
    id: str
    number: str
    kind: str
    state: str
    legal_due: date
    days: int
    article: str
    change: bool

    def render_text(self) -> str:
        """One line in Chinese."""
        what = "变更后未更新" if self.change else "未公示"
        kind = DECISION_KINDS[self.kind].label
        return f"{self.number}　{kind}　{self.state}　{what}，应公示日期 {self.legal_due}，已超期 {self.days} 天"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreviewed:
    """A major decision for whose legal review nothing answers (S3, L4): `standing` is one of
    gongshi/law/review/attestation.py, `revoke` whether the supervisor instructed that it be revoked."""

    department: str
    id: str
    number: str
    kind: str
    standing: ReviewStanding
    revoke: bool

    def render_text(self) -> str:
        """One line in Chinese."""
        told = "，已指示撤销" if self.revoke else ""
        return f"{self.number}　{DECISION_KINDS[self.kind].label}　{self.standing.label}{told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldShare:
    """A department that chose to withhold far more than the others: `share` of its `decisions` against theirs."""

    department: str
    withheld: int
    decisions: int
    share: float
    others: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything found about one department.

    `waiting`: held for what the department itself has to do first, and how many.
    `requests` for correction are past their term without an answer; `acts` wait too long for the second
    person, `reviews` are grounds of D18 whose review date has passed; `gaps` the most missing first; `share`
    None where nothing stands out; `unreviewed` the major decisions for whose legal review nothing answers.
    """

    overdue: tuple[Overdue, ...] = ()
    waiting: tuple[tuple[Because, int], ...] = ()
    requests: int = 0
    acts: tuple[OpenAct, ...] = ()
    reviews: tuple[Attention, ...] = ()
    gaps: tuple[NumberGap, ...] = ()
    share: WithheldShare | None = None
    unreviewed: tuple[Unreviewed, ...] = ()

    def __bool__(self) -> bool:
        asked = (self.overdue, self.waiting, self.requests, self.acts, self.reviews, self.gaps, self.share)
        return any((*asked, self.unreviewed))

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {
            "overdue": [{**asdict(one), "legal_due": one.legal_due.isoformat()} for one in self.overdue],
            "waiting": [{"code": because.code, "text": because.text, "count": n} for because, n in self.waiting],
            "requests_overdue": self.requests,
            "acts": [act.to_json() for act in self.acts],
            "reviews": [one.to_json() for one in self.reviews],
            "number_gaps": [asdict(gap) for gap in self.gaps],
            "withheld_share": asdict(self.share) if self.share else None,
            "unreviewed": [asdict(one) for one in self.unreviewed],
        }


def overdue_of(row: DueRow, today: date, *, change: bool) -> Overdue | None:
    """What is past its day of a row of `gongshi due`; None where nothing is."""
    if not row.overdue or row.legal_due is None:
        return None
    return Overdue(
        department=row.department,
        id=row.id,
        number=row.number,
        kind=row.kind,
        state=LABELS[row.state],
        legal_due=row.legal_due,
        days=(today - row.legal_due).days,
        article=row.article,
        change=change,
    )


def waiting_of(tally: Tally) -> tuple[tuple[Because, int], ...]:
    """What is held for the department's own omission: nobody determined what of the kind is public (D16), or an
    inspection found something and nobody says what came of it (then no term runs: it is never overdue)."""
    return tuple((because, count) for because, count in sorted(tally.held.items()) if because.code in _OMISSIONS)


def longest_first(found: Iterable[Overdue]) -> tuple[Overdue, ...]:
    """The longest overdue first."""
    return tuple(sorted(found, key=lambda one: (-one.days, one.number, one.id)))


def withheld_shares(totals: Mapping[str, Tally], city: City) -> dict[str, WithheldShare]:
    """The departments whose share of decisions withheld by choice is far above that of all others together.

    Far above: at least `city.withheld_least` of them, and more than `city.withheld_factor` times the
    others' share. The criterion is a setting with a stated default, no rule of law. What a rule seals or
    forbids without a choice (治安处罚, a minor) is nobody's selection and does not count.
    """
    withheld = {key: tally["chosen"] for key, tally in totals.items()}
    known = {key: tally["formed"] + tally["earlier"] for key, tally in totals.items()}
    all_withheld, all_known = sum(withheld.values()), sum(known.values())
    found = {}
    for key, count in withheld.items():
        others = all_known - known[key]
        if count < max(city.withheld_least, 1) or not others:
            continue
        share, theirs = count / known[key], (all_withheld - count) / others
        if share > city.withheld_factor * theirs:
            found[key] = WithheldShare(
                department=key, withheld=count, decisions=known[key], share=round(share, 4), others=round(theirs, 4)
            )
    return found
