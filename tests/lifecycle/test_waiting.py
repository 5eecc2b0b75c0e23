"""What waits for a person: the second one by the day the law sets, a review of D18, a look at what came again."""

from __future__ import annotations

from datetime import date

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle import attention as looking
from gongshi.lifecycle.acts import waiting
from gongshi.lifecycle.acts.waiting import open_acts
from gongshi.lifecycle.attention import Sort, attention
from gongshi.lifecycle.due import due
from gongshi.lifecycle.erasure import erase_decisions
from gongshi.store import Store, approved

FRIDAY, MONDAY, TUESDAY = date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)


@pytest.mark.article("D28")
def test_a_suspension_is_confirmed_by_the_next_working_day(public, acts, store, instance) -> None:
    act = acts.suspend(public(), today=FRIDAY)
    (row,) = open_acts(store, instance, MONDAY)
    assert (row.number, row.deadline, row.overdue, bool(row.article)) == (act.number, MONDAY, False, True)
    (row,) = open_acts(store, instance, TUESDAY)
    assert row.overdue
    text = "\n".join(waiting.render_text([row]))
    assert "已超期" in text
    assert f"事项 {act.number}" in text
    assert row.to_json()["deadline"] == "2026-03-09"
    acts.decline(act.number, today=TUESDAY)
    assert open_acts(store, instance, TUESDAY) == []
    assert waiting.render_text([]) == []


@pytest.mark.article("D28")
@pytest.mark.parametrize(
    ("received", "deadline"), [("2026-03-02", date(2026, 3, 5)), ("2026-03-05", date(2026, 3, 10))]
)
def test_a_withdrawal_is_due_three_working_days_from_effect_or_receipt(  # noqa: PLR0917
    received, deadline, public, acts, store, instance
) -> None:
    fields = {**acts.revoked, "received_on": received}
    acts.withdraw(public(), fields=fields, today=date(2026, 3, 5))
    (row,) = open_acts(store, instance, TUESDAY)
    assert (row.deadline, row.overdue, row.ending) == (deadline, deadline < TUESDAY, "撤销")
    text = "\n".join(row.render_text())
    assert "终止文书文号：松政复决〔2026〕3号" in text
    assert "撤下理由（公开）：经复议认定程序违法" in text, "the second person sees what is to be confirmed"


def test_a_return_has_no_term_and_what_was_erased_waits_no_more(public, acts, store, instance, rebuild) -> None:
    record = public()
    acts.confirm(acts.withdraw(record).number)
    acts.restore(record)
    (row,) = open_acts(store, instance, TUESDAY)
    assert (row.act, row.deadline, row.overdue) == ("restore", None, False)
    erase_decisions(store, [record], reason="依法", by="管理员", now=acts.first["now"])
    assert open_acts(store, instance, TUESDAY) == []


def test_what_persons_took_down_is_no_publication_that_is_due(public, acts, store, instance, rebuild) -> None:
    one, other = public(), public(number=2)
    acts.suspend(one)
    acts.confirm(acts.withdraw(other).number)
    rebuild()
    assert not due(store, instance, date(2026, 6, 1))


GROUND = {"withhold_ground": "妨害执法", "withhold_reason": "侦查未结束", "withhold_review_on": "2026-03-06"}


def listed(store: Store, instance: Instance, today: date) -> list[tuple[Sort, date | None]]:
    return [(one.sort, one.since) for one in attention(store, instance, today)]


@pytest.mark.article("D18")
def test_a_review_date_that_passed_is_listed_until_a_new_version_sets_another(  # noqa: PLR0917
    send, judge_batch, decision, rebuild, store, instance
) -> None:
    receipt = send(decision(1, **GROUND))
    assert listed(store, instance, MONDAY) == []
    judge_batch(receipt)
    assert listed(store, instance, FRIDAY) == []
    assert listed(store, instance, MONDAY) == [(Sort.REVIEW, FRIDAY)]
    (one,) = attention(store, instance, MONDAY)
    assert one.overdue
    assert "2026-03-06" in "\n".join(looking.render_text([one]))
    judge_batch(send(decision(1, **{**GROUND, "withhold_review_on": "2026-06-01"})))
    assert listed(store, instance, MONDAY) == []


@pytest.mark.article("D18")
def test_the_review_date_of_an_end_counts_too(public, acts, store, instance) -> None:
    fields = {"ground": "妨害执法", "note": "侦查", "review_on": "2026-03-06"}
    acts.confirm(acts.withdraw(public(), ending="ground", fields=fields).number)
    assert listed(store, instance, MONDAY) == [(Sort.REVIEW, FRIDAY)]


def test_what_is_sent_again_after_it_came_down_asks_for_a_look(  # noqa: PLR0917
    public, acts, send, judge_batch, decision, rebuild, store, instance
) -> None:
    acts.confirm(acts.withdraw(public()).number)
    rebuild()
    receipt = send(decision(1, content="罚款人民币6000元"))
    assert listed(store, instance, MONDAY) == []
    judge_batch(receipt)
    rebuild(MONDAY)
    assert listed(store, instance, MONDAY) == [(Sort.SENT_AGAIN, None)]
    (item,) = approved(store)
    acts.confirm(acts.restore(item.id, today=MONDAY).number, today=MONDAY)
    assert listed(store, instance, MONDAY) == []
