"""How names are shown, and that a known name never stands in a text (DOMAIN.md 5 to 9)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongshi.law import book, shapes
from gongshi.law.book import Book, book_of, mask_text
from gongshi.law.masking import (
    has_trade_name,
    is_masked,
    mask_name,
    mask_person,
    operators,
    split_persons,
)
from gongshi.law.shapes import mask_shapes
from gongshi.law.surnames import SINGLE, surname_of

NATURAL, TRADER, COMPANY = "自然人", "个体工商户", "法人及非法人组织"

PERSONS = (
    ("张三", "张某某"),
    ("李秀英", "李某某"),
    ("欧阳娜", "欧阳某某"),
    ("欧阳娜娜", "欧阳某某"),
    ("司徒雪", "司徒某某"),
    ("单于明", "单某某"),
    ("张 三", "张某某"),
    ("张　三", "张某某"),
    ("张王美丽", "张某某"),
    ("䶮小明", "某某"),
    ("乌云其其格", "某某"),
    ("宝音", "某某"),
    ("额尔德木图", "某某"),
    ("阿不都·热合曼", "某某"),
    ("约翰•史密斯", "某某"),
    ("John Smith", "某某"),
    ("张三（身份证）", "张某某"),
    ("张", "张某某"),
    # masked by the sender: accepted as it is
    ("张**", "张**"),
    ("陈X", "陈X"),
    ("陈XX", "陈XX"),
    ("张某", "张某"),
    ("张某甲", "张某甲"),
    ("王某某", "王某某"),
    ("欧阳某某", "欧阳某某"),
    ("***", "***"),
    ("王女士", "王女士"),
    # several in one cell, and 和 in a name
    ("张三、李四", "张某某、李某某"),
    ("张三和欧阳娜", "张某某和欧阳某某"),
    ("张和平", "张某某"),
    ("欧阳和平", "欧阳某某"),
    ("和平安", "和某某"),
    ("张三等3人", "张某某"),
    # half masked is not masked
    ("张*三", "张某某"),
    ("*三", "某某"),
    ("张某三", "张某某"),
)


@pytest.mark.article("S1.4")
@pytest.mark.parametrize(("name", "shown"), PERSONS)
def test_a_person_is_shown_by_the_surname(name: str, shown: str) -> None:
    assert mask_name(name, NATURAL) == shown


TRADERS = (
    ("宁江区鑫源超市", "宁江区鑫源超市", ()),
    ("鑫源超市（东镇店）", "鑫源超市（东镇店）", ()),
    ("裕丰商行", "裕丰商行", ()),
    ("裕丰行", "裕丰行", ()),
    ("松原市宁江区鑫源", "松原市宁江区鑫源", ()),
    ("某店（张三）", "某店（张某某）", ("张三",)),
    ("好再来饭店（张三、欧阳娜）", "好再来饭店（张某某、欧阳某某）", ("张三", "欧阳娜")),
    ("好再来饭店（张和平）", "好再来饭店（张某某）", ("张和平",)),
    ("张三、李四", "张某某、李某某", ("张三", "李四")),
    ("好再来饭店(经营者：欧阳娜)", "好再来饭店(经营者：欧阳某某)", ("欧阳娜",)),
    ("好再来饭店【乌云其其格】", "好再来饭店【某某】", ("乌云其其格",)),
    ("阿不都·热合曼烤肉店", "阿不都·热合曼烤肉店", ()),
    ("张三", "张某某", ("张三",)),
    ("张三（个体工商户）", "张某某", ("张三",)),
    ("个体工商户张三", "张某某", ("张三",)),
    ("张景行", "张某某", ("张景行",)),
    ("李宇轩", "李某某", ("李宇轩",)),
    ("乌云其其格", "某某", ("乌云其其格",)),
    ("张**", "张**", ("张**",)),
)


@pytest.mark.parametrize(("name", "shown", "persons"), TRADERS)
def test_a_shop_is_shown_by_its_name_and_its_operator_is_not(name: str, shown: str, persons: tuple[str, ...]) -> None:
    assert mask_name(name, TRADER) == shown
    assert operators(name, TRADER) == persons


@pytest.mark.parametrize("name", ["松原市张三丰酒业有限公司", "张三诊所", "张三", "张**有限公司"])
def test_an_organisation_is_never_masked(name: str) -> None:
    assert mask_name(name, COMPANY) == name
    assert operators(name, COMPANY) == ()


HAN = st.sampled_from(sorted(SINGLE | set("丽伟强娜芳军艳婷雪丹敏静杰磊")))
GIVEN = st.text(HAN, min_size=1, max_size=2)
FAMILY = st.sampled_from([*sorted(SINGLE), "欧阳", "司徒", "诸葛"])


@given(FAMILY, GIVEN)
def test_no_character_of_the_given_name_is_shown(family: str, given_name: str) -> None:
    name = family + given_name
    shown = mask_person(name)
    assert shown in (f"{surname_of(name)}某某", "某某")
    assert name not in shown


@given(st.text(min_size=1, max_size=12))
def test_any_input_is_masked_to_a_form_that_stays(name: str) -> None:
    shown = mask_name(name, NATURAL)
    assert mask_name(shown, NATURAL) == shown
    assert all(map(is_masked, split_persons(shown)))
    assert split_persons(shown)


@given(st.lists(st.builds(str.__add__, FAMILY, GIVEN), min_size=1, max_size=5, unique=True), st.data())
def test_no_known_name_stands_in_a_text(names: list[str], data: st.DataObject) -> None:
    glue = st.sampled_from(["", "和", "，当事人", " ", "在", "（经营者", "）", "、", "2026年", "罚款5000元"])
    pieces = data.draw(st.lists(st.one_of(glue, st.sampled_from(names)), max_size=12))
    text = mask_text("".join(pieces), {name: mask_person(name) for name in names})
    assert not [name for name in names if name in text]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张三、李四系夫妻，张三另有一店", "张某某、李某某系夫妻，张某某另有一店"),
        ("当事人张 三当场承认", "当事人张某某当场承认"),
        ("张三丰与张三", "张某某与张某某"),
        ("松原市张三丰酒业有限公司的张三", "松原市张三丰酒业有限公司的张某某"),
        ("投诉电话0438-1234567，联系张三", "投诉电话0438-1234567，联系张某某"),
        ("JOHN Smith signed", "某某 signed"),
        ("Johnson signed", "Johnson signed"),
        ("张姓男子", "张姓男子"),
        ("阿不都•热合曼和阿不都热合曼", "某某和某某"),
        ("张\u200b三", "张某某"),
    ],
)
def test_the_longest_name_wins_and_public_words_shield(text: str, shown: str) -> None:
    names = {
        "张三": "张某某",
        "张三丰": "张某某",
        "李四": "李某某",
        "张": "某某",
        "John Smith": "某某",
        "John": "某某",
        "阿不都·热合曼": "某某",
        "松原市张三丰酒业有限公司": "松原市张三丰酒业有限公司",
        "0438-1234567": "0438-1234567",
    }
    assert mask_text(text, names) == shown


def test_characters_that_stand_for_names_inside_can_not_be_smuggled_in() -> None:
    assert mask_text("\ue000张三\ue001", {"张三": "张某某", "李四": "李某某"}) == "张某某"


def test_a_trade_name_needs_more_than_a_doubtful_ending() -> None:
    assert has_trade_name("祥瑞轩茶楼")
    assert not has_trade_name("金源行")


def test_mask_shapes_is_offered_here_too() -> None:
    assert mask_shapes("手机13812345678") == "手机***"


@given(
    st.permutations(["张三", "张三丰", "李 明", "AB", "松原示例商店"]),
    st.text("张三丰李明AB松原示例商店 ", max_size=40),
)
def test_the_order_of_the_book_of_names_changes_nothing(names: list[str], text: str) -> None:
    forms = {name: f"<{number}>" for number, name in enumerate(sorted(names))}
    assert mask_text(text, {name: forms[name] for name in names}) == mask_text(text, forms)


@pytest.mark.article("S1.4")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("松原示例有限公司（赵铁柱）", "松原示例有限公司（赵某某）"),
        ("松原示例有限公司(欧阳 雀羽)", "松原示例有限公司(欧阳某某)"),
        ("松原示例合作社（赵铁柱、钱六）", "松原示例合作社（赵某某、钱某某）"),
        ("松原示例事务所（特殊普通合伙）", "松原示例事务所（特殊普通合伙）"),
        ("示例（吉林）有限公司", "示例（吉林）有限公司"),
        ("松原示例有限公司（江南）", "松原示例有限公司（江南）"),
        ("松原示例有限公司（万达店）", "松原示例有限公司（万达店）"),
    ],
)
def test_a_person_alone_in_the_bracket_behind_a_company_is_masked_and_a_place_or_form_is_not(
    name: str, shown: str
) -> None:
    assert mask_name(name, COMPANY) == shown


@pytest.mark.article("S1.4")
@pytest.mark.parametrize(
    ("text", "book", "shown"),
    [
        ("住所：乾安县丰穗胡同1508号1楼", {"丰穗": "丰穗"}, "住所：乾安县***"),
        ("家住乾安县丰穗胡同1508号", {"安县丰": "安县丰"}, "家住乾安县***"),
        ("家住宁江区锦绣小区3号楼2单元501室", {"锦绣小": "锦绣小"}, "家住宁江区***"),
        ("现住乾安县张建国家东侧", {"张建国": "张某某"}, "现住乾安县***"),
        ("电话0438-0000001，住所：乾安县", {"0438-0000001": "0438-0000001"}, "电话0438-0000001，住所：乾安县"),
    ],
)
def test_a_word_that_is_nobodys_name_opens_no_address(text: str, book: dict[str, str], shown: str) -> None:
    assert mask_text(text, book) == shown


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*"张三丰李明王某（，。.· ", "张三", "李 明", "王.某某", "<b>", "\ue000"]), max_size=12
    ).map("".join)
)
def test_what_is_known_beforehand_of_a_text_changes_nothing(text: str) -> None:
    """A text in which no name can stand is not looked through, and one that was met is not read again."""
    books = [book_of({name: mask_person(name) for name in names}) for names in (("张三", "王某某"), ("李明",), ())]
    known = [mask_text(text, book) for book in (*books, *books)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Book, "may_stand_in", lambda book, read: True)
        for kept in (book._read, shapes._all_spans, shapes.folded):
            kept.cache_clear()
        assert known == [mask_text(text, book) for book in books] * 2
