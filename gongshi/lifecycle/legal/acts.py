"""One step of a legal review: who takes it is looked at, what the law asks for is asked, and it is journaled.

Everything happens in one transaction: of two people who take a step at once, the second meets the state that the
first one left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongshi.instance import Instance
from gongshi.law.facts import DecisionFacts
from gongshi.law.recording import hours
from gongshi.law.recording.circumstances import circumstances
from gongshi.law.review import checklists
from gongshi.law.review.flow import TRANSITIONS, Happened, Review, Round, advance
from gongshi.law.review.reviewers import Person, faults
from gongshi.law.review.term import review_due
from gongshi.law.review.words import Event, Opinion, Outcome, ReviewRefused, Role, State
from gongshi.law.terms import Due
from gongshi.lifecycle.cases.errors import CaseNotFound
from gongshi.lifecycle.cases.people import handlers, participants
from gongshi.lifecycle.legal.course import course
from gongshi.lifecycle.legal.errors import NotYourStep, ReviewerUnqualified, ReviewStepRefused
from gongshi.lifecycle.people import is_one_of
from gongshi.records.cases.substance import substance_of_case
from gongshi.store import Store
from gongshi.store.cases import CaseRow, case_row, entered, lines
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation

Fields = Mapping[str, str]
BETWEEN, EQUALS = "；", "="
"""How several answers stand in one text: 1=有；5=na:没有听证."""


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken: the state after it, the round, and the seq of its entry."""

    state: State
    round: int
    seq: int


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked of a step: the case, its review so far, who takes which step when, with what said."""

    store: Store
    instance: Instance
    case: CaseRow
    review: Review
    event: Event
    by: str
    at: datetime
    fields: Fields


def step(
    store: Store,
    instance: Instance,
    case: str,
    event: Event,
    *,
    by: str,
    fields: Fields,
    now: datetime,
    at: datetime | None = None,
) -> Done:
    """Take one step; `at` is when it happened, now where nobody says.

    Raises CaseNotFound, NotYourStep, ReviewerUnqualified, ReviewStepRefused (with the law's code and article).
    """
    with store.write():
        found = case_row(store, case)
        if found is None:
            raise CaseNotFound(f"没有编号为 {case} 的案件，或者已依法清除。")
        taken = Step(store, instance, found, course(store, found), event, by.strip(), at or now, fields)
        if taken.at > now:
            raise NotYourStep("所填的时间在将来，请核对。")
        try:
            return _journal(taken, now)
        except ReviewRefused as refused:
            raise ReviewStepRefused(refused) from refused


def _journal(taken: Step, now: datetime) -> Done:
    transition = TRANSITIONS.get((taken.review.state, taken.event))
    if transition is not None:  # what may not follow at all, the law says below
        check_role(taken, transition.role)
        if condition := _CONDITIONS.get(taken.event):
            condition(taken, transition.article)
    said = {**taken.fields, **_computed(taken)}
    instant = taken.at.astimezone(hours.CITY_CLOCK).isoformat(timespec="minutes")
    review = advance(taken.review, Happened(event=taken.event, at=instant, by=taken.by, fields=said))
    number = len(review.rounds)
    payload = {"event": taken.event, "round": number, "at": instant, "state": review.state, "fields": said}
    draft = Draft(taken.by, taken.case.department, "", "case", taken.case.id, Operation.LEGAL, payload)
    taken.store.append([draft], now)
    seq = taken.store.db.execute("SELECT max(seq) FROM journal").fetchone()[0]
    return Done(review.state, number, seq)


def check_role(taken: Step, role: Role) -> None:
    """Raise where the step belongs to another office, or the reviewer is none for this case."""
    mine = is_one_of(taken.by, handlers(taken.store, taken.case.id))
    if role is Role.HANDLER and not mine:
        raise NotYourStep(f"{taken.event.label}由承办人办理，“{taken.by}”不是本案承办人。")
    if role is Role.HEAD and (mine or not is_one_of(taken.by, taken.instance.roles.of(taken.case.department).heads)):
        raise NotYourStep(f"{taken.event.label}由本部门负责人办理，承办人不能同时是负责人。")
    if role is Role.LEGAL or (role is Role.EITHER and not mine):
        check_reviewer(taken)


def check_reviewer(taken: Step) -> None:
    """Raise ReviewerUnqualified with everything that keeps the person from reviewing this case on that day."""
    involved = participants(taken.store, taken.case.id)
    day = taken.at.astimezone(hours.CITY_CLOCK).date()
    found = faults(taken.instance.roles.reviewers, Person(taken.by), taken.case.department, involved, day)
    if found:
        raise ReviewerUnqualified("；".join(f"{fault.message}（{fault.article}）" for fault in found) + "。")


def answers(text: str) -> dict[str, str]:
    """The answers of a checklist from one text."""
    pairs = (one.partition(EQUALS) for one in text.split(BETWEEN) if one.strip())
    return {code.strip(): said.strip() for code, _, said in pairs}


def substance(store: Store, case: str) -> str:
    """What the newest version of a case's draft decides."""
    newest = next(one for one in reversed(entered(store, case, Operation.CASE)) if one.payload)
    payload = newest.payload or {}
    return substance_of_case(payload["values"], payload["parties"])


def _computed(taken: Step) -> dict[str, str]:
    """What the system says of a step, never the person: the substance of the draft."""
    if taken.event in (Event.SUBMIT, Event.CHANGE_DRAFT):
        return {"substance": substance(taken.store, taken.case.id)}
    return {}


def _submit(taken: Step, article: str) -> None:
    ended = taken.case.investigation_ended_at
    if not ended or hours.Instant.read(ended).earliest > taken.at:
        raise ReviewRefused("review_before_end", article, "送审应当在调查终结之后：请先填写调查终结时间")
    since = _reopened(taken.review.round)
    if since and hours.Instant.read(ended).latest < hours.Instant.read(since).earliest:
        told = f"{since} 要求继续调查，调查终结时间还是以前的：继续调查终结以后，填写新的调查终结时间再送审"
        raise ReviewRefused("review_before_end", article, told)
    there = lines(taken.store, taken.case.id)
    happened = circumstances(taken.case, [line.what for line in there])
    _require(taken, checklists.MATERIALS, "materials", happened, frozenset(line.what for line in there))
    _require(taken, checklists.STATEMENT, "statement", happened)


def _reopened(last: Round | None) -> str:
    """When the last round sent the case back to be investigated further (L10(2), L13); empty where it did not."""
    if last and last.outcome is Outcome.INVESTIGATE:
        return last.discussed_at
    return last.opinion_at if last and last.opinion is Opinion.INVESTIGATE else ""


def _opine(taken: Step, _article: str) -> None:
    _require(taken, checklists.ASPECTS, "aspects", frozenset())


def _require(taken: Step, id: str, field: str, happened: frozenset[str], there: frozenset[str] | None = None) -> None:
    checklist = taken.instance.checklists.get(id)
    if checklist:
        checklists.require(checklist, answers(taken.fields.get(field, "")), happened, there)


def _extend(taken: Step, article: str) -> None:
    due = due_of(taken.instance, taken.case, extended=False)
    day = taken.at.astimezone(hours.CITY_CLOCK).date()
    if due and day > due:
        raise ReviewRefused("review_term_over", article, f"审核期限已于 {due} 届满，不能再延长")


def _request(taken: Step, article: str) -> None:
    until = taken.fields.get("until", "")
    day = taken.at.astimezone(hours.CITY_CLOCK).date()
    try:
        late = date.fromisoformat(until) < day
    except ValueError:
        raise ReviewRefused("review_word_unknown", article, "提交材料的期限要写成 2026-03-09 的形式") from None
    if late:
        raise ReviewRefused("review_order", article, "要求提交材料的期限早于今天")


def due_of(instance: Instance, case: CaseRow, *, extended: bool | None = None) -> date | None:
    """The last day of a review that was submitted (L11); None where no clock runs."""
    term = term_of(instance, case, extended=extended)
    return term.on if term else None


def term_of(instance: Instance, case: CaseRow, *, extended: bool | None = None) -> Due | None:
    """The same with the rule that sets it, and whether a calendar that is not out yet may still move it."""
    if not case.submitted_at:
        return None
    came = hours.Instant.read(case.submitted_at).earliest.date()
    facts = DecisionFacts(kind=case.kind, department=case.department, event_on=came)
    longer = case.extended if extended is None else extended
    return review_due(facts, came, longer, instance.rules, instance.calendar)


_CONDITIONS: Mapping[Event, Callable[[Step, str], None]] = {
    Event.SUBMIT: _submit,
    Event.OPINE: _opine,
    Event.REVISE: _opine,
    Event.EXTEND: _extend,
    Event.REQUEST_MATERIALS: _request,
}
