"""Several parties of one decision: rows grouped, cells split, contradictions and duplicates told (DOMAIN.md 5, 16)."""

from __future__ import annotations

import pytest

ANOTHER = {"行政相对人名称": "松原样本有限公司", "行政相对人代码_1(统一社会信用代码)": "91220700MA0000002N"}


def names(report):
    return [[party["party_name"] for party in decision.parties] for decision in report.decisions]


def test_rows_of_one_number_are_one_decision_however_it_is_written(run, sheet, penalty):
    report = run(sheet(penalty(), penalty({**ANOTHER, "行政处罚决定书文号": "松市监罚（2026）第015号"})))
    assert report.ok, report.errors
    assert names(report) == [["松原示例商贸有限公司", "松原样本有限公司"]]
    assert report.decisions[0].values["document_number"] == "松市监罚〔2026〕15号"
    assert report.rows == 2


def test_numbers_that_differ_are_different_decisions(run, sheet, penalty):
    report = run(
        sheet(
            penalty({"行政处罚决定书文号": "松市监罚〔2026〕003号"}),
            penalty({"行政处罚决定书文号": "松市监罚〔2026〕004号"}),
        )
    )
    assert len(report.decisions) == 2


def test_what_parties_share_lies_with_the_decision_what_differs_with_each(run, sheet, penalty):
    report = run(
        sheet(
            penalty({"处罚内容": "罚款5000元"}),
            penalty({**ANOTHER, "处罚内容": "罚款3000元", "罚款金额（万元）": "0.3"}),
        )
    )
    (decision,) = report.decisions
    assert decision.values["facts"] == "当事人未在经营场所公示食品经营许可证。"
    assert "facts" not in decision.parties[0]
    assert decision.values["content"] is None
    assert [party["content"] for party in decision.parties] == ["罚款5000元", "罚款3000元"]
    assert [party["fine"] for party in decision.parties] == ["5000", "3000"]
    assert "fine" not in decision.values


def test_an_empty_cell_agrees_with_any(run, sheet, penalty):
    report = run(sheet(penalty({"送达日期": ""}), penalty({**ANOTHER, "送达日期": "2026-03-04"})))
    assert report.ok
    assert report.decisions[0].values["served_on"] == "2026-03-04"


def test_disagreement_names_both_rows_and_keeps_the_whole_decision_out(run, sheet, penalty):
    report = run(sheet(penalty(), penalty({**ANOTHER, "处罚决定日期": "2026-03-05"})))
    (problem,) = report.errors
    assert problem.code == "E401"
    assert "第 3 行和第 2 行" in problem.message
    assert not report.decisions
    assert [ref.row for ref in report.wrong_rows] == [2, 3]


def test_one_wrong_party_makes_its_decision_wrong_and_no_other(run, sheet, penalty):
    report = run(
        sheet(
            penalty(),
            penalty({**ANOTHER, "罚款金额（万元）": "-1"}),
            penalty({"行政处罚决定书文号": "松市监罚〔2026〕16号"}),
        )
    )
    assert [decision.values["document_number"] for decision in report.decisions] == ["松市监罚〔2026〕16号"]
    assert [ref.row for ref in report.wrong_rows] == [2, 3]
    assert len(report.errors) == 1


def test_the_same_person_twice_is_an_error_two_of_one_name_are_not(run, sheet, person):
    same = [person(), person({"罚款金额（万元）": "0.3", "处罚内容": "罚款3000元"})]
    assert [problem.code for problem in run(sheet(*same)).errors] == ["E402"]
    namesakes = [person(), person({"证件号码": "220702198001010011"})]
    assert names(run(sheet(*namesakes))) == [["张三", "张三"]]


def test_a_number_in_both_files_of_a_batch_is_one_decision(run, sheet, penalty):
    report = run(sheet(penalty()), sheet(penalty({**ANOTHER, "处罚决定日期": "2026-03-05"}), name="二.csv"))
    assert "第 2 行和文件“处罚.csv”第 2 行的" in report.errors[0].message


SPLIT = [
    ({"行政相对人名称": "张三、李四", "证件号码": "220702199001010013、220702198001010011"}, ["张三", "李四"]),
    ({"行政相对人名称": "张三；李四;王五", "证件号码": ""}, ["张三", "李四", "王五"]),
    ({"行政相对人名称": "张三\n李四", "证件号码": ""}, ["张三", "李四"]),
    ({"行政相对人名称": "张三/李四", "证件号码": "", "罚款金额（万元）": "0.5/0.3"}, ["张三", "李四"]),
    ({"行政相对人名称": "张**、李**", "证件号码": "", "作出决定时是否成年": "是"}, ["张**", "李**"]),
]


@pytest.mark.parametrize(("changes", "expected"), SPLIT)
def test_persons_in_one_cell_are_split_where_it_is_certain(changes, expected, run, sheet, person):
    changes = {"罚款金额（万元）": "", "处罚类别": "警告", "处罚内容": "警告", **changes}
    report = run(sheet(person(changes)))
    assert report.decisions, report.errors
    assert names(report) == [expected]
    assert {party["party_type"] for party in report.decisions[0].parties} == {"自然人"}
    assert report.rows == 1


def test_split_cells_are_shared_out_in_order(run, sheet, person):
    numbers = "220702199001010013、220702198001010011"
    report = run(
        sheet(
            person(
                {
                    "行政相对人名称": "张三、李四",
                    "证件号码": numbers,
                    "罚款金额（万元）": "0.5、0.3",
                    "处罚内容": "罚款5000元、3000元",
                }
            )
        )
    )
    assert [party["fine"] for party in report.decisions[0].parties] == ["5000", "3000"]
    assert "、".join(party["party_document_number"] for party in report.decisions[0].parties) == numbers


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("松原示例商贸有限公司、松原样本有限公司", "E403"),
        ("松原示例商贸有限公司等3家单位", "E404"),
        ("松原市张三、李四律师事务所", None),
        ("松原示例商贸有限公司、钱六", "E403"),
        ("松原示例商贸有限公司 欧阳娜", "E403"),
        ("松原示例商贸有限公司及钱六", "E403"),
        ("松原示例商贸有限公司\n赵一\n钱六", "E403"),
        ("松原示例商贸有限公司 宁江店", None),
        ("松原示例商贸有限公司 前郭分公司", None),
    ],
)
def test_organisations_in_one_cell_are_not_split(name, code, run, sheet, penalty):
    report = run(sheet(penalty({"行政相对人名称": name})))
    assert [problem.code for problem in report.errors] == ([code] if code else [])
    if code is None:
        assert names(report) == [[name]]


def test_several_parties_in_one_cell_are_one_error_whatever_else_their_cells_hold(run, sheet, person):
    both = {"行政相对人名称": "张三、李四", "证件号码": "220702199001010013、220702198001010011", "法定代表人": "王五"}
    report = run(sheet(person({**both, "行政相对人代码_3(组织机构代码)": "12345678.5"})))
    assert [problem.code for problem in report.problems] == ["E403"]
    assert "“行政相对人代码_3(组织机构代码)”" in report.problems[0].message


def test_padding_inside_a_persons_name_is_taken_out(run, sheet, person):
    assert names(run(sheet(person({"行政相对人名称": "张 三"})))) == [["张三"]]


def test_a_fault_of_a_split_row_is_told_once(run, sheet, person):
    report = run(
        sheet(person({"行政相对人名称": "张三、李四", "证件号码": "", "罚款金额（万元）": "", "处罚决定日期": "坏"}))
    )
    assert [problem.code for problem in report.errors] == ["E211"]
    assert len(report.wrong_rows) == 1
