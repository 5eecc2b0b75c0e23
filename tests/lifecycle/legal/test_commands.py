"""A review on the command line: from submission to the decision, and what is said when a step may not be taken."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongshi.cli import main
from gongshi.cli.lawful import STEPS
from gongshi.law.review.words import Event
from gongshi.store import Store
from gongshi.store.operations import Operation
from tests.instances import copied
from tests.lifecycle.legal.casework import ASPECTS, DOCUMENTS, MATERIALS, STATEMENT, D, case_said, line_said, write

START = datetime.fromisoformat("2026-03-03T00:01+08:00")
NUMBER = "松市监案〔2026〕1号"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    city = copied(tmp_path / "city")
    said = case_said() | {"key": f"{D}/case/松市监案〔2026〕1"}
    with Store.open(city / "data" / "store.db") as store:
        lines = [(Operation.CASE_RECORD, line_said(line, what)) for line, what in DOCUMENTS]
        write(store, START, (Operation.CASE, said), *lines)
    return city


def run(root: Path, *words: str, day: str = "2026-03-03") -> Result:
    return CliRunner().invoke(main, [*words, "--root", str(root), "--today", day])


def step(root: Path, name: str, by: str, *more: str, day: str = "2026-03-03") -> Result:
    return run(root, "legal", name, NUMBER, "--by", by, *more, day=day)


def decide(root: Path, by: str = "刘示长") -> Result:
    return run(root, "case", "decide", NUMBER, "--number", "松市监罚〔2026〕1号", "--by", by, day="2026-03-05")


@pytest.mark.article("L4", "L10", "L11", "L13")
def test_from_submission_to_decision(root: Path) -> None:
    assert "decision_refused" in decide(root).output
    sent = step(root, "submit", "张示一", "--materials", MATERIALS, "--statement", STATEMENT)
    assert "审核期限 2026-03-12" in sent.output, sent.output
    assert "not_your_step" in step(root, "extend", "张示一", "--reason", "x").output
    assert "reviewer_unqualified" in step(root, "receive", "钱示闲").output
    assert step(root, "receive", "郑示法", day="2026-03-04").exit_code == 0
    opinion = ("--opinion", "agree", "--aspects", ASPECTS, "--text", "同意")
    assert "审核同意" in step(root, "opine", "郑示法", *opinion, day="2026-03-04").output
    assert "第十三条" in decide(root).output
    meeting = ("--outcome", "pass", "--participants", "刘示长、关示副", "--minutes-line", "9")
    assert step(root, "discuss", "刘示长", *meeting, day="2026-03-05").exit_code == 0
    assert "not_your_step" in decide(root, by="张示一").output
    assert decide(root).exit_code == 0
    shown = json.loads(run(root, "legal", "show", NUMBER, "--by", "刘示长", "--why", "检查", "--json").output)
    assert shown["state"] == "decided"
    assert shown["rounds"][0]["reviewer"] == "郑示法"


@pytest.mark.article("L3")
def test_a_case_is_raised_and_lowered_by_two(root: Path) -> None:
    with Store.open(root / "data" / "store.db") as store:
        said = case_said(major=False) | {"key": f"{D}/case/松市监案〔2026〕2"}
        write(store, START, (Operation.CASE, said), case="e" * 16)
    case = ("松市监案〔2026〕2号", "--reason", "影响大")
    trigger = ("--trigger", "L3-1")
    assert "须经法制审核" in run(root, "case", "raise", *case, *trigger, "--by", "张示一").output
    assert run(root, "case", "lower", *case, *trigger, "--by", "郑示法").exit_code == 0
    assert "not_your_step" in run(root, "case", "answer", *case, "--approve", "--by", "郑示法").output
    assert "不需要法制审核" in run(root, "case", "answer", *case, "--approve", "--by", "刘示长").output


def test_every_step_of_the_law_has_its_command() -> None:
    assert set(STEPS) == set(Event) - {Event.REQUIRE, Event.DECIDE}


@pytest.mark.parametrize("sample", [True, False])
def test_only_in_a_sample_city_somebody_acts_on_a_day_to_come(root: Path, sample: bool) -> None:
    """A step of a day far ahead would hold up every later one until then."""
    city = root / "data" / "reference" / "city.yml"
    city.write_text(city.read_text().replace("sample: true", f"sample: {str(sample).lower()}"))
    said = ("case", "raise", NUMBER, "--trigger", "L3-1", "--reason", "理由", "--by", "张示一")
    told = run(root, *said, day="2999-01-01")
    assert told.exit_code == (0 if sample else 1), told.output
    assert ("in_future" in told.output) is not sample
    assert run(root, *said[:-2], "--by", "刘示长").exit_code == 0, "earlier days are written up"
