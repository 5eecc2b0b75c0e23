"""A change of law or organisation makes every record that rests on it due within twenty working days (D25)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle.errors import ReviewerUnknown, SamePerson
from gongshi.lifecycle.registry.errors import UpholdRefused
from gongshi.lifecycle.registry.updates import outdated, uphold
from gongshi.records.changes import Change
from gongshi.records.decision import Decision
from gongshi.store import Store, verify
from gongshi.store.changes import changed_since, position

pytestmark = pytest.mark.article("D25")

DEPARTMENT = "112207000135491313"
LAW = Change(
    id="food", on=date(2026, 3, 2), what="修改", document="示例", laws=frozenset({"《中华人民共和国食品安全法》"})
)
OFFICE = replace(LAW, id="office", laws=frozenset(), departments=frozenset({DEPARTMENT}), what="职能调整")
LAST = date(2026, 3, 30)


@pytest.fixture(scope="session")
def changing(instance: Instance) -> Instance:
    return replace(instance, changes=(LAW,))


@pytest.fixture(scope="session")
def guide(record: Callable) -> Callable[..., Decision]:
    basis = (
        {"law": "《中华人民共和国食品安全法》", "article": "第三十五条", "text": "国家对食品生产经营实行许可制度。"},
    )

    def make(**values: Any) -> Decision:
        return record("service_guide", item_code="2207-XK-001", name="食品经营许可", basis=basis, **values)

    return make


def found(store: Store, instance: Instance, today: date = LAST) -> list[tuple[str, bool]]:
    return [(one.id, one.overdue) for one in outdated(store, instance, today)]


def test_a_record_is_due_from_the_day_of_effect_for_twenty_working_days(
    store: Store, changing: Instance, approved: Callable, guide: Callable, officer: Callable
) -> None:
    record, _ = approved(guide(), officer())
    assert found(store, changing, date(2026, 3, 1)) == []
    (one,) = outdated(store, changing, LAST)
    assert (one.change, one.due.on, one.due.rule_id, one.overdue) == (LAW, LAST, "D25-update", False)
    assert (one.number, one.title) == ("2207-XK-001", "食品经营许可")
    assert found(store, changing, date(2026, 3, 31)) == [(record, True)]


def test_a_version_of_the_day_of_the_change_or_later_brings_it_up_to_date(
    store: Store, changing: Instance, approved: Callable, guide: Callable
) -> None:
    (one,) = approved(guide())
    approved(guide(effective_from="2026-03-01"))
    assert found(store, changing) == [(one, False)], "it came before the change"
    approved(guide(effective_from="2026-03-02"))
    assert found(store, changing) == []


@pytest.mark.parametrize(("until", "due"), [("2026-03-01", 0), ("2026-03-02", 0), ("2026-03-30", 1), (None, 1)])
def test_what_has_ended_is_not_due(
    until: str | None, due: int, store: Store, changing: Instance, approved: Callable, *, guide: Callable
) -> None:
    approved(guide(effective_to=until))
    assert len(found(store, changing)) == due


def test_an_organisation_s_change_touches_all_of_its_records(
    store: Store, instance: Instance, approved: Callable, officer: Callable, record: Callable
) -> None:
    both = set(approved(officer(), record("post_board", window="1", post="窗口")))
    assert {one for one, _ in found(store, replace(instance, changes=(OFFICE,)))} == both
    other = replace(OFFICE, departments=frozenset({"1" * 18}))
    assert found(store, replace(instance, changes=(other,))) == []


def test_a_reviewer_upholds_what_need_not_change(
    store: Store, instance: Instance, approved: Callable, officer: Callable, clock: Mapping[str, Any]
) -> None:
    (record,) = approved(officer())
    city = replace(instance, changes=(OFFICE,))
    before = position(store)
    done = uphold(store, city, record, change="office", by="孙审核", opinion="内容不变", **clock)
    assert (done.changed, "确认" in done.render_text()) == (True, True)
    assert found(store, city) == []
    assert changed_since(store, before, registry=True) == [record], "its page changes"
    assert uphold(store, city, record, change="office", by="孙审核", opinion="", **clock).changed is False
    assert verify(store).ok


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"change": "no-such"}, UpholdRefused),
        ({"change": "food"}, UpholdRefused),
        ({"by": "赵提交"}, ReviewerUnknown),
        ({"today": date(2026, 3, 1)}, UpholdRefused),
    ],
)
def test_nothing_else_is_upheld(  # noqa: PLR0917
    how: dict[str, Any],
    error: type[Exception],
    store: Store,
    instance: Instance,
    approved: Callable,
    officer: Callable,
    *,
    clock: Mapping[str, Any],
) -> None:
    (record,) = approved(officer())
    city = replace(instance, changes=(LAW, OFFICE))
    given = {"change": "office", "by": "孙审核", "opinion": "", **clock, **how}
    with pytest.raises(error):
        uphold(store, city, record, **given)


def test_who_submitted_does_not_uphold(  # noqa: PLR0917
    store: Store, instance: Instance, send: Callable, judge_batch: Callable, officer: Callable, clock: Mapping[str, Any]
) -> None:
    sent = send(officer(), by="钱兼任")
    judge_batch(sent)
    city = replace(instance, changes=(OFFICE,))
    with pytest.raises(SamePerson):
        uphold(store, city, sent.entries[0].id, change="office", by="钱兼任", opinion="", **clock)


def test_what_was_taken_down_is_not_due(
    store: Store, instance: Instance, approved: Callable, officer: Callable, acts: Any
) -> None:
    (record,) = approved(officer())
    acts.suspend(record)
    assert found(store, replace(instance, changes=(OFFICE,))) == []
