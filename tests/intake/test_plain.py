"""The quick way and the careful way see the same, however many rows are read at a time."""

from __future__ import annotations

from datetime import date
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
