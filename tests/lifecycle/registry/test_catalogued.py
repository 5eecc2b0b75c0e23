"""What a department filed as its catalogue of major decisions is its list: what matches waits for its review (L3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.law.horizon import next_era
from gongshi.law.review.major import triggers
from gongshi.law.rule_words import scope_words
from gongshi.lifecycle.case import case_of
from gongshi.lifecycle.cases.majors import recognised
from gongshi.lifecycle.determined import determined, is_determined
from gongshi.records.decision import Decision
from gongshi.store import Store
from gongshi.store.cases import case_row
from gongshi.store.changes import changed_since, position
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation
from tests.lifecycle.legal.casework import case_said

pytestmark = pytest.mark.article("L3", "S3.2")

DEPARTMENT = "112207000135491313"
TODAY, NOW = date(2026, 3, 2), datetime.fromisoformat("2026-03-02T09:00+08:00")
CLOSURE = {"penalty_class": "罚款、责令停产停业"}
LISTED = {"penalty_classes": "责令停产停业、责令关闭"}
WAITS = ["legal_review_unverified"]


@pytest.fixture
def entry(record: Callable) -> Callable[..., Decision]:
    """An entry of the catalogue."""

    def make(name: str = "停产停业", act: str = "行政处罚", **values: Any) -> Decision:
        given = {"matter": "责令停产停业的处罚。", "trigger": "直接关系重大权益", "body": "法规科", **values}
        return record("review_catalogue", name=name, act=act, **given)

    return make


def reasons(store: Store, instance: Instance, record: str) -> Sequence[str]:
    return [reason.code for reason in case_of(store, instance, record, TODAY).verdict.reasons]


def test_a_decision_waits_for_as_long_as_the_entry_stands(  # noqa: PLR0917
    store: Store, instance: Instance, approved: Callable, decision: Callable, entry: Callable, acts: Any
) -> None:
    closed, fined = approved(decision(1, **CLOSURE), decision(2, penalty_class="罚款"))
    assert reasons(store, instance, closed) == []
    before = position(store)
    (filed,) = approved(entry(**LISTED))
    assert (reasons(store, instance, closed), reasons(store, instance, fined)) == (WAITS, [])
    assert changed_since(store, before) == sorted([closed, fined]), "what its department decided is looked at again"
    rules = determined(store, instance).rules
    case = case_of(store, instance, closed, TODAY)
    (told,) = triggers(case.facts, rules, case.facts.event_on)
    assert (told.code, told.rule_id, told.title) == ("list", f"review_catalogue:{filed}:2026-01-01", "停产停业")
    assert "重大执法决定法制审核目录" in told.article
    before = position(store)
    number = acts.suspend(filed).number
    assert reasons(store, instance, closed) == []
    assert closed in changed_since(store, before)
    acts.decline(number)
    assert reasons(store, instance, closed) == WAITS
    assert not any(map(is_determined, rules)), "no determination of what is public"


def test_it_counts_by_the_day_of_the_decision(
    store: Store, instance: Instance, approved: Callable, decision: Callable, entry: Callable
) -> None:
    days = ("2026-02-09", "2026-02-10", "2026-02-20", "2026-02-21")
    numbers = enumerate(days, start=1)
    records = approved(*(decision(number, **CLOSURE, decided_on=day) for number, day in numbers))
    era = next_era(instance.rules, TODAY)
    approved(entry(**LISTED, effective_from="2026-02-10", effective_to="2026-02-20"))
    assert [reasons(store, instance, record) for record in records] == [[], WAITS, WAITS, []]
    approved(entry(**LISTED, effective_from="2026-07-01", name="以后"))
    assert next_era(determined(store, instance).rules, TODAY) == era, "no day on which everything is judged again"


def test_a_case_in_the_system_is_a_major_one_by_it(
    store: Store, instance: Instance, approved: Callable, entry: Callable
) -> None:
    approved(entry(**LISTED))
    said = case_said(major=False)
    said["values"] |= {"penalty_class": "责令停产停业"}
    with store.write():
        store.append([Draft("赵提交", DEPARTMENT, "", "case", "c" * 16, Operation.CASE, said)], NOW)
    case = case_row(store, "c" * 16)
    assert case is not None
    with store.write():
        found = recognised(store, instance, case, on=TODAY, by="赵提交", now=NOW)
    assert (case.major, found.major, found.triggers) == (False, True, {"list"})


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({}, ""),
        ({"trigger": "案情疑难复杂"}, ""),
        ({"party_types": "自然人"}, ""),
        ({"fine_at_least": "50000"}, "罚款50000元以上"),
        ({"fine_at_least": "5000", "party_types": "自然人"}, "行政相对人：自然人"),
        ({"items": "2207-CF-001、2207-CF-002"}, "事项：2207-CF-001、2207-CF-002"),
        ({"confiscated_at_least": "10000", "penalty_classes": "没收违法所得"}, "没收10000元以上"),
        ({"act": "其他", "items": "1"}, ""),
    ],
)
def test_what_only_a_person_can_judge_is_no_rule(  # noqa: PLR0917
    store: Store, instance: Instance, approved: Callable, entry: Callable, criteria: dict[str, str], found: str
) -> None:
    approved(entry(**criteria))
    scopes = [scope_words(rule.scope) for rule in determined(store, instance).rules if ":" in rule.id]
    assert [found in scope and "程序不是：简易程序" in scope for scope in scopes] == [True] * bool(found)
