"""Codes, choices, ticks, numbers and text: the canonical form of a cell, or the problem with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from gongshi.intake.problems import Wrong
from gongshi.intake.values.codes import parse_uscc
from gongshi.intake.values.parsers import USUAL_NUMBER, Setting, number_key, parser
from gongshi.law.document_number import display, match_key
from gongshi.records import DECISION_KINDS
from gongshi.records.city import Region
from gongshi.records.field import Field, FieldType

SETTING = Setting(
    today=date(2026, 11, 20),
    regions={r.code: r for r in (Region("220724", "扶余县", abolished=True), Region("220781", "扶余市"))},
)
PENALTY, LICENCE, COERCION = (DECISION_KINDS[name].by_name for name in ("penalty", "licence", "coercion"))
CODE, CLASSES, TYPE = PENALTY["party_tax_number"], PENALTY["penalty_class"], PENALTY["party_type"]
MANNER, FLAG, NUMBER, REMARKS = (
    COERCION["manner"],
    PENALTY["secrecy_checked"],
    PENALTY["document_number"],
    PENALTY["remarks"],
)
REGION = Field(name="region", label="区域", type=FieldType.REGION)
INTEGER = Field(name="count", label="数量", type=FieldType.INTEGER)
UNTIL, STATE = LICENCE["valid_until"], LICENCE["licence_state"]

READ = [
    (CODE, "0012", "0012"),
    (CODE, 12, "12"),
    (CODE, 12.0, "12"),
    (CODE, 123456789012345, "123456789012345"),
    (CODE, " ＡＢ１２ ", "AB12"),
    (CODE, "无", None),
    (CODE, "/", None),
    (CODE, "", None),
    (CODE, None, None),
    (PENALTY["party_document_number"], "2207**********0013", "2207**********0013"),
    (PENALTY["party_tax_number"], "'0220700123", "0220700123"),
    (PENALTY["decided_on"], "'2026-03-02", "2026-03-02"),
    (PENALTY["document_number"], "’松市监罚〔2026〕15号", "松市监罚〔2026〕15号"),
    (PENALTY["fine"], "' 0.5", "5000"),
    (PENALTY["party_tax_number"], '="0220700123"', "0220700123"),
    (PENALTY["document_number"], '="松市监罚〔2026〕15号"', "松市监罚〔2026〕15号"),
    (PENALTY["document_number"], "松市监罚〔2026〕15-2号", "松市监罚〔2026〕15-2号"),
    (PENALTY["document_number"], "松市监罚〔2026〕15号之二", "松市监罚〔2026〕15号之二"),
    (PENALTY["party_name"], "张**", "张**"),
    (PENALTY["party_name"], "  松原示例商贸有限公司\u3000", "松原示例商贸有限公司"),
    (PENALTY["facts"], "第一行\r\n第二行", "第一行\n第二行"),
    (REMARKS, 12, "12"),
    (REMARKS, 12.0, "12"),
    (REMARKS, 12.5, "12.5"),
    (REMARKS, date(2020, 1, 2), "2020-01-02"),
    (REMARKS, True, "是"),
    (REMARKS, "-", None),
    (TYPE, "个体户", "个体工商户"),
    (TYPE, "自 然 人", "自然人"),
    (CLASSES, "罚款、没收违法所得", "罚款、没收违法所得"),
    (CLASSES, "罚款；警告，罚款", "罚款、警告"),
    (CLASSES, "罚款 警告", "罚款、警告"),
    (CLASSES, "警告并处罚款；没收违法所得", "警告、罚款、没收违法所得"),
    (CLASSES, "没收违法所得、没收非法财物", "没收违法所得、没收非法财物"),
    (CLASSES, "暂扣或者吊销许可证、暂扣或者吊销执照", "吊销许可证件"),
    (CLASSES, "罚款\n吊销营业执照", "罚款、吊销许可证件"),
    (CLASSES, "其他-责令退赔", "其他-责令退赔"),
    (CLASSES, "罚款，其它：甲乙", "罚款、其他-甲乙"),
    (MANNER, "查封场所、设施或者财物；扣押财物", "查封场所、设施或者财物、扣押财物"),
    (MANNER, "冻结存款、汇款、代履行", "冻结存款、汇款、代履行"),
    (STATE, "0", "有效"),
    (STATE, 0, "有效"),
    *((FLAG, cell, "1") for cell in ("是", "Y", "yes", "true", "1", "√", 1, True, 1.0)),
    *((FLAG, cell, "0") for cell in ("否", "N", "NO", "False", "0", "×", 0, False)),
    (FLAG, "", None),
    (NUMBER, "松市监罚[2026]15号", "松市监罚〔2026〕15号"),
    (NUMBER, "松市监罚（2026）第0015号", "松市监罚〔2026〕第0015号"),
    (NUMBER, "（2025）粤北办007号", "〔2025〕粤北办007号"),
    (UNTIL, "长期", "2099-12-31"),
    (UNTIL, "2099/12/31", "2099-12-31"),
    (REGION, "220781", "220781"),
    (REGION, 220781, "220781"),
    (REGION, "扶余市", "220781"),
    (REGION, "扶余县", "220724"),
    (INTEGER, "1,200", "1200"),
    (INTEGER, 7.0, "7"),
]
FAULTS = [
    (CODE, 1234567890123456, "E234"),
    (CODE, 1.23456789012345678e17, "E234"),
    (CODE, "1.23457E+17", "E234"),
    (CODE, 12.5, "E235"),
    (CODE, True, "E235"),
    (CODE, "1" * 16, "E202"),
    (REMARKS, 22070219900101001, "E234"),
    (REMARKS, "长" * 513, "E202"),
    (REMARKS, "坏\x00字", "E203"),
    (REMARKS, "坏\u202e字", "E203"),
    (REMARKS, "坏\ufffd字", "E203"),
    (REMARKS, "#VALUE!", "E204"),
    (CODE, "#N/A", "E204"),
    (TYPE, "单位", "E241"),
    (CLASSES, "罚款、打手心", "E241"),
    (CLASSES, "罚款 打手心", "E241"),
    (CLASSES, "警告并打手心", "E241"),
    (FLAG, "2", "E242"),
    (FLAG, 2, "E242"),
    (NUMBER, "无文号", "E251"),
    (NUMBER, "松市监罚〔2026〕15、16号", "E252"),
    (NUMBER, "松市监罚〔2026〕15号和16号", "E252"),
    (NUMBER, "松市监罚〔2026〕第15至18号", "E252"),
    (NUMBER, "松市监罚〔2026〕号", "E251"),
    (REGION, "火星", "E243"),
    (INTEGER, "一百", "E244"),
    (INTEGER, "1" * 5000, "E244"),
    (PENALTY["decided_on"], "2026-11-21", "E213"),
]


@pytest.mark.parametrize(("field", "cell", "value"), READ)
def test_a_cell_has_one_canonical_form(field, cell, value):
    assert parser(field, SETTING)[cell] == value


@pytest.mark.parametrize(("field", "cell", "code"), FAULTS)
def test_a_wrong_cell_says_why(field, cell, code):
    parsed = parser(field, SETTING)
    for _ in range(2):
        with pytest.raises(Wrong) as wrong:
            parsed[cell]
        assert wrong.value.code == code


def test_a_term_may_end_in_the_future_a_decision_may_not_lie_there():
    assert parser(UNTIL, SETTING)["2031-01-01"] == "2031-01-01"
    assert parser(PENALTY["decided_on"], SETTING)["2026-11-20"] == "2026-11-20"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("112207000135491313", "112207000135491313"),
        ("91220700ma0000001k", "91220700MA0000001K"),
        ("9122 0700-MA00 00001K", "91220700MA0000001K"),
        ("９１２２０７００ＭＡ０００００１Ｋ", None),
        ("9222070*******001K", "9222070*******001K"),
        ("'91220700MA0000001K", "91220700MA0000001K"),
    ],
)
def test_a_code_of_eighteen_is_taken_however_it_is_spaced(written, canonical):
    if canonical is None:
        with pytest.raises(Wrong):
            parse_uscc(written)
    else:
        assert parse_uscc(written) == canonical


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("91220700MA0000001", "E231", {"length": 17}),
        ("9122O700MA0000001K", "E232", {"position": 5, "char": "O", "guess": "，可能是“0”"}),
        ("91220700MA000000IK", "E232", {"position": 17, "char": "I"}),
        ("91220700MA0000001L", "E233", {"char": "L", "expected": "K"}),
        ("91220700AM0000001K", "E233", {"guess": "，特别是第 2 和第 3 位、第 9 和第 10 位是否颠倒"}),
    ],
)
def test_a_wrong_code_names_the_character(written, code, hint):
    with pytest.raises(Wrong) as wrong:
        parse_uscc(written)
    assert wrong.value.code == code
    assert hint.items() <= wrong.value.words.items()


_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text("0123456789", min_size=8, max_size=8), st.text(_ALPHABET, min_size=10, max_size=10))
def test_the_check_character_agrees_with_the_standard_library_of_numbers(region, rest):
    code = region + rest
    right = code[:17] + uscc.calc_check_digit(code[:17])
    assert parse_uscc(right) == right
    try:
        assert parse_uscc(code) == code
        assert uscc.is_valid(code)
    except Wrong:
        assert not uscc.is_valid(code)


CELLS = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.text("〔〕[]第0123号罚款、；其他-"),
)


@settings(max_examples=60, deadline=None)
@given(CELLS)
@example("\x00")
@example("9" * 400)
@example(10**400)
@example(float("inf"))
def test_no_parser_raises_anything_but_a_problem(cell):
    for kind in DECISION_KINDS.values():
        for field in (*kind.fields, REGION, INTEGER):
            try:
                value = parser(field, SETTING, Decimal(1))[cell]
            except Wrong:
                continue
            assert value is None or (isinstance(value, str) and value)


@given(st.from_regex(USUAL_NUMBER, fullmatch=True))
@example("松市监罚（2026）第0015号")
@example("松市監罰〔2026〕15号")
def test_the_short_way_for_usual_numbers_is_the_laws_way(number):
    assert parser(NUMBER, SETTING)[number] == display(number)
    assert number_key(number) == match_key(number)


def outcome(parsed, cell):
    try:
        return parsed[cell]
    except Wrong as wrong:
        return wrong.code


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, max_size=12), st.sampled_from(sorted(PENALTY)))
@example([1, "1", True, 1.0, "1", 1], "fine")
def test_a_cell_reads_the_same_whatever_was_read_before_it(cells, name):
    remembered = parser(PENALTY[name], SETTING)
    for cell in (*cells, *cells):
        assert outcome(remembered, cell) == outcome(parser(PENALTY[name], SETTING), cell)
