"""The reviewer's recorded choice where a minor is concerned: publish, or do not (DOMAIN.md 10)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from gongshi.instance import Instance
from gongshi.law.publishability import LEFT_TO_CHOICE, Choice, judge
from gongshi.lifecycle.case import case_of
from gongshi.lifecycle.errors import ChoiceNotAsked, ReasonNeeded, SamePerson
from gongshi.lifecycle.people import check_reviewer, normalised
from gongshi.lifecycle.stored_facts import facts_of
from gongshi.store import Pending, Store
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation

CHOICE_LABELS = {Choice.PUBLISH: "公示", Choice.WITHHOLD: "不予公示"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was chosen for one version; `changed` is false where it was on record before."""

    id: str
    document_number: str
    version: int
    choice: Choice
    by: str
    changed: bool

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return asdict(self)

    def render_text(self) -> str:
        """For the reviewer, in Chinese."""
        again = "（此前已有相同的选择，没有改动）" if not self.changed else ""
        return (
            f"{self.document_number}：审核人{self.by}选择{CHOICE_LABELS[self.choice]}{again}。"
            "这一选择只对现在这一版有效，再次报送后须重新选择。"
        )


def choose(
    store: Store,
    instance: Instance,
    record: str,
    *,
    choice: str,
    reason: str,
    by: str,
    today: date,
    now: datetime,
) -> Chosen:
    """Record `by`'s choice (publish or withhold) for the newest version of the decision `record`.

    Raises ChoiceNotAsked where the law leaves nothing to choose, ReviewerUnknown, SamePerson for who
    submitted that version, ReasonNeeded.
    """
    with store.write():
        case = case_of(store, instance, record, today)
        newest, wanted = case.newest, Choice(choice)
        check_reviewer(by, case.department)
        if normalised(by) == normalised(newest.by):
            raise SamePerson(f"“{by}”是这一版的提交人，须由另一位登记的审核人选择。")
        if not reason.strip():
            raise ReasonNeeded("涉及未成年人的选择须写明理由。")
        _check_asked(store, instance, newest, today)
        changed = newest.choice != wanted
        if changed:
            payload = {
                "version": newest.version,
                "choice": wanted.value,
                "reason": reason.strip(),
                "on": today.isoformat(),
            }
            kind = newest.decision.kind
            draft = Draft(by.strip(), case.department.key, "", kind, record, Operation.CHOOSE, payload)
            store.append([draft], now)
    return Chosen(
        id=record,
        document_number=case.number,
        version=newest.version,
        choice=wanted,
        by=by.strip(),
        changed=changed,
    )


def _check_asked(store: Store, instance: Instance, newest: Pending, today: date) -> None:
    """Only where a reviewer's choice is what the decision waits for."""
    facts = facts_of(newest, instance.department(newest.decision.department), store, instance.rules)
    verdict = judge(replace(facts, choice=""), instance.rules, instance.calendar, today, instance.city)
    if not any(reason.code in LEFT_TO_CHOICE for reason in verdict.reasons):
        raise ChoiceNotAsked(
            "这个决定没有等待审核人作出的选择：只有行为时未成年、或者多个行政相对人中有未成年人的决定才需要选择。"
        )
