"""Numbers and homes that betray a person are masked; what merely looks alike survives (DOMAIN.md 7)."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongshi.law.shapes import SHAPES, holds, mask_shapes

MASKED = (
    ("身份证号220702199001011234。", "身份证号***。"),
    ("身份证22070219900101123X，", "身份证***，"),
    ("２２０７０２１９９００１０１１２３Ｘ", "***"),
    ("220702 19900101 123x", "***"),
    ("2 2 0 7 0 2 1 9 9 0 0 1 0 1 1 2 3 4", "***"),
    ("220702-1990-0101-1234", "***"),
    ("220702\u200b19900101\u200b1234", "***"),
    ("220724199001011239", "***"),
    ("220702900101123", "***"),
    ("4210XXXXXXXXXX6546", "***"),
    ("4210**********6546", "***"),
    ("手机13812345678联系", "手机***联系"),
    ("138 1234 5678", "***"),
    ("138-1234-5678", "***"),
    ("+86 13812345678", "***"),
    ("电话：0438-2123456", "电话：***"),
    ("(0438)2123456", "***"),
    ("（０４３８）２１２３４５６", "***"),
    ("联系电话2123456", "联系电话***"),
    ("吉J12345货车", "吉J***货车"),
    ("吉J·A1234号", "吉J***号"),
    ("吉JD12345", "吉J***"),
    ("吉A1234挂", "吉A***"),
    ("卡号6222021234567890123，", "卡号***，"),
    ("编号6222021234567890", "编号***"),
    ("6222 0212 3456 7890 123", "***"),
    ("a.b@qq.com", "***"),
    ("住吉林省松原市宁江区大洼镇东村三组", "住吉林省松原市宁江区***"),
    ("家住宁江区锦绣小区3号楼2单元501室", "家住宁江区***"),
    ("位于前郭县查干花镇查干花村3组的养殖场", "位于前郭县***的养殖场"),
    ("户籍所在地为吉林省长岭县太平川镇", "户籍所在地为吉林省长岭县***"),
    ("住址：松原市宁江区沿江街12号3-502", "住址：松原市宁江区***"),
    ("微信号wxid_abc123", "微信号***"),
    ("护照号E12345678", "护照号***"),
)

SURVIVES = (
    "统一社会信用代码112207000135491313",
    "91220702MA14XXXX1T",
    "92220702123456789K",
    "松市监罚〔2026〕15号",
    "〔2025〕粤北办007号",
    "2026-03-02至2026-03-05 12时",
    "2026-03-02 2026-03-05 2026-03-07",
    "20260302-20260305",
    "2026年3月2日",
    "罚款人民币5000.50元",
    "货值金额12345678901元",
    "许可证编号JY12207021234567",
    "条形码：6901234567890",
    "吉CB4330001",
    "第十二条第三款",
    "位于宁江区沿江街12号的店铺",
    "在建工程3号楼",
    "3个单元",
    "由3组人员",
    "批号20260301",
    "GB 2760-2014",
    "身份证号***",
)


@pytest.mark.article("S1.4")
@pytest.mark.parametrize(("text", "shown"), MASKED)
def test_a_shape_is_masked_once_and_for_all(text: str, shown: str) -> None:
    assert mask_shapes(text) == shown
    assert mask_shapes(shown) == shown


@pytest.mark.parametrize("text", SURVIVES)
def test_what_is_public_by_right_survives(text: str) -> None:
    assert mask_shapes(text) == text
    assert not holds(text)


BIRTHDAY = st.dates().filter(lambda day: day.year > 1900 and day.year < 2030).map(lambda day: day.strftime("%Y%m%d"))
WORDS = st.text("经查当事人销售食品元，。（） \n", max_size=10)


LAST = st.from_regex(r"[0-9]{3}[0-9Xx]", fullmatch=True)


@given(WORDS, BIRTHDAY, LAST, st.sampled_from(["", " ", "-", "\u3000"]), WORDS)
def test_an_identity_number_never_stays(before: str, born: str, last: str, gap: str, after: str) -> None:
    number = gap.join(("220702", born, last))
    shown = mask_shapes(before + number + after)
    assert number not in shown
    assert born not in shown


@given(st.text("0123456789Xx一村组号楼单元室住 -()@吉J", max_size=60))
def test_masking_ends_and_stays(text: str) -> None:
    shown = mask_shapes(text)
    assert not holds(shown)
    assert mask_shapes(shown) == shown


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["1 ", "a", "村", "号楼", "1号", "4-", "住", "22070219900101123"])
def test_hostile_text_does_not_keep_the_masking_for_ever(piece: str) -> None:
    """A pattern that backtracks over this would need hours."""
    text = piece * (4000 // len(piece)) + "@"
    assert not holds(mask_shapes(text))


@pytest.mark.parametrize("moved", ["迁至", "搬到", "变更为"])
def test_a_home_that_was_left_is_masked_like_the_one_moved_to(moved: str) -> None:
    """The former home is a home, too (DOMAIN.md 7)."""
    shown = mask_shapes(f"住所由乾安县丰穗胡同1508号1楼{moved}松原市宁江区和平胡同12号")
    assert not any(part in shown for part in ("丰穗胡同", "1508", "和平胡同", "12号"))
    assert "乾安县" in shown
    assert "宁江区" in shown


_PIECES = st.one_of(
    st.sampled_from(["138", "1234", "12345", "5678", "0438", "010", "2123456", "220702", "19900101", "900101", "123X"]),
    st.sampled_from(["1", "38", "+86", "4210", "XXXX", "■■■■■■", " ", "-", "·", ".", "_", "/", ")", "\n", "年", "号"]),
)


@settings(max_examples=200)
@example(pieces=["010", "2123456"])
@example(pieces=["220702", "900101", "123"])
@example(pieces=["4210", "XXXX", "38"])
@given(pieces=st.lists(_PIECES, min_size=1, max_size=24))
def test_nothing_is_found_where_the_hint_says_that_nothing_can_be(pieces: list[str]) -> None:
    """A hint saves a search: where one were too narrow, a number would stay in a public text."""
    text = "".join(pieces)
    for shape in SHAPES:
        assert shape.hint.search(text) or not list(shape.find(text))


def test_a_home_is_masked_where_nothing_but_the_address_says_so() -> None:
    assert mask_shapes("家庭地址：吉林省松原市宁江区大洼镇东街路口") == "家庭地址：吉林省松原市宁江区***"
