"""Characters that hide or reorder text are named; tidying changes nothing that is read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.intake.readers import clean_text, dangerous_characters, safe_name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("松原市示例公司", ()),
        ("第一行\n第二行\t列", ()),
        ("abc\u202egnp.exe", ("U+202E",)),
        ("\u2066甲\u2069乙\u2066", ("U+2066", "U+2069")),
        ("零\u200b宽\ufeff", ("U+200B", "U+FEFF")),
        ("a\x00b\x1bc\x07", ("U+0000", "U+001B", "U+0007")),
        ("标签\U000e0041", ("U+E0041",)),
        ("锟\ufffd", ("U+FFFD",)),
        ("𬭩䶮", ()),
    ],
)
def test_dangerous_characters_are_named_once(text, found):
    assert dangerous_characters(text) == found


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  松原\u3000示例\u00a0 公司 ", "松原 示例 公司"),
        ("罚\u200b款\ufeff", "罚款"),
        ("第一行  \r\n第二行\r\n\r\n", "第一行\n第二行"),
        ("第一行_x000D_\n第二行", "第一行\n第二行"),
        ("e\u0301", "é"),
        ("（全角）１２", "（全角）１２"),
        ("a\u202eb", "a\u202eb"),
        (" plain ascii ", "plain ascii"),
        ("", ""),
    ],
)
def test_tidying(text, clean):
    assert clean_text(text) == clean


@given(st.text())
def test_tidying_twice_changes_nothing_and_gives_nfc(text):
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert set(dangerous_characters(clean)) <= set(dangerous_characters(text)) | set()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\桌面\\处罚.xlsx", "处罚.xlsx"),
        ("处罚\u202excod.xlsx", "处罚xcod.xlsx"),
        ("a\nb\0c.csv", "abc.csv"),
        ("..", "未命名"),
        ("", "未命名"),
        ("/", "未命名"),
        ('处罚<1>:"x"|?*.csv', "处罚_1___x____.csv"),
        (" .隐藏.xlsx ", "隐藏.xlsx"),
        ("2026年 第一批.xlsx", "2026年 第一批.xlsx"),
    ],
)
def test_file_names_are_made_safe(name, safe):
    assert safe_name(name) == safe


@given(st.text())
def test_a_safe_name_is_one_short_visible_name(name):
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= 240
    assert not set(safe) & set('/\\\0\n\r<>:"|?*')
    assert not dangerous_characters(safe)
    assert safe not in (".", "..")
    assert safe_name(safe) == safe


def test_long_names_keep_their_extension():
    assert safe_name("处" * 500 + ".xlsx").endswith("处.xlsx")
