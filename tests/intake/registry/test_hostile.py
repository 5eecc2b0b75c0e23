"""Files that were made to break something: refused, or read within bounds; and a batch of decisions costs no look."""

from __future__ import annotations

import json

import pytest

from gongshi.intake.batch import SourceFile
from gongshi.intake.readers import Limits
from gongshi.intake.registry import kinds
from gongshi.intake.registry.kinds import is_registry
from tests.intake.conftest import MARKET
from tests.intake.registry.conftest import STEPS, record

ITEM = "enforcement_item"
HEAD = "行政执法事项清单:\n  - 事项编码: A-1\n"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\n行政执法事项清单: [*b, *b]\n"
HOSTILE = {
    "an alias": HEAD + "    事项名称: &x 名称\n    权限内容: *x\n",
    "a bomb of aliases": BOMB,
    "a type": HEAD + "    事项名称: !!python/object/apply:os.system [id]\n",
    "a key twice": HEAD + "    事项编码: A-2\n",
    "a deep table": HEAD + "    依据: " + "[" * 500 + "]" * 500 + "\n",
    "a table in a table": HEAD + "    依据: [{法律名称: [{条款: 一}]}]\n",
    "rows of numbers and tables": HEAD + "    依据: [1, {法律名称: 一}]\n",
    "no end": HEAD + "    依据: [{法律名称: '一}]\n",
    "half a character": '{"执法人员": [{"姓名": "\\ud83d", "执法证号": "1", "所属部门": "x"}]}',
    "many keys": json.dumps({"执法人员": [{f"列{n}": "x" for n in range(600)}]}, ensure_ascii=False),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_as_a_whole(name, checked):
    report = checked([SourceFile("报送.yaml", HOSTILE[name].encode())])
    assert not report.ok
    assert not report.decisions
    assert all(not problem.code.startswith("E1") for problem in report.problems)


def test_more_rows_than_are_held_at_once_are_refused(checked, table):
    rows = [list(record("officer")), *([*record("officer").values()] for _ in range(50))]
    report = checked([table(rows, "officers.csv")], limits=Limits(rows=20))
    assert [problem.code for problem in report.problems] == ["too_many_rows"]
    assert not report.decisions


def test_a_procedure_of_a_hundred_thousand_steps_is_one_error(checked):
    steps = [{**STEPS[0], "步骤编号": str(n), "下一步": str(n + 1)} for n in range(20_000)]
    report = checked({ITEM: [record(ITEM, {"执法流程": steps})]})
    assert [problem.code for problem in report.problems if problem.is_error] == ["E504"]
    assert "有 20000 行，最多 300 行" in report.problems[0].message


@pytest.mark.parametrize("sign", ["\u202e", "\x07"])
def test_signs_that_hide_or_reorder_are_refused(sign, checked):
    report = checked({ITEM: [record(ITEM, {"事项名称": f"处罚{sign}名称"})]})
    assert [problem.code for problem in report.problems] == ["E203"]


def test_a_large_file_of_decisions_is_told_by_its_beginning(sheet, penalty, tmp_path, monkeypatch):
    path = tmp_path / "处罚.csv"
    path.write_bytes(sheet(penalty()).content + b"\n" * (3 << 20))
    seen = []
    monkeypatch.setattr(kinds, "streams", lambda content, *_: seen.append(len(content)) or iter(()))
    assert not is_registry([SourceFile("处罚.csv", path)])
    assert seen[0] <= 1 << 20


def test_a_workbook_of_decisions_is_told_by_the_names_of_its_sheets(workbook, penalty, monkeypatch):
    monkeypatch.setattr(kinds, "streams", lambda *_: pytest.fail("opened"))
    right = penalty()
    assert not is_registry([workbook({"行政处罚": [list(right), list(right.values())]})])
    assert is_registry([workbook({"执法人员": [["姓名"]], "行政处罚": [list(right)]})])


DECISIONS = {
    "a licence with its terms": {"有效期自": "2026-01-01", "有效期至": "2027-01-01", "备注": "", "许可内容": "食品"},
    "officers of a decision": {"执法人员": ["赵示安"], "行政处罚决定书文号": "松市监罚〔2026〕1号", "违法事实": "x"},
}


@pytest.mark.parametrize("name", DECISIONS)
@pytest.mark.parametrize("form", ["json", "yaml", "csv"])
def test_decisions_are_not_taken_for_registers(name, form, table):
    one = DECISIONS[name]
    text = json.dumps([one], ensure_ascii=False)
    if form == "yaml":
        text = "- " + "\n  ".join(f"{key}: {value}" for key, value in one.items())
    sent = table([list(one), [str(value) for value in one.values()]], "x.csv")
    assert not is_registry([sent if form == "csv" else SourceFile(f"x.{form}", text.encode())])


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 50, b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"]
)
def test_what_is_nothing_at_all_is_no_register(content):
    assert not is_registry([SourceFile("x.xlsx", content)])
    assert not is_registry([])


def test_a_department_is_no_register_key_of_another(checked):
    (officer,) = checked({"officer": [record("officer")]}).decisions
    assert officer.key == f"{MARKET}/officer/22070100001"
