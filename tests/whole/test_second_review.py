"""A list of items from its YAML to the page: two departments review it, a change of law makes it due until a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.whole.conftest import AGENCY, DEPARTMENT

ITEMS = """行政执法事项清单:
  - 事项编码: 2207-CF-001
    事项名称: 对经营超过保质期食品的处罚
    事项类别: 行政处罚
    依据: [{法律名称: 《中华人民共和国食品安全法》, 条款: 第一百二十四条, 条文: 违反本法规定的处罚}]
    权限内容: 立案、调查、决定
    生效日期: 2026-01-01
"""
OURS, LAWYER = ("--by", "郑示正"), ("--by", "钟示公")


@pytest.fixture
def receipt(commands: Any, tmp_path: Path) -> str:
    """The list, submitted and reviewed by its own department."""
    path = tmp_path / "items.yaml"
    path.write_text(ITEMS, encoding="utf-8")
    return str(commands.publish(path))


def waiting(commands: Any, code: int = 0, today: str = "") -> list[dict[str, Any]]:
    """What due lists of registers and lists."""
    return [row for row in commands.json("due", code=code, today=today) if row.get("ids")]


@pytest.mark.article("D22")
def test_an_item_is_public_when_both_departments_reviewed_it(commands: Any, receipt: str) -> None:
    (row,) = waiting(commands)
    assert (row["state"], row["numbers"], row["waits_for"]) == ("reviewed", ["2207-CF-001"], "松原市司法局")
    assert f"待第二道审核：松原市司法局　回执 {receipt}" in commands("due").output
    commands("rebuild")
    assert not list((commands.root / "build/site/items").glob("????????????????.html"))
    for words in ((*OURS, "--approve"), (*LAWYER, "--return"), (*LAWYER, "--approve", "--kinds", "officer")):
        commands("review", receipt, "--second", *words, code=1)
    commands("review", receipt, "--second", *LAWYER, "--approve", "--mask", "张三", code=2)
    commands("review", receipt, *OURS, "--approve", "--kinds", "officer", code=2)
    told = commands("review", receipt, "--second", *LAWYER, "--approve", "--kinds", "行政执法事项清单").output
    assert "第二道审核通过（松原市司法局钟示公" in told
    assert [row["state"] for row in waiting(commands)] == ["outdated"], "nobody reviews it any more"
    commands("rebuild")
    (page,) = (commands.root / "build/site/items").glob("????????????????.html")
    assert "松原市司法局" in page.read_text(encoding="utf-8"), "who reviewed it stands on its page"


@pytest.mark.article("D25")
def test_a_change_of_law_is_due_until_a_reviewer_s_word(commands: Any, receipt: str) -> None:
    commands("review", receipt, "--second", *LAWYER, "--approve")
    (row,) = waiting(commands)
    assert (row["state"], row["change"], row["until"]) == ("outdated", "food-2026", "2026-11-30")
    (late,) = waiting(commands, code=1, today="2026-12-01")
    assert late["overdue"]
    assert "须更新：2026-11-02 起修改" in commands("explain", "2207-CF-001", "--department", AGENCY).output
    (ours,) = commands.json("report", "--department", DEPARTMENT)["records"]
    assert (ours["outdated"], ours["overdue"], ours["counts"]) == (1, 0, {"enforcement_item": 1})
    commands("uphold", "2207-CF-001", "--change", "no-such", *OURS, code=1)
    assert "内容不变" in commands("uphold", "2207-cf-001", "--change", "food-2026", *OURS).output
    assert waiting(commands, today="2026-12-01") == []
    assert "核验通过" in commands("verify").output


def test_the_yaml_example_is_for_registers_only(commands: Any, tmp_path: Path) -> None:
    path = tmp_path / "guide.yaml"
    commands("template", "service_guide", "--yaml", "--out", path)
    assert path.read_text(encoding="utf-8").startswith("# 服务指南：")
    commands("template", "penalty", "--yaml", "--out", path, code=2)
