"""A judged trigger makes a case a major one: raised by hand, lowered by the legal body with approval (L3, S3.2)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from gongshi.instance import Instance
from gongshi.law.recording import hours
from gongshi.law.review.major import CONCRETE, JUDGED, JUDGED_TOLD, needs_review, triggers
from gongshi.law.review.reviewers import Person, faults
from gongshi.law.review.words import cited
from gongshi.law.summary import FINE, beyond
from gongshi.lifecycle.cases.access import Office, offices_of
from gongshi.lifecycle.cases.errors import CaseNotFound, ReasonNeeded
from gongshi.lifecycle.cases.people import participants
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.errors import SamePerson
from gongshi.lifecycle.legal.errors import NotYourStep, ReviewerUnqualified, TriggerFixed
from gongshi.lifecycle.people import normalised
from gongshi.records.cases.facts import case_facts
from gongshi.records.decision import Values
from gongshi.records.department import Department
from gongshi.store import Store
from gongshi.store.cases import CaseRow, Entered, case_row, entered, lines
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation

RAISE, PROPOSE, APPROVE, DECLINE = "raise", "propose_lower", "approve_lower", "decline_lower"
RECOGNISE = "recognise"
"""The law sees on a later day what it did not see when the case was taken in: a rule that is in force since."""


_HEARING_RECORD, _HELD, _GENERAL = "hearing_record", "已举行", "普通程序"


def fired(
    instance: Instance,
    values: Values,
    parties: Collection[Values],
    department: Department,
    on: date,
    *,
    whats: Collection[str] = (),
) -> frozenset[str]:
    """The triggers that the rules in force on a day see in a draft; `instance` is one with the rules that stand in the
    store as records (lifecycle/determined.py), `whats` are the records of the case.

    What the draft calls itself takes nothing away: a hearing of which there is a record was held (L3(3)), and what
    goes beyond 处罚法 51 is exempt as no summary procedure.
    """
    if _HEARING_RECORD in whats:
        values = {**values, "hearing": _HELD}
    facts = case_facts(values, tuple(parties), department, on)
    told = (
        facts if facts.penalty_classes else replace(facts, penalty_classes=(FINE,))
    )  # a draft may leave it to its words
    if beyond(told, instance.rules):
        facts = replace(facts, procedure=_GENERAL)
    return frozenset(trigger.code for trigger in triggers(facts, instance.rules, on))


def recognised(store: Store, instance: Instance, case: CaseRow, *, on: date, by: str, now: datetime) -> CaseRow:
    """The case as the law sees it on the day of a step: what it was taken in as is not believed.

    Journals, inside the caller's `write`, triggers that fire now and did not before; the case is a major one then.
    """
    drafts = entered(store, case.id, Operation.CASE)
    draft = next((one.payload for one in reversed(drafts) if one.payload), None)
    if draft is None:
        return case
    department = instance.departments[case.department]
    whats = {line.what for line in lines(store, case.id)}
    law = determined(store, instance)
    new = fired(law, draft["values"], draft["parties"], department, on, whats=whats) - case.triggers
    if not new:
        return case
    said = _Said(RECOGNISE, tuple(sorted(new)), by.strip(), "按办理之日有效的规则和清单认定", case.raised, case.lowered)
    return _journal(store, case, said, now)


def raise_trigger(
    store: Store, instance: Instance, case: str, trigger: str, *, by: str, reason: str, now: datetime
) -> CaseRow:
    """Say that a case is a major one (L3, S3.2, L4): its handler, a legal reviewer, a head or a supervisor, with a
    reason.

    Raises CaseNotFound, NotYourStep, ReasonNeeded, TriggerFixed (a trigger that is computed: nobody raises it).
    """
    with store.write():
        found = _case(store, case)
        offices = set(offices_of(store, instance, found, by, now))
        if not offices & {Office.HANDLER, Office.LEGAL, Office.HEAD, Office.SUPERVISOR}:
            raise NotYourStep(f"“{by}”不是本案的承办人、法制审核人员、负责人或者监督人员。")
        _judged(trigger)
        raised, lowered = found.raised | {trigger}, found.lowered - {trigger}
        said = _Said(RAISE, (trigger,), by.strip(), reason.strip(), raised, lowered)
        return _journal(store, found, said, now)


def propose_lower(
    store: Store, instance: Instance, case: str, trigger: str, *, by: str, reason: str, now: datetime
) -> CaseRow:
    """A legal reviewer proposes that a judged trigger does not hold (L3); a head has to approve.

    Raises as raise_trigger (TriggerFixed: it is computed, or was not raised), and ReviewerUnqualified (S3.1).
    """
    with store.write():
        found = _case(store, case)
        if Office.LEGAL not in offices_of(store, instance, found, by, now):
            raise NotYourStep("只有本部门法制机构的审核人员可以提出降低。")
        day, involved = now.astimezone(hours.CITY_CLOCK).date(), participants(store, case)
        if unfit := faults(instance.roles.reviewers, Person(by), found.department, involved, day):
            raise ReviewerUnqualified("；".join(f"{one.message}（{cited(one.article)}）" for one in unfit) + "。")
        _judged(trigger)
        if trigger not in found.raised:
            raise TriggerFixed(f"本案没有认定过 {trigger}。")
        said = _Said(PROPOSE, (trigger,), by.strip(), reason.strip(), found.raised, found.lowered)
        return _journal(store, found, said, now)


def answer_lower(
    store: Store, instance: Instance, case: str, *, approve: bool, by: str, reason: str, now: datetime
) -> CaseRow:
    """A head, another person, approves or declines what was proposed last (L3).

    Raises CaseNotFound, NotYourStep (no head, or one who handles the case), ReasonNeeded, SamePerson, and TriggerFixed
    where nothing is proposed.
    """
    with store.write():
        found = _case(store, case)
        offices = set(offices_of(store, instance, found, by, now))
        if Office.HEAD not in offices or Office.HANDLER in offices:
            raise NotYourStep("降低由本部门负责人批准，承办人不能同时是负责人。")
        proposal = _open_proposal(store, case)
        if proposal is None or proposal.payload is None:
            raise TriggerFixed("没有等待批准的降低。")
        if normalised(proposal.actor) == normalised(by):
            raise SamePerson("提出降低的人不能批准降低：须由另一人办理。")
        triggers = tuple(proposal.payload["triggers"])
        lowered = found.lowered | set(triggers) if approve else found.lowered
        act = APPROVE if approve else DECLINE
        said = _Said(act, triggers, by.strip(), reason.strip(), found.raised, lowered)
        return _journal(store, found, said, now)


def _case(store: Store, case: str) -> CaseRow:
    found = case_row(store, case)
    if found is None:
        raise CaseNotFound(f"没有编号为 {case} 的案件，或者已依法清除。")
    return found


def _judged(trigger: str) -> None:
    if trigger in CONCRETE:
        raise TriggerFixed(f"{trigger} 由系统按规则认定，不能由人认定或者降低（重大行政执法决定法制审核办法第三条）。")
    if trigger not in JUDGED:
        raise TriggerFixed(f"没有“{trigger}”这种情形，只能是 {JUDGED_TOLD}。")


def _open_proposal(store: Store, case: str) -> Entered | None:
    """The last proposal, where nobody has answered it."""
    acts = [one for one in entered(store, case, Operation.MAJOR) if one.payload]
    last = next((one for one in reversed(acts) if one.payload and one.payload["act"] not in (RAISE, RECOGNISE)), None)
    return last if last and last.payload and last.payload["act"] == PROPOSE else None


@dataclass(frozen=True, slots=True)
class _Said:
    """An act on triggers, by whom and why, and what is raised and lowered after it."""

    act: str
    triggers: tuple[str, ...]
    by: str
    reason: str
    raised: Collection[str]
    lowered: Collection[str]


def _journal(store: Store, case: CaseRow, said: _Said, now: datetime) -> CaseRow:
    if not said.reason:
        raise ReasonNeeded("要写明理由。")
    new = said.triggers if said.act == RECOGNISE else ()
    payload = {
        "act": said.act,
        "triggers": list(said.triggers),
        "reason": said.reason,
        "raised": sorted(said.raised),
        "lowered": sorted(said.lowered),
        "major": needs_review({*case.triggers, *new}, said.raised, said.lowered),
    }
    if new:
        payload["fired"] = sorted(new)
    store.append([Draft(said.by, case.department, "", "case", case.id, Operation.MAJOR, payload)], now)
    return _case(store, case.id)
