"""What waits for the city is off, is asked for, and is turned on with its document: through the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from gongshi.cli import main
from gongshi.instance import load

DECIDED = "松政办函〔2026〕1号"
EFFECT = "P48-social-effect"


@pytest.fixture
def published(commands: Any, row: Callable[..., Any], sheet: Callable[..., Any]) -> Any:
    """Two penalties that are public, one of them without social effect by its department's own word."""
    rows = [
        row("penalty", "松市监罚〔2026〕101号", social_effect="否"),
        row("penalty", "松市监罚〔2026〕102号", social_effect="是"),
    ]
    commands.publish(sheet("处罚.csv", rows))
    commands("rebuild")
    assert len(commands.pages()) == 2
    return commands


def ids(rows: list[dict[str, Any]]) -> set[str]:
    return {row["rule"] for row in rows}


@pytest.mark.article("D33")
def test_what_would_change_is_told_and_happens_only_when_decided(published: Any) -> None:
    waiting = published.json("setup")
    (effect,) = [row for row in waiting if row["rule"] == EFFECT]
    assert (effect["gone"], effect["sooner"]) == (1, 0)
    published("rebuild")
    assert len(published.pages()) == 2, "nobody decided"
    assert "1 件立即撤下" in published("setup").output
    said = published("setup", "--decide", f"{EFFECT}={DECIDED}", "--by", "吴示网").output
    assert f"启用 {EFFECT}：{DECIDED}，自 2026-11-20 起" in said
    published("rebuild")
    assert len(published.pages()) == 1
    rules = (published.root / "build" / "site" / "rules" / "index.html").read_text(encoding="utf-8")
    assert f"{DECIDED}，2026年11月20日起启用" in rules
    assert ids(published.json("setup")) == ids(waiting) - {EFFECT}


def test_a_decision_against_is_kept_too_and_asked_no_more(published: Any) -> None:
    published("setup", "--refuse", f"{EFFECT}={DECIDED}", "--by", "吴示网")
    published("rebuild")
    assert len(published.pages()) == 2
    assert EFFECT not in ids(published.json("setup"))
    rule = load(published.root).rules.get(EFFECT)
    assert rule is not None
    assert (rule.enabled, rule.decided_by) == (False, DECIDED)


def test_deciding_again_replaces_and_keeps_the_others(commands: Any) -> None:
    commands("setup", "--decide", f"R45-13-general={DECIDED}", "--by", "吴示网")
    fine = ("--decide", f"R45-13-fine={DECIDED}", "--by", "吴示网", "--since", "2027-01-01")
    commands("setup", *fine, "--value", "R45-13-fine=3000")
    commands("setup", *fine, "--value", "R45-13-fine=5000")
    text = (commands.root / "data/reference/rules/decided.yml").read_text(encoding="utf-8")
    assert (text.count("R45-13-general"), text.count("R45-13-fine")) == (1, 1)
    assert "5000" in text
    assert "3000" not in text


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--decide", "D27-all=x", "--by", "吴"), 1, "不需要市里决定"),
        (("--decide", "R45=x", "--by", "吴"), 1, "没有编号为 R45 的规则"),
        (("--decide", "R45-13-fine=x", "--by", "吴"), 1, "以元为单位"),
        (("--decide", "R45-13-general=x"), 2, "--by"),
        (("--decide", "R45-13-general"), 2, "规则编号=内容"),
        (("--decide", "R45-13-general=x", "--by", "吴", "--value", "R45-14=3"), 2, "R45-14"),
    ],
)
def test_what_can_not_be_decided_is_told_and_writes_nothing(
    commands: Any, words: tuple[str, ...], code: int, told: str
) -> None:
    assert told in commands("setup", *words, code=code).output
    assert not (commands.root / "data/reference/rules/decided.yml").exists()


def test_one_is_asked_rule_by_rule_and_may_stop(commands: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongshi.cli.deciding._at_terminal", lambda: True)
    waiting = [rule.id for rule in load(commands.root).rules.waiting()]
    before = waiting.index("R45-13-fine")
    answers = ["n", "吴示网", "决定一号", *[""] * (before - 1), "y", "决定二号", "3000"]
    words = ["setup", "--root", str(commands.root), "--today", commands.today]
    done = CliRunner().invoke(main, words, input="\n".join(answers) + "\n")
    assert "已停止" in done.output
    rules = load(commands.root).rules
    first, fine = rules.get(waiting[0]), rules.get("R45-13-fine")
    assert first is not None
    assert fine is not None
    assert (first.enabled, first.decided_by) == (False, "决定一号")
    assert (fine.enabled, str(fine.scope.fine_at_most)) == (True, "3000")
    assert len(rules.waiting()) == len(waiting) - 2
