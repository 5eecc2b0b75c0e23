"""The report: summary first, complete, sorted; a batch whole or in part; what would change in the store."""

from __future__ import annotations

import hashlib
import json

import pytest

from gongshi.intake.answer.rendering import next_step, render_text, to_json
from gongshi.intake.answer.report import Change, NotAcceptable
from gongshi.intake.batch import SourceFile
from gongshi.records import DECISION_KINDS


def numbered(build, n, changes=None):
    return build({"行政处罚决定书文号": f"松市监罚〔2026〕{n}号", **(changes or {})})


def test_the_summary_comes_first_and_counts(run, sheet, penalty):
    rows = [numbered(penalty, n, {"处罚决定日期": "坏日期"} if n % 2 else {}) for n in range(40)]
    text = render_text(run(sheet(*rows)))
    first, second, third = text.splitlines()[:3]
    assert first == "检查未通过：共 40 行，有误 20 行；错误 20 处，提醒 0 处。"
    assert second == "可以接收的决定 20 个：行政处罚 20（新增 20，变化 0，无变化 0）。"
    assert third == "最多的问题：E211 日期看不懂 20 处。"


def test_alike_problems_are_told_once_with_their_rows_and_json_has_all(run, sheet, penalty):
    report = run(sheet(*(numbered(penalty, n, {"处罚决定日期": "坏日期"}) for n in range(100))))
    text = render_text(report)
    assert text.count("E211") == 2
    assert "第 2-101 行" in text
    assert "共 100 处" in text
    assert [problem["row"] for problem in to_json(report)["problems"]] == list(range(2, 102))


def test_what_differs_between_alike_problems_is_told(run, sheet, penalty):
    wrong = ["坏日期", "三月初二", "昨天", "同上"]
    rows = [numbered(penalty, n, {"处罚决定日期": day}) for n, day in enumerate(wrong)]
    amounts = [numbered(penalty, n, {"罚款金额（万元）": amount}) for n, amount in enumerate(("1", "2", "3", "4"))]
    assert "第 3 行：“三月初二”；第 4 行：“昨天”；第 5 行：“同上”" in render_text(run(sheet(*rows)))
    assert "第 5 行：折合 40000 元" in render_text(run(sheet(*amounts)))


def test_of_a_long_text_only_the_beginning_is_told(run, sheet, penalty):
    """Not the first problem's, whose message is whole: those that are told beside it, up to twelve."""
    rows = [numbered(penalty, n, {"处罚决定日期": sign * 300}) for n, sign in enumerate("甲乙丙丁戊")]
    text = render_text(run(sheet(*rows)))
    assert f"第 4 行：“{'丙' * 40}……”" in text
    assert "丙" * 41 not in text


def test_one_rows_problem_in_several_columns_is_told_once(run, sheet, penalty):
    text = render_text(run(sheet(penalty({"处罚依据": "", "处罚内容": "", "甲": "1", "乙": "2"}))))
    assert "第 2 行　“处罚依据”、“处罚内容”：必填，没有填写。（共 2 处）" in text
    assert "“甲”、“乙”：不认识这一列" in text
    text = render_text(run(sheet(penalty({"处罚机关": None, "数据来源单位统一社会信用代码": None}))))
    assert text.count("W105") == 2
    assert text.count("请核对") == 1
    assert text.count("“处罚机关”") == 1


def test_the_summary_names_errors_before_warnings(run, sheet, penalty):
    rows = [numbered(penalty, n, {"甲": "1", "罚款金额（万元）": "5000"}) for n in range(5)]
    text = render_text(run(sheet(*rows, penalty({"违法事实": ""}))))
    assert text.splitlines()[2].startswith("最多的问题：E201")


def test_problems_are_complete_and_sorted(run, sheet, penalty):
    wrong = {"处罚决定日期": "坏", "行政相对人类别": "坏", "违法事实": ""}
    report = run(
        sheet(numbered(penalty, 1, wrong), numbered(penalty, 2, {"处罚内容": ""}), numbered(penalty, 3, wrong))
    )
    assert [(p.row, p.code) for p in report.errors] == [
        (2, "E241"), (2, "E201"), (2, "E211"), (3, "E201"), (4, "E241"), (4, "E201"), (4, "E211"),
    ]  # fmt: skip


def test_json_has_a_stable_shape(run, sheet, penalty):
    shape = json.loads(json.dumps(to_json(run(sheet(penalty({"处罚决定日期": "坏"})), sheet(numbered(penalty, 2))))))
    assert set(shape) == {
        "ok", "department", "files", "rows", "wrong_rows", "errors", "warnings", "counts", "decisions", "problems",
        "left_out",
    }  # fmt: skip
    assert shape["left_out"] == {"wrong_rows": 0, "decisions": 0, "problems": 0}
    assert shape["decisions"][0]["change"] == "added"
    assert set(shape["problems"][0]) == {
        "code", "severity", "file", "sheet", "row", "column", "position", "value", "message", "hint",
    }  # fmt: skip


def test_a_batch_is_taken_whole_or_not_at_all(run, sheet, penalty):
    report = run(sheet(penalty(), numbered(penalty, 16, {"处罚决定日期": "坏"})))
    with pytest.raises(NotAcceptable):
        report.batch()
    batch = report.batch(partial=True)
    assert [decision.values["document_number"] for decision in batch.decisions] == ["松市监罚〔2026〕15号"]
    assert (batch.rows, batch.left_out) == (2, 1)
    assert [ref.row for ref in report.wrong_rows] == [3]


def test_a_part_is_not_taken_of_a_file_whose_header_is_wrong(run, sheet, penalty):
    wrong = {k.replace("处罚内容", "处罚内客"): v for k, v in penalty().items()}
    report = run(sheet(numbered(penalty, 16)), sheet(wrong, name="二.csv"))
    with pytest.raises(NotAcceptable, match="表头"):
        report.batch(partial=True)


def test_warnings_keep_nothing_out(run, sheet, penalty):
    report = run(sheet(penalty({"罚款金额（万元）": ""})))
    assert report.ok
    assert [problem.code for problem in report.batch().problems] == ["W307"]


def test_a_batch_carries_the_raw_bytes_and_their_hash(run, sheet, penalty):
    sent = sheet(penalty())
    batch = run(sent).batch()
    assert batch.files == (sent,)
    assert [file.sha256 for file in batch.files] == [hashlib.sha256(sent.raw).hexdigest()]


def test_the_report_says_what_would_change(run, sheet, penalty):
    rows = [numbered(penalty, number) for number in (15, 16, 17, 18)]
    first = run(sheet(*rows)).decisions
    is_ = [Change.UNCHANGED, Change.CHANGED, Change.RESUBMITTED]
    stored = {decision.key: change for decision, change in zip(first, is_, strict=False)}
    report = run(sheet(*rows), known=lambda some: {one.key: stored[one.key] for one in some if one.key in stored})
    assert list(report.changes.values()) == [*is_, Change.ADDED]
    assert "（新增 1，变化 1，退回后重报 1，无变化 1）" in render_text(report)


@pytest.mark.article("D28")
def test_earlier_decisions_carry_their_first_publication_and_its_evidence(run, sheet, penalty):
    row = penalty({"首次公示日期": "2026-03-05", "原公示地址": "http://old.example.invalid/1.html"})
    assert [problem.code for problem in run(sheet(row)).errors] == ["E304", "E304"]
    report = run(sheet(row), earlier=True, evidence="截图存档 2026-7")
    assert report.ok, report.errors
    assert report.decisions[0].values["earlier_published_on"] == "2026-03-05"
    assert report.batch().earlier
    assert report.batch().evidence == "截图存档 2026-7"


@pytest.mark.article("D18")
def test_one_tick_for_the_whole_batch_says_that_persons_were_of_age(run, sheet, person, penalty):
    rows = [person({"证件号码": ""}), numbered(penalty, 16), numbered(person, 17)]
    assert [problem.code for problem in run(sheet(*rows)).problems] == ["W304"]
    report = run(sheet(*rows), adults=True)
    assert not report.problems
    assert [d.parties[0]["party_adult_when_decided"] for d in report.decisions] == ["1", None, None]


def test_every_field_of_the_kind_is_there_once(run, sheet, penalty):
    (decision,) = run(sheet(penalty())).decisions
    names = [*decision.values, *decision.parties[0]]
    assert len(names) == len(set(names))
    assert set(names) == set(DECISION_KINDS["penalty"].by_name)


def test_blank_rows_and_signatures_are_no_data(run, table, penalty):
    right = penalty()
    rows = [
        list(right),
        list(right.values()),
        [" "] * len(right),
        ["填表人：周示礼", "", "审核人：郑示正"],
        ["合计", "", "", "1"],
    ]
    report = run(table(rows))
    assert report.ok
    assert report.rows == 1
    assert [problem.code for problem in report.problems] == ["W104", "W104"]


def test_hidden_reordering_of_text_never_reaches_a_terminal(run, sheet, penalty):
    text = render_text(run(sheet(penalty({"违法事实": "前\u202e后\x1b[31m"}))))
    assert text.replace("\n", "").isprintable() or "\u3000" in text
    assert "\u202e" not in text
    assert "\x1b" not in text


def test_a_report_ends_with_what_to_do_next(run, sheet, penalty):
    right, wrong = penalty(), numbered(penalty, 16, {"处罚内容": ""})
    assert "gongshi submit" in next_step(run(sheet(right)), submitting=False)
    partly = next_step(run(sheet(right, wrong)), submitting=True)
    assert partly.startswith("这一批没有接收。")
    assert "--partial" in partly
    assert "--marked" in partly
    assert "--partial" not in next_step(run(sheet(wrong)), submitting=False)
    assert "--marked" not in next_step(run(SourceFile("空.xlsx", b"")), submitting=False)
