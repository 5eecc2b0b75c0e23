"""A department's file goes in, is checked, journaled, reviewed, and comes out as a page."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest


@pytest.mark.article("D3")
@pytest.mark.parametrize("kind", ["licence", "penalty", "inspection", "random_inspection"])
def test_each_kind_goes_from_sheet_to_page(commands, row, sheet, kind: str) -> None:
    extra = {"outcome": "正常"} if kind == "random_inspection" else {}
    path = sheet(f"{kind}.csv", [row(kind, "松市监罚〔2026〕15号", **extra)])
    commands("check", path, "--department", "松原市市场监督管理局")
    commands.publish(path)
    commands("rebuild")
    (page,) = commands.pages()
    text = page.read_text(encoding="utf-8")
    assert "松市监罚〔2026〕15号" in text
    assert "松原示例商贸有限公司" in text
    assert page.parent.name == page.stem[:2]


@pytest.mark.article("D30")
def test_nothing_unreviewed_is_public_and_the_submitter_cannot_review(commands, row, sheet) -> None:
    path = sheet("penalty.csv", [row("penalty", "松市监罚〔2026〕15号")])
    receipt = commands.json("submit", path, "--department", "11220700MB99000134", "--by", "周示礼")["id"]
    commands("rebuild")
    assert commands.pages() == []
    refused = commands("review", receipt, "--by", "周示礼", "--approve", code=1)
    assert "reviewer_unknown" in refused.output or "same_person" in refused.output
    commands("review", receipt, "--by", "郑示正", "--approve")
    commands("rebuild")
    assert len(commands.pages()) == 1


@pytest.mark.article("D30")
def test_a_returned_batch_stays_out_and_its_mended_file_comes_in(commands, row, sheet) -> None:
    path = sheet("penalty.csv", [row("penalty", "松市监罚〔2026〕15号")])
    receipt = commands.json("submit", path, "--department", "11220700MB99000134", "--by", "周示礼")["id"]
    assert "opinion_needed" in commands("review", receipt, "--by", "郑示正", "--return", code=1).output
    commands("review", receipt, "--by", "郑示正", "--return", "--opinion", "请补充违法事实")
    commands("rebuild")
    assert commands.pages() == []
    commands.publish(sheet("mended.csv", [row("penalty", "松市监罚〔2026〕15号", facts="补充后的违法事实")]))
    commands("rebuild")
    assert "补充后的违法事实" in commands.pages()[0].read_text(encoding="utf-8")


def test_the_template_filled_in_is_accepted_as_it_is(commands, tmp_path: Path, row) -> None:
    path = tmp_path / "filled.xlsx"
    commands("template", "penalty", "--out", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    at = next(r for r in range(1, 10) if str(sheet.cell(r, 1).value).endswith("文号*"))
    labels = {str(cell.value).rstrip("*"): cell.column for cell in sheet[at] if cell.value}
    for label, value in row("penalty", "松市监罚〔2026〕16号").items():
        if value:
            sheet.cell(at + 1, labels[label], value)
    book.save(path)
    commands("check", path, "--department", "松原市市场监督管理局")


def test_check_writes_nothing_and_says_where_and_how_to_mend(commands, row, sheet) -> None:
    store = commands.root / "data/store.db"
    before = store.read_bytes()
    path = sheet("wrong.csv", [row("penalty", "松市监罚〔2026〕15号", decided_on="2026-13-01", agency_uscc="123")])
    output = commands("check", path, "--department", "松原市市场监督管理局", code=1).output
    for words in ("wrong.csv", "处罚决定日期", "2026-13-01", "→"):
        assert words in output, words
    assert store.read_bytes() == before
    for side in ("", "-wal", "-shm"):
        store.with_name(store.name + side).unlink(missing_ok=True)
    commands("check", path, "--department", "松原市市场监督管理局", code=1)
    assert not store.exists()


def test_partial_takes_the_right_rows_and_hands_back_the_wrong_ones(
    commands, row, sheet, monkeypatch, tmp_path
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [row("penalty", "松市监罚〔2026〕15号"), row("penalty", "松市监罚〔2026〕16号", decided_on="昨天")]
    path = sheet("mixed.csv", rows)
    words = ("submit", path, "--department", "松原市市场监督管理局", "--by", "周示礼")
    commands(*words, code=1)
    taken = commands.json(*words, "--partial")
    assert taken["counts"]["added"] == 1
    (rejected,) = taken["rejected"]
    assert "松市监罚〔2026〕16号" in str(list(openpyxl.load_workbook(rejected).worksheets[0].values))


def test_the_same_file_twice_changes_nothing_and_a_changed_row_is_shown_as_a_diff(commands, row, sheet) -> None:
    first = sheet("penalty.csv", [row("penalty", "松市监罚〔2026〕15号"), row("penalty", "松市监罚〔2026〕16号")])
    words = ("--department", "松原市市场监督管理局", "--by", "周示礼")
    receipt = commands.json("submit", first, *words)
    again = commands.json("submit", first, *words)
    assert (again["id"], again["again"]) == (receipt["id"], True)
    rows = [row("penalty", "松市监罚〔2026〕15号"), row("penalty", "松市监罚〔2026〕16号", content="罚款三千元")]
    changed = commands.json("submit", sheet("penalty2.csv", rows), *words)
    assert (changed["counts"]["unchanged"], changed["counts"]["changed"]) == (1, 1)
    assert "罚款三千元" in json.dumps(changed["entries"], ensure_ascii=False)


def test_a_second_rebuild_does_nothing_and_the_record_holds(commands, row, sheet) -> None:
    commands.publish(sheet("penalty.csv", [row("penalty", "松市监罚〔2026〕15号")]))
    commands("rebuild")
    before = commands.site()
    assert commands.json("rebuild")["nothing_changed"]
    assert commands.site() == before
    commands("verify")


def test_an_empty_or_older_store_is_refused_over_an_existing_site(commands, row, sheet) -> None:
    commands.publish(sheet("penalty.csv", [row("penalty", "松市监罚〔2026〕15号")]))
    commands("rebuild")
    before = commands.site()
    for side in ("", "-wal", "-shm"):
        (commands.root / f"data/store.db{side}").unlink(missing_ok=True)
    assert "R002" in commands("rebuild", code=1).output
    assert commands.site() == before


@pytest.mark.article("D27")
@pytest.mark.article("D33")
def test_due_names_what_is_overdue_with_its_article(commands, row, sheet) -> None:
    path = sheet("penalty.csv", [row("penalty", "松市监罚〔2026〕15号", decided_on="2026-11-02")])
    commands("submit", path, "--department", "松原市市场监督管理局", "--by", "周示礼")
    output = commands("due", code=1).output
    for words in ("松市监罚〔2026〕15号", "超期", "第二十七条", "2026-11-11"):
        assert words in output, words
    assert "松市监罚〔2026〕15号" in commands("due", today="2026-11-10").output


@pytest.mark.article("D31")
def test_a_correction_is_reviewed_again_and_the_first_day_stays(commands, row, sheet) -> None:
    commands.publish(sheet("a.csv", [row("penalty", "松市监罚〔2026〕15号", facts="货架上有过期饼干")]))
    commands("rebuild")
    (page,) = commands.pages()
    commands.today = "2026-11-21"
    path = sheet("b.csv", [row("penalty", "松市监罚〔2026〕15号", facts="货架上有过期牛奶")])
    receipt = commands.json("submit", path, "--department", "11220700MB99000134", "--by", "周示礼")["id"]
    commands("rebuild")
    assert "过期饼干" in page.read_text(encoding="utf-8"), "the reviewed version stays until the new one is reviewed"
    commands("review", receipt, "--by", "郑示正", "--approve")
    commands("rebuild")
    assert commands.pages() == [page], "its address is for ever"
    text = page.read_text(encoding="utf-8")
    assert "过期牛奶" in text
    assert "过期饼干" not in text
    assert "2026年11月20日" in text
    assert "更正" in text


def test_an_incremental_rebuild_leaves_the_same_bytes_as_a_full_one(commands, row, sheet) -> None:
    rows = [row("penalty", f"松市监罚〔2026〕{n}号", facts=f"第{n}号事实") for n in range(15, 21)]
    commands.publish(sheet("a.csv", rows))
    commands("rebuild")
    rows[2] = row("penalty", "松市监罚〔2026〕17号", facts="改过的事实")
    rows[3] |= {"不予公开情形": "危及安全稳定", "不予公开理由": "理由"}
    commands.today = "2026-11-23"
    commands.publish(sheet("b.csv", rows))
    commands.publish(sheet("c.csv", [row("licence", "松市监许准〔2026〕1号")]))
    commands("rebuild")
    incremental = commands.site()
    commands("rebuild", "--full")
    assert commands.site() == incremental


@pytest.mark.parametrize("words", [("check", "--help"), ("--help",), ("review", "-h")])
def test_help_teaches_in_chinese(commands, words) -> None:
    from click.testing import CliRunner

    from gongshi.cli import main

    output = CliRunner().invoke(main, list(words)).output
    assert any("一" <= c <= "鿿" for c in output)


def test_a_clock_that_fell_back_takes_nothing_down(commands, row, sheet) -> None:
    commands.publish(sheet("a.csv", [row("penalty", "松市监罚〔2026〕15号")]))
    commands("rebuild")
    before = commands.site()
    assert "R007" in commands("rebuild", today="1970-01-01", code=1).output
    assert commands.site() == before
    commands("rebuild", "--full", today="2026-11-19")
    commands("rebuild")
    assert len(commands.pages()) == 1
