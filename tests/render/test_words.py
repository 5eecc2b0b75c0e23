"""Dates, money and texts as a reader sees them."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from gongshi.records import DECISION_KINDS
from gongshi.render.labels import label, shown
from gongshi.render.words import date_zh, money, shortened, visible


@pytest.mark.parametrize(
    ("day", "read"),
    [
        ("2026-03-02", "2026年3月2日"),
        ("2026-12", "2026年12月"),
        ("2026", "2026年"),
        ("", ""),
        (None, ""),
        ("暂定", "暂定"),
    ],
)
def test_a_date_reads_as_chinese(day: str | None, read: str) -> None:
    assert date_zh(day) == read


@pytest.mark.parametrize(
    ("yuan", "read"),
    [
        ("5000", "5,000"),
        ("1200.5", "1,200.50"),
        ("1234567890.01", "1,234,567,890.01"),
        ("5000.00", "5,000"),
        ("", ""),
        ("不详", "不详"),
    ],
)
def test_money_keeps_every_digit(yuan: str, read: str) -> None:
    assert money(yuan) == read


def test_what_no_reader_sees_is_dropped() -> None:
    assert visible("张\u202e三\u200b\x00") == "张三"
    assert visible("一\n二") == "一\n二"
    assert visible(Markup("<b>\u202e</b>")) == Markup("<b>\u202e</b>")


def test_a_shortened_text_says_that_it_is() -> None:
    assert shortened("罚款\n5000元", 20) == "罚款 5000元"
    assert shortened("一二三，四五六", 5) == "一二三…"
    assert len(shortened("字" * 500, 110)) == 110


@pytest.mark.parametrize(
    ("name", "read"),
    [("party_uscc", "统一社会信用代码"), ("fine", "罚款金额"), ("document_number", "行政处罚决定书文号")],
)
def test_labels_come_from_the_declaration_without_the_sheets_units(name: str, read: str) -> None:
    assert label(DECISION_KINDS["penalty"].by_name[name]) == read


@pytest.mark.parametrize(
    ("kind", "name", "value", "read"),
    [
        ("penalty", "fine", "5000", "5,000 元"),
        ("licence", "valid_until", "2099-12-31", "长期有效"),
        ("licence", "valid_until", "2031-03-01", "2031年3月1日"),
        ("penalty", "penalty_class", "罚款、警告", "罚款、警告"),
    ],
)
def test_a_value_reads_by_its_type(kind: str, name: str, value: str, read: str) -> None:
    assert shown(DECISION_KINDS[kind].by_name[name], value) == read
