"""A county's charges wait until its determination of what is public of them is reviewed, and go where that goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongshi.instance import load
from tests.whole.conftest import write_sheet

COUNTY, NAME = "11220722MB9900152N", "长岭县交通运输局"
NUMBER = "长交收〔2026〕7号"
DETERMINATION = """公开内容的确定:
  - 执法类别: 行政收费
    公开的内容: 公开决定书文号、收费项目、依据、标准、金额、决定机关和决定日期。
    确定文号: 长交发〔2026〕8号
    确定日期: 2026-11-17
    生效日期: 2026-11-17
"""


@pytest.fixture
def people(commands: Any) -> tuple[str, str]:
    """Who submits and who reviews for the county."""
    county = load(commands.root).departments[COUNTY]
    return county.submitters[0], county.reviewers[0]


@pytest.fixture
def publish(commands: Any, people: tuple[str, str]) -> Callable[[Path], None]:
    submitter, reviewer = people

    def do(path: Path) -> None:
        sent = commands.json("submit", path, "--department", COUNTY, "--by", submitter)
        commands("review", sent["id"], "--by", reviewer, "--approve")

    return do


@pytest.mark.article("D16")
def test_a_charge_is_public_for_as_long_as_its_determination_stands(
    commands: Any, row: Callable, tmp_path: Path, publish: Callable[[Path], None], people: tuple[str, str]
) -> None:
    agency = {"agency_name": NAME, "agency_uscc": COUNTY, "source_name": NAME, "source_uscc": COUNTY}
    publish(write_sheet(tmp_path / "charge.csv", [row("charge", NUMBER, **agency)]))
    commands("rebuild")
    assert commands.pages() == []
    assert "尚未确定并公布" in commands("due", "--department", COUNTY).output
    path = tmp_path / "determination.yaml"
    path.write_text(DETERMINATION, encoding="utf-8")
    publish(path)
    commands("rebuild")
    (page,) = commands.pages()
    assert NUMBER in page.read_text(encoding="utf-8")
    assert list((commands.root / "build/site/determinations").glob("????????????????.html"))
    commands("suspend", "长交发〔2026〕8号", "--department", COUNTY, "--by", people[1], "--why", "内容有误")
    commands("rebuild")
    assert commands.pages() == []
    assert "核验通过" in commands("verify").output
