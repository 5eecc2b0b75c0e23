"""The quick way and the careful way see the same, however many rows are read at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongshi.instance import load
from gongshi.intake import quick
from gongshi.intake.batch import SourceFile
from gongshi.intake.check import check
from gongshi.intake.checks import row_checks
from gongshi.intake.checks.plain_checks import DOUBTS
from gongshi.law.rule import Effect, Question, Rank, Rule, Source
from gongshi.law.rules import RuleSet
from gongshi.law.scope import Scope
from gongshi.lifecycle.sidecars import BATCH_SUFFIX, SUFFIXES
from gongshi.sample.generate import generate
from gongshi.system.processes import BrokenProcessPool

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)
NUMBER = "行政处罚决定书文号"


def seen(report):
    """All that a check tells, as values."""
    return {
        "decisions": list(report.decisions),
        "changes": dict(report.changes),
        "problems": list(report.problems),
        "counts": report.counts,
        "errors": report.error_count,
        "wrong": list(report.wrong_rows),
        "rows": report.rows,
    }


def test_each_check_has_its_doubt():
    assert set(DOUBTS) == {check for _, check in row_checks.CHECKS}


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    root = tmp_path_factory.mktemp("city") / "root"
    generate(1200, 5, root, TODAY)
    return root


def sheets(root):
    folder = root / "data" / "submissions"
    files = [path for place in sorted(folder.iterdir()) if place.is_dir() for path in sorted(place.iterdir())]
    return [path for path in files if not path.name.endswith(SUFFIXES)]


def test_of_a_citys_sheets_both_ways_see_the_same(city, monkeypatch):
    instance = load(city)
    found = 0
    for path in sheets(city):
        department = instance.department(path.parent.name)
        note = path.with_name(path.stem + BATCH_SUFFIX)
        earlier = note.exists() and "earlier: true" in note.read_text(encoding="utf-8")
        settings = {"today": TODAY, "earlier": earlier, "evidence": "存档"}
        careful = seen(check([path], department, instance, quick=False, **settings))
        assert seen(check([path], department, instance, **settings)) == careful, path.name
        found += len(careful["decisions"])
    assert found > 1000


def unlike_rows(penalty):
    """Right rows and wrong ones, decisions of several rows together and apart, notes, a column of its own."""
    named = [{NUMBER: f"松市监罚〔2026〕{n // 2}号", "行政相对人名称": f"松原示例{n}公司"} for n in range(2, 40)]
    rows = [penalty({**one, "行政相对人代码_1(统一社会信用代码)": "", "序号": str(n)}) for n, one in enumerate(named)]
    rows[7]["处罚决定日期"], rows[11]["序号"] = "坏", ""
    return [*rows, dict.fromkeys(rows[0], ""), penalty({**named[0], "行政相对人名称": "松原后来公司", "序号": "99"})]


def ends(*parts):
    raise BrokenProcessPool


@pytest.mark.parametrize("end", ["", '"坏'], ids=["whole", "found late to be unreadable"])
@pytest.mark.parametrize("another", [None, ends], ids=["another reads", "another is killed"])
def test_a_large_file_is_read_by_two_processes_and_the_same_comes_of_it(  # noqa: PLR0917
    another, end, run, sheet, penalty, monkeypatch
):
    file = sheet(*unlike_rows(penalty))
    file = SourceFile(file.name, file.raw + end.encode())
    alone = seen(run(file))
    assert alone["errors"]
    monkeypatch.setattr("gongshi.intake.passing.WORTH", 0)
    monkeypatch.setattr("gongshi.intake.readers.delimited._PORTION", 9)
    used = []
    by_two = another or quick.by_two
    monkeypatch.setattr("gongshi.intake.passing.by_two", lambda *asked: used.append(1) or by_two(*asked))
    assert seen(run(file)) == alone
    assert used


@pytest.mark.parametrize("rows_at_a_time", [1, 2, 7])
def test_portions_of_any_size_give_the_same(rows_at_a_time, run, sheet, penalty, monkeypatch):
    own = {"行政相对人代码_1(统一社会信用代码)": "", "行政相对人代码_3(组织机构代码)": "123456789"}
    named = [{NUMBER: f"松市监罚〔2026〕{n // 2}号", "行政相对人名称": f"松原示例{n}公司"} for n in range(2, 40)]
    rows = [penalty({**own, **one}) for one in named]
    rows[7]["处罚决定日期"] = "坏"
    rows.append(penalty({**own, NUMBER: "松市监罚〔2026〕3号", "行政相对人名称": "松原后来公司"}))
    rows.append(dict.fromkeys(rows[0], ""))
    file = sheet(*rows)
    whole = seen(run(file))
    monkeypatch.setattr("gongshi.intake.readers.delimited._PORTION", rows_at_a_time)
    assert seen(run(file)) == whole
    assert seen(run(file, quick=False)) == whole
    assert [len(one.parties) for one in whole["decisions"] if one.key.endswith("〕3")] == [3], whole["problems"]


def test_a_row_is_nearly_always_plain(run, sheet, penalty, monkeypatch):
    """Otherwise the quick way would be of no use, and nobody would notice."""
    read = []
    monkeypatch.setattr("gongshi.intake.sheet.rows.RowReader.read", lambda self, row: read.append(row) or [])
    assert len(run(sheet(*(penalty({NUMBER: f"松市监罚〔2026〕{n}号"}) for n in range(1, 60)))).decisions) == 59
    assert not read


CELLS = (
    *("", " ", "无", "/", "—", "#REF!", "1E5", "0", "12", "0.5", "5000元", "伍仟元整", "是", "否", "长期"),
    *("2026-03-02", "2026-03-09", "2026年3月1日", "2031-01-01", "20260230", "1999-01-01", "警告、罚款", "罚款", "警告"),
    *(
        "自然人",
        "个体工商户",
        "法人",
        "张三",
        "张三、李四",
        "张三等3人",
        "张 三",
        "张三与李四",
        "松原乙公司、松原丙公司",
    ),
    *("91220700MA0000001K", "91220700MA0000002K", "92220700MA0000001A", "9122 0700 MA00 00001K", "220702199001010013"),
    *(
        "松市监罚〔2026〕15号",
        "松市监罚(2026)第015号",
        "松交罚〔2026〕1号",
        "松市监罚〔2019〕7号",
        "号",
        "松原市交通运输局",
    ),
    *(
        "罚款人民币5000元",
        "罚款50000元。",
        "电话13800138000",
        "e\u0301",
        "甲\u200b乙",
        "两  格",
        "a\nb",
        "国家秘密",
        "_x000D_",
    ),
)
MORE = {
    **dict.fromkeys(("送达日期", "信息形成日期", "公示截止期", "作出决定时是否成年", "首次公示日期", "处罚有效期"), ""),
    **dict.fromkeys(("不予公开理由", "不予公开情形", "原公示地址", "没收违法所得、没收非法财物的金额（万元）"), ""),
    "序号": "1",
}


@pytest.mark.parametrize(
    "said", [{}, {"adults": True}, {"earlier": True}, {"earlier": True, "evidence": "存档"}], ids=str
)
@pytest.mark.parametrize("whose", ["penalty", "person"])
def test_of_a_row_with_one_slip_both_ways_see_the_same(whose, said, run, sheet, request):
    row = request.getfixturevalue(whose)
    told = {"首次公示日期": "2026-03-05"} if "earlier" in said else {}
    rows = []
    for label in [*row(), *MORE]:
        for cell in CELLS:
            number = {NUMBER: f"松市监罚〔2026〕{len(rows) + 1}号"}
            rows.append(row({**MORE, **told, **number, label: cell}))
    file = sheet(*rows)
    assert seen(run(file, **said)) == seen(run(file, quick=False, **said))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_of_rows_with_any_slips_both_ways_see_the_same(data, run, sheet, penalty, person):
    rows = []
    for number in range(data.draw(st.integers(1, 5))):
        row = data.draw(st.sampled_from([penalty, person]))({NUMBER: f"松市监罚〔2026〕{number // 2 + 1}号", **MORE})
        for label in data.draw(st.lists(st.sampled_from(sorted(row)), max_size=3)):
            row[label] = data.draw(st.sampled_from(CELLS))
        rows.append(row)
    file, said = sheet(*rows), {"adults": data.draw(st.booleans()), "earlier": data.draw(st.booleans())}
    assert seen(run(file, **said)) == seen(run(file, quick=False, **said))


def test_typed_cells_are_seen_the_same(run, workbook, penalty):
    rows = [penalty({NUMBER: f"松市监罚〔2026〕{n}号", "罚款金额（万元）": 0.5, "序号": n}) for n in range(1, 30)]
    rows[3]["处罚决定日期"] = date(2026, 3, 2)
    rows[5]["行政相对人名称"] = 12
    file = workbook({"行政处罚": [list(rows[0]), *(list(row.values()) for row in rows)]})
    assert seen(run(file)) == seen(run(file, quick=False))


def test_a_fault_found_late_takes_the_whole_file_out(run, sheet, penalty):
    good = [penalty({NUMBER: f"松市监罚〔2026〕{n}号"}) for n in range(1, 1200)]
    broken = SourceFile("坏.csv", sheet(*good).raw + '"甲\n'.encode())
    other = sheet(penalty({NUMBER: "松市监罚〔2026〕5000号"}))
    for files in ((broken, other), (other, broken)):
        report = run(*files)
        assert [problem.code for problem in report.problems] == ["quotes_unbalanced"]
        assert (report.rows, len(report.decisions), len(report.files)) == (1, 1, 1)


LISTED = {
    "by its class": {"penalty_classes": frozenset({"责令停产停业"})},
    "by its amounts": {"fine_at_least": Decimal(5000), "confiscated_at_least": Decimal(10000)},
    "by its item": {"items": frozenset({"2207-CF-001"}), "party_types": frozenset({"法人及非法人组织"})},
}


@pytest.mark.article("L3")
def test_what_is_on_the_list_is_told_of_both_ways_and_nothing_else_goes_the_careful_way(
    instance, department, sheet, penalty
):
    rules = [listed(name, Scope(kinds=frozenset({"penalty"}), **asked)) for name, asked in LISTED.items()]
    city = replace(instance, rules=RuleSet((*instance.rules, *rules)))
    money = "没收违法所得、没收非法财物的金额（万元）"
    told = [
        ({"处罚类别": "罚款、责令停产停业"}, {"W317"}),
        ({"处罚类别": "罚款、责令停产停业", "法制审核结论": "未经审核"}, set()),
        ({"处罚类别": "罚款、责令停产停业", "是否重大执法决定": "否"}, {"W315"}),
        ({"处罚类别": "罚款、责令停产停业", "处罚决定日期": "2026-02-02"}, set()),
        ({"罚款金额（万元）": "0.5", money: "1", "处罚类别": "罚款、没收违法所得"}, {"W317"}),
        ({"罚款金额（万元）": "0.5", money: "0.9", "处罚类别": "罚款、没收违法所得"}, set()),
        ({"执法事项编码": "2207-CF-001"}, {"W317"}),
        ({"执法事项编码": "2207-CF-002"}, set()),
    ]
    more = dict.fromkeys(("法制审核结论", "是否重大执法决定", money, "执法事项编码"), "")
    rows = [
        penalty({**more, NUMBER: f"松市监罚〔2026〕{number}号", **changes})
        for number, (changes, _) in enumerate(told, 2)
    ]
    file, on = sheet(*rows), {"today": date(2026, 3, 10)}
    report = check([file], department, city, **on)
    assert seen(report) == seen(check([file], department, city, quick=False, **on))
    by_row = {row: {one.code for one in report.problems if one.row == row} for row in range(2, len(rows) + 2)}
    assert [codes & {"W315", "W317"} for codes in by_row.values()] == [codes for _, codes in told]


def test_what_was_decided_on_the_spot_is_held_against_the_amounts_both_ways(run, sheet, penalty, person):
    told = [
        (penalty, {"罚款金额（万元）": "0.3"}, False),
        (penalty, {"罚款金额（万元）": "0.3001"}, True),
        (penalty, {"罚款金额（万元）": "0.3001", "适用程序": "普通程序"}, False),
        (penalty, {"罚款金额（万元）": "0.3001", "处罚决定日期": "2021-07-14"}, False),
        (penalty, {"罚款金额（万元）": "", "处罚类别": "警告"}, False),
        (penalty, {"罚款金额（万元）": "0.1", "处罚类别": "罚款、责令停产停业"}, True),
        (person, {"罚款金额（万元）": "0.02"}, False),
        (person, {"罚款金额（万元）": "0.03"}, True),
    ]
    file = sheet(
        *(
            row({"适用程序": "简易程序", NUMBER: f"松市监罚〔2026〕{at}号", **changes})
            for at, (row, changes, _) in enumerate(told, 2)
        )
    )
    report = run(file)
    assert seen(report) == seen(run(file, quick=False))
    beyond = {one.row for one in report.problems if one.code == "W316"}
    assert beyond == {at for at, (_, _, warned) in enumerate(told, 2) if warned}


def listed(name: str, scope: Scope) -> Rule:
    text = {"issuer": "本部门", "article": "目录", "basis": "目录", "source": Source.VERIFIED, "title": name}
    means = {"question": Question.MAJOR, "effect": Effect.MUST, "rank": Rank.POLICY, "value": "list"}
    return Rule(id=name, scope=scope, effective_from=date(2026, 2, 15), **text, **means)
