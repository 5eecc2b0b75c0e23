"""One step of a legal review: who takes it is looked at, what the law asks for is asked, and it is journaled.

Everything happens in one transaction: of two people who take a step at once, the second meets the state that the
first one left.
"""

from __future__ import annotations

import re
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
from gongshi.law.review.words import Event, Opinion, Outcome, ReviewRefused, Role, State, cited
from gongshi.law.terms import Due
from gongshi.lifecycle.cases.errors import CaseNotFound, InFuture
from gongshi.lifecycle.cases.majors import recognised
from gongshi.lifecycle.cases.people import handlers, participants
from gongshi.lifecycle.legal.course import course
from gongshi.lifecycle.legal.errors import NotYourStep, ReviewerUnqualified, ReviewStepRefused
from gongshi.lifecycle.people import is_one_of, normalised
from gongshi.records.cases.substance import substance_of_case
from gongshi.store import Store
from gongshi.store.cases import CaseRow, case_row, entered, lines
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation

Fields = Mapping[str, str]
_SEPARATED = re.compile(r"[、,，;；\n]+")
_MINUTES = "discussion_record"
"""The document in which a meeting of the heads is recorded (L13, R19)."""


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken: the state after it, the round, and the seq of its entry."""

    state: State
    round: int
    seq: int


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked of a step: the case, its review so far, who takes which step when, with what said; `now` is when
    it is asked."""

    store: Store
    instance: Instance
    case: CaseRow
    review: Review
    event: Event
    by: str
    at: datetime
    fields: Fields
    now: datetime


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
    """Take one step of a review (L5 to L13); `at` is when it happened, now where nobody says.

    Raises CaseNotFound, InFuture, NotYourStep, ReviewerUnqualified, ReviewStepRefused (with the law's code and
    article).
    """
    with store.write():
        found = case_row(store, case)
        if found is None:
            raise CaseNotFound(f"没有编号为 {case} 的案件，或者已依法清除。")
        if event is Event.SUBMIT:
            found = recognised(store, instance, found, on=_day(at or now), by=by, now=now)
        taken = Step(store, instance, found, course(store, found), event, by.strip(), at or now, fields, now)
        if taken.at > now:
            raise InFuture("所填的时间在将来，请核对。")
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
    """Raise NotYourStep where the step belongs to another office (R38, L12, L13), ReviewerUnqualified where the
    reviewer is none for this case."""
    mine = is_one_of(taken.by, handlers(taken.store, taken.case.id))
    if role is Role.HANDLER and not mine:
        raise NotYourStep(f"{taken.event.label}由承办人办理，“{taken.by}”不是本案承办人。")
    if role is Role.HEAD and (mine or not is_one_of(taken.by, taken.instance.roles.of(taken.case.department).heads)):
        raise NotYourStep(f"{taken.event.label}由本部门负责人办理，承办人不能同时是负责人。")
    if role is Role.LEGAL or (role is Role.EITHER and not mine):
        check_reviewer(taken)


def check_reviewer(taken: Step) -> None:
    """Raise ReviewerUnqualified with everything that keeps the person from reviewing this case: on the day of the step,
    and on that on which they say so, for nobody takes a step back to when they were registered."""
    involved, register = participants(taken.store, taken.case.id), taken.instance.roles.reviewers
    days = dict.fromkeys((_day(taken.at), _day(taken.now)))
    if found := next(
        filter(None, (faults(register, Person(taken.by), taken.case.department, involved, day) for day in days)), ()
    ):
        raise ReviewerUnqualified("；".join(f"{fault.message}（{cited(fault.article)}）" for fault in found) + "。")


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
        checklists.require(checklist, checklists.answers(taken.fields.get(field, "")), happened, there)


def _extend(taken: Step, article: str) -> None:
    due = due_of(taken.instance, taken.case, extended=False)
    if due and _day(taken.at) > due:
        raise ReviewRefused("review_term_over", article, f"审核期限已于 {due} 届满，不能再延长")


def _discuss(taken: Step, article: str) -> None:
    """The heads who met are registered ones, enough of them without a handler, and their minutes lie in the file."""
    offices = taken.instance.roles.of(taken.case.department)
    named = [name for name in _SEPARATED.split(taken.fields.get("participants", "")) if name]
    if strange := [name for name in named if not is_one_of(name, offices.heads)]:
        told = f"{'、'.join(strange)}没有登记为本部门的负责人（data/reference/roles.yml）；列席的人写在会议记录里"
        raise ReviewRefused("review_not_a_head", article, told)
    mine = handlers(taken.store, taken.case.id)
    if len({normalised(name) for name in named if not is_one_of(name, mine)}) < offices.least_heads:
        told = f"集体讨论至少有 {offices.least_heads} 名负责人参加，承办人和重复的不计算在内"
        raise ReviewRefused("review_too_few_heads", article, told)
    number = taken.fields.get("minutes_line", "").strip()
    minutes = [one for one in lines(taken.store, taken.case.id) if (one.line, one.what) == (number, _MINUTES)]
    if not minutes:
        told = f"案卷里没有序号为“{number}”的集体讨论记录：请先报送这一行，再登记集体讨论"
        raise ReviewRefused("review_minutes_missing", article, told)
    last = taken.review.round
    if last and last.opinion_at and hours.Instant.read(minutes[0].at).latest < _moment(last.opinion_at):
        told = f"序号为“{number}”的会议记录早于法制审核意见（{last.opinion_at}），不是审核以后的集体讨论"
        raise ReviewRefused("meeting_too_early", article, told)


def _day(moment: datetime) -> date:
    return moment.astimezone(hours.CITY_CLOCK).date()


def _moment(text: str) -> datetime:
    return hours.Instant.read(text).earliest


def _request(taken: Step, article: str) -> None:
    listed = taken.instance.checklists.get(checklists.MATERIALS)
    known = [one.code for one in listed.items] if listed else []
    strange = [one for one in map(str.strip, taken.fields.get("items", "").split("、")) if one not in known]
    if listed and strange:
        told = f"没有第“{'、'.join(strange)}”项送审材料，只有第{'、'.join(known)}项；几项用、隔开"
        raise ReviewRefused("review_word_unknown", article, told)
    until = taken.fields.get("until", "")
    try:
        late = date.fromisoformat(until) < _day(taken.at)
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
    Event.DISCUSS: _discuss,
}
