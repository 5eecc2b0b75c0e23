"""One record, however it is sent: YAML, JSON, a workbook or CSV give the same; what comes back can be sent again."""

from __future__ import annotations

import io
import json
from copy import deepcopy

import pytest
import xlsxwriter
import xlwt
import yaml
from openpyxl import load_workbook

from gongshi.intake.answer.marked import marked_copy, rejected_rows
from gongshi.intake.answer.rendering import render_text, to_json
from gongshi.intake.answer.report import NotAcceptable
from gongshi.intake.batch import SourceFile
from gongshi.intake.collected import Change
from gongshi.intake.template import template
from gongshi.records import REGISTRY_KINDS
from tests.intake.registry.conftest import LAW, RIGHT, STEPS, record

ITEM = "enforcement_item"
SECOND_LAW = {**LAW, "条款": "第三十四条第十项"}


def item():
    remedies = [{"方式": "行政复议", "受理机关": "松原市人民政府"}, {"方式": "行政诉讼"}]
    return deepcopy(record(ITEM, {"依据": [LAW, SECOND_LAW], "救济途径": remedies}))


def rows_of(kind, found):
    """Records as a sheet: further rows of one record hold its tables alone."""
    cells = REGISTRY_KINDS[kind].cells
    yield [cell.label for cell in cells]
    for one in found:
        columns = []
        for cell in cells:
            table, _, column = cell.label.partition("·")
            value = one.get(table, "")
            columns.append([row.get(column, "") for row in value] if column and value else [value or ""])
        yield from ([col[at] if at < len(col) else "" for col in columns] for at in range(max(map(len, columns))))


def yaml_of(found, name="items.yaml", key="行政执法事项清单"):
    return SourceFile(name, yaml.safe_dump({key: found}, allow_unicode=True, sort_keys=False).encode())


def by_names(one):
    """The same under the fields' own names, at both levels."""
    kind = REGISTRY_KINDS[ITEM]
    labels = {field.label: field for field in kind.fields}
    return {
        labels[label].name: value
        if isinstance(value, str)
        else [{c.name: row[c.label] for c in labels[label].columns if c.label in row} for row in value]
        for label, value in one.items()
    }


@pytest.fixture
def ways(table, workbook, tree):
    """Every way in which one item may come."""
    grid = list(rows_of(ITEM, [item()]))
    repeated = [grid[0], grid[1], *([*grid[1][:3], *row[3:]] for row in grid[2:])]
    return {
        "yaml": yaml_of([item()]),
        "yaml by names": yaml_of([by_names(item())], key="enforcement_item"),
        "json": SourceFile("items.json", json.dumps([item()], ensure_ascii=False).encode()),
        "csv": table(grid, "items.csv"),
        "csv in gb18030": table(grid, "items.csv", "gb18030"),
        "csv with its number again": table(repeated, "items.csv"),
        "workbook": workbook({"行政执法事项清单": grid}, "items.xlsx"),
        "workbook by its header": workbook({"Sheet1": grid, "说明": [["先看这里"]]}, "items.xlsx"),
        "two rows of header": workbook({"权责清单": two_rows(grid)}, "items.xlsx"),
    }


def two_rows(grid):
    """The tables' labels above those of their columns."""
    upper = [label.partition("·")[0] if "·" in label else "" for label in grid[0]]
    above = [label if at == 0 or label != upper[at - 1] else "" for at, label in enumerate(upper)]
    return [above, [label.rpartition("·")[2] for label in grid[0]], *grid[1:]]


WAYS = (
    "yaml",
    "yaml by names",
    "json",
    "csv",
    "csv in gb18030",
    "csv with its number again",
    "workbook",
    "workbook by its header",
    "two rows of header",
)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_gives_the_same_record(way, ways, checked):
    report = checked([ways[way]])
    assert report.ok, render_text(report)
    (found,) = [one.found for one in report.decisions.checked]
    (expected,) = [one.found for one in checked({ITEM: [item()]}).decisions.checked]
    assert found.body == expected.body
    assert (found.number, found.event_on, found.until) == ("2207-CF-001", "2026-01-01", "")
    steps = found.decision.rows("steps")
    assert [step["number"] for step in steps] == ["1", "2", "3", "4"]
    assert len(found.decision.rows("basis")) == 2


def test_several_records_keep_their_rows_apart(checked, table):
    others = [item(), {**item(), "事项编码": "2207-CF-002", "依据": [LAW]}, {**item(), "事项编码": "2207-CF-003"}]
    report = checked([table(rows_of(ITEM, others), "items.csv")])
    assert report.ok
    assert [len(one.rows("basis")) for one in report.decisions] == [2, 1, 2]
    assert [one.values["code"] for one in report.decisions] == ["2207-CF-001", "2207-CF-002", "2207-CF-003"]


def test_a_forgotten_number_is_an_error_and_no_further_row(checked, table):
    others = [item(), {**item(), "事项编码": "", "事项名称": "另一事项"}]
    report = checked([table(rows_of(ITEM, others), "items.csv")])
    (found,) = report.problems
    assert (found.code, found.column, found.row) == ("E201", "事项编码", 6)
    assert len(report.decisions) == 1


def test_merged_cells_are_one_record(checked, workbook):
    grid = list(rows_of(ITEM, [item()]))
    grid[2][0] = grid[3][0] = None
    book = workbook({"权责清单": grid}, "items.xlsx", merged=(("A2:A5", "2207-CF-001"), ("B2:B5", item()["事项名称"])))
    assert checked([book]).ok


def test_notes_below_a_table_and_the_header_again_are_passed_over(checked, table):
    grid = list(rows_of("officer", [record("officer")]))
    report = checked([table([*grid, grid[0], ["填表人：周示礼"], ["合计", "1人"]], "officers.csv")])
    assert [problem.code for problem in report.problems] == ["W104"] * 3
    assert report.ok


def test_an_old_workbook_is_read_too(checked, tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("权责清单")
    for at, row in enumerate(rows_of(ITEM, [item()])):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    book.save(str(tmp_path / "items.xls"))
    report = checked([SourceFile.at(tmp_path / "items.xls")])
    assert report.ok, render_text(report)
    assert report.decisions[0] == checked({ITEM: [item()]}).decisions[0]


def test_what_nobody_sees_is_not_sent(checked, tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "officers.xlsx"))
    for name, hidden in (("执法人员", True), ("说明", False)):
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows_of("officer", [record("officer")]) if hidden else [["先看这里"]]):
            sheet.write_row(at, 0, row)
        if hidden:
            sheet.hide()
        else:
            sheet.activate()
    book.close()
    report = checked([SourceFile.at(tmp_path / "officers.xlsx")])
    assert [problem.code for problem in report.problems] == ["W102", "E102"]


@pytest.mark.parametrize("kind", ["officer", ITEM])
def test_a_header_alone_is_told(kind, checked, table):
    header = next(iter(rows_of(kind, [])))
    report = checked([table([header], "空表.csv")])
    assert [problem.code for problem in report.problems] == ["E107"]
    assert report.registry


@pytest.mark.parametrize(("length", "codes"), [(150_000, []), (200_001, ["cell_too_long"])])
def test_a_whole_scheme_comes_in_as_yaml(length, codes, checked):
    text = record("normative_text", {"正文": "第" * length})
    report = checked([yaml_of([text], "texts.yaml", "制度文本")])
    assert [problem.code for problem in report.problems] == codes


def test_a_text_that_no_cell_holds_does_not_come_back_cut(checked):
    text = record("normative_text", {"正文": "第" * 50_000, "标题": ""})
    report = checked([yaml_of([text], "texts.yaml", "制度文本")])
    book = load_workbook(io.BytesIO(rejected_rows(report.files[0], report)))
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index("正文") + 1
    title = [cell.value for cell in sheet[1]].index("标题") + 1 if "标题" in [c.value for c in sheet[1]] else 99
    sheet.cell(2, title, "行政执法公示办法")
    assert sheet.cell(2, column).value == "#VALUE!"
    saved = io.BytesIO()
    book.save(saved)
    again = checked([SourceFile("texts-未接收.xlsx", saved.getvalue())])
    assert "E204" in {problem.code for problem in again.problems}
    assert not again.decisions


@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_a_row_of_a_table_that_begins_like_a_note_is_none(form, checked, table):
    tiers = [
        {"违法行为": f"{words}不符合规定", "情节": "较轻", "裁量标准": "警告"} for words in ("标签", "说明书", "备注栏")
    ]
    own = {**item(), "裁量基准": tiers, "依据": [LAW], "救济途径": [], "执法流程": STEPS[3:]}
    sent = yaml_of([deepcopy(own)]) if form == "yaml" else table(rows_of(ITEM, [own]), "items.csv")
    report = checked([sent])
    assert report.ok, render_text(report)
    assert len(report.decisions[0].rows("discretion")) == 3


@pytest.mark.parametrize("kind", REGISTRY_KINDS)
def test_a_template_that_is_filled_in_is_taken(kind, checked, stored):
    """Nothing but the cells of a right record is written; its citations are in the store."""
    book = load_workbook(io.BytesIO(template(REGISTRY_KINDS[kind])))
    sheet = book.worksheets[0]
    header = [cell.value.rstrip("*") for cell in sheet[2]]
    for at, row in enumerate(list(rows_of(kind, [record(kind)]))[1:], start=3):
        for label, cell in zip([cell.label for cell in REGISTRY_KINDS[kind].cells], row, strict=True):
            if cell:
                sheet.cell(at, header.index(label) + 1, cell)
    saved = io.BytesIO()
    book.save(saved)
    basis = {name: [record(name)] for name in ("officer", ITEM, "random_inspection_item")}
    report = checked([SourceFile(f"{kind}.xlsx", saved.getvalue())], look=stored(checked(basis)))
    assert report.ok, render_text(report)
    assert [one.kind for one in report.decisions] == [kind]
    assert "W103" not in report.counts, "the template's own notes are no sheet that somebody forgot"


def wrong():
    steps = [*STEPS[:2], {**STEPS[2], "下一步": "2"}]
    return [item(), {**item(), "事项编码": "2207-CF-002", "执法流程": deepcopy(steps)}]


@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_the_right_part_can_be_taken_and_the_wrong_one_comes_back_to_be_mended(form, checked, table):
    sent = yaml_of(wrong()) if form == "yaml" else table(rows_of(ITEM, wrong()), "items.csv")
    report = checked([sent])
    assert {problem.code for problem in report.problems} == {"E513", "E516"}
    with pytest.raises(NotAcceptable):
        report.batch()
    assert len(report.batch(partial=True).decisions) == 1
    assert marked_copy(report.files[0], report) == marked_copy(report.files[0], report)
    book = load_workbook(io.BytesIO(rejected_rows(report.files[0], report)))
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index("执法流程·下一步") + 1
    assert [sheet.cell(at, column).value for at in range(2, 5)] == ["2", "3:成立、4:不成立", "2"]
    sheet.cell(3, column).value, sheet.cell(4, column).value = "3", "结束"
    saved = io.BytesIO()
    book.save(saved)
    again = checked([SourceFile("items-未接收.xlsx", saved.getvalue())])
    assert again.ok, render_text(again)
    assert [one.values["code"] for one in again.decisions] == ["2207-CF-002"]


def test_what_the_store_has_is_told_with_the_counts(checked):
    report = checked({ITEM: [item()]}, known=lambda found: {found[0].key: Change.UNCHANGED})
    assert "可以接收的信息 1 条：行政执法事项清单 1（新增 0，变化 0，无变化 1）" in render_text(report)
    assert to_json(report)["decisions"] == [
        {"key": report.decisions[0].key, "document_number": "2207-CF-001", "change": "unchanged"}
    ]


def test_every_right_record_of_the_tests_is_right(checked):
    report = checked({kind: [record(kind)] for kind in RIGHT})
    assert report.ok, render_text(report)
    assert len(report.decisions) == len(REGISTRY_KINDS)
