"""What is due, overdue, held, returned or waiting, with rule and article (D27, D33)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.law.rule import Event, Rank, Rule
from gongshi.law.rules import RuleSet
from gongshi.lifecycle import DueRow, State, due, record_publication
from gongshi.lifecycle.due import due_rows, render_text
from gongshi.store import Store, approved

OFFICE = "112207000135491313"
Rows = Callable[..., list[DueRow]]


@pytest.fixture
def rows(store: Store, instance: Instance) -> Rows:
    return lambda today: list(due(store, instance, today))


@pytest.fixture
def publish(store: Store, clock: Mapping[str, Any]) -> Callable[[date], object]:
    def do(day: date) -> object:
        shown = [(item.id, item.version, item.sort or 1000 + n, day) for n, item in enumerate(approved(store))]
        return record_publication(store, shown, [], day, clock["now"])

    return do


TERMS = [
    # decided on, today, legal due, overdue
    # Saturday 2026-02-28 was worked for the Spring Festival
    ("2026-02-27", date(2026, 3, 2), date(2026, 3, 9), False),
    ("2026-02-27", date(2026, 3, 9), date(2026, 3, 9), False),
    ("2026-02-27", date(2026, 3, 10), date(2026, 3, 9), True),
    ("2026-09-30", date(2026, 10, 15), date(2026, 10, 15), False),
    ("2026-09-30", date(2026, 10, 16), date(2026, 10, 15), True),
]


@pytest.mark.article("D27")
@pytest.mark.parametrize(("decided", "today", "legal_due", "overdue"), TERMS)
def test_a_penalty_is_due_within_seven_working_days(  # noqa: PLR0917
    decided: str, today: date, legal_due: date, overdue: bool, send: Callable, decision: Callable, rows: Rows
) -> None:
    send(decision(1, decided_on=decided), today=today)
    (row,) = rows(today)
    assert (row.legal_due, row.overdue) == (legal_due, overdue)
    assert row.article
    assert row.rule_id
    assert not row.provisional


@pytest.mark.article("D33")
def test_the_clock_runs_while_a_batch_waits_was_returned_or_is_held(
    send: Callable, judge_batch: Callable, decision: Callable, rows: Rows
) -> None:
    judge_batch(send(decision(1)), approve=False, opinion="请改正金额")
    send(decision(2))
    judge_batch(send(decision(3, secrecy_checked="0")))
    judge_batch(send(decision(4)))
    listed = rows(date(2026, 3, 20))
    assert all(row.overdue for row in listed)
    assert {row.number[-2:-1]: row.state for row in listed} == {
        "1": State.RETURNED,
        "2": State.RECEIVED,
        "3": State.HELD,
        "4": State.SCHEDULED,
    }
    text = render_text(listed, date(2026, 3, 20))
    assert text.startswith("截至 2026-03-20：超期未公示 ")
    for words in (
        "超期未公示 4 件",
        "请改正金额",
        "保密审查",
        "应公示日期 2026-03-09，已超期 11 天",
        "松原市试验管理局",
    ):
        assert words in text


def test_held_rows_carry_the_reason_its_rule_and_article(
    send: Callable, judge_batch: Callable, decision: Callable, party: Callable, rows: Rows
) -> None:
    judge_batch(send(decision(1, party("张大山", party_adult_when_decided=None))))
    (row,) = rows(date(2026, 3, 2))
    assert [reason.code for reason in row.reasons] == ["age_unknown"]
    assert row.legal_due == date(2026, 3, 9)


@pytest.mark.article("D18")
def test_a_ground_stops_the_clock_only_once_a_reviewer_confirmed_it(
    send: Callable, judge_batch: Callable, decision: Callable, rows: Rows
) -> None:
    receipt = send(decision(1, withhold_ground="危及安全稳定", withhold_reason="理由"))
    assert [row.overdue for row in rows(date(2026, 3, 20))] == [True]
    judge_batch(receipt)
    assert rows(date(2026, 3, 20)) == []


def test_publication_stops_the_clock(
    send: Callable, judge_batch: Callable, decision: Callable, rows: Rows, publish: Callable
) -> None:
    judge_batch(send(decision(1)))
    publish(date(2026, 3, 4))
    assert rows(date(2026, 3, 20)) == []


CHANGES = [
    # the new version's changed_on, legal due of the new version
    (None, None),
    ("2026-03-09", date(2026, 3, 18)),
]


@pytest.mark.article("D27")
@pytest.mark.parametrize(("changed_on", "legal_due"), CHANGES)
def test_a_change_starts_a_clock_and_a_correction_none(  # noqa: PLR0917
    changed_on: str | None,
    legal_due: date | None,
    send: Callable,
    judge_batch: Callable,
    decision: Callable,
    rows: Rows,
    publish: Callable,
) -> None:
    judge_batch(send(decision(1)))
    publish(date(2026, 3, 4))
    send(decision(1, content="罚款人民币3000元", changed_on=changed_on), today=date(2026, 3, 10))
    (row,) = rows(date(2026, 3, 16))
    assert (row.state, row.legal_due, row.overdue) == (State.RECEIVED, legal_due, False)
    assert [row.overdue for row in rows(date(2026, 4, 20))] == [legal_due is not None]


def test_historical_data_is_outside_timeliness(send: Callable, decision: Callable, rows: Rows) -> None:
    send(decision(1, decided_on="2023-05-04", earlier_published_on="2023-05-06"), earlier=True)
    (row,) = rows(date(2026, 3, 20))
    assert (row.legal_due, row.overdue, row.earlier) == (None, False, True)
    assert "历史数据补录，不计时限" in render_text([row], date(2026, 3, 20))


def test_a_provisional_day_is_marked_and_never_overdue(send: Callable, decision: Callable, rows: Rows) -> None:
    send(decision(1, decided_on="2031-03-03"), today=date(2031, 3, 4))
    (row,) = rows(date(2031, 6, 1))
    assert (row.provisional, row.overdue) == (True, False)
    assert "暂定" in render_text([row], date(2031, 6, 1))


@pytest.mark.parametrize(("day", "soon"), [(3, False), (4, True), (9, True)])
def test_what_is_due_within_three_working_days_is_due_soon(
    day: int, soon: bool, send: Callable, decision: Callable, rows: Rows
) -> None:
    send(decision(1))
    (row,) = rows(date(2026, 3, day))
    assert (row.soon, row.section) == (soon, "即将到期" if soon else "待审核")


def test_the_most_urgent_comes_first_and_json_has_all(send: Callable, decision: Callable, rows: Rows) -> None:
    send(decision(1, decided_on="2026-03-09"), decision(2, decided_on="2026-02-10"), today=date(2026, 3, 9))
    listed = rows(date(2026, 3, 9))
    assert [row.number for row in listed] == ["松试罚〔2026〕2号", "松试罚〔2026〕1号"]
    assert {"legal_due", "section", "article", "reasons"} <= set(listed[0].to_json())


@pytest.mark.parametrize("department", ["", OFFICE, "another"])
def test_what_is_listed_is_what_is_found(  # noqa: PLR0917
    department: str, send: Callable, judge_batch: Callable, decision: Callable, store: Store, instance: Instance
) -> None:
    """The list lies in a file meanwhile: nothing of a row is lost there, neither reasons nor words of a return."""
    judge_batch(send(decision(1, facts="当事人雇佣李建国运输")))
    judge_batch(send(decision(2)), approve=False)
    send(decision(3, decided_on="2026-02-10"))
    today = date(2026, 3, 20)
    found = {row for row in due_rows(store, instance, today) if department in ("", row.department)}
    listed = due(store, instance, today, department=department)
    assert (len(listed), set(listed)) == (len(found), found)
    assert len(found) == (0 if department == "another" else 3)


def test_a_large_batch_that_waits_is_counted_whole_and_listed_in_part(
    send: Callable, decision: Callable, rows: Rows
) -> None:
    send(*(decision(n) for n in range(1, 204)))
    text = render_text(rows(date(2026, 3, 2)), date(2026, 3, 2))
    assert " 203 件" in text
    assert text.count("回执") == 200
    assert text.endswith("其余 3 件见 --json")


def test_nothing_to_do_is_said(rows: Rows) -> None:
    assert "没有" in render_text(rows(date(2026, 3, 2)), date(2026, 3, 2))


def with_rules(instance: Instance, *more: Rule) -> Instance:
    return replace(instance, rules=RuleSet((*instance.rules, *more)))


def own_term(instance: Instance, **given: Any) -> Rule:
    """A term of another issuer, for penalties, beside the shipped ones."""
    term = instance.rules.get("S1.3-licence-penalty")
    assert term is not None
    return replace(term, id="own-term", issuer="别的机关", special_to=frozenset(), **given)


def test_terms_that_nothing_ranks_are_told_to_the_city(
    store: Store, instance: Instance, send: Callable, decision: Callable
) -> None:
    send(decision(1))
    clashing = with_rules(instance, own_term(instance, counted_from=Event.HANDLED))
    (row,) = due(store, clashing, date(2026, 3, 4))
    assert (row.undecided, row.legal_due) == (True, date(2026, 3, 9)), "the earliest day that is known"
    assert "请市里决定" in render_text([row], date(2026, 3, 4))
    (plain,) = due(store, instance, date(2026, 3, 4))
    assert not plain.undecided


@pytest.mark.article("D33")
def test_a_departments_own_goal_stands_beside_the_laws_day_and_makes_nothing_overdue(
    store: Store, instance: Instance, send: Callable, decision: Callable
) -> None:
    send(decision(1))
    goal = own_term(instance, rank=Rank.POLICY, value=3)
    (row,) = due(store, with_rules(instance, goal), date(2026, 3, 5))
    assert (row.legal_due, row.target, row.overdue) == (date(2026, 3, 9), date(2026, 3, 3), False)
    assert "部门自己的目标：2026-03-03" in render_text([row], date(2026, 3, 5))
