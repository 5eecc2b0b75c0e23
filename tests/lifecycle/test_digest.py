"""The second person sees what there is to decide: the decision in a few lines, names in their words, warnings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.intake.problems import Place, problem
from gongshi.lifecycle import Receipt, Reviewed, receipt, submit
from gongshi.records.decision import Decision
from gongshi.store import Store

Make = Callable[..., Decision]
Send = Callable[..., Receipt]


@pytest.mark.article("D30")
def test_a_receipt_for_review_says_what_each_decision_says(send: Send, decision: Make, party: Callable) -> None:
    content = "处罚。" * 100
    made = decision(1, party("松原示例公司", fine="5000"), party("李大山", fine="200.5"), content=content)
    shown = send(made).render_text(for_review=True)
    for words in ("行政处罚　2026-02-27　松原示例公司（", "李大山（", "违法事实：无照经营", "5000 元；200.5 元"):
        assert words in shown
    assert f"处罚内容：{content[:160]}…（共 300 字）" in shown
    assert "不予公开" not in shown
    assert "无照经营" not in send(made).render_text()


@pytest.mark.article("D18")
def test_a_ground_not_to_publish_stands_before_the_reviewer_with_its_reason(send: Send, decision: Make) -> None:
    shown = send(decision(1, withhold_ground="妨害执法", withhold_reason="同案仍在调查")).render_text(for_review=True)
    assert "不予公开情形：妨害执法" in shown
    assert "不予公开理由：同案仍在调查" in shown


def test_a_possible_name_stands_in_its_words(send: Send, decision: Make) -> None:
    facts = "经查，当事人自二〇二五年十月起雇佣驾驶员李建国运输砂石料三车，未办理准运手续。"
    found = send(decision(1, facts=facts))
    assert "李建国（…〇二五年十月起雇佣驾驶员李建国运输砂石料三车，未办理准…）" in found.render_text(for_review=True)
    assert "李建国（" not in found.render_text()


def test_a_receipt_says_how_it_was_reviewed(
    send: Send, decision: Make, store: Store, instance: Instance, judge_batch: Callable[..., Reviewed]
) -> None:
    sent = send(decision(1))
    judge_batch(sent, approve=False, opinion="金额单位错误")
    shown = receipt(store, instance, sent.id).render_text(for_review=True)
    assert "退回修改（孙审核，2026-03-02）：金额单位错误" in shown
    assert "审核通过后公示" not in shown


@pytest.fixture
def warned(batch: Callable[..., Any], decision: Make) -> Any:
    """A batch of which two rows were left out and one was warned about."""
    at = Place("批次.xlsx", "行政处罚", 2, "证件号码")
    found = (problem("W262", at, "220702"), problem("W101", Place("批次.xlsx", "行政处罚", 1, "序号"), nearest=""))
    return replace(batch(decision(1), raw=b"x"), problems=found, left_out=2)


def test_the_reviewer_sees_the_check_s_warnings_without_the_values(
    store: Store, instance: Instance, clock: Any, warned: Any
) -> None:
    sent = submit(store, instance, warned, by="赵提交", **clock)
    assert "有 2 行有错误，没有接收" in sent.render_text()
    assert "检查提醒 W262 证件号码位数不对：批次.xlsx／行政处罚 第 2 行" in sent.warnings
    assert not [line for line in sent.warnings if "W101" in line or "220702" in line]


def test_a_file_whose_left_out_rows_have_become_right_is_another_batch(
    store: Store, instance: Instance, clock: Any, warned: Any, decision: Make
) -> None:
    first = submit(store, instance, warned, by="赵提交", **clock)
    assert submit(store, instance, warned, by="赵提交", **clock).again
    whole = replace(warned, decisions=(decision(1), decision(2)), left_out=0)
    second = submit(store, instance, whole, by="赵提交", **clock)
    assert second.id != first.id
    assert (second.counts["unchanged"], second.counts["added"]) == (1, 1)
