"""A number is the same number however it is written, and another number is another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.law.document_number import display, match_key

VARIANTS = (
    "松市监罚〔2026〕15号",
    "松市监罚﹝2026﹞15号",
    "松市监罚[2026]15号",
    "松市监罚［2026］15号",
    "松市监罚(2026)15号",
    "松市监罚（2026）15号",
    "松市监罚【2026】15号",
    "松市监罚〔2026〕0015号",
    "松市监罚〔2026〕第15号",
    "松市监罚〔2026〕第 015 号",
    "松市监罚〔2026年〕15号",
    "松市监罚 〔2026〕 15 号",
    "松市监罚\u3000〔2026〕15号\u200b",
    "松市监罚〔２０２６〕１５号",
    "松市监罚〔2026〕15",
    "松市监罚〔2026〕15号。",
    "松市監罰〔2026〕15號",
    "松市监罚〔二〇二六〕15号",
    "松市监罚（二○二六年）第15号",
)

DIFFERENT = (
    ("松市监罚〔2026〕003号", "松市监罚〔2026〕004号"),
    ("松市监罚〔2026〕15号", "松市监处罚〔2026〕15号"),
    ("松市监罚〔2026〕15号", "松市监罚〔2025〕15号"),
    ("松市监罚〔2026〕15号", "松市监罚〔2026〕15-1号"),
    ("松市监罚〔2026〕15号", "松市监罚〔2026〕150号"),
    ("松市监罚〔2026〕15号", "松市监罚字〔2026〕15号"),
    ("〔2025〕粤北办007号", "〔2025〕粤北办70号"),
    ("罚2026第15号", "罚20261第5号"),
)


@pytest.mark.parametrize("text", VARIANTS)
def test_every_spelling_has_the_same_key(text: str) -> None:
    assert match_key(text) == "松市监罚〔2026〕15"


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_numbers_have_different_keys(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("松市监罚[2026]015号", "松市监罚〔2026〕015号"),
        ("松市监罚（2026）第3号", "松市监罚〔2026〕第3号"),
        ("松市监（示例）罚﹝2026﹞3号", "松市监（示例）罚〔2026〕3号"),
        (" 〔2025〕粤北办007号 ", "〔2025〕粤北办007号"),
        ("220702-2026-0012", "220702-2026-0012"),
    ],
)
def test_a_number_is_shown_as_written_with_its_year_in_the_right_brackets(written: str, shown: str) -> None:
    assert display(written) == shown


def test_an_infix_and_an_empty_text() -> None:
    assert match_key("〔2025〕粤北办007号") == match_key("[2025] 粤北办7号") == "〔2025〕粤北办7"
    assert match_key(" 号 ") == ""


_AGENCY = st.text(alphabet="松市监环罚处字食许ABa（）", min_size=1, max_size=8)
_BRACKETS = st.sampled_from(["〔〕", "﹝﹞", "[]", "［］", "()", "（）", "【】"])
_NUMBER = st.tuples(_AGENCY, st.integers(1949, 2099), st.integers(1, 99999))
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@st.composite
def _spellings(draw: st.DrawFn, number: tuple[str, int, int]) -> str:
    agency, year, serial = number
    brackets, gap = draw(_BRACKETS), draw(st.sampled_from(["", " ", "\u3000"]))
    ordinal = draw(st.sampled_from(["", "第", "第 "]))
    tail = draw(st.sampled_from(["号", "", " 号"]))
    text = f"{agency}{gap}{brackets[0]}{year}{brackets[1]}{gap}{ordinal}{'0' * draw(st.integers(0, 4))}{serial}{tail}"
    return text.translate(_FULL_WIDTH) if draw(st.booleans()) else text


@given(st.data(), _NUMBER, _NUMBER)
def test_spellings_meet_and_numbers_part(
    data: st.DataObject, one: tuple[str, int, int], other: tuple[str, int, int]
) -> None:
    first, second = match_key(data.draw(_spellings(one))), match_key(data.draw(_spellings(one)))
    assert first == second
    if one[1:] != other[1:]:
        assert first != match_key(data.draw(_spellings(other)))


@given(st.text(alphabet="松罚号第0129〔〕[]（）-年 A０", max_size=20))
def test_a_key_is_its_own_key_and_a_shown_number_keeps_its_key(text: str) -> None:
    assert match_key(match_key(text)) == match_key(text)
    assert display(display(text)) == display(text)
    assert match_key(display(text)) == match_key(text)


@pytest.mark.parametrize("character", ["号", "第", "0", "〔", "[", " ", "（"])
@pytest.mark.timeout(60)
def test_a_hostile_cell_does_not_keep_the_reading_for_ever(character: str) -> None:
    """A pattern that backtracks over this would need hours."""
    key = match_key(character * 200_000 + "x")
    assert match_key(display(character * 200_000 + "x")) == match_key(key) == key
