"""The same name and the same number in another dress: blanks, dots, line breaks, widths, numerals, old characters."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.law import shapes, spelling
from gongshi.law.book import mask_text
from gongshi.law.masking import mask_name, operators
from gongshi.law.names import possible_names
from gongshi.law.shapes import NEVER_PUBLIC, folded, holds, mask_shapes
from gongshi.law.spelling import Read, may_tell
from gongshi.law.traditional import SIMPLIFIED

NUMBERS = [
    "220702 19800101 1234",
    "220702\n198001011234",
    "220702\r\n19800101\r\n1234",
    "２２０７０２１９８００１０１１２３４",
    "二二〇七〇二一九八〇〇一〇一一二三四",
    "二二○七○二 一九八○○一○一 一二三四",
    "贰贰零柒零贰壹玖捌零零壹零壹壹贰叁肆",
    "二二〇七〇二1980〇一〇一1234",
    "220702·19800101·1234",
    "220702/19800101/1234",
    "22070219800101123Ｘ",
    "139.4381.2345",
    "139 - 4381 - 2345",
    "139\n43812345",
    "1394\n3812\n345",
    "1394 3812 345",
    "139·4381·2345",
    "一三九四三八一二三四五",
    "壹叁玖肆叁捌壹贰叁肆伍",
    "１３９—４３８１—２３４５",
    "+86 139.4381.2345",
    "0438 - 2123456",
]


@pytest.mark.article("D18")
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_masked_in_every_dress(number: str) -> None:
    text = f"当事人留的是{number}，次日到场。"
    assert holds(text, NEVER_PUBLIC)
    shown = mask_shapes(text)
    assert not any(char.isdigit() or char in "〇一二三四五六七八九贰柒捌玖" for char in shown.replace("次日", "")), (
        shown
    )


ORDINARY = [
    "2026年11月20日、11月21日共检查3次",
    "一九九〇年至二〇二六年",
    "第一百二十六条第一款第（二）项",
    "单价135元，2026-11-20进货",
    "共计一万三千五百元整",
    "松市监罚〔2026〕15号",
    "货值1358.50元",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_numbers_stay(text: str) -> None:
    assert mask_shapes(text) == text


NAMES = [
    "张 建国",
    "张　建国",
    "张\n建国",
    "張建國",
    "張 建國",
    "张·建国",
    "张建\u200b国",
    "张\ufe00建国",
    "张\u3164建\u2800国",
]


@pytest.mark.article("D18")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_masked_in_every_dress(name: str) -> None:
    assert mask_text(f"当事人{name}到场", {"张建国": "张某某"}) == "当事人张某某到场"
    assert mask_text("当事人张建国到场", {name: "张某某"}) == "当事人张某某到场"


SIGNED = [
    *(f"王{sign}军娜" for sign in "._-/*|\\~+=#…—–'’、，：。\n\u3000"),
    *(
        "王（军娜）",
        "（王）军娜",
        "王[军]娜",
        "王「军娜」",
        "“王”军娜",
        '王"军娜"',
        "王<军娜>",
        "王<b>军娜",
        "王．军 ．娜",
        "王--军--娜",
    ),
]


@pytest.mark.article("D18")
@pytest.mark.parametrize("name", SIGNED)
def test_a_name_is_masked_across_signs_and_a_reader_reads_it(name: str) -> None:
    assert mask_text(f"当事人{name}到场", {"王军娜": "王某某"}) == "当事人王某某到场"
    assert Read(f"当事人{name}到场").tells("王军娜")
    assert Read("当事人王军娜到场").tells(name)


UNSIGNED = [
    "松原市例一（吉林）有限公司",
    "1.军队用品；2.娜仁店",
    "姓王。军队来人",
    "老王，军人",
    "《无证无照经营查处办法》第十三条（一）",
    "2026-01-12",
]
BOOK = {
    "王军": "王某某",
    "王军娜": "王某某",
    "20260112": "***",
    "吉林有限": "吉某某",
    "松原市例一（吉林）有限公司": "松原市例一（吉林）有限公司",
}


@pytest.mark.parametrize("text", UNSIGNED)
def test_signs_make_no_names(text: str) -> None:
    assert mask_text(text, BOOK) == text
    assert not Read(text).tells_any(name for name in BOOK if name not in (text, "吉林有限"))


def test_nothing_is_read_across_two_texts() -> None:
    assert not Read("国王\x1f军娜\x1e王\x1e军").tells_any(("王军", "王军娜"))


def test_each_traditional_character_stands_for_another_one() -> None:
    assert all(len(old) == len(new) == 1 and old != new for old, new in SIMPLIFIED.items())
    assert not SIMPLIFIED.keys() & set(SIMPLIFIED.values()), "folding twice changes nothing"


ORGANISATIONS = {
    "松原市好再来饭店（投资人：赵铁柱）": "松原市好再来饭店（投资人：赵某某）",
    "松原市好再来饭店(经营者赵铁柱、欧阳娜)": "松原市好再来饭店(经营者赵某某、欧阳某某)",
    "松原市例一公司（法定代表人：赵 铁柱）": "松原市例一公司（法定代表人：赵某某）",
    "松原市例一商贸（吉林）有限公司": "松原市例一商贸（吉林）有限公司",
    "松原市例一公司（负责人）": "松原市例一公司（负责人）",
    "松原市张建国商贸有限公司": "松原市张建国商贸有限公司",
    "中国人民财产保险股份有限公司（李家分公司）": "中国人民财产保险股份有限公司（李家分公司）",
}


@pytest.mark.article("D18")
@pytest.mark.parametrize(("name", "shown"), ORGANISATIONS.items())
def test_an_organisation_keeps_its_name_and_not_the_person_said_to_lead_it(name: str, shown: str) -> None:
    assert mask_name(name, "法人及非法人组织") == shown
    assert bool(operators(name, "法人及非法人组织")) is (name != shown)


POSSIBLE = {
    "证人 赵 铁柱 到场": "赵 铁柱",
    "现场负责人：孙　立，": "孙　立",
    "驾驶员王\n小明驾车": "王\n小明",
    "趙鐵柱签字": "趙鐵柱",
    "当事人李明和员工李明华在场": "李明华",
}


@pytest.mark.parametrize(("text", "name"), POSSIBLE.items())
def test_the_reviewer_is_asked_about_a_name_in_any_dress(text: str, name: str) -> None:
    assert name in possible_names(text, ["李明"], ())


CLEAN = ["按照 规定 张贴", "共查扣 三 台 设备", "现场负责人：李明，", "李明在场，李明未到", "限期 于 国庆 前 改正"]


@pytest.mark.parametrize("text", CLEAN)
def test_blanks_make_no_names(text: str) -> None:
    assert possible_names(text, ["李明"], ()) == ()


def test_what_is_passed_over_as_plain_has_no_look_alike() -> None:
    """`folded` looks at few characters: the others are neither old nor wide, but what everybody writes."""
    every = map(chr, range(0x110000))
    untouched = [char for char in every if not shapes._MAY_FOLD.match(char)]
    assert len(untouched) > 20_000
    assert [char for char in untouched if shapes._Fold()[ord(char)] != char and not char.isascii()] == []
    assert [char for char in untouched if unicodedata.normalize("NFKC", char) != char] == []


def test_every_sign_is_passed_over_and_no_letter() -> None:
    """What is asked of Unicode for few characters only is the same for all: no letter, no digit, nothing set apart."""
    sign = re.compile(rf"[^\w{spelling._APART}]|[_\u02b0-\u02ff]")
    every = list(map(chr, range(0x110000)))
    assert [c for c in every if (sign.match(c) is None) != (spelling._SIGN.match(c) is None)] == []


@pytest.mark.parametrize("text", ["王。<b>军</b>娜", "完。<John Smith>到场", "王_军_娜", "王ˉ军"])
def test_runs_of_signs_are_one(text: str) -> None:
    """A run of signs is passed over as a whole, also where a tag could begin inside it: what stands in it is read."""
    assert all(char in Read(text).bare for char in text if char.isalnum() and char not in "bˉ")


_SIGNED = st.text(alphabet="王军娜热合曼·.某（）<b> zhang\x1e，Ａß")


@given(_SIGNED | st.text(), _SIGNED | st.text(), _SIGNED | st.text(), st.sampled_from(["", ".", " ", "·", "<b>"]))
def test_a_text_that_may_not_tell_a_name_neither_holds_nor_tells_it(
    name: str, before: str, after: str, sign: str
) -> None:
    plain = folded(name).casefold()
    for written in (before, before + plain + after, before + sign.join(plain) + after):
        text = folded(written).casefold()
        assert may_tell(text, plain) or not (plain in text or Read(text).tells(plain))
