"""What is public before enforcement, from a department's file to page, search and API, and out again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongshi.records import REGISTRY_KINDS
from tests.serving import served

DEPARTMENT = "11220700MB99000134"
HOLDS, RUNS_OUT, OVER = "22070197531", "22070197532", "2026-12-28"


def officer(**values: str) -> dict[str, str]:
    """An officer's line of the template, by field."""
    return {
        "name": "示嵩嵩",
        "certificate_number": HOLDS,
        "department_name": "松原市市场监督管理局",
        "acts": "行政处罚、行政检查",
        "area": "松原市",
        "issuer": "吉林省人民政府（示例）",
        "valid_from": "2023-07-01",
        "valid_to": "2028-06-30",
        "effective_from": "2026-01-01",
        **values,
    }


def filled(template: Path, rows: list[dict[str, str]]) -> Path:
    """A template filled in: the labels say where each field stands."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    kind = REGISTRY_KINDS["officer"]
    number = kind.by_name["certificate_number"].label
    head = next(at for at in range(1, 12) if number in {str(cell.value or "").rstrip("*") for cell in sheet[at]})
    columns = {str(cell.value).rstrip("*"): cell.column for cell in sheet[head] if cell.value}
    for line, row in enumerate(rows, 1):
        for name, value in row.items():
            sheet.cell(head + line, columns[kind.by_name[name].label], value)
    book.save(template)
    return template


@pytest.fixture
def sheet_of_two(commands: Any, tmp_path: Path) -> Path:
    """The template of officers as the command gives it, with two lines: the second certificate runs out in 2027."""
    path = tmp_path / "officers.xlsx"
    commands("template", "officer", "--out", path)
    second = officer(name="示岭岭", certificate_number=RUNS_OUT, valid_to=OVER)
    return filled(path, [officer(), second])


def by_number(commands: Any) -> dict[str, Path]:
    """The officers' pages by certificate number."""
    pages = (commands.root / "build" / "site" / "officers").glob("????????????????.html")
    told = {page: page.read_text(encoding="utf-8") for page in pages}
    return {number: page for page, text in told.items() for number in (HOLDS, RUNS_OUT) if f">{number}<" in text}


def traces(commands: Any, *words: str) -> list[tuple[str, str]]:
    """Where any of the words stands in a file of the site or in public.db."""
    files = {**commands.site(), "public.db": (commands.root / "build" / "public.db").read_bytes()}
    return [(name, word) for name, content in files.items() for word in words if word.encode() in content]


@pytest.mark.article("D7")
@pytest.mark.article("D14")
@pytest.mark.article("S1.1")
def test_an_officer_goes_from_a_sheet_to_a_page_and_the_search(commands: Any, sheet_of_two: Path) -> None:
    commands("check", sheet_of_two, "--department", DEPARTMENT)
    commands.publish(sheet_of_two)
    commands("rebuild")
    pages = by_number(commands)
    assert "证件有效" in pages[HOLDS].read_text(encoding="utf-8")
    gone = pages[HOLDS].stem
    asked = {"q": HOLDS}
    with served(commands.root) as client:
        assert client.get(f"/officers/{gone}.html").status_code == 200
        found = client.get("/api/v1/records", params=asked).json()["items"]
        assert [(one["title"], one["valid_today"]) for one in found] == [("示嵩嵩", True)]
        assert f"/officers/{gone}.html" in client.get("/search", params=asked).text
        assert "示嵩嵩" in client.get(f"/officers/departments/{DEPARTMENT}/").text

        commands("suspend", HOLDS, "--by", "周示礼", "--why", "误报")
        commands("rebuild")
        assert client.get(f"/officers/{gone}.html").status_code == 404
        assert client.get(f"/api/v1/records/{gone}").status_code == 404
        assert client.get("/api/v1/records", params=asked).json()["items"] == []
        assert gone not in client.get("/search", params=asked).text
    assert traces(commands, gone, HOLDS, "示嵩嵩") == []
    assert by_number(commands).keys() == {RUNS_OUT}
    commands("audit")

    commands("confirm", HOLDS, "--by", "郑示正", "--ending", "误公示", "--note", "误报")
    commands.publish(sheet_of_two)
    commands("rebuild")
    assert traces(commands, gone, HOLDS, "示嵩嵩") == [], "the same sheet again brings nothing back"


@pytest.mark.article("D7")
def test_the_day_alone_changes_what_is_said_of_a_certificate(commands: Any, sheet_of_two: Path) -> None:
    commands.publish(sheet_of_two)
    commands("rebuild")
    page = by_number(commands)[RUNS_OUT]
    before = page.read_text(encoding="utf-8")
    assert "今天有效，有效期至2026年12月28日" in before
    commands("rebuild", today=OVER)
    assert page.read_text(encoding="utf-8") == before, "its last day belongs to it"
    commands("rebuild", today="2026-12-29")
    after = page.read_text(encoding="utf-8")
    assert "证件无效" in after
    assert "有效期已于2026年12月28日届满" in after
    assert "证件有效" in by_number(commands)[HOLDS].read_text(encoding="utf-8")
