"""The rounds of legal review as a ledger has them: when, in what term, with what opinion, what came of it; no person.

Nothing here was set by anybody: rounds are replayed from the journal, terms come from the rules (L10 to L13).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gongshi.instance import Instance
from gongshi.law.recording.hours import Instant
from gongshi.law.review.flow import Review, Round
from gongshi.law.review.words import Opinion, Outcome, Ruling, State
from gongshi.lifecycle.legal.acts import due_of
from gongshi.lifecycle.legal.course import course
from gongshi.records.cases.key import number_in
from gongshi.records.cases.substance import differs
from gongshi.store import Store
from gongshi.store.cases import CaseRow, scan

_RUNNING = (State.SUBMITTED, State.INCOMPLETE, State.REVIEWING)


class Kept(StrEnum):
    """Whether the opinion came by the last day of its term."""

    IN_TIME = "in_time"
    LATE = "late"
    RUNNING = "running"
    OVERDUE = "overdue"
    """Not given, and the last day is over."""
    ENDED = "ended"
    """The review ended without one."""

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[self]


_LABELS = {
    Kept.IN_TIME: "按期",
    Kept.LATE: "逾期出具",
    Kept.RUNNING: "审核中",
    Kept.OVERDUE: "逾期未出具",
    Kept.ENDED: "未出具即终止",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One round. Instants are ISO, empty what did not happen; `due` is the last day of the review. `changed` names what
    the draft of the next round changes after an opinion that was not 同意; `again` whether there is a next round."""

    case: str
    department: str
    number: str
    round: int
    submitted_at: str
    received_at: str
    extended_at: str
    due: date | None
    opinion: Opinion | None
    opinion_at: str
    kept: Kept
    disagreed: bool
    ruling: Ruling | None
    outcome: Outcome | None
    changed: tuple[str, ...]
    again: bool


def ledger(store: Store, instance: Instance, today: date, department: str = "", year: str = "") -> Iterator[RoundRow]:
    """Every round that was submitted in a year (all where empty), by case; a department's (its key), or everybody's."""
    for case, _ in scan(store, department):
        if case.round:
            rows = rows_of(case, course(store, case), instance, today)
            yield from (row for row in rows if row.submitted_at.startswith(year))


def rows_of(case: CaseRow, review: Review, instance: Instance, today: date) -> tuple[RoundRow, ...]:
    """The rounds of one case, the first first."""
    following = (*review.rounds[1:], None)
    return tuple(
        _row(case, review, one, after, instance, today) for one, after in zip(review.rounds, following, strict=True)
    )


def _row(  # noqa: PLR0917 - one round of `rows_of`
    case: CaseRow, review: Review, one: Round, after: Round | None, instance: Instance, today: date
) -> RoundRow:
    due = due_of(instance, replace(case, submitted_at=one.submitted_at, extended=bool(one.extended_at)))
    advised = after is not None and one.opinion not in (None, Opinion.AGREE)
    return RoundRow(
        case=case.id,
        department=case.department,
        number=number_in(case.key),
        round=one.number,
        submitted_at=one.submitted_at,
        received_at=one.received_at,
        extended_at=one.extended_at,
        due=due,
        opinion=one.opinion,
        opinion_at=one.opinion_at,
        kept=_kept(one, due, after is None and review.state in _RUNNING, today),
        disagreed=one.objected,
        ruling=one.ruling,
        outcome=one.outcome,
        changed=differs(one.substance, after.substance) if advised and after else (),
        again=after is not None,
    )


def _kept(one: Round, due: date | None, running: bool, today: date) -> Kept:
    if one.opinion_at:
        given = Instant.read(one.opinion_at).earliest.date()
        return Kept.LATE if due and given > due else Kept.IN_TIME
    if not running:
        return Kept.ENDED
    return Kept.OVERDUE if due and today > due else Kept.RUNNING
