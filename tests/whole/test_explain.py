"""gongshi explain, through the command line: by 文号 or by id, in words or as JSON, on any machine's clock."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

NUMBER = "松市监罚〔2026〕101号"


@pytest.fixture
def public(commands: Any, row: Callable[..., Any], sheet: Callable[..., Any]) -> Any:
    commands.publish(sheet("处罚.csv", [row("penalty", NUMBER)]))
    commands("rebuild")
    return commands


def test_a_decision_is_explained_by_number_and_by_the_end_of_its_address(public: Any) -> None:
    (page,) = public.pages()
    by_number = public("explain", "松市监罚[2026]101号").output
    assert public("explain", page.stem).output == by_number
    assert re.findall(r"^(\d)\. ", by_number, re.M) == ["1", "2", "3", "4"]
    assert "第二十七条第一款" in by_number
    assert "结论（截至 2026-11-20）：依法公示。" in by_number
    assert "松原示例商贸有限公司" not in by_number


def test_as_json_every_rule_that_was_looked_at_is_there(public: Any) -> None:
    found = public.json("explain", NUMBER)
    (term,) = [one for one in found["answer"]["asked"] if one["question"] == "term"]
    assert term["winner"] == "D27-all"
    assert {one["rule_id"] for one in term["looked"]} >= {"D27-all", "S1.3-general", "R45-9"}
    assert "松原示例商贸有限公司" not in json.dumps(found, ensure_ascii=False)


def test_a_number_that_nobody_used_says_what_to_do(public: Any) -> None:
    assert "请核对文号" in public("explain", "松市监罚〔2026〕999号", code=1).output
