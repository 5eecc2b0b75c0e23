"""Amounts become decimal text in yuan, whatever unit and script they come in (DOMAIN.md 15)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.intake.checks.amounts import amounts_in, disagreement, states
from gongshi.intake.problems import Wrong
from gongshi.intake.values.money import WAN, YUAN, parse_money

AMOUNTS = [
    ("5000", YUAN, "5000"),
    ("5,000.00", YUAN, "5000"),
    ("1,234,567.89", YUAN, "1234567.89"),
    ("５０００", YUAN, "5000"),
    ("¥5000", YUAN, "5000"),
    ("人民币5000元整", YUAN, "5000"),
    ("0", YUAN, "0"),
    (5000, YUAN, "5000"),
    (5000.5, YUAN, "5000.5"),
    (0.1 + 0.2, YUAN, "0.3"),
    (1e15, YUAN, "1000000000000000"),
    ("0.5", WAN, "5000"),
    (0.5, WAN, "5000"),
    ("0.123456", WAN, "1234.56"),
    (0.07, WAN, "700"),
    ("1,000", WAN, "10000000"),
    ("5000元", WAN, "5000"),
    ("0.5万元", YUAN, "5000"),
    ("0.5万", YUAN, "5000"),
    ("1.2亿元", YUAN, "120000000"),
    ("伍仟元整", YUAN, "5000"),
    ("人民币伍仟元整", WAN, "5000"),
    ("五万元", YUAN, "50000"),
    ("十二万三千元", YUAN, "123000"),
    ("壹万贰仟叁佰肆拾伍元陆角柒分", YUAN, "12345.67"),
    ("叁拾元零伍分", YUAN, "30.05"),
]
FAULTS = [
    ("-0.5", "E222"),
    (-1, "E222"),
    ("－５", "E222"),
    ("若干", "E221"),
    ("5,00", "E221"),
    ("5000美元", "E221"),
    ("1e5", "E221"),
    ("3至5万元", "E221"),
    (True, "E221"),
    (float("nan"), "E221"),
    (float("inf"), "E221"),
    ("9" * 80, "E221"),
    ("0.001", "E223"),
    ("99999999999999999", "E224"),
]


@pytest.mark.parametrize(("cell", "unit", "yuan"), AMOUNTS)
def test_an_amount_is_read_in_yuan(cell, unit, yuan):
    assert parse_money(cell, unit) == yuan


@pytest.mark.parametrize(("cell", "code"), FAULTS)
def test_what_is_no_amount_says_why(cell, code):
    with pytest.raises(Wrong) as wrong:
        parse_money(cell, YUAN)
    assert wrong.value.code == code


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_both_units_give_the_same_yuan(amount):
    text = parse_money(str(amount), YUAN)
    assert Decimal(text) == amount
    assert "E" not in text
    assert parse_money(f"{amount / WAN:f}", WAN) == text
    assert parse_money(f"{amount:,}", YUAN) == text


@given(
    st.one_of(
        st.text(), st.text(alphabet="0123456789.,-万元亿整伍仟零角分¥ "), st.integers(), st.floats(), st.booleans()
    )
)
def test_a_cell_is_an_amount_or_a_problem(cell):
    try:
        assert Decimal(parse_money(cell, WAN)) >= 0
    except Wrong as wrong:
        assert wrong.code in {"E221", "E222", "E223", "E224"}


TEXTS = [
    ("罚款人民币5000元", [5000]),
    ("处以5,000.50元罚款", ["5000.50"]),
    ("罚款0.5万元", [5000]),
    ("罚款人民币伍仟元整（¥5000.00）", [5000]),
    ("罚款贰万元，没收违法所得叁佰元", [20000, 300]),
    ("警告，责令限期改正", []),
    ("依据第五十条，处三倍罚款", []),
]


@pytest.mark.parametrize(("text", "amounts"), TEXTS)
def test_amounts_are_found_in_sentences(text, amounts):
    assert set(amounts_in(text)) == {Decimal(amount) for amount in amounts}


@pytest.mark.parametrize(
    ("amount", "together", "text", "code"),
    [
        (5000, 5000, "罚款5000元", None),
        (5000, 8000, "罚没款合计8000元", None),
        (5000, 5000, "罚款2000元，另罚3000元", None),
        (5000, 5000, "警告", None),
        (5000, 5000, "罚款8000元", "W302"),
        (50_000_000, 50_000_000, "罚款5000元", "W303"),
        (Decimal("0.5"), Decimal("0.5"), "罚款伍仟元整", "W303"),
    ],
)
def test_amount_and_text_are_compared(amount, together, text, code):
    found = disagreement(Decimal(amount), Decimal(together), text)
    assert (found[0] if found else None) == code


@given(st.decimals(min_value=1, max_value=10**9, places=2), st.text())
def test_comparing_never_fails(amount, text):
    disagreement(amount, amount, text)


@given(st.integers(1, 10**9), st.text(alphabet="罚款人民币0123456789,.，元 "), st.text())
def test_the_short_way_never_says_more_than_the_long_one(amount, before, after):
    text = f"{before}{amount}元{after}"
    if states(text, str(amount)):
        assert Decimal(amount) in amounts_in(text)
