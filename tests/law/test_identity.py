"""An identity number is known by its shape, whatever its check digit, spacing or width."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.law.identity import age_on, born_on
from gongshi.law.shapes import holds, spans

IDENTITY = ("identity",)

SHAPES = (
    "220702199001011234",
    "22070219900101123X",
    "22070219900101123x",
    "220724199001011234",  # 扶余县, abolished
    "220702 19900101 1234",
    "220702-19900101-1234",
    "２２０７０２１９９００１０１１２３Ｘ",
    "220702900101123",
    "4210XXXXXXXXXX6546",
    "4210**********6546",
    "220702********1234",
    "220702199013451234",  # no such day, still somebody's number
)

OTHERS = (
    "112207000135491313",  # a 统一社会信用代码 that happens to be all digits
    "松市监罚〔2026〕15号",
    "13800138000",
    "6222021234567890123",
    "91220700MA0000000X",
    "2026-03-02",
    "",
)


@pytest.mark.article("S1.4")
@pytest.mark.parametrize("text", SHAPES)
def test_the_shape_is_found_alone_and_inside_a_sentence(text: str) -> None:
    assert holds(text, IDENTITY)
    sentence = f"当事人身份证号{text}，住址不详"
    assert [sentence[a:b] for a, b, _ in spans(sentence, IDENTITY)] == [text]


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not holds(text, IDENTITY)
    assert not holds(f"编号{text}。", IDENTITY)


def test_a_number_beside_other_digits_is_still_found() -> None:
    text = "第12 220702199001011234 2026年"
    assert [text[a:b] for a, b, _ in spans(text, IDENTITY)] == ["220702199001011234"]


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("220702199001011234", date(1990, 1, 1)),
        ("２２０７０２１９９００１０１１２３Ｘ", date(1990, 1, 1)),
        ("220702 20100229 1234", None),
        ("220702900101123", date(1990, 1, 1)),
        ("220702********1234", None),
        ("E12345678", None),
        ("", None),
    ],
)
def test_the_day_of_birth_is_read_whatever_the_check_digit(number: str, day: date | None) -> None:
    assert born_on(number) == day


@pytest.mark.article("D18")
@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 3, 2), date(2026, 3, 1), 17),
        (date(2008, 3, 2), date(2026, 3, 2), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_is_in_full_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(0, 999), st.sampled_from("0123456789X"))
def test_every_number_tells_its_day_of_birth(born: date, serial: int, check: str) -> None:
    number = f"220702{born:%Y%m%d}{serial:03}{check}"
    assert born_on(number) == born
    assert holds(number, IDENTITY)
