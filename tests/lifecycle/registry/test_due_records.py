"""gongshi due lists what waits for a person: reviews of both kinds, what takes effect later, what is out of date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle.case import case_of
from gongshi.lifecycle.finding import find
from gongshi.lifecycle.registry.due import RecordRow, record_rows, render_text
from gongshi.lifecycle.registry.explained import explain_record
from gongshi.lifecycle.registry.second import second_review
from gongshi.lifecycle.registry.states import LABELS, RecordState, state_of
from gongshi.records.changes import Change
from gongshi.store import Store
from gongshi.store.registered import registered

DEPARTMENT = "112207000135491313"
TODAY = date(2026, 3, 2)
LAW = Change(
    id="food", on=date(2026, 3, 2), what="修改", document="示例号", laws=frozenset({"《中华人民共和国食品安全法》"})
)


@pytest.fixture
def rows(store: Store, instance: Instance) -> Callable[..., list[RecordRow]]:
    def ask(today: date = TODAY, department: str = "", changes: tuple[Change, ...] = ()) -> list[RecordRow]:
        return record_rows(store, replace(instance, changes=changes), today, department)

    return ask


def told(rows: list[RecordRow]) -> list[tuple[str, RecordState, tuple[str, ...]]]:
    return [(row.kind, row.state, row.numbers) for row in rows]


def test_nothing_waits_in_an_empty_store(rows: Callable) -> None:
    assert rows() == []
    assert render_text([]) == []


@pytest.mark.article("D30")
def test_what_is_to_be_reviewed_is_one_row_for_a_batch(rows: Callable, send: Callable, officer: Callable) -> None:
    sent = send(officer(), officer("22070100002"))
    (row,) = rows()
    assert (row.state, row.numbers, row.receipt) == (RecordState.RECEIVED, ("22070100001", "22070100002"), sent.id)
    text = "\n".join(render_text([row]))
    assert "执法人员 2 件　待审核　回执" in text
    assert "22070100001、22070100002" in text
    assert rows(department="0" * 18) == []
    assert rows(department=DEPARTMENT) == [row]


def test_what_was_returned_says_why(rows: Callable, send: Callable, officer: Callable, judge_batch: Callable) -> None:
    judge_batch(send(officer()), approve=False, opinion="证号有误")
    (row,) = rows()
    assert (row.state, row.said) == (RecordState.RETURNED, "退回意见：证号有误")


@pytest.mark.article("D22")
def test_what_waits_for_another_body_says_for_whom(  # noqa: PLR0917
    rows: Callable,
    approved: Callable,
    item: Callable,
    officer: Callable,
    store: Store,
    instance: Instance,
    *,
    clock: Mapping[str, Any],
) -> None:
    approved(item(), officer())
    (row,) = rows()
    assert (row.state, row.waits_for, row.overdue) == (RecordState.REVIEWED, "松原市司法局", False)
    assert "待第二道审核：松原市司法局" in "\n".join(render_text([row]))
    assert "第二十二条" in row.article
    (body,) = row.bodies
    assert rows(department=body) == [row], "who reviews asks for its own department"
    second_review(store, instance, row.receipt, by="钟示公", approve=True, opinion="", **clock)
    assert rows() == []


def test_without_a_body_it_says_so(approved: Callable, item: Callable, store: Store, instance: Instance) -> None:
    approved(item())
    nobody = {key: replace(one, second_reviews=()) for key, one in instance.departments.items()}
    (row,) = record_rows(store, replace(instance, departments=nobody), TODAY)
    assert "尚未登记" in row.waits_for


@pytest.mark.article("D5")
def test_what_takes_effect_later_waits_for_its_day(rows: Callable, approved: Callable, officer: Callable) -> None:
    approved(officer(), officer("22070100002", effective_from="2026-04-01"))
    approved(officer(effective_from="2026-05-01"))
    assert [(row.state, row.numbers, str(row.until)) for row in rows()] == [
        (RecordState.UPCOMING, ("22070100002",), "2026-04-01"),
        (RecordState.UPCOMING, ("22070100001",), "2026-05-01"),
    ]
    assert "2026-04-01 生效" in "\n".join(render_text(rows()))
    assert rows(date(2026, 5, 1)) == []


@pytest.mark.article("D25")
def test_what_is_out_of_date_is_one_row_for_a_change(rows: Callable, approved: Callable, record: Callable) -> None:
    basis = ({"law": "《中华人民共和国食品安全法》", "article": "第三十五条", "text": "……"},)
    approved(*(record("service_guide", item_code=code, name=code, basis=basis) for code in ("1", "2")))
    (row,) = rows(changes=(LAW,))
    assert (row.state, row.numbers, row.change, str(row.until)) == (
        RecordState.OUTDATED,
        ("1", "2"),
        "food",
        "2026-03-30",
    )
    assert "2026-03-02 起修改：《中华人民共和国食品安全法》（示例号）" in "\n".join(render_text([row]))
    assert [row.overdue for row in rows(date(2026, 3, 31), changes=(LAW,))] == [True]
    assert row.to_json()["count"] == 2
    late = render_text(rows(date(2026, 3, 31), changes=(LAW,)))
    assert late[0] == "事前公开信息：须更新 2 件（超期 2 件）。"
    assert f"gongshi uphold {' '.join(row.ids)} --change food" in late[-1], "an item and its guide have one number"


def test_every_state_has_its_word() -> None:
    assert set(LABELS) == set(RecordState)


@pytest.mark.parametrize(
    ("values", "today", "state"),
    [
        ({}, "2026-03-02", RecordState.SCHEDULED),
        ({"effective_from": "2026-03-03"}, "2026-03-02", RecordState.UPCOMING),
        ({"effective_to": "2026-03-01"}, "2026-03-02", RecordState.ENDED),
        ({"effective_to": "2026-03-01"}, "2026-09-01", RecordState.ENDED),
        ({"effective_to": "2026-03-01"}, "2026-09-02", RecordState.GONE),
    ],
)
def test_the_state_of_a_record_follows_the_days(
    values: dict[str, str],
    today: str,
    state: RecordState,
    store: Store,
    instance: Instance,
    *,
    approved: Callable,
    officer: Callable,
) -> None:
    approved(officer(**values))
    (one,) = registered(store)
    assert state_of(one, instance, date.fromisoformat(today)) is state


@pytest.mark.parametrize("code", ["2207-CF-001", "22070100001"])
def test_a_record_is_explained_by_its_state_its_versions_and_what_is_due(
    code: str, store: Store, instance: Instance, approved: Callable, officer: Callable, *, item: Callable
) -> None:
    approved(item(), officer(effective_to="2026-05-01"))
    city = replace(instance, changes=(replace(LAW, laws=frozenset(), departments=frozenset({DEPARTMENT})),))
    found = explain_record(case_of(store, city, find(store, city, code).id, TODAY))
    text = found.render_text()
    if code.startswith("2207-"):
        assert (found.state, found.versions) == (RecordState.REVIEWED, ())
        assert "2026-03-02 起等待松原市司法局审核（《松原市行政执法公示办法》第二十二条）" in text
    else:
        assert found.state is RecordState.SCHEDULED
        assert "22070100001　示例员　执法人员　松原市试验管理局" in text
        assert "自 2026-01-01 至 2026-05-01 有效，2026-03-02 审核通过" in text
        assert "须更新：2026-03-02 起修改：机构职能（示例号），最迟 2026-03-30" in text
