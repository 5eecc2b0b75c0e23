"""Files as departments keep them: the double-publicity templates old and new, in every format and encoding."""

from __future__ import annotations

import io
import json

import pytest
import xlwt
import yaml

from gongshi.intake.answer.rendering import render_text
from gongshi.intake.batch import SourceFile
from gongshi.intake.template import template
from gongshi.records import DECISION_KINDS

OLD_PENALTY = {
    "行政处罚决定书文号": "松市监处罚〔2017〕0021号",
    "处罚名称": "销售超过保质期食品案",
    "处罚类别1": "罚款",
    "处罚类别2": "没收违法所得",
    "处罚事由": "销售超过保质期的食品。",
    "处罚依据": "《中华人民共和国食品安全法》第一百二十四条",
    "行政相对人名称": "松原示例商贸有限公司",
    "行政相对人代码_1 (统一社会信用代码)": "91220700MA0000001K",
    "行政相对人代码_2 (组织机构代码)": "MA0000001",
    "行政相对人代码_3 (工商登记码)": "220700000012345",
    "行政相对人代码_4 (税务登记号)": "/",
    "行政相对人代码_5 (居民身份证号)": "",
    "法定代表人姓名": "王某",
    "处罚结果": "罚款2000元，没收违法所得30元",
    "处罚决定日期": "2017/5/3",
    "处罚机关": "松原市工商行政管理局",
    "当前状态": "0",
    "地方编码": "220700",
    "数据更新时间戳": "2017/5/10",
    "备注": "",
}


def test_the_old_penalty_template_is_accepted_as_it_is(run, table, department):
    person = {
        **OLD_PENALTY,
        "行政处罚决定书文号": "松市监处罚〔2017〕22号",
        "行政相对人名称": "张三",
        "行政相对人代码_1 (统一社会信用代码)": "",
        "行政相对人代码_2 (组织机构代码)": "",
        "行政相对人代码_3 (工商登记码)": "",
        "行政相对人代码_5 (居民身份证号)": "220724198001010019",
    }
    rows = [["“双公示”行政处罚信息"], list(OLD_PENALTY), list(OLD_PENALTY.values()), list(person.values())]
    report = run(table(rows, encoding="gb18030"))
    assert report.ok, report.errors
    company, natural = report.decisions
    assert company.parties[0]["party_organisation_code"] == "MA0000001"
    assert company.parties[0]["party_business_registration"] == "220700000012345"
    assert company.parties[0]["party_type"] == "法人及非法人组织"
    assert company.values["penalty_class"] == "罚款、没收违法所得"
    assert company.values["violation_type"] == "销售超过保质期食品案"
    older = {label.replace("处罚名称", "案件名称"): cell for label, cell in OLD_PENALTY.items()}
    assert run(table([list(older), list(older.values())])).decisions[0].values == company.values
    assert company.values["agency_uscc"] == department.key
    assert company.kept["地方编码"] == "220700"
    assert natural.parties[0]["party_type"] == "自然人"
    assert natural.parties[0]["party_document_number"] == "220724198001010019"
    assert natural.parties[0]["party_institution_certificate"] is None


def test_both_sheets_of_a_workbook_are_read(run, workbook, penalty, person, codes):
    company, natural = penalty(), person({"行政处罚决定书文号": "松市监罚〔2026〕16号"})
    no_codes = {label: cell for label, cell in natural.items() if "代码_" not in label}
    sheets = {
        "填报说明": [["一、本表由各部门填报"], ["二、日期格式为年/月/日"]],
        "法人行政处罚": [["法人和非法人组织行政处罚信息"], list(company), list(company.values())],
        "自然人行政处罚": [
            [f"*{label}" for label in no_codes],
            list(no_codes.values()),
            ["填报人：周示礼", "", "审核人：郑示正"],
        ],
    }
    report = run(workbook(sheets))
    assert report.ok, report.errors
    assert [len(decision.parties) for decision in report.decisions] == [1, 1]
    assert sorted(codes(report)) == ["W103", "W104"]
    assert report.rows == 2


def test_a_header_that_stands_there_again_is_no_row(run, table, penalty, codes):
    first, second = penalty(), penalty({"行政处罚决定书文号": "松市监罚〔2026〕16号"})
    again = [f"{label}\n" for label in first]
    report = run(table([list(first), list(first.values()), again, list(second.values())]))
    assert report.ok, report.errors
    assert (len(report.decisions), codes(report)) == (2, ["W104"])


def test_an_xls_file_is_read_like_an_xlsx_file(run, penalty, workbook):
    right = penalty()
    book = xlwt.Workbook()
    page = book.add_sheet("行政处罚")
    for row, cells in enumerate([list(right), list(right.values())]):
        for column, cell in enumerate(cells):
            page.write(row, column, cell)
    target = io.BytesIO()
    book.save(target)
    old, new = SourceFile("处罚.xls", target.getvalue()), workbook({"行政处罚": [list(right), list(right.values())]})
    assert list(run(old).decisions) == list(run(new).decisions)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_encoding(run, sheet, penalty, encoding):
    report = run(sheet(penalty({"行政相对人名称": "松原䶮𬭩商贸有限公司"}), encoding=encoding))
    assert report.ok
    assert report.decisions[0].parties[0]["party_name"] == "松原䶮𬭩商贸有限公司"


def test_json_and_yaml_give_the_same_decisions_as_a_sheet(run, sheet, penalty):
    right = {label: cell for label, cell in penalty().items() if cell}
    expected = list(run(sheet(right)).decisions)
    assert list(run(SourceFile("a.json", json.dumps([right], ensure_ascii=False).encode())).decisions) == expected
    assert list(run(SourceFile("a.yaml", yaml.safe_dump([right], allow_unicode=True).encode())).decisions) == expected


def test_numbers_of_a_case_system_keep_their_types(run, typed, penalty):
    report = run(typed(penalty({"罚款金额（万元）": 0.5, "处罚决定日期": 46083})))
    assert report.ok, report.errors
    assert report.decisions[0].values["decided_on"] == "2026-03-02"


def test_dates_and_amounts_typed_into_a_workbook_are_read(run, workbook, penalty):
    right = penalty({"罚款金额（万元）": 0.5, "处罚决定日期": 46083})
    report = run(workbook({"行政处罚": [list(right), list(right.values())]}))
    assert report.ok, report.errors
    assert report.decisions[0].parties[0]["fine"] == "5000"


@pytest.mark.parametrize("kind", DECISION_KINDS.values(), ids=lambda kind: kind.name)
def test_our_own_template_is_recognised_and_its_notes_are_no_data(run, kind, codes):
    report = run(SourceFile(f"{kind.name}.xlsx", template(kind)))
    assert [code for code in codes(report) if code.startswith("E")] == ["E107"]
    assert report.rows == 0


def test_an_unreadable_file_is_a_problem_of_the_report(run, sheet, penalty):
    report = run(SourceFile("坏.xlsx", b"PK\x03\x04 not a workbook"), sheet(penalty()))
    assert not report.ok
    assert report.problems[0].file == "坏.xlsx"
    assert report.problems[0].hint
    assert len(report.decisions) == 1
    assert not report.partly_acceptable


def test_two_files_of_one_name_are_told_apart(run, sheet, penalty):
    report = run(sheet(penalty({"处罚决定日期": "坏"})), sheet(penalty({"行政处罚决定书文号": "松市监罚〔2026〕16号"})))
    assert [file.name for file in report.files] == ["处罚.csv", "处罚(2).csv"]
    assert {ref.file for ref in report.wrong_rows} == {"处罚.csv"}


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ('{"code": 0, "data": {"list": []}}', 1, "“data”不是单个的值"),
        ('{"行政处罚": [{"文号": "1"}, "2"]}', 2, "不是“字段：值”的记录"),
        ('[{"文号": "1"}, {"文号": {"号": 2}}]', 2, "“文号”不是单个的值"),
    ],
)
def test_json_of_another_shape_is_told_by_its_record(run, text, row, words):
    report = run(SourceFile("推送.json", text.encode()))
    (problem,) = report.problems
    assert (problem.code, problem.row, problem.unit) == ("records_wrong_shape", row, "条")
    assert words in problem.message
    assert f"第 {row} 条" in render_text(report)


def test_records_are_counted_in_records_and_rows_in_rows(run, typed, sheet, penalty):
    right = penalty()
    report = run(typed(right, {**right, "处罚内容": "罚款人民币5000元，并警告"}))
    (problem,) = report.errors
    assert "在第 1 条已经出现" in problem.message
    assert "第 2 条" in render_text(report)
    assert "第 2 行" in render_text(run(sheet(penalty({"处罚内容": ""}))))


def test_a_ledger_of_ones_own_with_grouped_headers_is_read(run, workbook, codes):
    """As clerks keep it: groups over columns, the kind's word said once, amounts in 元, no columns of the agency."""
    groups = ["序号", "行政相对人", "", "", "处罚决定", "", "", "", "", "违法情况", "", "罚款金额（元）"]
    names = [
        "",
        "名称",
        "类别",
        "统一社会信用代码",
        "文号",
        "日期",
        "类别",
        "内容",
        "依据",
        "违法行为类型",
        "违法事实",
        "",
    ]
    cells = [1, "松原示例商贸有限公司", "法人及非法人组织", "91220700MA0000001K", "松市监罚〔2026〕15号", "2026.11.16",
             "罚款", "罚款5000元", "《中华人民共和国价格法》第四十二条", "未明码标价", "未明码标价", 5000]  # fmt: skip
    merged = [("B2:D2", "行政相对人"), ("E2:I2", "处罚决定"), ("J2:K2", "违法情况")]
    report = run(workbook({"处罚台账": [["2026年行政处罚台账"], groups, names, cells]}, merged=merged))
    assert report.ok, report.errors
    assert set(codes(report)) == {"W105"}
    (decision,) = report.decisions
    assert decision.values["penalty_class"] == "罚款"
    assert decision.values["decided_on"] == "2026-11-16"
    assert decision.parties[0]["fine"] == "5000"
    assert decision.kept == {"序号": "1"}


def test_columns_that_say_nothing_are_kept_without_a_word(run, sheet, penalty, codes):
    report = run(sheet(penalty({"序号": "1", "地方编码": "220700", "数据更新时间戳": "2026/3/3", "承办人": "甲"})))
    assert [(problem.code, problem.column) for problem in report.problems] == [("W101", "承办人")]
    assert set(report.decisions[0].kept) == {"序号", "地方编码", "数据更新时间戳", "承办人"}


@pytest.mark.parametrize("title", ["行政处罚信息表", "处罚决定公示表", "双公示行政处罚信息"])
def test_a_title_over_all_columns_is_no_group_of_the_header(run, workbook, penalty, title):
    right = penalty({"处罚内容": ""})
    area = (f"A1:{chr(64 + len(right))}1", title)
    report = run(workbook({"行政处罚": [[title], list(right), list(right.values())]}, merged=[area]))
    assert [(problem.row, problem.column) for problem in report.problems] == [(3, "处罚内容")]
