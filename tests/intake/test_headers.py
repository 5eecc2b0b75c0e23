"""Headers as they are found in the wild: titles and notes above, two rows, marks, old and new codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gongshi.intake.readers.model import Row
from gongshi.intake.sheet import header
from gongshi.intake.sheet.labels import Meaning, Unclear, meaning, plain
from gongshi.intake.values.money import WAN, YUAN
from gongshi.records import DECISION_KINDS

MEANINGS = [
    ("处罚决定日期", "decided_on"),
    (" *处罚决定日期* ", "decided_on"),
    ("处罚决定日期（必填）", "decided_on"),
    ("★处罚决定\n日期", "decided_on"),
    ("处罚决定日期(YYYY/MM/DD)", "decided_on"),
    ("处罚决定日期：", "decided_on"),
    ("decided_on", "decided_on"),
    ("行政相对人代码_1(统一社会信用代码)", "party_uscc"),
    ("行政相对人代码_1（统一社会信用代码）", "party_uscc"),
    ("行政相对人代码_2(工商注册号)", "party_business_registration"),
    ("行政相对人代码_2(组织机构代码)", "party_organisation_code"),
    ("行政相对人代码_3(组织机构代码)", "party_organisation_code"),
    ("行政相对人代码_3(工商登记码)", "party_business_registration"),
    ("行政相对人代码_3【工商注册号】", "party_business_registration"),
    ("行政相对人代码_4(税务登记号)", "party_tax_number"),
    ("行政相对人代码_5(事业单位证书号)", "party_institution_certificate"),
    ("行政相对人代码_5(居民身份证号)", "party_document_number"),
    ("行政相对人代码_5（身份证号）*", "party_document_number"),
    ("行政相对人代码(统一社会信用代码)", "party_uscc"),
    ("相对人代码2 组织机构代码", "party_organisation_code"),
    ("法定代表人证件号码", "legal_representative_number"),
    ("处罚机关统一社会信用代码", "agency_uscc"),
    ("公示日期", None),
    ("序号", None),
]


@pytest.mark.parametrize(("label", "field"), MEANINGS)
def test_a_header_is_mapped_by_its_words(label, field):
    found = meaning(label, "penalty")
    assert (found.field.name if isinstance(found, Meaning) else None) == field


@pytest.mark.parametrize("label", ["行政相对人代码_2", "行政相对人代码_1", "行政相对人代码3", "行政相对人代码_5*"])
def test_a_code_without_words_is_never_guessed_by_its_number(label):
    assert meaning(label, "penalty") is Unclear.CODE_WITHOUT_WORDS


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("罚款金额（万元）", WAN),
        ("罚款金额(元)", YUAN),
        ("罚款金额（单位：元）", YUAN),
        ("罚款金额（单位：人民币万元）", WAN),
        ("罚款金额", None),
    ],
)
def test_the_headers_words_say_the_unit(label, unit):
    found = meaning(label, "penalty")
    assert found.field.name == "fine"
    assert found.unit == unit


@pytest.mark.parametrize(
    ("label", "cell"), [("罚款金额（万元）", "0.5"), ("罚款金额（元）", "5000"), ("罚款金额", "0.5")]
)
def test_an_amount_is_read_in_its_columns_unit(label, cell, run, sheet, penalty):
    report = run(sheet(penalty({"罚款金额（万元）": None, label: cell})))
    assert report.decisions[0].parties[0]["fine"] == "5000"
    assert not report.problems


def test_marks_and_blanks_are_not_part_of_a_header():
    assert plain(" ＊行政相对人\n名称（必填项）：") == "行政相对人名称"


def test_a_misspelt_header_is_one_error_with_the_right_name(run, sheet, penalty, codes):
    rows = [
        {
            k.replace("处罚依据", "处罚依剧"): v
            for k, v in penalty({"行政处罚决定书文号": f"松市监罚〔2026〕{n}号"}).items()
        }
        for n in range(50)
    ]
    report = run(sheet(*rows))
    assert codes(report) == ["E103"]
    assert "“处罚依据”" in report.problems[0].message
    assert not report.decisions


def test_every_fault_of_a_header_is_told_at_once(run, sheet, penalty, codes):
    right = penalty({"处罚内容": None})
    wrong = {{"违法事实": "违法事实情况说明", "处罚类别": "处罚类形"}.get(k, k): v for k, v in right.items()}
    report = run(sheet({**wrong, "内部流水": "1"}))
    assert sorted(codes(report)) == ["E103", "E103", "E104", "W101"]


def test_an_ordinary_column_is_not_taken_for_a_misspelt_one(run, sheet, penalty, codes):
    report = run(sheet(penalty({"公示日期": "2026-03-05", "序号": "1", "送达日其": "2026-03-04"})))
    assert codes(report) == ["W101"] * 2
    assert report.decisions[0].kept == {"公示日期": "2026-03-05", "序号": "1", "送达日其": "2026-03-04"}
    assert "“送达日期”" in report.problems[-1].hint


def test_the_title_decides_between_kinds_that_fit_equally(run, table, department, codes):
    labels = ["决定书文号", "行政相对人名称", "行政相对人类别", "决定日期", "执法机关", "执法机关统一社会信用代码"]
    row = [
        "松市监罚〔2026〕15号",
        "松原示例商贸有限公司",
        "法人及非法人组织",
        "2026-03-02",
        department.name,
        department.key,
    ]
    assert codes(run(table([labels, row], name="台账.csv"))) == ["E102"]
    untitled = run(table([labels, row], name="台账.csv")).problems[0]
    assert "行政强制" in untitled.message
    titled = run(table([["行政收费信息汇总表"], labels, row], name="台账.csv"))
    assert set(codes(titled)) == {"E104"}
    assert any("收费项目" in problem.message for problem in titled.problems)


def test_the_header_is_found_below_titles_and_notes(run, table, penalty):
    right = penalty()
    rows = [
        ["松原市市场监督管理局行政处罚信息公示表"],
        ["表格说明：1.带*的为必填项；2.日期格式为年/月/日"],
        ["填报单位：松原市市场监督管理局", "", "", "填报日期：2026年3月"],
        [f"*{label}" for label in right],
        list(right.values()),
    ]
    report = run(table(rows))
    assert report.ok
    assert not report.problems
    assert report.rows == 1


def test_two_row_headers_are_read_together(run, workbook, penalty):
    right = penalty({"法定代表人": "王某", "法定代表人证件类型": "身份证", "法定代表人证件号码": "2207**********0013"})
    groups = {
        "行政相对人代码_1(统一社会信用代码)": ("行政相对人代码", "统一社会信用代码"),
        "行政相对人代码_3(组织机构代码)": ("行政相对人代码", "组织机构代码"),
        "处罚机关": ("处罚机关", "名称"),
        "处罚机关统一社会信用代码": ("处罚机关", "统一社会信用代码"),
        "数据来源单位统一社会信用代码": ("数据来源单位", "统一社会信用代码"),
        "法定代表人": ("法定代表人", "姓名"),
        "法定代表人证件类型": ("法定代表人", "证件类型"),
        "法定代表人证件号码": ("法定代表人", "证件号码"),
    }
    upper = [groups.get(label, (label, ""))[0] for label in right]
    lower = [groups.get(label, ("", ""))[1] for label in right]
    above = [label if index == 0 or upper[index - 1] != label else "" for index, label in enumerate(upper)]
    report = run(workbook({"行政处罚": [["行政处罚信息"], above, lower, list(right.values())]}))
    assert report.ok, report.problems
    party = report.decisions[0].parties[0]
    assert party["party_uscc"] == "91220700MA0000001K"
    assert party["legal_representative_document"] == "身份证"
    assert party["party_document"] is None
    assert report.decisions[0].values["source_uscc"] == report.department


def test_values_merged_over_several_rows_are_in_each(run, workbook, penalty, person):
    first = penalty({"处罚内容": "各罚款人民币5000元"})
    second = {**person({"处罚内容": None}), "行政处罚决定书文号": ""}
    labels = list(first)
    report = run(
        workbook(
            {"行政处罚": [labels, list(first.values()), [second.get(label, "") for label in labels]]},
            merged=[
                ("A2:A3", "松市监罚〔2026〕15号"),
                (f"{chr(65 + labels.index('处罚内容'))}2:{chr(65 + labels.index('处罚内容'))}3", first["处罚内容"]),
            ],
        )
    )
    assert report.ok, report.problems
    assert [party["party_name"] for party in report.decisions[0].parties] == ["松原示例商贸有限公司", "张三"]


LABELS = sorted({field.label for kind in DECISION_KINDS.values() for field in kind.fields})
CELLS = some.one_of(some.sampled_from(LABELS), some.sampled_from(["", "行政处罚", "松原市", "2026-03-02", None]))


@given(rows=some.lists(some.lists(CELLS, max_size=9), max_size=6), title=some.sampled_from(["处罚", "行政许可", ""]))
def test_rows_that_are_passed_over_would_have_been_no_better_header(rows, title):
    numbered = [Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(header, "_highest", lambda labels: float("inf"))
        looked_at_all = header.find_header(numbered, title)
    assert header.find_header(numbered, title) == looked_at_all
