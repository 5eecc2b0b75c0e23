"""gongshi explain: where a decision stands, how it came there and what the law says, with nothing of its parties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.law.rule import Question
from gongshi.lifecycle.case import case_of
from gongshi.lifecycle.explained import Explained, explain
from gongshi.store import Store
from gongshi.system.console import as_json

DAY = date(2026, 3, 4)


@pytest.fixture
def explained(store: Store, instance: Instance) -> Callable[..., Explained]:
    def do(record: str, day: date = DAY) -> Explained:
        return explain(case_of(store, instance, record, day))

    return do


def test_what_is_public_is_argued_with_its_rules_and_days(public: Any, explained: Any) -> None:
    text = explained(public()).render_text()
    assert "松试罚〔2026〕1号　行政处罚　松原市试验管理局" in text
    assert "当前状态：已公示" in text
    assert "2026-03-03 公示" in text
    assert "应当在 2026-03-09 以前（含当日）公示。首次公示 2026-03-03，按期" in text
    assert "公示到 2031-03-03（含当日）" in text
    assert "结论（截至 2026-03-04）：依法公示" in text


@pytest.mark.article("D18")
def test_no_value_of_a_party_is_told(public: Any, explained: Any) -> None:
    found = explained(public("王某甲", "松原隐名公司", facts="王某甲无照经营", content="罚款人民币8642元"))
    told = found.render_text() + as_json(found)
    assert not [value for value in ("王某甲", "松原隐名公司", "无照经营", "8642") if value in told]


def test_a_proposed_end_and_its_confirmation_are_told_with_term_and_rule(
    public: Any, acts: Any, explained: Any
) -> None:
    record = public()
    act = acts.withdraw(record)
    waiting = explained(record)
    assert "2026-03-02 撤下（撤销），等待确认" in waiting.happened
    assert "结论（截至 2026-03-04）：依法公示" in waiting.render_text()
    acts.confirm(act.number)
    found = explained(record)
    text = found.render_text()
    assert "当前状态：已撤下" in text
    assert "2026-03-02 撤下（撤销），2026-03-02 已确认" in found.happened
    assert "恢复须两人办理" in text
    assert "应当在 2026-03-05 以前（含当日）撤下" in text
    assert "P48-revoked" in {one.winner for one in found.answer.asked if one.question is Question.ENDING}
    assert found.by_hand
    assert "撤下以前的结论（截至 2026-03-04）：依法公示" in text
    assert text.endswith("现在：已撤下，不在网站上。")


def test_a_suspension_names_the_day_by_which_the_second_person_answers(public: Any, acts: Any, explained: Any) -> None:
    record = public()
    acts.suspend(record)
    text = explained(record).render_text()
    assert "当前状态：紧急下架（待确认）" in text
    assert "2026-03-02 紧急下架，等待确认，另一人应当在 2026-03-03 以前确认" in text


def test_what_expired_says_why_it_stays_down(public: Any, rebuild: Any, explained: Any) -> None:
    record = public("王某甲")
    rebuild(date(2028, 3, 4))
    text = explained(record, date(2028, 3, 4)).render_text()
    assert "当前状态：公示期满" in text
    assert "因“公示期满”离开网站" in text
    assert "结论（截至 2028-03-04）：公示期满，不再公示" in text


def test_what_waits_for_review_is_told_too(send: Any, decision: Any, explained: Any) -> None:
    record = send(decision(1)).entries[0].id
    found = explained(record, DAY + timedelta(days=30))
    assert "当前状态：待审核" in found.render_text()
    assert "已经超期" in found.render_text()
