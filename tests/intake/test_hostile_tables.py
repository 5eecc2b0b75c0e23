"""Whatever a table holds, checking ends with a report and never with an exception."""

from __future__ import annotations

import csv
import io
import json
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongshi.intake.answer.rendering import render_text, to_json
from gongshi.intake.batch import SourceFile
from gongshi.records import DECISION_KINDS


@cache
def labels():
    own = {label for kind in DECISION_KINDS.values() for field in kind.fields for label in field.labels}
    return sorted(own | {"行政相对人代码_2", "处罚事由", "当前状态", "序号", "备注："})


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "无",
            "自然人",
            "法人",
            "张三、李四",
            "张三等3人",
            "松市监罚〔2026〕15号",
            "2026-03-02",
            "5000",
            "是",
            "说明：",
            "#REF!",
        ]
    ),
    st.text(max_size=8).filter(lambda text: "\0" not in text),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_table_ends_in_a_report(data, run):
    header = data.draw(st.lists(st.sampled_from(labels()), min_size=1, max_size=30))
    rows = data.draw(st.lists(st.lists(CELLS, max_size=len(header) + 2), max_size=6))
    text = io.StringIO()
    csv.writer(text).writerows([["某部门处罚公示"], header, *rows])
    report = run(SourceFile("表.csv", text.getvalue().encode("utf-8", "replace")))
    assert report.problems or report.decisions
    render_text(report)
    json.dumps(to_json(report))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_a_right_row_ends_in_a_report(data, run, typed, penalty):
    cells = st.one_of(CELLS, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none())
    right = penalty()
    changed = data.draw(st.dictionaries(st.sampled_from(sorted(right)), cells, max_size=5))
    report = run(typed({**right, **changed}, right))
    assert report.ok or report.errors
    for decision in report.decisions:
        assert json.loads(json.dumps(decision.to_payload()))


@pytest.mark.parametrize("raw", [b"", b"\0" * 1000, b"\xff\xfe\x00", b"<html></html>", b"{" * 5000, b"- " * 5000])
def test_bytes_that_are_no_table_are_one_clear_error(raw, run):
    report = run(SourceFile("../../etc/passwd\u202e.csv", raw))
    assert len(report.errors) == 1
    assert report.errors[0].message
    assert report.errors[0].hint
    assert "/" not in report.errors[0].file
    assert "\u202e" not in report.errors[0].file


def test_thousands_of_wrong_rows_are_told_in_few_lines(run, sheet, penalty):
    rows = [penalty({"行政处罚决定书文号": f"松市监罚〔2026〕{n}号", "处罚决定日期": f"坏{n}"}) for n in range(3_000)]
    report = run(sheet(*rows))
    assert len(report.errors) == 3_000
    assert len(render_text(report).splitlines()) < 12
