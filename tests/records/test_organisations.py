"""What tells an organisation's name from others, and how characters are read."""

from __future__ import annotations

from hashlib import sha256
from importlib import resources

import pytest

from gongshi.query.tokens import SIMPLIFIED, normalise
from gongshi.records.organisations import core
from gongshi.records.readings import initials, letters, reading

PLACES = tuple(map(normalise, ("松原市", "宁江区", "前郭尔罗斯蒙古族自治县", "乾安县", "扶余市")))


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("松原市宏远商贸有限公司", "宏远商贸"),
        ("吉林省松原市宁江区宏远商贸有限责任公司", "宏远商贸"),
        ("松原宏远商贸集团有限公司", "宏远商贸"),
        ("宏远（松原）商贸有限公司", "宏远商贸"),
        ("宏远商贸（集团）股份有限公司松原分公司", "宏远商贸"),
        ("松原市張華律師事務所（普通合伙）", "张华律师事务所"),
        ("乾安县大地农民专业合作社", "大地"),
        ("前郭尔罗斯蒙古族自治县 蓝天 驾校", "蓝天驾校"),
        ("前郭县澜悦石油股份有限公司", "澜悦石油"),
        ("北京同仁堂松原药店", "同仁堂松原药店"),
        ("ＡＢＣ商贸有限公司", "abc商贸"),
        ("松原市公司", "公司"),
        ("有限公司", "有限公司"),
        ("松原市", "松原市"),
        ("", ""),
    ],
)
def test_a_name_without_its_place_and_its_legal_form(name: str, left: str) -> None:
    assert core(normalise(name), PLACES) == left


def test_names_are_read_as_in_names_of_companies() -> None:
    assert (letters("重庆长江银行"), initials("宏远商贸A座1")) == ("chongqingchangjiangyinhang", "hysmAz1")
    assert letters("䶮") == "䶮", "what has no reading is itself"
    assert initials("") == ""


def test_every_usual_character_is_read_and_each_once() -> None:
    usual = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    assert [one for one in usual if one and one not in SIMPLIFIED and not reading(one).isascii()] == []
    lines = resources.files("gongshi.records").joinpath("readings.txt").read_text("utf-8").splitlines()
    characters = [one for line in lines if not line.startswith("#") for one in line.split()[1]]
    assert len(characters) == len(set(characters))


def test_the_list_is_frozen_with_the_keys() -> None:
    """Another list finds names otherwise than they were written: then keys.KEYS_VERSION rises, and this hash."""
    text = resources.files("gongshi.records").joinpath("readings.txt").read_bytes()
    assert sha256(text).hexdigest()[:16] == "8719099e4a4cbc25"
