"""The law of registers and lists: what is in force on a day, whether a certificate holds, who reviews, what is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.instance import Instance, load
from gongshi.law.calendar import Calendar, YearOverride
from gongshi.law.registry import (
    DECLARED,
    Standing,
    Validity,
    Version,
    in_force,
    next_day,
    reviewers_share,
    second_review,
    standing,
    turns,
    update_due,
    validity,
    validity_turns,
)
from gongshi.law.rule_words import BODIES, content_words
from gongshi.law.rules import RuleSet
from gongshi.records import REGISTRY_KINDS
from gongshi.records.registry.officer import STATES, VALID
from gongshi.sample.generate import PROJECT

CALENDAR = Calendar()
D = date.fromisoformat
UPCOMING, IN_FORCE, ENDED, GONE = Standing


@pytest.fixture(scope="module")
def instance() -> Instance:
    return load(PROJECT)


OLD, NEW = Version(1, D("2026-01-01"), None), Version(2, D("2026-06-01"), D("2026-12-31"))
MENDED = Version(3, D("2026-01-01"), None)


@pytest.mark.article("D5")
@pytest.mark.parametrize(
    ("versions", "today", "found"),
    [
        ([OLD, NEW], "2025-12-31", None),
        ([OLD, NEW], "2026-01-01", OLD),
        ([OLD, NEW], "2026-05-31", OLD),
        ([OLD, NEW], "2026-06-01", NEW),
        ([NEW, OLD], "2027-06-01", NEW),
        ([OLD, NEW, MENDED], "2026-05-31", MENDED),
        ([OLD, NEW, MENDED], "2026-06-01", NEW),
        ([], "2026-06-01", None),
    ],
)
def test_the_newest_version_that_has_taken_effect_is_in_force(
    versions: list[Version], today: str, found: Version | None
) -> None:
    assert in_force(versions, D(today)) == found


@pytest.mark.article("D5")
@pytest.mark.parametrize(
    ("version", "today", "found"),
    [
        (None, "2026-06-01", UPCOMING),
        (NEW, "2026-05-31", UPCOMING),
        (NEW, "2026-06-01", IN_FORCE),
        (NEW, "2026-12-31", IN_FORCE),
        (NEW, "2027-01-01", ENDED),
        (NEW, "2027-06-30", ENDED),
        (NEW, "2027-07-01", GONE),
        (OLD, "2099-01-01", IN_FORCE),
    ],
)
def test_what_is_over_stays_for_a_while_and_goes(version: Version | None, today: str, found: Standing) -> None:
    assert standing(version, D(today), 6, CALENDAR) is found


@pytest.mark.article("D7")
@pytest.mark.parametrize(
    ("state", "today", "found"),
    [
        ("", "2026-03-01", Validity.NOT_YET),
        ("有效", "2026-03-02", Validity.VALID),
        ("有效", "2028-03-01", Validity.VALID),
        ("有效", "2028-03-02", Validity.EXPIRED),
        ("", "2028-03-02", Validity.EXPIRED),
        ("暂扣", "2027-01-01", Validity.SUSPENDED),
        ("暂扣", "2029-01-01", Validity.SUSPENDED),
        ("注销", "2027-01-01", Validity.REVOKED),
        ("吊销", "2026-01-01", Validity.REVOKED),
    ],
)
def test_a_certificate_holds_by_what_was_declared_and_by_its_days(state: str, today: str, found: Validity) -> None:
    assert validity(state, D("2026-03-02"), D("2028-03-01"), D(today)) is found


def test_every_state_that_can_be_declared_is_known() -> None:
    assert set(STATES) == {VALID, *DECLARED}


DAYS = st.dates(D("2025-01-01"), D("2027-12-31"))
VERSIONS = st.lists(st.tuples(DAYS, st.none() | st.integers(0, 400)), max_size=4).map(
    lambda rows: [
        Version(seq, start, None if length is None else start + timedelta(days=length))
        for seq, (start, length) in enumerate(rows, 1)
    ]
)


@given(VERSIONS, DAYS, st.integers(1, 24), st.integers(0, 900))
def test_nothing_changes_before_the_next_turn(versions: list[Version], today: date, kept: int, later: int) -> None:
    until = next_day(turns(versions, kept, CALENDAR), today)
    day = today + timedelta(days=later)
    if until is None or day < until:
        then, now = (in_force(versions, one) for one in (day, today))
        assert (then, standing(then, day, kept, CALENDAR)) == (now, standing(now, today, kept, CALENDAR))


@given(st.sampled_from(STATES), DAYS, DAYS, DAYS, st.integers(0, 900))
def test_no_certificate_changes_before_its_next_turn(
    state: str, valid_from: date, valid_to: date, today: date, later: int
) -> None:
    until = next_day(validity_turns(valid_from, valid_to), today)
    day = today + timedelta(days=later)
    if until is None or day < until:
        assert validity(state, valid_from, valid_to, day) is validity(state, valid_from, valid_to, today)


def test_the_next_day_is_the_earliest_that_lies_ahead() -> None:
    days = [None, D("2026-01-01"), D("2026-03-01"), D("2026-02-01")]
    assert next_day(days, D("2026-01-01")) == D("2026-02-01")
    assert next_day(days, D("2026-03-01")) is None


@pytest.mark.article("D22", "D23")
@pytest.mark.parametrize("kind", REGISTRY_KINDS)
def test_two_lists_are_reviewed_by_another_body_and_nothing_else_is(instance: Instance, kind: str) -> None:
    wanted = {
        "enforcement_item": ("D22-second", "legal_body"),
        "random_inspection_item": ("D23-second", "market_supervision"),
    }
    for department in instance.departments.values():
        rule = second_review(instance.rules, kind, department, D("2026-11-20"))
        assert (rule and (rule.id, rule.value)) == wanted.get(kind)
        assert not rule or content_words(rule).endswith(f"还须经{BODIES[str(rule.value)]}审核")
    assert second_review(instance.rules, kind, next(iter(instance.departments.values())), D("2019-12-31")) is None


@pytest.mark.article("D25")
@pytest.mark.parametrize(
    ("changed_on", "due_on"),
    [("2026-09-01", "2026-09-29"), ("2026-09-10", "2026-10-14"), ("2026-11-02", "2026-11-30")],
)
def test_what_a_change_touches_is_due_in_twenty_working_days(instance: Instance, changed_on: str, due_on: str) -> None:
    due = update_due(D(changed_on), instance.rules, instance.calendar)
    assert (due.on, due.rule_id, due.provisional) == (D(due_on), "D25-update", False)
    assert due.overdue(D(due_on) + timedelta(days=1))
    assert not due.overdue(D(due_on))


@pytest.mark.article("D25")
def test_days_that_are_made_up_for_count_and_a_year_not_announced_is_provisional(instance: Instance) -> None:
    weekend = YearOverride(year=2026, document="国办", holidays=frozenset(), working_days=frozenset({D("2026-11-07")}))
    assert update_due(D("2026-11-02"), instance.rules, Calendar({2026: weekend})).on == D("2026-11-27")
    assert update_due(D("2031-03-03"), instance.rules, instance.calendar).provisional
    assert update_due(D("2019-06-03"), instance.rules, instance.calendar).on is None


@pytest.mark.article("S3.1")
def test_the_share_of_reviewers_is_a_rule_that_obliges_nobody(instance: Instance) -> None:
    found = reviewers_share(instance.rules, D("2026-11-20"))
    assert found is not None
    assert (found[0], found[1].id, found[1].effect.value) == (5, "S3.1-share", "may")
    assert content_words(found[1]) == "法制审核人员的比例：原则上不少于执法人员的5%"
    assert reviewers_share(RuleSet(), D("2026-11-20")) is None
