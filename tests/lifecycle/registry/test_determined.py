"""What a department determined of its coercion, levies and charges lets these decisions out (D16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.law.publishability import Standing
from gongshi.law.rule import Question
from gongshi.lifecycle.case import case_of
from gongshi.lifecycle.determined import determined, mark
from gongshi.lifecycle.due import due_rows
from gongshi.records.decision import Decision
from gongshi.store import Store

pytestmark = pytest.mark.article("D16")

DEPARTMENT = "112207000135491313"
TODAY = date(2026, 3, 2)


@pytest.fixture
def charge() -> Decision:
    return Decision(
        kind="charge",
        department=DEPARTMENT,
        key=f"{DEPARTMENT}/charge/松试费2026-1",
        values={"document_number": "松试费〔2026〕1号", "decided_on": "2026-02-27", "secrecy_checked": "1"},
        parties=({"party_name": "松原示例公司", "party_type": "法人及非法人组织"},),
        kept={},
    )


@pytest.fixture
def determination(record: Callable) -> Callable[..., Decision]:
    def make(act: str = "行政收费", **values: Any) -> Decision:
        given = {"content": "公开文号和金额。", "document": "松试发〔2026〕8号", "decided_on": "2026-01-01", **values}
        return record("determination", act=act, **given)

    return make


def reasons(store: Store, instance: Instance, record: str, today: date = TODAY) -> list[str]:
    return [reason.code for reason in case_of(store, instance, record, today).verdict.reasons]


def test_without_one_nothing_changes(store: Store, instance: Instance) -> None:
    assert determined(store, instance) is instance
    assert mark(store) == ""


def test_the_department_s_determination_lets_its_charges_out(
    store: Store, instance: Instance, approved: Callable, charge: Decision, determination: Callable, *, send: Callable
) -> None:
    (record,) = approved(charge)
    assert reasons(store, instance, record) == ["determination_missing"]
    (row,) = due_rows(store, instance, TODAY)
    assert [reason.code for reason in row.reasons] == ["determination_missing"]
    send(determination())
    assert reasons(store, instance, record) == ["determination_missing"], "nobody has reviewed it"
    approved(determination("行政征收"), determination(secrecy_checked="0"))
    assert reasons(store, instance, record) == ["determination_missing"], "it is about levies, or not published"
    approved(determination(document="松试发〔2026〕9号"))
    case = case_of(store, instance, record, TODAY)
    assert (case.verdict.standing, case.again().verdict.standing) == (Standing.PUBLISH, Standing.PUBLISH)
    assert [row.reasons for row in due_rows(store, instance, TODAY)] == [()]


def test_another_department_s_does_not(
    store: Store, instance: Instance, approved: Callable, charge: Decision, determination: Callable
) -> None:
    (record,) = approved(charge)
    approved(determination())
    rules = determined(store, instance).rules.asking(Question.DETERMINATION)
    assert [rule.scope.departments for rule in rules if rule.decided_by.startswith("松试发")] == [{DEPARTMENT}]
    assert reasons(store, instance, record) == []


def test_it_counts_from_its_first_to_its_last_day(
    store: Store, instance: Instance, approved: Callable, charge: Decision, determination: Callable
) -> None:
    (record,) = approved(charge)
    approved(determination(effective_from="2026-03-10", effective_to="2026-03-31"))
    approved(determination(effective_from="2026-03-20", effective_to="2026-04-30", content="另一种内容。"))
    found = {
        day: reasons(store, instance, record, date.fromisoformat(day))
        for day in ("2026-03-09", "2026-03-10", "2026-03-20", "2026-04-30", "2026-05-01")
    }
    missing = ["determination_missing"]
    assert list(found.values()) == [missing, [], [], [], missing]
    rules = [rule for rule in determined(store, instance).rules.rules if rule.id.startswith("determination:")]
    assert [str(rule.effective_to) for rule in rules] == ["2026-03-19", "2026-04-30"]


def test_taken_down_it_no_longer_counts(  # noqa: PLR0917
    store: Store, instance: Instance, approved: Callable, charge: Decision, determination: Callable, acts: Any
) -> None:
    record, rule = approved(charge, determination())
    before = mark(store)
    assert reasons(store, instance, record) == []
    number = acts.suspend(rule).number
    assert reasons(store, instance, record) == ["determination_missing"]
    acts.decline(number)
    assert reasons(store, instance, record) == []
    assert mark(store) == before != ""
