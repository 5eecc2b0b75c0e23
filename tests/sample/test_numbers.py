"""Invented numbers have the true shape and are nobody's."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from gongshi.law.identity import born_on
from gongshi.law.shapes import holds
from gongshi.sample import numbers

REGIONS = st.sampled_from(("220700", "220702", "220721", "220722", "220723", "220781"))
HEADS = st.sampled_from((numbers.COMPANY_HEAD, numbers.TRADER_HEAD, numbers.COOPERATIVE_HEAD))


@given(st.integers(), REGIONS, HEADS)
def test_a_credit_code_checks_and_shows_that_it_is_invented(seed: int, region: str, head: str) -> None:
    code = numbers.credit_code(Random(seed), region, head)
    assert uscc.is_valid(code)
    assert code[:2] == head
    assert code[8:12] == "MA99"
    assert code[16] == numbers.organisation_check(code[8:16])


@given(st.integers(), REGIONS, st.dates(date(1930, 1, 1), date(2020, 12, 31)))
def test_an_identity_number_has_the_shape_and_a_wrong_check_digit(seed: int, region: str, born: date) -> None:
    number = numbers.identity_number(Random(seed), region, born)
    assert holds(number, ("identity",))
    assert born_on(number) == born
    assert number[-1] != ric.calc_check_digit(number)


def test_the_check_character_of_a_known_organisation_code() -> None:
    assert numbers.organisation_check("01354913") == "1"
