"""One decision before a person who wants to do something about it: where it stands, and what the law says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongshi.instance import Instance
from gongshi.law.facts import DecisionFacts
from gongshi.law.publishability import Verdict, judge
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.errors import DecisionNotFound
from gongshi.lifecycle.registry.told import cited
from gongshi.lifecycle.stored_facts import facts_of
from gongshi.lifecycle.transitions import State, state_of
from gongshi.records.department import Department
from gongshi.store import Approved, Pending, Store, approved, latest
from gongshi.store.acts import StoredAct, acts


@dataclass(frozen=True, slots=True)
class Case:
    """A decision or a record: its newest and its approved version (None before any review), what the law says of the
    approved one today (of the newest before any review), and every act of persons about it.

    `store`, `instance` and `today` are where and when it was looked at.
    """

    store: Store
    instance: Instance
    today: date
    newest: Pending
    approved: Approved | None
    department: Department
    facts: DecisionFacts
    verdict: Verdict
    acts: tuple[StoredAct, ...]

    @property
    def id(self) -> str:
        """The decision's id."""
        return self.newest.id

    @property
    def number(self) -> str:
        """Its 文号 as the department writes it; of a record its number or title."""
        return cited(self.newest.decision)

    @property
    def state(self) -> State:
        """Its state."""
        return state_of(self.newest)

    def again(self) -> Case:
        """The same decision as the store has it now."""
        return case_of(self.store, self.instance, self.id, self.today)

    @property
    def open(self) -> StoredAct | None:
        """The act that waits for the second person; there is never more than one."""
        return next((act for act in self.acts if not act.result), None)


def case_of(store: Store, instance: Instance, record: str, today: date) -> Case:
    """The decision or record of that id. Raises DecisionNotFound, UnknownDepartment."""
    newest = next(latest(store, [record], registry=None), None)
    if newest is None:
        raise DecisionNotFound(f"没有编号为 {record} 的决定，或者它的内容已经依法清除。")
    reviewed = next(approved(store, [record], registry=None), None)
    instance = determined(store, instance)
    department = instance.department(newest.decision.department)
    one = reviewed or newest
    facts = facts_of(one, department, store, instance.rules)
    verdict = judge(facts, instance.rules, instance.calendar, today, instance.city)
    return Case(store, instance, today, newest, reviewed, department, facts, verdict, tuple(acts(store, record)))
