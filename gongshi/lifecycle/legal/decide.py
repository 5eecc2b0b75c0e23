"""A decision is made in the system: the gate (L4, L13), then its entry. What comes from outside never comes here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongshi.instance import Instance
from gongshi.law.document_number import match_key
from gongshi.law.recording import hours
from gongshi.law.review.flow import Happened, Review, advance
from gongshi.law.review.gate import DecideFacts, refusals
from gongshi.law.review.reviewers import Fault, Person, faults
from gongshi.law.review.words import Event, Role
from gongshi.lifecycle.cases.errors import CaseNotFound
from gongshi.lifecycle.cases.majors import recognised
from gongshi.lifecycle.cases.people import participants
from gongshi.lifecycle.legal.acts import Step, check_role, substance
from gongshi.lifecycle.legal.course import course, in_order
from gongshi.lifecycle.legal.errors import DecisionRefused, NumberUnusable
from gongshi.records.cases.key import number_in
from gongshi.records.cases.substance import differs
from gongshi.store import Store
from gongshi.store.cases import CaseRow, case_row, entered, other_case_of_number
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was made: its number, the key by which it will be known, the seq of its entry."""

    number: str
    key: str
    seq: int


def decide(
    store: Store, instance: Instance, case: str, *, number: str, by: str, now: datetime, at: datetime | None = None
) -> Decided:
    """Make the decision of a case under `number` (L4, L13); `by` is a head, `at` when it was made (now if empty).

    Raises CaseNotFound, NumberUnusable, NotYourStep, and DecisionRefused with every reason and its article.
    """
    with store.write():
        found = case_row(store, case)
        if found is None:
            raise CaseNotFound(f"没有编号为 {case} 的案件，或者已依法清除。")
        _own_number(store, found, number)
        on = (at or now).astimezone(hours.CITY_CLOCK).date()
        found = recognised(store, instance, found, on=on, by=by, now=now)
        making = _Making(store, instance, found, course(store, found), substance(store, case), at or now, now)
        asked = Step(store, instance, found, making.review, Event.DECIDE, by.strip(), making.made, {}, now)
        check_role(asked, Role.HEAD)
        refused = refusals(making.facts())
        if refused:
            raise DecisionRefused(refused)
        return making.journal(number, by.strip())


def _own_number(store: Store, case: CaseRow, number: str) -> None:
    """A number is the decision of one case: what is decided under another's would answer for that other one."""
    if not match_key(number):
        raise NumberUnusable("请写明决定书文号（--number）。")
    if other := other_case_of_number(store, _key(case, number), case.id):
        told = number_in(other.key)
        raise NumberUnusable(f"文号“{number}”已经是另一案件（{told}）的决定，请核对文号。")


def _key(case: CaseRow, number: str) -> str:
    """As of a decision that arrives (DOMAIN.md 16)."""
    return f"{case.department}/{case.kind}/{match_key(number)}"


@dataclass(frozen=True, slots=True)
class _Making:
    """A decision that is being made: the case, its review, what the draft decides now, and when."""

    store: Store
    instance: Instance
    case: CaseRow
    review: Review
    decided: str
    made: datetime
    now: datetime

    def facts(self) -> DecideFacts:
        """What the gate looks at."""
        last = self.review.round
        return DecideFacts(
            needs=self.case.major,
            review=self.review,
            investigation_ended_at=_instant(self.case.investigation_ended_at),
            decided_at=_iso(self.made),
            now=_iso(self.now),
            differs=differs(self.decided, last.substance) if last else (),
            reviewer_faults=self._reviewer_faults(),
            in_order=in_order(self.store, self.case),
            already=bool(self.case.decided_seq),
            recorded_on=self._recorded_on(),
        )

    def _recorded_on(self) -> str:
        """The instant at which the case came into the record."""
        return _iso(datetime.fromisoformat(entered(self.store, self.case.id, Operation.CASE)[0].at))

    def _reviewer_faults(self) -> tuple[Fault, ...]:
        """The last round's reviewer, asked again as of the day of the opinion."""
        last = self.review.round
        if last is None or not last.opinion_at:
            return ()
        day = hours.Instant.read(last.opinion_at).earliest.date()
        involved = participants(self.store, self.case.id)
        return faults(self.instance.roles.reviewers, Person(last.reviewer), self.case.department, involved, day)

    def journal(self, number: str, by: str) -> Decided:
        """Write it down, as the last step of the review where there is one."""
        case, state = self.case, None
        if case.major:
            fields = {"number": number, "substance": self.decided}
            state = advance(self.review, Happened(event=Event.DECIDE, at=_iso(self.made), by=by, fields=fields)).state
        key = _key(case, number)
        payload = {
            "round": len(self.review.rounds),
            "number": number,
            "key": key,
            "decided_at": _iso(self.made),
            "substance": self.decided,
            "state": state,
        }
        self.store.append([Draft(by, case.department, "", "case", case.id, Operation.DECIDE, payload)], self.now)
        return Decided(number, key, self.store.db.execute("SELECT max(seq) FROM journal").fetchone()[0])


def _iso(moment: datetime) -> str:
    return moment.astimezone(hours.CITY_CLOCK).isoformat(timespec="minutes")


def _instant(text: str) -> str:
    """A bare day as its beginning: an investigation that ended on a day may have ended at its first hour."""
    return hours.Instant.read(text).earliest.isoformat(timespec="minutes") if text else ""
